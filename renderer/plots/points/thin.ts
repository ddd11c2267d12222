import type { Range } from '../axes.ts'
import { HIDDEN, SELECTED } from './scene.ts'

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

/** Points in the order they are drawn: those from a number on lie behind the others.
 * @param points ascending; null: all of them
 * @param n how many there are
 * @returns null where the order is that of the points */
export function behindFirst(points: Int32Array | null, n: number, behind: number): Int32Array | null {
  if (behind >= n) return points
  const all = points ?? Int32Array.from({ length: n }, (_, i) => i)
  let split = 0
  while (split < all.length && all[split]! < behind) split++
  const order = new Int32Array(all.length)
  order.set(all.subarray(split))
  order.set(all.subarray(0, split), all.length - split)
  return order
}

/** Which points may be drawn, and which matter most. */
export interface Thinnable {
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** by point: HIDDEN, SELECTED or 0 */
  state: Uint8Array
  /** points that matter like selected ones */
  first: ReadonlySet<number>
}

/** What is drawn of the points in sight with a budget: those that matter first (up to half of it where they are many), the
 * rest in spread order. Without need nothing is left out.
 * @param order of spreadOrder
 * @param frame the part of the plane in sight
 * @returns points in the order they are drawn, ascending; total says how many were in sight */
export function thinPoints(
  order: Int32Array,
  budget: number,
  { x, y, state, first }: Thinnable,
  frame: { x: Range; y: Range }
): { drawn: Int32Array; total: number } {
  const n = order.length
  const [[left, right], [low, high]] = [frame.x, frame.y]
  let total = 0
  let nFirst = 0
  const there = new Uint8Array(n)
  for (let point = 0; point < n; point++) {
    const px = x[point]!
    const py = y[point]!
    if (state[point] === HIDDEN || !(px >= left && px <= right && py >= low && py <= high)) continue
    total++
    there[point] = 1
    if (state[point] !== SELECTED) continue
    nFirst++
    there[point] = 2
  }
  for (const point of first) {
    if (there[point] !== 1) continue
    nFirst++
    there[point] = 2
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
