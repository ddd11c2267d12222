import { EigendeskError } from '../contract/errors.ts'
import { exponentOf, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** Mean and spread of each column, and what centreColumns needs to subtract the mean without rounding it first. */
export interface ColumnMoments {
  mean: Float64Array
  /** standard deviation, divisor n − 1; exactly 0 where the column is constant */
  sd: Float64Array
  constant: boolean[]
  /** column j was divided by 2^exponent[j] before anything was squared; the three below are in that unit, or its square */
  exponent: Int32Array
  /** first estimate of the mean, and what a second pass adds to it: their sum is known to more digits than one double */
  centre: Float64Array
  correction: Float64Array
  scaledVariance: Float64Array
}

/** Means and standard deviations by two passes and one re-centring: with a mean of 1e9 and a variance of 1 the
 * variance keeps ten digits and more, which Σx² − nμ² loses to the last one. Columns are divided by a power of two
 * first, so that 1e±300 neither overflows nor underflows.
 * @param x nRows × nColumns, row-major; not modified
 * @returns moments over nRows ≥ 2 rows; sd may be Infinity where the spread itself exceeds the largest double
 * @throws NON_FINITE naming row and column, counted from 1
 * Source: Chan, Golub & LeVeque, "Algorithms for computing the sample variance", The American Statistician 37 (1983),
 * the corrected two-pass algorithm. */
export function columnMoments(
  x: Float64Array,
  nRows: number,
  nColumns: number,
  watch: Watch = unwatched
): ColumnMoments {
  const { exponent, constant, first } = columnRanges(x, nRows, nColumns, watch)
  const zero = new Float64Array(nColumns)
  const sum = (centre: Float64Array, correction: Float64Array, power: 1 | 2, done: number): Float64Array => {
    const part: Watch = { checkpoint: watch.checkpoint, progress: (fraction) => watch.progress(done + fraction / 4) }
    return sumColumns(x, nRows, nColumns, { exponent, centre, correction }, power, part)
  }
  const centre = sum(zero, zero, 1, 0.25).map((total) => total / nRows)
  const correction = sum(centre, zero, 1, 0.5).map((total) => total / nRows)
  const scaledVariance = sum(centre, correction, 2, 0.75).map((total) => total / (nRows - 1))
  constant.forEach((isConstant, j) => {
    if (!isConstant) return
    centre[j] = timesPowerOfTwo(first[j]!, -exponent[j]!)
    correction[j] = 0
    scaledVariance[j] = 0
  })
  return {
    mean: centre.map((value, j) => timesPowerOfTwo(value + correction[j]!, exponent[j]!)),
    sd: scaledVariance.map((value, j) => timesPowerOfTwo(Math.sqrt(value), exponent[j]!)),
    constant,
    exponent,
    centre,
    correction,
    scaledVariance
  }
}

/** x becomes (x − mean)·factor, in place; a constant column becomes exactly 0.
 * @param factor one a column, in units of 2^−exponent */
export function centreColumns(
  x: Float64Array,
  nRows: number,
  nColumns: number,
  moments: ColumnMoments,
  factor: Float64Array,
  watch: Watch = unwatched
): void {
  const { centre, correction, constant } = moments
  const [high, low] = splitScale(moments.exponent)
  for (let i = 0; i < nRows; i++) {
    if (i % CHECK_ROWS === 0) watch.checkpoint()
    const row = i * nColumns
    for (let j = 0; j < nColumns; j++) {
      const centred = x[row + j]! * high[j]! * low[j]! - centre[j]! - correction[j]!
      x[row + j] = constant[j]! ? 0 : centred * factor[j]!
    }
  }
}

/** Rows between two looks at the stop button: a row of 10,000 columns takes about 20 µs. */
const CHECK_ROWS = 256

type Shift = Pick<ColumnMoments, 'exponent' | 'centre' | 'correction'>

/** Σ of (x·2^−exponent − centre − correction)^power down each column, in sums of CHECK_ROWS rows: rounding grows with the
 * number of terms of one sum. */
function sumColumns(
  x: Float64Array,
  nRows: number,
  nColumns: number,
  shift: Shift,
  power: 1 | 2,
  watch: Watch
): Float64Array {
  const { centre, correction } = shift
  const [high, low] = splitScale(shift.exponent)
  const sums = new Float64Array(nColumns)
  const partial = new Float64Array(nColumns)
  for (let start = 0; start < nRows; start += CHECK_ROWS) {
    watch.checkpoint()
    watch.progress(start / nRows)
    partial.fill(0)
    for (let i = start; i < Math.min(start + CHECK_ROWS, nRows); i++) {
      const row = i * nColumns
      for (let j = 0; j < nColumns; j++) {
        const centred = x[row + j]! * high[j]! * low[j]! - centre[j]! - correction[j]!
        partial[j]! += power === 2 ? centred * centred : centred
      }
    }
    for (let j = 0; j < nColumns; j++) sums[j]! += partial[j]!
  }
  return sums
}

/** 2^−exponent as a product of two factors: alone, 2^1074 would be too large for a double. */
function splitScale(exponent: Int32Array): [Float64Array, Float64Array] {
  const high = Float64Array.from(exponent, (e) => 2 ** Math.trunc(-e / 2))
  const low = Float64Array.from(exponent, (e) => 2 ** (-e - Math.trunc(-e / 2)))
  return [high, low]
}

function columnRanges(
  x: Float64Array,
  nRows: number,
  nColumns: number,
  watch: Watch
): { exponent: Int32Array; constant: boolean[]; first: Float64Array } {
  const lowest = new Float64Array(nColumns).fill(Infinity)
  const highest = new Float64Array(nColumns).fill(-Infinity)
  for (let i = 0; i < nRows; i++) {
    if (i % CHECK_ROWS === 0) watch.checkpoint()
    for (let j = 0; j < nColumns; j++) {
      const value = x[i * nColumns + j]!
      if (!Number.isFinite(value)) {
        throw new EigendeskError('NON_FINITE', { value: `The value in row ${i + 1}, column ${j + 1}` })
      }
      if (value < lowest[j]!) lowest[j] = value
      if (value > highest[j]!) highest[j] = value
    }
  }
  const largest = lowest.map((low, j) => Math.max(Math.abs(low), Math.abs(highest[j]!)))
  return {
    exponent: Int32Array.from(largest, (value) => (value === 0 ? 0 : exponentOf(value))),
    constant: Array.from(lowest, (low, j) => low === highest[j]),
    first: lowest
  }
}
