import type { ColumnData, ColumnSummary, ColumnType, Dialect } from '../contract/table.ts'
import { EigendeskError } from '../contract/errors.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'

/** A column between two steps. Its arrays are never changed: a step that changes values makes another column. */
export interface WorkingColumn {
  name: string
  type: ColumnType
  data: ColumnData
  /** statistics, where they are known; null where they must be counted again */
  summary: ColumnSummary | null
  /** the column of the first table it came from; null for a column a step has made */
  origin: string | null
  /** 1 where a step filled a missing cell, by row; null where none did */
  imputed: Uint8Array | null
  missing: number
}

/** A table between two steps. */
export interface WorkingTable {
  fileName: string
  /** of the file it came from: says how a text is read as a number or a date */
  dialect: Dialect
  nRows: number
  /** file line of each row */
  lines: Int32Array
  /** rows of the table before the first step, and which of them each row is; null: all of them, in order */
  nSourceRows: number
  sourceRows: Int32Array | null
  columns: readonly WorkingColumn[]
  /** what results say of the rows of the table before the first step, for the steps that attach it */
  attached: Attached
}

/** Values that a result has for rows: one row of values each. */
export interface RowValues {
  /** rows of the table before the first step, 0-based */
  rows: ArrayLike<number>
  /** rows.length × width, row-major */
  values: ArrayLike<number>
  width: number
  /** rows.length × width: 1 for each value that a fit filled in; left out where it filled none */
  filled?: Uint8Array
}

/** By the key of the step (attach-columns.ts); a result may say something of some rows here and of others there. */
export type Attached = Readonly<Record<string, readonly RowValues[]>>

/** Looked up once a table: there may be ten thousand. */
const columnsByName = new WeakMap<WorkingTable, Map<string, WorkingColumn>>()

/** @throws COLUMN_UNKNOWN */
export function columnOf(table: WorkingTable, name: string): WorkingColumn {
  let byName = columnsByName.get(table)
  if (!byName) {
    byName = new Map(table.columns.map((column) => [column.name, column]))
    columnsByName.set(table, byName)
  }
  const column = byName.get(name)
  if (column) return column
  throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: table.columns.map((c) => c.name).join(', ') })
}

/** The values of a column of numbers.
 * @param doing what wants numbers, as the beginning of a sentence
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE naming the column */
export function numbersOf(table: WorkingTable, name: string, doing: string): Float64Array {
  const { data, type } = columnOf(table, name)
  if (data.kind === 'number') return data.values
  throw new EigendeskError('STEP_COLUMN_TYPE', { field: name, value: type, reason: doing, wanted: 'number' })
}

/** The table with some columns in the place of others of the same name. */
export function replaceColumns(table: WorkingTable, replaced: ReadonlyMap<string, WorkingColumn>): WorkingTable {
  return { ...table, columns: table.columns.map((column) => replaced.get(column.name) ?? column) }
}

/** The same column with other values in it. */
export function withNumbers(column: WorkingColumn, values: Float64Array, missing: number): WorkingColumn {
  return { ...column, data: { kind: 'number', name: column.name, values }, summary: null, missing }
}

/** Chosen rows (0-based, ascending) of a table. */
export function takeRows(table: WorkingTable, rows: Int32Array, watch: Watch): WorkingTable {
  if (rows.length === table.nRows) return table
  const columns = table.columns.map((column): WorkingColumn => {
    const data = takeCells(column.data, rows, watch)
    const imputed = column.imputed && Uint8Array.from(rows, (row) => column.imputed![row]!)
    return { ...column, data, imputed, summary: null, missing: countMissing(data, watch) }
  })
  const { sourceRows: before } = table
  const sourceRows = before ? rows.map((row) => before[row]!) : rows
  return { ...table, nRows: rows.length, lines: rows.map((row) => table.lines[row] ?? 0), sourceRows, columns }
}

function takeCells(data: ColumnData, rows: Int32Array, watch: Watch): ColumnData {
  const each = (take: (at: number, row: number) => void): void =>
    inPieces(rows.length, 1, watch, (from, to) => {
      for (let at = from; at < to; at++) take(at, rows[at]!)
    })
  if (data.kind === 'number') {
    const values = new Float64Array(rows.length)
    each((at, row) => (values[at] = data.values[row]!))
    return { ...data, values }
  }
  if (data.kind === 'codes') {
    const codes = new Int32Array(rows.length)
    each((at, row) => (codes[at] = data.codes[row]!))
    return { ...data, codes }
  }
  const values = new Array<string | null>(rows.length)
  each((at, row) => (values[at] = data.values[row] ?? null))
  return { ...data, values }
}

/** Cells without a value. */
export function countMissing(data: ColumnData, watch: Watch): number {
  const length = data.kind === 'codes' ? data.codes.length : data.values.length
  let missing = 0
  inPieces(length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) if (isMissing(data, row)) missing++
  })
  return missing
}

export function isMissing(data: ColumnData, row: number): boolean {
  if (data.kind === 'number') return Number.isNaN(data.values[row])
  return data.kind === 'codes' ? data.codes[row]! < 0 : data.values[row] === null
}

/** A cell as text; null where it is missing. Numbers as JavaScript writes them: the shortest text that is read back equal. */
export function textAt(data: ColumnData, row: number): string | null {
  if (data.kind === 'number') {
    const value = data.values[row]!
    return Number.isNaN(value) ? null : String(value + 0)
  }
  return data.kind === 'codes' ? (data.dictionary[data.codes[row]!] ?? null) : (data.values[row] ?? null)
}

/** A name that is not taken: the one wished, or with a number behind it. It is taken from then on. */
export function takeName(wished: string, taken: Set<string>): string {
  let name = wished
  for (let n = 2; taken.has(name); n++) name = `${wished} ${n}`
  taken.add(name)
  return name
}

/** The names of the columns. */
export const namesIn = (table: Pick<WorkingTable, 'columns'>): Set<string> =>
  new Set(table.columns.map((column) => column.name))
