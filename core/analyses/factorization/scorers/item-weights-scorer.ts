import type { GroupedRatings } from '../cells.ts'
import type { Scorer } from './scorer.ts'

/** Scores of a weight from every item to every other: score of j = Σ over what the user has of weights[i][j].
 * @param weights nItems × nItems, row-major, zero on the diagonal
 * @param byUser what each user has */
export function itemWeightsScorer(weights: Float64Array, nItems: number, byUser: GroupedRatings): Scorer {
  const { offsets, columns, nRows } = byUser
  return {
    nUsers: nRows,
    nItems,
    predict: (user, item) => {
      if (user < 0 || item < 0) return 0
      let score = 0
      for (let t = offsets[user]!; t < offsets[user + 1]!; t++) score += weights[columns[t]! * nItems + item]!
      return score
    },
    scoreItems: (user, scores) => {
      scores.fill(0)
      if (user < 0) return
      for (let t = offsets[user]!; t < offsets[user + 1]!; t++) {
        const from = columns[t]! * nItems
        for (let item = 0; item < nItems; item++) scores[item]! += weights[from + item]!
      }
    }
  }
}
