import type { ColumnSummary } from '../../core/contract/table.ts'
import { readCell, type CellRules } from '../../core/table/cell.ts'
import { missingCell, numberCell, type Cell } from '../ui/table.ts'

/** A cell of the preview as the import will read it: by the engine's own rules.
 * @param written text in the file, null where the row is too short for the column */
export function understandCell(
  written: string | null,
  column: Pick<ColumnSummary, 'type' | 'decimals'>,
  rules: CellRules
): Cell {
  if (written === null) return { ...missingCell, title: 'The row ends before this column: missing' }
  const text = written.trim()
  const { kind, value, isDate, isBoolean } = readCell(written, rules)
  if (text === '' || kind === 'missing') {
    return { ...missingCell, title: text === '' ? 'Empty: missing' : `“${text}” stands for missing` }
  }
  const lost = (what: string): Cell => ({ ...missingCell, title: `“${text}” is ${what}: read as missing` })
  if (column.type === 'date' && !isDate) return lost('not a date')
  if (column.type === 'boolean' && !isBoolean) return lost('neither true nor false')
  if (column.type !== 'number') return { text, ...(text.length > 16 && { title: text }) }
  if (kind === 'nonFinite') return lost('not a finite number')
  return kind === 'text' ? lost('not a number') : numberCell(value, column.decimals)
}
