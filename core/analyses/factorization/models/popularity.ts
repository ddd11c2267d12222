import { countRatings } from '../cells.ts'
import type { Fit } from '../fitting.ts'
import { createModel } from '../model.ts'
import { popularityScorer } from '../scorers/popularity-scorer.ts'

/** The same list for everybody: what most users have first. */
export const fitPopularity: Fit = ({ set }) => {
  const [nUsers, nItems] = [set.byUser.nRows, set.byItem.nRows]
  const scorer = popularityScorer(countRatings(set.byItem), nUsers)
  return { model: createModel(nUsers, nItems, 0, 0), scorer, history: [], factorShare: [], arrays: {}, notes: [] }
}
