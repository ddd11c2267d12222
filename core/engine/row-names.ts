import type { ColumnData } from '../contract/table.ts'

/** The cells of a column as texts, '' where they are missing. */
export function textsOf(column: ColumnData): string[] {
  if (column.kind === 'number') return Array.from(column.values, (v) => (Number.isNaN(v) ? '' : String(v)))
  if (column.kind === 'codes') return Array.from(column.codes, (code) => column.dictionary[code] ?? '')
  return column.values.map((v) => v ?? '')
}
