import type { ResultArray } from '../../../contract/analysis.ts'
import { countRatings } from '../cells.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import { TopItems } from '../judging/top-items.ts'
import { createModel } from '../model.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { neighbourScorer, type Neighbours } from '../scorers/neighbour-scorer.ts'
import { countTogether } from './co-counts.ts'

/** The most similar items of each item, most similar first, of equals the one with the lower index. Similarity of i and j is
 * n_ij ∕ (√(n_i·n_j) + shrinkage), n_ij users who have both: a cosine that is smaller where few say so.
 * Source: Sarwar et al., "Item-based collaborative filtering", WWW 2001, §3.1; shrinkage as Bell & Koren, ICDM 2007.
 * @param progress told the fraction done */
export function findNeighbours(
  set: Pick<TrainingSet, 'byUser' | 'byItem'>,
  { neighbours, shrinkage }: { neighbours: number; shrinkage: number },
  pace: Pace,
  progress: (fraction: number) => void
): Neighbours {
  const nItems = set.byItem.nRows
  const own = countRatings(set.byItem)
  const together = new Float64Array(nItems)
  const seen = new Int32Array(nItems)
  const top = new TopItems(Math.min(neighbours, nItems))
  const offsets = new Int32Array(nItems + 1)
  const columns: Int32Array[] = []
  const weights: Float64Array[] = []
  for (let item = 0; item < nItems; item++) {
    const nSeen = countTogether(item, set, together, seen, pace)
    top.clear()
    for (let s = 0; s < nSeen; s++) {
      const other = seen[s]!
      if (other !== item) top.offer(other, together[other]! / (Math.sqrt(own[item]! * own[other]!) + shrinkage))
      together[other] = 0
    }
    const found = top.take()
    columns.push(found.items)
    weights.push(found.scores)
    offsets[item + 1] = offsets[item]! + found.items.length
    if ((item & 255) === 0) progress(item / nItems)
  }
  const joined = { columns: new Int32Array(offsets[nItems]!), weights: new Float64Array(offsets[nItems]!) }
  for (let item = 0; item < nItems; item++) {
    joined.columns.set(columns[item]!, offsets[item])
    joined.weights.set(weights[item]!, offsets[item])
  }
  return { offsets, ...joined }
}

export const fitItemKnn: Fit = ({ params, set, pace, progress, share: [from, to] }) => {
  const report = (fraction: number): void => progress('Similar items', from + (to - from) * fraction)
  report(0)
  const near = findNeighbours(set, params, pace, report)
  const arrays: Record<string, ResultArray> = {
    neighbourOffsets: { dtype: 'int32', shape: [near.offsets.length], data: near.offsets },
    neighbourColumns: { dtype: 'int32', shape: [near.columns.length], data: near.columns },
    neighbourWeights: { dtype: 'float64', shape: [near.weights.length], data: near.weights }
  }
  const model = createModel(set.byUser.nRows, set.byItem.nRows, 0, 0)
  const scorer = neighbourScorer(near, set.byUser)
  return { model, scorer, history: [], factorShare: [], arrays, notes: [] }
}
