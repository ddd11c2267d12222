import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData, TableView } from '../contract/table.ts'
import { inPieces } from '../linalg/passes.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** X of an analysis, and what became of the rows. */
export interface TableMatrix {
  /** the chosen columns of the table itself, in the order chosen */
  columns: Float64Array[]
  /** what a missing cell of each column is filled with; null where rows with one were left out */
  fill: number[] | null
  nSamples: number
  /** rows of the table (from 0) that became rows of X */
  rowsUsed: Int32Array
  /** rows left out, with their file line and the columns in which they have no value */
  dropped: { row: number; line: number; columns: string[] }[]
  /** cells filled with the mean of their column, by column name */
  imputed: Record<string, number>
}

/** The chosen columns as a matrix, in the order chosen; nothing is copied.
 * @param aside rows marked 1 are no rows of X, and do not count in a mean
 * @param missing 'drop' leaves out a row that lacks a value in a chosen column; 'mean' fills it with the column's mean
 * @throws COLUMN_UNKNOWN | COLUMN_NOT_NUMERIC | NON_FINITE (with file line and field) | INVALID_PARAMETER (a column
 * without any value has no mean) */
export function toMatrix(
  table: TableView,
  columns: readonly string[],
  missing: 'drop' | 'mean',
  watch: Watch = unwatched,
  aside: Uint8Array | null = null
): TableMatrix {
  const chosen = columns.map((name) => numbersOf(table, name))
  const lacking = new Uint8Array(table.nRows)
  const absent = chosen.map(({ values, finite }, j) =>
    finite ? 0 : markMissing(table, values, columns[j]!, lacking, aside, watch)
  )
  const fill = missing === 'mean' ? chosen.map(({ values }, j) => meanOf(values, aside, columns[j]!, watch)) : null

  const used = new Int32Array(table.nRows)
  let nSamples = 0
  const dropped: TableMatrix['dropped'] = []
  inPieces(table.nRows, columns.length, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      if (aside?.[row] === 1) continue
      if (fill !== null || lacking[row] === 0) used[nSamples++] = row
      else {
        const without = columns.filter((_, j) => Number.isNaN(chosen[j]!.values[row]))
        dropped.push({ row, line: table.lines[row] ?? 0, columns: without })
      }
    }
  })

  const imputed = Object.create(null) as Record<string, number>
  columns.forEach((name, j) => {
    if (fill !== null && absent[j]! > 0) imputed[name] = absent[j]!
  })
  return {
    columns: chosen.map(({ values }) => values),
    fill,
    nSamples,
    rowsUsed: used.slice(0, nSamples),
    dropped,
    imputed
  }
}

function numbersOf(table: TableView, name: string): Extract<ColumnData, { kind: 'number' }> {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) {
    throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: table.columns.map((c) => c.name).join(', ') })
  }
  if (column.kind !== 'number') {
    throw new EigendeskError('COLUMN_NOT_NUMERIC', {
      field: name,
      value: column.kind === 'codes' ? 'a category' : 'text'
    })
  }
  return column
}

/** Marks the rows that have no value.
 * @returns how many there are, those aside not counted */
function markMissing(
  table: TableView,
  values: Float64Array,
  field: string,
  lacking: Uint8Array,
  aside: Uint8Array | null,
  watch: Watch
): number {
  let cells = 0
  inPieces(table.nRows, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row]!
      if (Number.isFinite(value)) continue
      if (!Number.isNaN(value)) {
        throw new EigendeskError('NON_FINITE', {
          file: table.fileName,
          line: table.lines[row] ?? row + 1,
          field,
          value: String(value)
        })
      }
      lacking[row] = 1
      if (aside?.[row] !== 1) cells++
    }
  })
  return cells
}

/** Two passes: the second corrects what the first one rounded. Halves are added where the sum itself would overflow.
 * @param aside rows marked 1 do not count */
function meanOf(values: Float64Array, aside: Uint8Array | null, field: string, watch: Watch): number {
  const counts = (row: number): boolean => !Number.isNaN(values[row]) && aside?.[row] !== 1
  let present = 0
  inPieces(values.length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) if (counts(row)) present++
  })
  if (present === 0) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field,
      reason: 'every cell is missing, so there is no mean to fill them with',
      limit: 'leave the column out'
    })
  }
  let first = 0
  let seen = 0
  inPieces(values.length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row]!
      if (!counts(row)) continue
      seen++
      first += value / seen - first / seen
    }
  })
  let correction = 0
  inPieces(values.length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row]!
      if (counts(row)) correction += (value - first) / present
    }
  })
  return first + correction
}
