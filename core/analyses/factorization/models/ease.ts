import { EigendeskError } from '../../../contract/errors.ts'
import { inverse } from '../../../linalg/inverse.ts'
import { createMatrix } from '../../../linalg/matrix.ts'
import { inPieces } from '../../../linalg/passes.ts'
import type { Watch } from '../../../linalg/watch.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import { createModel } from '../model.ts'
import type { Pace } from '../pace.ts'
import { itemWeightsScorer } from '../scorers/item-weights-scorer.ts'
import { countTogether } from './co-counts.ts'

/** A weight from each item to each other takes 8 bytes a pair: 800 MB for so many items. */
export const EASE_ITEM_LIMIT = 10_000

/** XᵀX, X the users × items table of likes. */
function gramOfLikes(set: Pick<TrainingSet, 'byUser' | 'byItem'>, pace: Pace): Float64Array {
  const nItems = set.byItem.nRows
  const gram = createMatrix(nItems, nItems).data
  const seen = new Int32Array(nItems)
  for (let item = 0; item < nItems; item++)
    countTogether(item, set, gram.subarray(item * nItems, (item + 1) * nItems), seen, pace)
  return gram
}

/** B = −P ∕ diag(P) by columns with zeros on the diagonal, P = (XᵀX + λI)⁻¹: argmin ‖X − XB‖² + λ‖B‖², diag B = 0.
 * @returns nItems × nItems, row-major: row i holds what having item i adds to every other
 * Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, eq. 8.
 * Cost: 2·nItems³ flops. */
export function solveEase(
  set: Pick<TrainingSet, 'byUser' | 'byItem'>,
  regularization: number,
  pace: Pace,
  watch: Watch
): Float64Array {
  const nItems = set.byItem.nRows
  const gram = gramOfLikes(set, pace)
  for (let i = 0; i < nItems; i++) gram[i * nItems + i]! += regularization
  const weights = inverse(createMatrix(nItems, nItems, gram), watch).data
  const scale = new Float64Array(nItems)
  for (let j = 0; j < nItems; j++) scale[j] = -1 / weights[j * nItems + j]!
  inPieces(nItems, nItems, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < nItems; j++) weights[i * nItems + j]! *= scale[j]!
      weights[i * nItems + i] = 0
    }
  })
  return weights
}

/** @throws TOO_MANY_ITEMS naming how many fit */
export const fitEase: Fit = ({ params, set, pace, progress, checkpoint, share: [from, to] }) => {
  const [nUsers, nItems] = [set.byUser.nRows, set.byItem.nRows]
  if (nItems > EASE_ITEM_LIMIT) throw new EigendeskError('TOO_MANY_ITEMS', { value: nItems, limit: EASE_ITEM_LIMIT })
  const report = (fraction: number): void => progress('Item weights', from + (to - from) * fraction)
  report(0)
  const data = solveEase(set, params.regularization, pace, { checkpoint, progress: report })
  const scorer = itemWeightsScorer(data, nItems, set.byUser)
  const arrays = { itemWeights: { dtype: 'float64' as const, shape: [nItems, nItems], data } }
  return { model: createModel(nUsers, nItems, 0, 0), scorer, history: [], factorShare: [], arrays, notes: [] }
}
