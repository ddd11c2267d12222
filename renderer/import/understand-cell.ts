import type { ColumnSummary, Dialect } from '../../core/contract/table.ts'
import { missingCell, numberCell, type Cell } from '../ui/table.ts'

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** A cell of the preview as the import will read it. The engine decides at import; this shows its rule on the first rows.
 * @param written text in the file, null where the row is too short for the column */
export function understandCell(
  written: string | null,
  column: Pick<ColumnSummary, 'type' | 'decimals'>,
  dialect: Pick<Dialect, 'decimal' | 'missingTokens'>
): Cell {
  if (written === null) return { ...missingCell, title: 'The row ends before this column: missing' }
  const text = written.trim()
  if (text === '' || dialect.missingTokens.includes(text)) {
    return { ...missingCell, title: text === '' ? 'Empty: missing' : `“${text}” stands for missing` }
  }
  if (column.type !== 'number') return { text, ...(text.length > 16 && { title: text }) }
  const point = dialect.decimal === ',' ? (text.includes('.') ? '' : text.replace(',', '.')) : text
  if (!plainNumber.test(point)) return { ...missingCell, title: `“${text}” is not a number: read as missing` }
  const value = Number(point)
  if (!Number.isFinite(value)) return { ...missingCell, title: `“${text}” is not a finite number: read as missing` }
  return numberCell(value, column.decimals)
}
