import { EigendeskError } from '../contract/errors.ts'
import { inverse } from './inverse.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, requireFinite, requireSquare, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf } from './panel.ts'
import { clear, largestOf, scaleEntries, takeIn } from './passes.ts'
import { exponentOrZero } from './power-of-two.ts'
import { SQUARES, takeScaled } from './scaled-copy.ts'
import { unwatched, type Watch } from './watch.ts'

/** A^power by repeated squaring; a negative power is one of the inverse.
 * @param a n × n @param power an integer; 0 gives the identity, also for the zero matrix
 * @throws INVALID_PARAMETER where the power is no integer | SINGULAR as inverse() | OUT_OF_RANGE where an entry of the
 *   result is too large for a double | SHAPE_MISMATCH | NON_FINITE | OUT_OF_MEMORY
 * Accuracy: each product within n·ulp of its factors' norms; a high power of a matrix far from normal may lose digits
 * (Higham, Accuracy and Stability of Numerical Algorithms, §18). Cost: 2n³ flops for each binary digit of the power and again
 * for each that is 1; 3n² extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §9.2.5. */
export function matrixPower(a: Matrix, power: number, watch: Watch = unwatched): Matrix {
  requireSquare(a)
  requireFinite(a, watch)
  if (!Number.isSafeInteger(power)) {
    throw new EigendeskError('INVALID_PARAMETER', { field: 'power', reason: `${power} is not an integer` })
  }
  const base = power < 0 ? inverse(a, watch) : a
  const n = a.rows
  const { memory } = kernels()
  memory.require(8 * 3 * n * n)
  return memory.frame(() => {
    let square = normalized(takeIn(base.data, watch), 0, watch)
    let result: Factor | undefined
    let spare = memory.allocate(n * n)
    const times = (x: Factor, y: Factor): Factor => {
      clear(spare, watch)
      multiplyInto(panelOf(spare, n, n), 1, panelOf(x.data, n, n), panelOf(y.data, n, n), watch)
      const product = normalized(spare, x.exponent + y.exponent, watch)
      spare = x.data
      return product
    }
    for (let rest = Math.abs(power); rest > 0; rest = Math.floor(rest / 2)) {
      watch.checkpoint()
      if (rest % 2 === 1) {
        if (result) result = times(result, square)
        else result = rest === 1 ? square : { ...square, data: takeIn(square.data, watch) }
      }
      if (rest > 1) square = times(square, square)
    }
    if (!result) return identity(n)
    // Beyond these no entry, of whatever size here, is left in the range of doubles.
    if (result.exponent > 1024 + SQUARES) throw new EigendeskError('OUT_OF_RANGE', { field: 'a power of a matrix' })
    if (result.exponent < -1100 - SQUARES) return createMatrix(n, n)
    return createMatrix(n, n, takeScaled(result.data, result.exponent, 'a power of a matrix', watch))
  })
}

/** data · 2^exponent, the largest entry within 2^±480 so that a product of two stays in range */
interface Factor {
  data: Float64Array
  exponent: number
}

function normalized(data: Float64Array, exponent: number, watch: Watch): Factor {
  const largest = largestOf(data, watch)
  const size = exponentOrZero(largest)
  if (Math.abs(size) <= SQUARES) return { data, exponent: largest === 0 ? 0 : exponent }
  scaleEntries(data, -size, watch)
  return { data, exponent: exponent + size }
}

function identity(n: number): Matrix {
  const matrix = createMatrix(n, n)
  for (let i = 0; i < n; i++) matrix.data[i * n + i] = 1
  return matrix
}
