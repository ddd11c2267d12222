import { groupRatings, type GroupedRatings } from '../cells.ts'
import type { Scorer } from './scorer.ts'

/** The similar items of every item: those of item i stand at offsets[i] … offsets[i + 1] − 1, most similar first. */
export interface Neighbours {
  /** nItems + 1 */
  offsets: Int32Array
  columns: Int32Array
  weights: Float64Array
}

/** For each item, of which items it is a neighbour, and how similar. */
function turned({ offsets, columns, weights }: Neighbours): GroupedRatings {
  const nItems = offsets.length - 1
  const rows = new Int32Array(columns.length)
  for (let item = 0; item < nItems; item++) rows.fill(item, offsets[item], offsets[item + 1])
  return groupRatings(columns, rows, weights, nItems)
}

/** Scores by neighbours: score of i = Σ of the similarity of those of its neighbours that the user has.
 * @param byUser what each user has */
export function neighbourScorer(neighbours: Neighbours, byUser: GroupedRatings): Scorer {
  const nItems = neighbours.offsets.length - 1
  const near = turned(neighbours)
  const { offsets, columns } = byUser
  const scoreItems = (user: number, scores: Float64Array): void => {
    scores.fill(0)
    if (user < 0) return
    for (let t = offsets[user]!; t < offsets[user + 1]!; t++) {
      const item = columns[t]!
      for (let s = near.offsets[item]!; s < near.offsets[item + 1]!; s++) scores[near.columns[s]!]! += near.values[s]!
    }
  }
  const has = new Int32Array(nItems).fill(-1)
  let marked = -1
  const mark = (user: number): void => {
    if (marked === user) return
    marked = user
    for (let t = offsets[user]!; t < offsets[user + 1]!; t++) has[columns[t]!] = user
  }
  return {
    nUsers: byUser.nRows,
    nItems,
    predict: (user, item) => {
      if (user < 0 || item < 0) return 0
      mark(user)
      let score = 0
      for (let s = neighbours.offsets[item]!; s < neighbours.offsets[item + 1]!; s++)
        if (has[neighbours.columns[s]!] === user) score += neighbours.weights[s]!
      return score
    },
    scoreItems
  }
}
