import type { ListFilter } from '../../../contract/recommending.ts'

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

/** The n allowed items of the highest scores, highest first; of equal ones the first in the table comes first.
 * One pass with a heap of n, never a sort of all. */
export function topItems(scores: Float64Array, allowed: Uint8Array, n: number): Int32Array {
  const heap = new Int32Array(Math.min(n, scores.length))
  let size = 0
  /** a is further down the list than b */
  const isWorse = (a: number, b: number): boolean => scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b)
  const swap = (i: number, j: number): void => {
    const kept = heap[i]!
    heap[i] = heap[j]!
    heap[j] = kept
  }
  const sink = (length: number): void => {
    for (let at = 0; ;) {
      let worst = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < length && isWorse(heap[child]!, heap[worst]!)) worst = child
      }
      if (worst === at) return
      swap(at, worst)
      at = worst
    }
  }
  for (let item = 0; item < scores.length; item++) {
    if (allowed[item] !== 1) continue
    if (size < heap.length) {
      heap[size] = item
      for (let at = size++; at > 0;) {
        const parent = (at - 1) >> 1
        if (!isWorse(heap[at]!, heap[parent]!)) break
        swap(at, parent)
        at = parent
      }
    } else if (size > 0 && isWorse(heap[0]!, item)) {
      heap[0] = item
      sink(size)
    }
  }
  for (let length = size - 1; length > 0; length--) {
    swap(0, length)
    sink(length)
  }
  return heap.slice(0, size)
}
