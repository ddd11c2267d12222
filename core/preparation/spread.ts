import { inPieces } from '../linalg/passes.ts'
import { exponentOrZero, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import type { Watch } from '../linalg/watch.ts'
import { orderNumbers } from '../table/row-sort.ts'

/** Place and spread of the values of a column that are not missing. */
export interface Spread {
  count: number
  /** NaN where count is 0 */
  min: number
  max: number
  mean: number
  /** divisor n − 1; NaN below two values, exactly 0 where all are equal */
  sd: number
}

/** Two passes over the finite values: the second corrects what the first one rounded. Values are first multiplied by a power
 * of two, so that neither sums nor squares leave the range of doubles. */
export function spreadOf(values: Float64Array, watch: Watch): Spread {
  let count = 0
  let min = Infinity
  let max = -Infinity
  const each = (take: (value: number) => void): void =>
    inPieces(values.length, 1, watch, (from, to) => {
      for (let row = from; row < to; row++) if (Number.isFinite(values[row])) take(values[row]!)
    })
  each((value) => {
    count++
    if (value < min) min = value
    if (value > max) max = value
  })
  if (count === 0) return { count, min: NaN, max: NaN, mean: NaN, sd: NaN }
  const unit = Math.max(-1000, Math.min(1000, exponentOrZero(Math.max(Math.abs(min), Math.abs(max)))))
  const factor = 2 ** -unit
  const scaled = (value: number): number => value * factor
  let first = 0
  let seen = 0
  each((value) => (first += (scaled(value) - first) / ++seen))
  let correction = 0
  let squares = 0
  each((value) => {
    const apart = scaled(value) - first
    correction += apart
    squares += apart * apart
  })
  const mean = timesPowerOfTwo(first + correction / count, unit)
  const variance = (squares - (correction * correction) / count) / (count - 1)
  const sd = count < 2 ? NaN : min === max ? 0 : timesPowerOfTwo(Math.sqrt(Math.max(0, variance)), unit)
  return { count, min, max, mean: Math.min(max, Math.max(min, mean)), sd }
}

/** The middle value, or the mean of the two middle ones; NaN where there is none. Missing values do not count.
 * Cost: four passes that sort by 16 bits. */
export function medianOf(values: Float64Array, watch: Watch): number {
  const order = orderNumbers(values, watch.checkpoint)
  let present = values.length
  while (present > 0 && Number.isNaN(values[order[present - 1]!])) present--
  if (present === 0) return NaN
  const half = present >> 1
  const upper = values[order[half]!]!
  if (present % 2 === 1) return upper
  const lower = values[order[half - 1]!]!
  return lower + upper === Infinity || lower + upper === -Infinity ? lower / 2 + upper / 2 : (lower + upper) / 2
}
