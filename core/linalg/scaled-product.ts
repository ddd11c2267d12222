import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { inPieces, largestOf, placeIn } from './passes.ts'
import { exponentOf, exponentOrZero, scaleArray, timesPowerOfTwo } from './power-of-two.ts'
import type { Watch } from './watch.ts'

/** Exponents between which products and their sums are computed as they stand. */
const HIGHEST = 1000
const LOWEST = -900
/** A factor this far from 1 could lift out of the subnormals what was rounded there. */
const FACTOR_LIMIT = 20

/** The exponent of the largest magnitude of an array in the memory of the kernels. */
export function largestExponent(x: Float64Array, watch: Watch): number {
  return exponentOrZero(largestOf(x, watch))
}

/** A matrix in the memory of the kernels: where it lies, or a copy. */
export interface Placed {
  data: Float64Array
  /** of the largest magnitude; 0 where all are 0 */
  exponent: number
}

/** @param name of the matrix, for the error
 * @throws NON_FINITE naming row and column */
export function place(a: Matrix, watch: Watch, name?: string): Placed {
  const data = placeIn(a.data, watch)
  const largest = largestOf(data, watch)
  if (!Number.isFinite(largest)) requireFinite(a, watch, name)
  return { data, exponent: exponentOrZero(largest) }
}

/** Whether factor·Σxy over `length` products can be computed without scaling: nothing overflows on the way, and nothing
 * of weight is lost among the subnormals. */
export function isPlain(xExponent: number, yExponent: number, length: number, factor: number): boolean {
  const most = xExponent + yExponent + 2 + Math.log2(length + 1)
  const factorExponent = exponentOrZero(factor)
  return most + factorExponent < HIGHEST && most > LOWEST && Math.abs(factorExponent) <= FACTOR_LIMIT
}

/** Lines of a matrix in the memory of the kernels, line i divided by 2^exponents[i] so that its largest entry lies in
 * [1, 2). */
export interface ScaledLines {
  data: Float64Array
  exponents: Int32Array
}

/** @param columns whether the lines are the columns of a rather than its rows; either way they become rows
 * Cost: rows · columns extra doubles */
export function scaleLines(a: Matrix, columns: boolean, watch: Watch): ScaledLines {
  const count = columns ? a.columns : a.rows
  const length = columns ? a.rows : a.columns
  const [lineStep, step] = columns ? [1, a.columns] : [a.columns, 1]
  const data = kernels().memory.allocate(count * length)
  const exponents = new Int32Array(count)
  inPieces(count, length, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const line = data.subarray(i * length, (i + 1) * length)
      let largest = 0
      for (let j = 0; j < length; j++) {
        line[j] = a.data[i * lineStep + j * step]!
        largest = Math.max(largest, Math.abs(line[j]!))
      }
      exponents[i] = exponentOrZero(largest)
      scaleArray(line, -exponents[i]!)
    }
  })
  return { data, exponents }
}

/** alpha·x·2^e + beta·y, which overflows only where the sum does. */
export function addScaled(alpha: number, x: number, e: number, beta: number, y: number): number {
  const alphaExponent = exponentOrZero(alpha)
  const first = timesPowerOfTwo(alpha, -alphaExponent) * x
  const firstExponent = alphaExponent + e
  if (beta === 0 || y === 0) return timesPowerOfTwo(first, firstExponent)
  const yExponent = exponentOf(y)
  const betaExponent = exponentOf(beta)
  const second = timesPowerOfTwo(beta, -betaExponent) * timesPowerOfTwo(y, -yExponent)
  const secondExponent = betaExponent + yExponent
  const common =
    first === 0 ? secondExponent : Math.max(exponentOf(first) + firstExponent, exponentOf(second) + secondExponent)
  const sum = timesPowerOfTwo(first, firstExponent - common) + timesPowerOfTwo(second, secondExponent - common)
  return timesPowerOfTwo(sum, common)
}

/** @throws OUT_OF_RANGE where an entry is not finite */
export function requireInRange(data: Float64Array, field: string, watch: Watch): void {
  inPieces(data.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) {
      if (!Number.isFinite(data[at])) throw new EigendeskError('OUT_OF_RANGE', { field })
    }
  })
}
