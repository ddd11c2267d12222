import { shownShare } from '../../../core/analyses/pca/figures/row-measures.ts'
import { largestRows } from '../../../core/analyses/pca/figures/choose-rows.ts'

/** The fitted rows with the supplementary ones after them, by point. */
export function afterEachOther(fitted: Float64Array, further: ArrayLike<number>): Float64Array {
  if (further.length === 0) return fitted
  const all = new Float64Array(fitted.length + further.length)
  all.set(fitted)
  all.set(further, fitted.length)
  return all
}

/** How far beyond its limits each row lies: 1 is on the nearer one. Without limits (few rows, many components) it is T² itself. */
export function excessOf(
  { t2, q }: { t2: Float64Array; q: Float64Array },
  { t2Limit, qLimit }: { t2Limit: number | null; qLimit: number | null }
): Float64Array {
  if (t2Limit === null && qLimit === null) return t2
  const [ofT2, ofQ] = [t2Limit === null ? 0 : 1 / t2Limit, qLimit === null ? 0 : 1 / qLimit]
  const excess = new Float64Array(t2.length)
  for (let point = 0; point < t2.length; point++) excess[point] = Math.max(t2[point]! * ofT2, q[point]! * ofQ)
  return excess
}

/** Points in the order of a measure; those it is not defined for (NaN) stand last in either direction. */
export function orderBy(values: ArrayLike<number>, direction: 'ascending' | 'descending', most: number): number[] {
  const sign = direction === 'ascending' ? -1 : 1
  return largestRows(
    Float64Array.from(values, (value) => (Number.isNaN(value) ? -Infinity : sign * value)),
    most
  )
}

/** Rows whose measure is defined, ascending. A million of them are gone through in a few milliseconds. */
export function rowsWithValue(values: Float64Array): Int32Array {
  const rows = new Int32Array(values.length)
  let count = 0
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row]!)) rows[count++] = row
  return rows.subarray(0, count)
}

/** Share of the squared distance of rows that is seen on some components together; NaN where a score is missing.
 * @param scores n each */
export function seenShare(scores: readonly Float64Array[], distances: Float64Array): Float64Array {
  const shares = new Float64Array(distances.length)
  for (const own of scores) for (let row = 0; row < shares.length; row++) shares[row]! += own[row]! ** 2
  for (let row = 0; row < shares.length; row++) shares[row] = shownShare(shares[row]!, distances[row]!)
  return shares
}

/** Share of the squared distance of projected rows that is seen on some components.
 * @param scores m×K row-major @param distances m */
export function projectedCos2(
  { scores, distances }: { scores: ArrayLike<number>; distances: ArrayLike<number> },
  shown: readonly number[],
  nComponents: number
): Float64Array {
  return Float64Array.from(distances, (distance, i) => {
    const seen = shown.reduce((sum, component) => sum + scores[i * nComponents + component]! ** 2, 0)
    return shownShare(seen, distance)
  })
}
