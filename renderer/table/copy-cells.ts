import { CELL_CHARACTERS } from '../../core/contract/looking-calls.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import type { Cells } from '../../core/contract/table.ts'
import { call } from '../app/api.ts'

/** Cells put on the clipboard at once, at most: what a spreadsheet takes without complaint. */
export const CELLS_COPIED = 200_000
const CELLS_PER_CALL = 100_000
const ROWS_PER_CALL = 2000

/** A cell of tab-separated text as spreadsheets read it: quoted where it holds a tab, a line end or a quote. */
export function quoteCell(text: string): string {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Cells as tab-separated text, numbers with a point and all their digits, missing empty.
 * @param rows of the dataset, in the order wanted @param columns positions in the dataset
 * @param header names above the columns */
export async function cellsAsText(
  dataset: DatasetInfo,
  rows: readonly number[],
  columns: readonly number[],
  header: boolean
): Promise<string> {
  const lines = header ? [columns.map((column) => quoteCell(dataset.columns[column]!.name)).join('\t')] : []
  const step = Math.max(1, Math.min(ROWS_PER_CALL, Math.floor(CELLS_PER_CALL / columns.length)))
  for (let from = 0; from < rows.length; from += step) {
    const piece = rows.slice(from, from + step)
    const cells = await call('table.cells', { datasetId: dataset.id, rows: [...piece], columns: [...columns] })
    for (const [i, row] of piece.entries()) {
      const texts = await Promise.all(cells.map((part, k) => textOf(dataset.id, part, i, row, columns[k]!)))
      lines.push(texts.map(quoteCell).join('\t'))
    }
  }
  return lines.join('\n')
}

/** The whole text of a cell: a long one was cut on its way. */
async function textOf(datasetId: string, cells: Cells, index: number, row: number, column: number): Promise<string> {
  if (cells.kind === 'number') return Number.isNaN(cells.values[index]!) ? '' : String(cells.values[index]!)
  const text = cells.values[index] ?? ''
  if (text.length < CELL_CHARACTERS) return text
  return (await call('table.cell', { datasetId, row, column })).text ?? ''
}
