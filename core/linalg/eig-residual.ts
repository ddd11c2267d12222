import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { oneNorm } from './one-norm.ts'
import { multiplyInto, panelOf } from './panel.ts'
import { clear, copyInto, inPieces } from './passes.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { copyScaled } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

export interface Eigenpairs {
  /** n real parts of the eigenvalues */
  real: Float64Array
  /** n imaginary parts; 0 for the real eigenvalues */
  imaginary: Float64Array
  /** n×n, column k the real part of the vector of eigenvalue k */
  vectorsReal: Matrix
  /** n×n, its imaginary part; columns of 0 for real eigenvalues */
  vectorsImaginary: Matrix
}

/** ‖AV − VΛ‖₁ / (n·ulp·‖A‖₁), LAPACK's measure of eigenvectors; 0 where both vanish. A modulus is taken for the sum of the
 * magnitudes of its parts, which is up to √2 larger.
 * Cost: 4n³ flops in products of blocks; 3n² extra doubles. */
export function eigResidual(
  a: Matrix,
  { real, imaginary, vectorsReal, vectorsImaginary }: Eigenpairs,
  watch: Watch
): number {
  const n = a.rows
  const { memory } = kernels()
  return memory.frame(() => {
    const { data: scaled, exponent: e } = copyScaled(a, watch)
    const vectors = memory.allocate(n * n)
    const rest = memory.allocate(n * n)
    const errors = new Float64Array(n)
    const addRest = (x: Matrix, y: Matrix, sign: number): void => {
      copyInto(vectors, x.data, watch)
      clear(rest, watch)
      multiplyInto(panelOf(rest, n, n), 1, panelOf(scaled, n, n), panelOf(vectors, n, n), watch)
      inPieces(n, n, watch, (from, to) => {
        for (let i = from, at = from * n; i < to; i++) {
          for (let k = 0; k < n; k++, at++) {
            const wanted = x.data[at]! * lambda[k]! - sign * y.data[at]! * omega[k]!
            errors[k]! += Math.abs(rest[at]! - wanted)
          }
        }
      })
    }
    const lambda = real.map((value) => timesPowerOfTwo(value, -e))
    const omega = imaginary.map((value) => timesPowerOfTwo(value, -e))
    addRest(vectorsReal, vectorsImaginary, 1)
    if (imaginary.some((value) => value !== 0)) addRest(vectorsImaginary, vectorsReal, -1)
    const error = errors.reduce((most, value) => Math.max(most, value), 0)
    return error === 0 ? 0 : error / (n * Number.EPSILON * oneNorm(scaled, n, n, watch))
  })
}
