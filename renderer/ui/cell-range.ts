import { formatCount } from './format.ts'
import type { TableCursor } from './table-keys.ts'

/** A rectangle of cells by where they are shown, its edges included. */
export interface CellRange {
  top: number
  bottom: number
  left: number
  right: number
}

/** The rectangle that has two cells as opposite corners. */
export function rangeBetween(one: TableCursor, other: TableCursor): CellRange {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column)
  }
}

/** The edges of the rectangle that a cell lies on: some of t, b, l and r; null where it is outside. */
export function edgesAt(range: CellRange | null, row: number, column: number): string | null {
  if (!range || row < range.top || row > range.bottom || column < range.left || column > range.right) return null
  return [
    row === range.top ? 't' : '',
    row === range.bottom ? 'b' : '',
    column === range.left ? 'l' : '',
    column === range.right ? 'r' : ''
  ].join('')
}

/** "3 × 2 cells selected" */
export function describeRange({ top, bottom, left, right }: CellRange): string {
  return `${formatCount(bottom - top + 1)} × ${formatCount(right - left + 1)} cells selected`
}

/** The cells that are copied of a rectangle: whole rows of it, as many as hold no more than so many cells. */
export function cutRange(range: CellRange, mostCells: number): CellRange {
  const rows = Math.max(1, Math.floor(mostCells / (range.right - range.left + 1)))
  return { ...range, bottom: Math.min(range.bottom, range.top + rows - 1) }
}
