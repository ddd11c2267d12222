/** Which points are drawn where not all can be. */

/** The points 0 … n − 1 in an order whose every beginning is spread over all of them: a table sorted by some column is
 * thinned evenly, and a point drawn with a small budget is drawn with a larger one too. Multiples of a number without a
 * common factor with n, near the golden section of n (Fibonacci hashing: Knuth, The Art of Computer Programming 3, §6.4).
 * The same n gives the same order. */
export function spreadOrder(n: number): Int32Array {
  const order = new Int32Array(n)
  if (n < 3) return order.map((_, i) => i)
  let step = Math.round(n * 0.6180339887498949)
  while (commonFactor(step, n) !== 1) step++
  let point = 0
  for (let i = 0; i < n; i++) {
    order[i] = point
    point += step
    if (point >= n) point -= n
  }
  return order
}

function commonFactor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b]
  return a
}

/** What is drawn of some points with a budget: those that matter first (up to half of it where they are many), the rest
 * in spread order. Without need nothing is left out.
 * @param order of spreadOrder
 * @param counts whether a point is there to be drawn (not hidden, in the part in sight)
 * @param matters selected, or with a label
 * @returns points in the order they are drawn, ascending; total says how many there were */
export function thinPoints(
  order: Int32Array,
  budget: number,
  counts: (point: number) => boolean,
  matters: (point: number) => boolean
): { drawn: Int32Array; total: number } {
  const n = order.length
  let total = 0
  let nFirst = 0
  const there = new Uint8Array(n)
  for (let point = 0; point < n; point++) {
    if (!counts(point)) continue
    total++
    const first = matters(point)
    if (first) nFirst++
    there[point] = first ? 2 : 1
  }
  const room = Math.min(total, budget)
  let forFirst = Math.min(nFirst, room, Math.max(Math.ceil(budget / 2), room - (total - nFirst)))
  let forOthers = room - forFirst
  const drawn = new Int32Array(room)
  let at = 0
  for (let i = 0; i < n && at < room; i++) {
    const kind = there[order[i]!]!
    if (kind === 2 && forFirst > 0) forFirst--
    else if (kind === 1 && forOthers > 0) forOthers--
    else continue
    drawn[at++] = order[i]!
  }
  return { drawn: drawn.sort(), total }
}
