import type { Scorer } from './scorer.ts'

/** The same scores for everybody: the share of all users who have an item.
 * @param itemCounts nItems; training ratings each */
export function popularityScorer(itemCounts: Int32Array, nUsers: number): Scorer {
  const shares = Float64Array.from(itemCounts, (count) => count / nUsers)
  return {
    nUsers,
    nItems: shares.length,
    predict: (_, item) => (item < 0 ? 0 : shares[item]!),
    scoreItems: (_, scores) => scores.set(shares)
  }
}
