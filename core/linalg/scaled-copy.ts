import { kernels } from './kernels/kernels.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { exponentOf, scaleArray } from './power-of-two.ts'

/** A matrix in the memory of the kernels, times 2^−exponent: its largest entry lies in [1, 2), or all are 0. */
export interface ScaledCopy {
  data: Float64Array
  exponent: number
}

/** Copies a matrix into the memory of the kernels and scales it there, so that squares and products of its entries
 * neither overflow nor fall below the range of doubles.
 * @throws NON_FINITE naming the first offending row and column
 * Cost: rows · columns extra doubles, until the frame around it ends. */
export function copyScaled(a: Matrix): ScaledCopy {
  requireFinite(a)
  const { memory, run } = kernels()
  const data = memory.copy(a.data)
  const largest = run.largest(data.length, data.byteOffset)
  const exponent = largest === 0 ? 0 : exponentOf(largest)
  scaleArray(data, -exponent)
  return { data, exponent }
}

/** Doubles from one row to the next for rows of this length: even, and never a multiple of 128, where rows would compete
 * for the same lines of a cache. */
export function paddedStride(length: number): number {
  const even = length + (length % 2)
  return even % 128 === 0 ? even + 8 : even
}
