import type { ColumnData, TableView } from '../../../contract/table.ts'
import { findColumn } from '../../../table/named-rows.ts'

/** The text of one cell; null where it is missing. */
export function textAt(column: ColumnData, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null
  if (column.kind === 'codes') return column.dictionary[column.codes[row]!] ?? null
  const value = column.values[row]!
  return Number.isNaN(value) ? null : String(value)
}

/** What rows are called: the cell of the column that names them, else what is made up for them.
 * @throws COLUMN_UNKNOWN */
export function nameRows(
  table: TableView,
  rows: Int32Array,
  label: string | null,
  otherwise: (row: number) => string = (row) => `row ${row + 1}`
): string[] {
  const column = label === null ? null : findColumn(table, label)
  return Array.from(rows, (row) => (column && textAt(column, row)) ?? otherwise(row))
}
