import type { IconName } from './icons.ts'
import { formatCell, MISSING } from './format.ts'

interface ColumnBase {
  id: string
  label: string
  unit?: string
  align: 'left' | 'right'
  /** px */
  width?: number
  /** px the column takes where the others leave room */
  upTo?: number
  icon?: IconName
  /** every text of the column: those that its width cuts stay apart */
  names?: readonly string[]
}

/** A column of a DataTable. None goes without help: a sentence as the tooltip of its header, the id of the glossary's term that the
 * column holds, or both. */
export type TableColumn = ColumnBase & ({ title: string; term?: string } | { title?: string; term: string })

/** A column that a table is sorted by. */
export interface SortedBy {
  column: string
  direction: 'ascending' | 'descending'
}

/** A cell of a DataTable: its text, and what is special about it. */
export interface Cell {
  text: string
  state?: 'missing' | 'imputed' | 'excluded'
  title?: string
}

/** A cell that holds nothing. */
export const missingCell: Cell = { text: MISSING, state: 'missing', title: 'Missing: the cell is empty in the file' }

/** A number as a cell: the column's decimals, missing where it is NaN. */
export function numberCell(value: number, decimals: number | undefined): Cell {
  return Number.isNaN(value) ? missingCell : { text: formatCell(value, decimals) }
}

/** A text as a cell, missing where it is null; the tooltip holds what may be cut. */
export function textCell(value: string | null): Cell {
  return value === null ? missingCell : { text: value, ...(value.length > 20 && { title: value }) }
}
