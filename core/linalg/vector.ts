import { EigendeskError } from '../contract/errors.ts'

/** @throws NON_FINITE naming the first offending entry, counted from 1 */
export function requireFiniteVector(x: Float64Array): void {
  const at = x.findIndex((value) => !Number.isFinite(value))
  if (at >= 0) throw new EigendeskError('NON_FINITE', { value: `Entry ${at + 1} of a vector` })
}

/** @throws SHAPE_MISMATCH naming both lengths */
export function requireLength(x: Float64Array, length: number): void {
  if (x.length === length) return
  throw new EigendeskError('SHAPE_MISMATCH', { value: `${x.length} entries`, wanted: `${length} entries` })
}

/** The largest magnitude; 0 where there is nothing. */
export function largestMagnitude(x: Float64Array): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!))
  return largest
}
