import type { GroupedRatings } from '../cells.ts'
import type { Scorer } from './scorer.ts'

/** Cells predicted before they are handed over. */
const PIECE = 4096

/** Multiplications as slow as reading one weight out of order. */
const VISIT_WORK = 10

/** Scores of a weight from every item to every other: score of j = Σ over what the user has of weights[i][j].
 * @param weights nItems × nItems, row-major, zero on the diagonal
 * @param byUser what each user has */
export function itemWeightsScorer(weights: Float64Array, nItems: number, byUser: GroupedRatings): Scorer {
  const { offsets, columns, nRows } = byUser
  const predict = (user: number, item: number): number => {
    if (user < 0 || item < 0) return 0
    let score = 0
    for (let t = offsets[user]!; t < offsets[user + 1]!; t++) score += weights[columns[t]! * nItems + item]!
    return score
  }
  return {
    nUsers: nRows,
    nItems,
    predict,
    predictCells: ({ userIndex, itemIndex }, pace, take) => {
      const scores = new Float64Array(Math.min(PIECE, userIndex.length))
      for (let from = 0; from < userIndex.length; from += PIECE) {
        const count = Math.min(PIECE, userIndex.length - from)
        for (let t = 0; t < count; t++) {
          const user = userIndex[from + t]!
          scores[t] = predict(user, itemIndex[from + t]!)
          if (user >= 0) pace(VISIT_WORK * (offsets[user + 1]! - offsets[user]!))
        }
        take(from, scores.subarray(0, count))
      }
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
