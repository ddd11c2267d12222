import type { ListFilter } from '../../../contract/recommending.ts'
import { TopItems } from '../judging/top-items.ts'

/** Which items a list may hold: 1 each, 0 for others.
 * @param seen what the person has rated */
export function allowedItems(filter: ListFilter, itemCounts: ArrayLike<number>, seen: Iterable<number>): Uint8Array {
  const nItems = itemCounts.length
  const allowed = new Uint8Array(nItems)
  if (filter.items) {
    for (const item of filter.items) if (item < nItems) allowed[item] = 1
  } else allowed.fill(1)
  const { minRatings = 0, maxRatings = Infinity } = filter
  for (let item = 0; item < nItems; item++) {
    const count = itemCounts[item]!
    if (count < minRatings || count > maxRatings) allowed[item] = 0
  }
  if (filter.seen === 'exclude') for (const item of seen) allowed[item] = 0
  return allowed
}

/** The n allowed items of the highest scores, highest first; of equal ones the first in the table comes first. */
export function topItems(scores: Float64Array, allowed: Uint8Array, n: number): Int32Array {
  const top = new TopItems(Math.min(n, scores.length))
  for (let item = 0; item < scores.length; item++) if (allowed[item] === 1) top.offer(item, scores[item]!)
  return top.take().items
}
