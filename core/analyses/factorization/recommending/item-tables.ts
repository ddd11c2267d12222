import type { ColumnData } from '../../../contract/table.ts'
import { readNames } from '../../../table/named-rows.ts'

/** How many of the items, as a share, stand in a column under their names. */
export function shareOfItems(column: ColumnData, nRows: number, items: readonly string[]): number {
  const { names } = readNames(column, nRows, () => undefined)
  const known = new Set(items)
  const found = names.reduce((sum, name) => sum + Number(known.has(name)), 0)
  return items.length === 0 ? 0 : found / items.length
}

/** The first row in which each item stands; −1 where it does not. */
export function rowsOfItems(column: ColumnData, nRows: number, items: readonly string[]): Int32Array {
  const { index, names } = readNames(column, nRows, () => undefined)
  const firstRow = new Int32Array(names.length).fill(-1)
  for (let row = nRows - 1; row >= 0; row--) if (index[row]! >= 0) firstRow[index[row]!] = row
  const places = new Map(names.map((name, place) => [name, place]))
  return Int32Array.from(items, (name) => firstRow[places.get(name) ?? -1] ?? -1)
}
