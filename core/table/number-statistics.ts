import type { ColumnSummary } from '../contract/table.ts'
import { DISTINCT_LIMIT, DistinctNumbers } from './distinct-numbers.ts'
import { countBins, FineHistogram } from './histogram.ts'
import { RunningMoments } from './moments.ts'
import { measure, sumSquares } from './numbers-of-chunk.ts'

/** Statistics of a number column, from its values as they lie in the chunks: whoever read them, the same values cut at
 * the same rows give the same bits. Memory does not grow with the rows. */
export class NumberStatistics {
  readonly #moments = new RunningMoments()
  readonly #limit: number
  #distinct: DistinctNumbers
  /** in place of counts by value once these are too many */
  #histogram: FineHistogram | null = null
  #rows = 0
  #whole = true
  #inSequence = true

  /** @param limit different values that are told apart */
  constructor(limit = DISTINCT_LIMIT) {
    this.#limit = limit
    this.#distinct = new DistinctNumbers(limit)
  }

  /** Takes the next rows. Missing is NaN. */
  add(values: Float64Array): void {
    const moments = momentsOf(values)
    if (this.#inSequence) this.#followSequence(values, moments.count)
    if (this.#whole) this.#whole = areWhole(values)
    this.#moments.merge(moments)
    this.#rows += values.length
    if (moments.count === 0) return
    const from = this.#histogram ? 0 : this.#countDistinct(values)
    if (this.#histogram) this.#histogram.addAll(values, from, moments)
  }

  /** Returns the place of the first value that found no room, where the histogram takes over. */
  #countDistinct(values: Float64Array): number {
    const bits = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
    const distinct = this.#distinct
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (value !== value || distinct.add(value, bits[2 * i]!, bits[2 * i + 1]!)) continue
      this.#histogram = new FineHistogram(this.#moments.min, this.#moments.max, this.#limit === DISTINCT_LIMIT)
      const histogram = this.#histogram
      distinct.each((known, count) => histogram.add(known, count))
      this.#distinct = new DistinctNumbers(0)
      return i
    }
    return values.length
  }

  #followSequence(values: Float64Array, present: number): void {
    const from = this.#rows === 0 ? values[0]! : this.#moments.min
    const starts = from === 0 || from === 1
    this.#inSequence =
      starts && present === values.length && values.every((value, i) => value === from + this.#rows + i)
  }

  /** Whether the values are 0, 1, 2 … or 1, 2, 3 …, one a row. */
  get isSequence(): boolean {
    return this.#inSequence && this.#rows > 0
  }

  /** Values that are numbers. */
  get count(): number {
    return this.#moments.count
  }

  /** Writes what is known into a summary.
   * @param decimals the most that were written of a value */
  describe(summary: ColumnSummary, decimals: number): void {
    const { count, min, max, mean, sd } = this.#moments
    summary.distinct = this.#histogram ? this.#limit : this.#distinct.size
    if (this.#histogram) summary.distinctIsLowerBound = true
    if (count === 0) return
    Object.assign(summary, { min, max, decimals })
    if (Number.isFinite(mean)) summary.mean = mean
    if (sd !== undefined && Number.isFinite(sd)) summary.sd = sd
    const whole = decimals === 0 && this.#whole
    if (whole) summary.integer = true
    const bins = countBins(this.#histogram?.middles() ?? this.#distinct.entries(), min, max, whole)
    if (bins.length > 0) summary.histogram = bins
  }
}

/** Mean and squares in two passes; where a value is missing or the sum overflows, value by value. */
function momentsOf(values: Float64Array): RunningMoments {
  const count = values.length
  const moments = new RunningMoments()
  if (count === 0) return moments
  const { least, most, sum } = measure(values)
  if (!Number.isFinite(sum)) return addEach(moments, values)
  const mean = Math.min(most, Math.max(least, sum / count))
  const squares = sumSquares(values, mean)
  if (!Number.isFinite(squares)) return addEach(moments, values)
  moments.set(count, least, most, mean, squares)
  return moments
}

/** The same where some are missing; where sums overflow, by the running mean. */
function addEach(moments: RunningMoments, values: Float64Array): RunningMoments {
  let count = 0
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value !== value) continue
    count++
    sum += value
  }
  if (count === 0) return moments
  const mean = sum / count
  let squares = 0
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value !== value) continue
    squares += (value - mean) ** 2
    if (value < min) min = value
    if (value > max) max = value
  }
  if (Number.isFinite(squares)) moments.set(count, min, max, Math.min(max, Math.max(min, mean)), squares)
  else for (const value of values) if (value === value) moments.add(value)
  return moments
}

function areWhole(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === value && Math.floor(value) !== value) return false
  }
  return true
}
