import { countInBins } from './numbers-of-chunk.ts'

/** Bars of the small histogram over a column. */
export const HISTOGRAM_BINS = 14
/** Even, so that two neighbours merge into one when the range doubles. */
const FINE_BINS = 4_096
/** Where thousands of columns have one each. */
const FEW_BINS = 512

/** Counts in equal bins of values that come one after another and whose range is not known before. The range doubles
 * when a value lies outside, so a count may stand up to one fine bin (1/2048 of the range seen) from its true place. */
export class FineHistogram {
  #low: number
  #width: number
  readonly #counts: Float64Array

  /** @param low @param high a first guess of the range
   * @param fine false where bins eight times as wide will do */
  constructor(low: number, high: number, fine = true) {
    const bins = fine ? FINE_BINS : FEW_BINS
    this.#counts = new Float64Array(bins)
    this.#low = low
    this.#width = high > low ? (high - low) / bins : Math.max(Math.abs(low), Number.MIN_VALUE * bins) / bins
  }

  /** Adds the values from a place on; NaN is none.
   * @param known of all the values: the least, the largest, and how many are numbers */
  addAll(values: Float64Array, from: number, known: { min: number; max: number; count: number }): void {
    const left = from === 0 ? values : values.subarray(from)
    if (known.count === values.length && this.#covers(known.min) && this.#covers(known.max)) {
      countInBins(left, this.#low, 1 / this.#width, this.#counts)
      return
    }
    for (let at = 0; at < left.length; at++) {
      at = this.#addWithin(left, at)
      if (at < left.length && !Number.isNaN(left[at]!)) this.add(left[at]!)
    }
  }

  /** Whether a value lies within the range, as the bins are told. */
  #covers(value: number): boolean {
    const bin = (value - this.#low) * (1 / this.#width)
    return bin >= 0 && bin < this.#counts.length
  }

  /** Adds values up to the first that is none or outside of the range, and returns its place. A loop with a call in it,
   * though it is hardly ever made, takes three times as long. */
  #addWithin(values: Float64Array, from: number): number {
    const counts = this.#counts
    const bins = counts.length
    const low = this.#low
    const perUnit = 1 / this.#width
    for (let i = from; i < values.length; i++) {
      const bin = (values[i]! - low) * perUnit
      if (!(bin >= 0 && bin < bins)) return i
      counts[bin | 0]!++
    }
    return values.length
  }

  add(value: number, times = 1): void {
    let bin = Math.floor((value - this.#low) / this.#width)
    while (bin < 0 || bin >= this.#counts.length) {
      this.#double(bin < 0)
      bin = Math.floor((value - this.#low) / this.#width)
    }
    this.#counts[bin]! += times
  }

  #double(downwards: boolean): void {
    const counts = this.#counts
    const half = counts.length / 2
    const merged = Array.from({ length: half }, (_, i) => counts[2 * i]! + counts[2 * i + 1]!)
    counts.fill(0)
    counts.set(merged, downwards ? half : 0)
    if (downwards) this.#low -= counts.length * this.#width
    this.#width *= 2
  }

  /** The middle and the count of every bin that is not empty. */
  *middles(): Generator<[number, number]> {
    for (const [bin, count] of this.#counts.entries()) {
      if (count > 0) yield [this.#low + (bin + 0.5) * this.#width, count]
    }
  }
}

/** Counts of weighted values in equal bins from min to max: 14, or one for each integer where these are fewer, or one
 * where all values are equal. Empty where the range exceeds the largest double. */
export function countBins(values: Iterable<[number, number]>, min: number, max: number, whole: boolean): number[] {
  const range = max - min
  if (!Number.isFinite(range)) return []
  const integers = whole && range < HISTOGRAM_BINS
  const nBins = integers ? range + 1 : range === 0 ? 1 : HISTOGRAM_BINS
  const counts = new Array<number>(nBins).fill(0)
  for (const [value, count] of values) {
    const bin = integers ? Math.round(value - min) : Math.floor(((value - min) / range) * nBins)
    counts[Math.min(nBins - 1, Math.max(0, bin || 0))]! += count
  }
  return counts
}
