import { EigendeskError } from '../../../contract/errors.ts'
import { invertPositiveDefiniteInPlace } from '../../../linalg/inverse-positive-definite.ts'
import { kernels } from '../../../linalg/kernels/kernels.ts'
import { inPieces, ordinaryArray, takeOut } from '../../../linalg/passes.ts'
import { sparseGram } from '../../../linalg/sparse-gram.ts'
import { transposeSparse, type SparseMatrix } from '../../../linalg/sparse.ts'
import type { Watch } from '../../../linalg/watch.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import { createModel } from '../model.ts'
import { itemWeightsScorer } from '../scorers/item-weights-scorer.ts'

/** A weight from each item to each other takes 8 bytes a pair: 800 MB for so many items. */
export const EASE_ITEM_LIMIT = 10_000

/** The users × items table of likes. */
function likesOf(
  { byUser, byItem }: Pick<TrainingSet, 'byUser' | 'byItem'>,
  watch: Watch
): [SparseMatrix, SparseMatrix] {
  const values = ordinaryArray(byItem.columns.length).fill(1)
  const [rows, columns] = [byItem.nRows, byUser.nRows]
  const turned = { rows, columns, rowStarts: byItem.offsets, columnIndexes: byItem.columns, values }
  return [transposeSparse(turned, watch), turned]
}

/** B = −P ∕ diag(P) by columns with zeros on the diagonal, P = (XᵀX + λI)⁻¹: argmin ‖X − XB‖² + λ‖B‖², diag B = 0.
 * @returns nItems × nItems, row-major: row i holds what having item i adds to every other
 * Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, eq. 8.
 * Cost: nItems³ flops, in place: beside what is returned one matrix and a quarter. */
export function solveEase(
  set: Pick<TrainingSet, 'byUser' | 'byItem'>,
  regularization: number,
  watch: Watch
): Float64Array {
  const nItems = set.byItem.nRows
  return kernels().memory.frame(() => {
    const weights = sparseGram(...likesOf(set, watch), watch)
    for (let i = 0; i < nItems; i++) weights[i * nItems + i]! += regularization
    invertPositiveDefiniteInPlace(weights, nItems, watch)
    const scale = new Float64Array(nItems)
    for (let j = 0; j < nItems; j++) scale[j] = -1 / weights[j * nItems + j]!
    inPieces(nItems, nItems, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        for (let j = 0; j < nItems; j++) weights[i * nItems + j]! *= scale[j]!
        weights[i * nItems + i] = 0
      }
    })
    return takeOut(weights, watch)
  })
}

/** @throws TOO_MANY_ITEMS naming how many fit */
export const fitEase: Fit = ({ params, set, progress, checkpoint, share: [from, to] }) => {
  const [nUsers, nItems] = [set.byUser.nRows, set.byItem.nRows]
  if (nItems > EASE_ITEM_LIMIT) throw new EigendeskError('TOO_MANY_ITEMS', { value: nItems, limit: EASE_ITEM_LIMIT })
  const report = (fraction: number): void => progress('Item weights', from + (to - from) * fraction)
  report(0)
  const data = solveEase(set, params.regularization, { checkpoint, progress: report })
  const scorer = itemWeightsScorer(data, nItems, set.byUser)
  const arrays = { itemWeights: { dtype: 'float64' as const, shape: [nItems, nItems], data } }
  return { model: createModel(nUsers, nItems, 0, 0), scorer, history: [], factorShare: [], arrays, notes: [] }
}
