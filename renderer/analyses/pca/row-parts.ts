import { residualParts, scoreParts, t2Parts } from '../../../core/analyses/pca/figures/row-parts.ts'
import type { LoadedRow } from './prepared-row.ts'

/** What the columns of a row are asked for: their part in its T², in its Q, or in its score on a component. */
export type PartsOf = 't2' | 'q' | 'score'

/** Each column's part, by position; those of Q carry the sign of the residual, so their sizes sum to Q.
 * @param component 0-based, of the score */
export function partsOf(
  what: PartsOf,
  row: LoadedRow,
  { variances, used, cut, component }: { variances: ArrayLike<number>; used: number; cut: number; component: number }
): Float64Array {
  if (what === 't2') return t2Parts(row, variances, used)
  if (what === 'score') return scoreParts(row, component)
  return residualParts(row, cut).map((value) => value * Math.abs(value))
}
