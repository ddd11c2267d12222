import { EigendeskError } from '../contract/errors.ts'
import { inPieces } from './passes.ts'
import { unwatched, type Watch } from './watch.ts'

/** @throws NON_FINITE naming the first offending entry, counted from 1 */
export function requireFiniteVector(x: Float64Array, watch: Watch): void {
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(x[i])) throw new EigendeskError('NON_FINITE', { value: `Entry ${i + 1} of a vector` })
    }
  })
}

/** @throws SHAPE_MISMATCH naming both lengths */
export function requireLength(x: Float64Array, length: number): void {
  if (x.length === length) return
  throw new EigendeskError('SHAPE_MISMATCH', { value: `${x.length} entries`, wanted: `${length} entries` })
}

/** The largest magnitude; 0 where there is nothing. */
export function largestMagnitude(x: Float64Array, watch: Watch = unwatched): number {
  let largest = 0
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(x[i]!))
  })
  return largest
}
