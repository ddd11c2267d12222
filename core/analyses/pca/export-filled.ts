import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import type { ColumnData } from '../../contract/table.ts'
import { later, type Columns } from './export-columns.ts'
import type { PcaSummary } from './spec.ts'

/** The table with its gaps filled as the fit filled them, and which cells those are; where it filled any.
 * @param rowHeads what stands before the numbers of rows */
export function filledTables(result: StoredResult<PcaSummary>, rowHeads: (array: string) => Columns): ExportTable[] {
  if (!result.arrays?.includes('imputedRow')) return []
  const numbers = (name: string): ArrayLike<number> => result.array(name).data
  const { columns } = result.summary
  const { table } = result
  const list = later('imputed', 'Cells that were filled in', () => [
    ...rowHeads('imputedRow'),
    { name: 'column', values: Array.from(numbers('imputedColumn'), (j) => columns[j]!) },
    { name: 'value', values: numbers('imputedValue') }
  ])
  if (!table) return [list]
  return [
    later('imputed-table', 'The whole table, with the cells that were filled in', () =>
      fillCells(table(), columns, numbers('imputedRow'), numbers('imputedColumn'), numbers('imputedValue'))
    ),
    list
  ]
}

/** Copies of columns with values in their gaps.
 * @param fitted names by the numbers in `filled` @param rows, filled, values of each cell: 0-based row of the table, number of the column, value */
export function fillCells(
  table: readonly ColumnData[],
  fitted: readonly string[],
  rows: ArrayLike<number>,
  filled: ArrayLike<number>,
  values: ArrayLike<number>
): Columns {
  const copies = new Map<string, Float64Array>()
  const wanted = new Set(Array.from(filled, (j) => fitted[j]!))
  for (const column of table) {
    if (column.kind === 'number' && wanted.has(column.name)) copies.set(column.name, column.values.slice())
  }
  for (let i = 0; i < rows.length; i++) {
    const copy = copies.get(fitted[filled[i]!]!)
    if (copy) copy[rows[i]!] = values[i]!
  }
  return table.map((column) => ({ name: column.name, values: copies.get(column.name) ?? plainOf(column) }))
}

function plainOf(column: ColumnData): ArrayLike<number> | string[] {
  if (column.kind === 'number') return column.values
  if (column.kind === 'codes') return Array.from(column.codes, (code) => column.dictionary[code] ?? '')
  return column.values.map((value) => value ?? '')
}
