import type { ColumnSummary } from '../../core/contract/table.ts'
import { unitBeside } from '../ui/column-types.ts'
import { formatCell } from '../ui/format.ts'

/** Width of a letter of the table's type, about; and the space round a cell's text. */
const LETTER_PX = 6.8
/** The same of a digit in a wide type: a number that is cut is a wrong one. */
export const DIGIT_PX = 7.7
/** Headers are set a little bolder. */
const HEADER_LETTER_PX = 7.4
const PADDING_PX = 24
const ICON_PX = 18
const NARROWEST_PX = 72
/** Of free texts only some are known beforehand. */
const NARROWEST_TEXT_PX = 112
const WIDEST_PX = 240

/** Natural width of a column: its name, with or without an icon before it, or its longest known value, within bounds, in px. */
export function columnWidth(column: ColumnSummary, hasIcon: boolean): number {
  const values =
    column.type === 'number'
      ? [column.min, column.max].map((value) => (value === undefined ? '' : formatCell(value, column.decimals)))
      : (column.topValues ?? []).map(({ value }) => value)
  const unit = unitBeside(column)
  const header = unit === undefined ? column.name : `${column.name} ${unit}`
  const longest = Math.max(0, ...values.map((value) => value.length))
  const wanted =
    Math.max(
      header.length * HEADER_LETTER_PX + (hasIcon ? ICON_PX : 0),
      longest * (column.type === 'number' ? DIGIT_PX : LETTER_PX)
    ) + PADDING_PX
  return Math.round(Math.min(WIDEST_PX, Math.max(column.type === 'text' ? NARROWEST_TEXT_PX : NARROWEST_PX, wanted)))
}
