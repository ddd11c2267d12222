import { eigh } from './eigh.ts'
import { kernels } from './kernels/kernels.ts'
import { EigendeskError } from '../contract/errors.ts'
import { topByLanczos } from './lanczos.ts'
import { createMatrix, requireSquare, type Matrix } from './matrix.ts'
import { packSymmetric, paddedOrder } from './packed-symmetric.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { signOf } from './sign-rule.ts'
import { forward, unwatched, type Watch } from './watch.ts'

/** Below this order, and above this share of the spectrum, all of the eigenvalues cost no more than the wanted ones. */
const DIRECT_ORDER = 150
const DIRECT_SHARE = 1 / 8
/** A dense matrix is handed to the direct method after order · this many steps. */
const STEP_SHARE = 0.6

export interface TopEigenpairs {
  /** nValues eigenvalues, descending */
  w: Float64Array
  /** n × nValues: column k is the unit eigenvector of w[k], its entry of largest magnitude positive */
  v: Matrix
}

/** The nValues algebraically largest eigenpairs of a symmetric A.
 * @param a n × n, lower triangle read; not modified @param nValues 0 … n
 * @param options.seed of the start vectors; the same seed gives the same bits
 * @throws SHAPE_MISMATCH | INVALID_PARAMETER | NON_FINITE | NO_CONVERGENCE (of the direct method) | OUT_OF_RANGE | OUT_OF_MEMORY
 * Accuracy: ‖A·v − λv‖₁ / (n·ulp·‖A‖₁) and ‖I − VᵀV‖₁ / (n·ulp) below 10. Multiple eigenvalues are found as often as they
 * occur: after convergence the rest of the space is searched from a fresh random vector.
 * Cost: n²·steps flops at the speed of memory, some 225 steps for ten values of n = 1000 of pure noise;
 * n²/2 + n·(0.6n + 3·nValues + 90) extra doubles. All eigenvalues are computed where n < 150, where more than n/8 are wanted, and where
 * Lanczos takes more than 0.6n steps. Source: see topByLanczos. */
export function eighTop(
  a: Matrix,
  nValues: number,
  options: { seed?: number } = {},
  outer: Watch = unwatched
): TopEigenpairs {
  requireSquare(a)
  const watch = forward(outer)
  const n = a.rows
  requireCount(nValues, n)
  if (n >= DIRECT_ORDER && nValues <= n * DIRECT_SHARE) {
    const { memory } = kernels()
    memory.require(8 * (0.5 * n * n + (STEP_SHARE * n + 3 * nValues + 90) * paddedOrder(n) + 16 * n))
    const found = memory.frame(() => {
      const { operator, exponent } = packSymmetric(a, watch)
      const top = topByLanczos(operator, nValues, options.seed ?? 0, Math.floor(n * STEP_SHARE), watch)
      return top && finish(top, n, exponent)
    })
    if (found) return found
  }
  const { w, v } = eigh(a, watch)
  const kept = createMatrix(n, nValues)
  for (let i = 0; i < n; i++) kept.data.set(v.data.subarray(i * n, i * n + nValues), i * nValues)
  return { w: w.slice(0, nValues), v: kept }
}

function requireCount(nValues: number, n: number): void {
  if (Number.isInteger(nValues) && nValues >= 0 && nValues <= n) return
  throw new EigendeskError('INVALID_PARAMETER', {
    field: 'nValues',
    reason: `${nValues} is not allowed`,
    limit: `0 … ${n}`
  })
}

/** @param top eigenvectors as rows of the first n of their entries @param exponent of the power of two divided out */
function finish(top: { w: Float64Array; vectors: Float64Array[] }, n: number, exponent: number): TopEigenpairs {
  const count = top.w.length
  const v = createMatrix(n, count)
  top.vectors.forEach((vector, k) => {
    const sign = signOf(vector)
    for (let i = 0; i < n; i++) v.data[i * count + k] = sign * vector[i]! + 0
  })
  const w = top.w.map((value) => timesPowerOfTwo(value, exponent))
  if (!w.every(Number.isFinite)) throw new EigendeskError('OUT_OF_RANGE')
  return { w, v }
}
