import type { ExportTable, StoredResult } from '../../contract/analysis.ts'
import type { ColumnData } from '../../contract/table.ts'
import { later, type Columns } from './export-columns.ts'
import type { PcaSummary } from './spec.ts'

/** Cells that were filled in. */
interface Filled {
  /** 0-based rows of the table */
  rows: ArrayLike<number>
  /** numbers of the columns of the fit */
  columns: ArrayLike<number>
  values: ArrayLike<number>
}

/** The table with its gaps filled as the fit filled them, those of supplementary rows too, and which cells of the fitted rows those
 * are; where it filled any.
 * @param rowHeads what stands before the numbers of rows */
export function filledTables(result: StoredResult<PcaSummary>, rowHeads: (array: string) => Columns): ExportTable[] {
  const prefixes = ['imputed', 'supplementaryImputed'].filter((prefix) => result.arrays?.includes(`${prefix}Row`))
  const numbers = (name: string): ArrayLike<number> => result.array(name).data
  const { columns } = result.summary
  const { table } = result
  const tables: ExportTable[] = []
  if (table && prefixes.length > 0) {
    const cells = (): Filled[] =>
      prefixes.map((prefix) => ({
        rows: numbers(`${prefix}Row`),
        columns: numbers(`${prefix}Column`),
        values: numbers(`${prefix}Value`)
      }))
    tables.push(
      later('imputed-table', 'The whole table, with the cells that were filled in', () =>
        fillCells(table(), columns, cells())
      )
    )
  }
  if (prefixes[0] === 'imputed') {
    tables.push(
      later('imputed', 'Cells that were filled in', () => [
        ...rowHeads('imputedRow'),
        { name: 'column', values: Array.from(numbers('imputedColumn'), (j) => columns[j]!) },
        { name: 'value', values: numbers('imputedValue') }
      ])
    )
  }
  return tables
}

/** Copies of columns with values in their gaps. @param fitted names of the columns of the fit */
function fillCells(table: readonly ColumnData[], fitted: readonly string[], cells: readonly Filled[]): Columns {
  const copies = new Map<string, Float64Array>()
  const wanted = new Set(cells.flatMap(({ columns }) => Array.from(columns, (j) => fitted[j]!)))
  for (const column of table) {
    if (column.kind === 'number' && wanted.has(column.name)) copies.set(column.name, column.values.slice())
  }
  for (const { rows, columns, values } of cells) {
    for (let i = 0; i < rows.length; i++) {
      const copy = copies.get(fitted[columns[i]!]!)
      if (copy) copy[rows[i]!] = values[i]!
    }
  }
  return table.map((column) => ({ name: column.name, values: copies.get(column.name) ?? plainOf(column) }))
}

function plainOf(column: ColumnData): ArrayLike<number> | string[] {
  if (column.kind === 'number') return column.values
  if (column.kind === 'codes') return Array.from(column.codes, (code) => column.dictionary[code] ?? '')
  return column.values.map((value) => value ?? '')
}
