import { GAP } from '../../../core/analyses/pca/figures/matrix-corner.ts'
import { formatCount } from '../../ui/format.ts'

interface MatrixRow {
  name: string
  /** null: others lie between; NaN: the cell is blank */
  values: (number | null)[]
  /** decimals are chosen for the matrix, for this row, or for each number; counts have none, ratings as few as they need */
  decimals?: 'row' | 'each' | 'none' | 'shortest'
  /** of the chosen point */
  hot?: boolean
}

/** A small matrix, or the corner of a large one, as it is drawn. */
export interface MatrixView {
  /** what it holds, for those who hear it */
  label: string
  columnNames: string[]
  rows: MatrixRow[]
  /** coloured by sign and size */
  signed: boolean
  /** what is not shown; '' where all is */
  note: string
}

/** A value at each place of a corner, null at its gaps. */
export const along = <T>(corner: readonly number[], valueOf: (position: number) => T): (T | null)[] =>
  corner.map((position) => (position === GAP ? null : valueOf(position)))
/** A name at each place, '' at gaps. */
export const namesAlong = (corner: readonly number[], nameOf: (position: number) => string): string[] =>
  along(corner, nameOf).map((name) => name ?? '')
/** "4 of 1,682 items"; '' where all are shown. */
export const partOf = (shown: readonly number[], total: number, what: string): string => {
  const count = shown.filter((position) => position !== GAP).length
  return count < total ? `${formatCount(count)} of ${formatCount(total)} ${what}` : ''
}
export const joined = (...notes: string[]): string => notes.filter(Boolean).join(', ')
