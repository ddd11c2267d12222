import { EigendeskError } from '../contract/errors.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { largestOf, scaleEntries, takeIn, takeOut } from './passes.ts'
import { exponentOrZero } from './power-of-two.ts'
import type { Watch } from './watch.ts'

/** A matrix in the memory of the kernels, times 2^−exponent. */
export interface ScaledCopy {
  data: Float64Array
  exponent: number
}

/** Squares of entries up to 2^480, and sums of very many of them, are doubles. */
export const SQUARES = 480
/** Products of such entries with factors of at most 1, and sums of very many of them, are doubles. */
export const PRODUCTS = 1000
/** A largest entry below 2^−400 is lifted to 1. */
const FAINT = -400

/** Scales a matrix in the memory of the kernels in place; returns the exponent of 2 that it was divided by.
 * @param most nothing: the largest entry comes to lie in [1, 2). Else it is only scaled where its exponent of 2 exceeds
 *   this, and then to this, or where it is tiny: small entries beside large ones stay what they are
 * @param name of the matrix, for the error
 * @throws NON_FINITE naming the first offending row and column */
export function scaleInPlace(a: Matrix, watch: Watch, most?: number, name?: string): number {
  const largest = largestOf(a.data, watch)
  if (!(largest < Infinity)) requireFinite(a, watch, name)
  const size = exponentOrZero(largest)
  const exponent = most === undefined || size < FAINT ? size : Math.max(0, size - most)
  scaleEntries(a.data, -exponent, watch)
  return exponent
}

/** Copies a matrix into the memory of the kernels and scales it there, as scaleInPlace does.
 * Cost: rows · columns extra doubles, until the frame around it ends. */
export function copyScaled(a: Matrix, watch: Watch, most?: number, name?: string): ScaledCopy {
  const data = takeIn(a.data, watch)
  return { data, exponent: scaleInPlace({ ...a, data }, watch, most, name) }
}

/** An array of the kernels' memory, times 2^exponent, as an ordinary one; the array itself is scaled too.
 * @param what the result, for the error
 * @throws OUT_OF_RANGE where an entry is too large for a double */
export function takeScaled(
  data: Float64Array,
  exponent: number,
  what: string,
  watch: Watch
): Float64Array<ArrayBuffer> {
  scaleEntries(data, exponent, watch)
  if (!(largestOf(data, watch) < Infinity)) {
    throw new EigendeskError('OUT_OF_RANGE', { field: what })
  }
  return takeOut(data, watch)
}

/** Doubles from one row to the next for rows of this length: even, and never a multiple of 128, where rows would compete
 * for the same lines of a cache. */
export function paddedStride(length: number): number {
  const even = length + (length % 2)
  return even % 128 === 0 ? even + 8 : even
}
