import { gemm } from '../../core/linalg/gemm.ts'
import { createMatrix } from '../../core/linalg/matrix.ts'
import { exponentOf, timesPowerOfTwo } from '../../core/linalg/power-of-two.ts'
import { identityOf, oneNorm, ULP } from '../unit/linalg/ratios.ts'
import { scaled } from './random-matrices.ts'

/** ‖A − V diag(w) Vᵀ‖₁ / (n·ulp·‖A‖₁) and ‖I − VᵀV‖₁ / (n·ulp), ulp = 2⁻⁵². A small residual with orthogonal vectors
 * proves that V diag(w) Vᵀ is the exact decomposition of a matrix within rounding of A. What is not finite throws.
 * @param a n×n row-major, lower triangle read @param v n×n row-major, columns are the vectors
 * Source: LAPACK, TESTING/EIG/dsyt21.f. */
export function certifyEigh(
  a: Float64Array,
  n: number,
  w: Float64Array,
  v: Float64Array
): { residual: number; orthogonality: number } {
  if (n === 0) return { residual: 0, orthogonality: 0 }
  const symmetric = createMatrix(n, n, a.slice())
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) symmetric.data[j * n + i] = a[i * n + j]!
  const largest = symmetric.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const e = largest === 0 ? 0 : exponentOf(largest)
  const vectors = createMatrix(n, n, v)
  const weighted = createMatrix(
    n,
    n,
    v.map((value, at) => value * timesPowerOfTwo(w[at % n]!, -e))
  )
  const given = scaled(symmetric, -e)
  const error = oneNorm(gemm(weighted, vectors, { transposeB: true, alpha: -1, c: given }))
  const off = gemm(vectors, vectors, { transposeA: true, alpha: -1, c: identityOf(n) })
  return { residual: error === 0 ? 0 : error / (n * ULP * oneNorm(given)), orthogonality: oneNorm(off) / (n * ULP) }
}
