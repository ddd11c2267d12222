import { EigendeskError } from '../contract/errors.ts'
import type { TableView } from '../contract/table.ts'

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
 * @param missing 'drop' leaves out a row that lacks a value in a chosen column; 'mean' fills it with the column's mean
 * @throws COLUMN_UNKNOWN | COLUMN_NOT_NUMERIC | NON_FINITE (with file line and field) | INVALID_PARAMETER (a column
 * without any value has no mean) */
export function toMatrix(table: TableView, columns: readonly string[], missing: 'drop' | 'mean'): TableMatrix {
  const chosen = columns.map((name) => numbersOf(table, name))
  chosen.forEach((values, j) => refuseInfinite(table, values, columns[j]!))
  const imputed = Object.create(null) as Record<string, number>
  const means = missing === 'mean' ? chosen.map((values, j) => meanOf(values, columns[j]!)) : []

  const used = new Int32Array(table.nRows)
  let nSamples = 0
  const dropped: TableMatrix['dropped'] = []
  const isComplete = (row: number): boolean => chosen.every((values) => !Number.isNaN(values[row]))
  for (let row = 0; row < table.nRows; row++) {
    if (missing === 'mean' || isComplete(row)) used[nSamples++] = row
    else {
      const lacking = columns.filter((_, j) => Number.isNaN(chosen[j]![row]))
      dropped.push({ row, line: table.lines[row] ?? 0, columns: lacking })
    }
  }

  if (missing === 'mean') {
    columns.forEach((name, j) => {
      const cells = chosen[j]!.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0)
      if (cells > 0) imputed[name] = cells
    })
  }
  const fill = missing === 'mean' ? means : null
  return { columns: chosen, fill, nSamples, rowsUsed: used.slice(0, nSamples), dropped, imputed }
}

function numbersOf(table: TableView, name: string): Float64Array {
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
  return column.values
}

function refuseInfinite(table: TableView, values: Float64Array, field: string): void {
  for (let row = 0; row < table.nRows; row++) {
    const value = values[row]!
    if (value !== Infinity && value !== -Infinity) continue
    throw new EigendeskError('NON_FINITE', {
      file: table.fileName,
      line: table.lines[row] ?? row + 1,
      field,
      value: String(value)
    })
  }
}

/** Two passes: the second corrects what the first one rounded. Halves are added where the sum itself would overflow. */
function meanOf(values: Float64Array, field: string): number {
  const present = values.filter((value) => !Number.isNaN(value))
  if (present.length === 0) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field,
      reason: 'every cell is missing, so there is no mean to fill them with',
      limit: 'leave the column out'
    })
  }
  const first = present.reduce((mean, value, i) => mean + (value / (i + 1) - mean / (i + 1)), 0)
  return first + present.reduce((sum, value) => sum + (value - first) / present.length, 0)
}
