import { HISTOGRAM_BINS } from '../table/histogram.ts'

/** Bars of the histogram of the column that is looked at. */
export const FINE_BINS = 40
/** Values of a column that are told apart by name in its table of frequencies. */
export const TOP_VALUES = 50

/** A value and how many cells have it. */
export interface ValueCount {
  value: string
  count: number
}

/** What is known of a column of numbers. Undefined where there are too few values for it. */
export interface NumberStatistics {
  present: number
  /** different values, exact */
  distinct: number
  min?: number
  max?: number
  mean?: number
  /** divisor n − 1; from 2 values on */
  sd?: number
  /** 5, 25, 50, 75 and 95 % */
  quantiles?: [number, number, number, number, number]
  /** G1, from 3 values that differ on */
  skewness?: number
  /** counts in equal bins between min and max */
  histogram: number[]
  top: ValueCount[]
}

/** The statistics of numbers; missing (NaN) cells are left out.
 * Quartiles and other quantiles: type 7 of Hyndman & Fan, "Sample quantiles in statistical packages", The American Statistician
 * 50 (1996) 361, the default of R and NumPy. Skewness: the adjusted Fisher–Pearson coefficient G1 (Joanes & Gill, The
 * Statistician 47 (1998) 183).
 * @param values not modified
 * Cost: one sort and four passes; n doubles. */
export function describeNumbers(values: Float64Array, checkpoint: () => void): NumberStatistics {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  checkpoint()
  const n = sorted.length
  if (n === 0) return { present: 0, distinct: 0, histogram: [], top: [] }
  const [min, max] = [sorted[0]!, sorted[n - 1]!]
  const runs = countRuns(sorted)
  checkpoint()
  const moments = centralMoments(sorted)
  return {
    present: n,
    distinct: runs.distinct,
    min,
    max,
    ...(moments && { mean: moments.mean }),
    ...(moments && n > 1 && { sd: moments.sd }),
    ...(moments?.skewness !== undefined && { skewness: moments.skewness }),
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantileOf(sorted, p)) as NonNullable<
      NumberStatistics['quantiles']
    >,
    histogram: countSorted(sorted, min, max),
    top: runs.top
  }
}

/** The quantile of type 7: linear between the values at both sides of (n − 1)·p.
 * @param sorted ascending, at least one */
export function quantileOf(sorted: Float64Array, p: number): number {
  const at = (sorted.length - 1) * p
  const low = Math.floor(at)
  const value = sorted[low]!
  const next = sorted[Math.min(low + 1, sorted.length - 1)]!
  const share = at - low
  // the difference of two large numbers of opposite sign may exceed the largest double
  return share === 0 || value === next ? value : value * (1 - share) + next * share
}

/** Mean, standard deviation and skewness, or null where a value is infinite. Deviations are scaled by the largest, so that no
 * power of them leaves the range of doubles. */
function centralMoments(sorted: Float64Array): { mean: number; sd: number; skewness?: number } | null {
  const n = sorted.length
  const largest = Math.max(Math.abs(sorted[0]!), Math.abs(sorted[n - 1]!))
  if (!Number.isFinite(largest)) return null
  if (sorted[0] === sorted[n - 1]) return { mean: sorted[0]!, sd: 0 }
  const unit = largest > 2 ** 900 ? 2 ** -100 : largest < 2 ** -900 ? 2 ** 100 : 1
  let first = 0
  for (let i = 0; i < n; i++) first += (sorted[i]! * unit - first) / (i + 1)
  let correction = 0
  for (const value of sorted) correction += (value * unit - first) / n
  const mean = first + correction
  const widest = Math.max(mean - sorted[0]! * unit, sorted[n - 1]! * unit - mean)
  let [second, third] = [0, 0]
  for (const value of sorted) {
    const deviation = (value * unit - mean) / widest
    second += deviation * deviation
    third += deviation * deviation * deviation
  }
  const sd = (Math.sqrt(second / (n - 1)) * widest) / unit
  if (n < 3) return { mean: mean / unit, sd }
  const g1 = third / n / (second / n) ** 1.5
  return { mean: mean / unit, sd, skewness: (g1 * Math.sqrt(n * (n - 1))) / (n - 2) }
}

function countRuns(sorted: Float64Array): { distinct: number; top: ValueCount[] } {
  const counts: { value: number; count: number }[] = []
  let distinct = 0
  let least = 0
  for (let from = 0; from < sorted.length;) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    distinct++
    const count = to - from
    if (counts.length < TOP_VALUES || count > least) {
      counts.push({ value: sorted[from]! + 0, count })
      if (counts.length >= 4 * TOP_VALUES) least = keepTop(counts)
    }
    from = to
  }
  keepTop(counts)
  return { distinct, top: counts.map(({ value, count }) => ({ value: String(value), count })) }
}

/** Keeps the most frequent, of equal ones those of the smaller value. @returns the smallest count kept */
function keepTop(counts: { value: number; count: number }[]): number {
  counts.sort((a, b) => b.count - a.count || a.value - b.value)
  counts.length = Math.min(counts.length, TOP_VALUES)
  return counts.at(-1)?.count ?? 0
}

/** Counts in equal bins: as many as FINE_BINS, or one for each whole number where these are fewer. */
function countSorted(sorted: Float64Array, min: number, max: number): number[] {
  const range = max - min
  if (!Number.isFinite(range)) return []
  const whole = range < FINE_BINS && sorted.every(Number.isInteger)
  const nBins = range === 0 ? 1 : whole ? range + 1 : Math.max(HISTOGRAM_BINS, FINE_BINS)
  const counts = new Array<number>(nBins).fill(0)
  for (const value of sorted) {
    const bin = whole ? value - min : Math.floor(((value - min) / range) * nBins)
    counts[Math.min(nBins - 1, Math.max(0, bin || 0))]!++
  }
  return counts
}

/** What is known of a column of anything but numbers. */
export interface WordStatistics {
  present: number
  distinct: number
  top: ValueCount[]
}

/** @param codes by row, −1 where missing @param texts what each code stands for */
export function describeWords(codes: Int32Array, texts: readonly string[]): WordStatistics {
  const counts = new Float64Array(texts.length)
  for (const code of codes) if (code >= 0) counts[code]!++
  const top: { value: number; count: number }[] = []
  let distinct = 0
  let least = 0
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code]!
    if (count === 0) continue
    distinct++
    if (top.length >= TOP_VALUES && count <= least) continue
    top.push({ value: code, count })
    if (top.length >= 4 * TOP_VALUES) least = keepTop(top)
  }
  keepTop(top)
  return {
    present: counts.reduce((sum, count) => sum + count, 0),
    distinct,
    top: top.map(({ value, count }) => ({ value: texts[value]!, count }))
  }
}
