import { eliminateSquare } from './elimination.ts'
import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { exponentOf, timesPowerOfTwo } from './power-of-two.ts'
import { unwatched, type Watch } from './watch.ts'

export interface Determinant {
  /** 0 exactly where elimination meets a pivot of 0 */
  sign: -1 | 0 | 1
  /** natural logarithm of the magnitude, −Infinity where sign is 0 */
  logAbs: number
  /** sign · exp(logAbs); null where that is too large for a double, 0 where it is too small */
  value: number | null
}

/** The determinant, as the product of the pivots of elimination: mantissas and exponents apart, so that the logarithm is right
 * where the value itself leaves the range of doubles.
 * @param a n × n; of a 0 × 0 matrix it is 1
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_MEMORY
 * Accuracy: relative error about n·ulp times the condition of A (Higham, Accuracy and Stability of Numerical Algorithms,
 * §14.6); of a matrix of integers the result need not be one. Cost: ⅔n³ flops, n² + 100n extra doubles. */
export function determinant(a: Matrix, watch: Watch = unwatched): Determinant {
  const { memory } = kernels()
  const n = a.rows
  memory.require(8 * (n * n + 200 * n))
  return memory.frame(() => {
    const elimination = eliminateSquare(a, watch)
    let mantissa: number = elimination.sign
    let exponent = n * elimination.exponent
    for (const pivot of elimination.diagonal) {
      if (pivot === 0) return { sign: 0, logAbs: -Infinity, value: 0 }
      const size = exponentOf(pivot)
      mantissa *= timesPowerOfTwo(pivot, -size)
      const carry = exponentOf(mantissa)
      mantissa *= 2 ** -carry
      exponent += size + carry
    }
    const value = timesPowerOfTwo(mantissa, exponent)
    return {
      sign: mantissa < 0 ? -1 : 1,
      logAbs: Math.log(Math.abs(mantissa)) + exponent * Math.LN2,
      value: Number.isFinite(value) ? value : null
    }
  })
}
