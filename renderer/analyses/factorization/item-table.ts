import type { DatasetInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { loadColumn, once } from '../results.ts'

/** A table of the session that says more about the items of a model. */
export interface ItemTable {
  dataset: DatasetInfo
  /** the column with the items' names */
  column: string
  /** row of each item, −1 where it has none */
  rows: Int32Array
}

/** Tables of more rows, and columns beyond these, are not looked through. */
const MOST_ROWS = 500_000
const MOST_COLUMNS = 6
/** A table is about the items if it has so many of them. */
const LEAST_SHARE = 0.5

/** The table in which most items are found by name; null where there is none. */
export function findItemTable(
  items: readonly string[],
  datasets: readonly DatasetInfo[],
  ratings: string,
  key: string
): Promise<ItemTable | null> {
  const others = datasets.filter(({ id, nRows }) => id !== ratings && nRows <= MOST_ROWS)
  return once(`${key} item table ${others.map(({ id }) => id).join(' ')}`, async () => {
    let best: ItemTable | null = null
    let share = LEAST_SHARE
    for (const dataset of others) {
      const columns = dataset.columns.filter(({ type }) => type !== 'date' && type !== 'boolean').slice(0, MOST_COLUMNS)
      for (const { name } of columns) {
        const rows = rowsOf(await loadColumn(dataset, name), items)
        const found = rows.reduce((sum, row) => sum + (row >= 0 ? 1 : 0), 0) / Math.max(1, items.length)
        if (found <= share) continue
        share = found
        best = { dataset, column: name, rows }
      }
    }
    return best
  })
}

/** Row of each item in a column of their names; the first where a name stands twice. */
export function rowsOf(column: ColumnData, items: readonly string[]): Int32Array {
  const rowOf = new Map<string, number>()
  const n = column.kind === 'codes' ? column.codes.length : column.values.length
  for (let row = 0; row < n; row++) {
    const text = textAt(column, row)
    if (text !== null && !rowOf.has(text)) rowOf.set(text, row)
  }
  return Int32Array.from(items, (name) => rowOf.get(name) ?? -1)
}

/** A cell as a text; null where it is missing. */
export function textAt(column: ColumnData, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null
  if (column.kind === 'codes') return column.dictionary[column.codes[row]!] ?? null
  const value = column.values[row]!
  return Number.isNaN(value) ? null : String(value)
}
