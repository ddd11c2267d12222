import { cornerOf, GAP } from '../../../core/analyses/pca/figures/matrix-corner.ts'
import { formatCount } from '../../ui/format.ts'
import type { MatrixView } from '../math/matrix-view.ts'
import type { ShownPart } from './shown-part.svelte.ts'
import type { SvdPoints } from './svd-points.svelte.ts'

/** Rows, columns and factors of a corner. */
const MOST_ROWS = 6
const MOST_COLUMNS = 6
const MOST_FACTORS = 5

type Named = Pick<SvdPoints, 'rowNames' | 'columnNames' | 'words'>

/** Where a matrix is cut: all of few rows, else the first ones, the one looked at, and the last. */
export interface Corner {
  rows: number[]
  columns: number[]
  factors: number[]
}

export function cornerOfPart(part: ShownPart, nFactors: number, at: { row: number; column: number } | null): Corner {
  return {
    rows: cornerOf(part.rows.length, MOST_ROWS, at ? [at.row] : []),
    columns: cornerOf(part.columns.length, MOST_COLUMNS, at ? [at.column] : []),
    factors: cornerOf(nFactors, MOST_FACTORS)
  }
}

const among = (shown: readonly number[], total: number, what: string): string[] => {
  const count = shown.filter((place) => place !== GAP).length
  return count < total ? [`${count} of ${formatCount(total)} ${what}`] : []
}

/** The corner of a matrix of the shown rows and columns. @param cells |rows|×|columns| row-major */
export function cornerView(
  label: string,
  cells: ArrayLike<number>,
  part: ShownPart,
  points: Named,
  corner = cornerOfPart(part, 1, null)
): MatrixView {
  const width = part.columns.length
  const nameOf = (place: number): string => (place === GAP ? '' : points.columnNames[part.columns[place]!]!)
  return {
    label,
    columnNames: corner.columns.map(nameOf),
    rows: corner.rows.map((row) => ({
      name: row === GAP ? '' : points.rowNames[part.rows[row]!]!,
      values: corner.columns.map((column) => (row === GAP || column === GAP ? null : cells[row * width + column]!))
    })),
    signed: true,
    note: [
      ...among(corner.rows, points.rowNames.length, points.words.rows),
      ...among(corner.columns, points.columnNames.length, points.words.columns)
    ].join(', ')
  }
}

/** The corner of U or V: a row each of those shown, a column a factor.
 * @param vectors |names|×K row-major */
export function vectorsView(
  label: string,
  vectors: ArrayLike<number>,
  names: (place: number) => string,
  rows: readonly number[],
  factors: readonly number[],
  nFactors: number
): MatrixView {
  return {
    label,
    columnNames: factors.map((k) => (k === GAP ? '' : `factor ${k + 1}`)),
    rows: rows.map((row) => ({
      name: row === GAP ? '' : names(row),
      values: factors.map((k) => (row === GAP || k === GAP ? null : vectors[row * nFactors + k]!))
    })),
    signed: true,
    note: among(factors, nFactors, 'factors').join('')
  }
}
