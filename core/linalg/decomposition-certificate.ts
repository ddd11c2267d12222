import { multiply, multiplyByTransposed, transpose } from './multiply.ts'
import { euclideanNorm, oneNormSymmetric } from './norms.ts'
import { exponentOf, scaleArray, timesPowerOfTwo } from './power-of-two.ts'
import { unwatched, type Watch } from './watch.ts'

const ULP = Number.EPSILON

/** How well a decomposition holds, in units of rounding: below 10 is as good as LAPACK. */
export interface Certificate {
  residual: number
  orthogonality: number
}

/** ‖A − V diag(w) Vᵀ‖₁ / (n·ulp·‖A‖₁) and ‖I − VᵀV‖₁ / (n·ulp), ulp = 2⁻⁵². A small residual with orthogonal vectors
 * proves that V diag(w) Vᵀ is the exact decomposition of a matrix within rounding of A.
 * @param a n×n row-major, lower triangle read @param v n×n row-major, columns are the vectors
 * Source: LAPACK, TESTING/EIG/dsyt21.f. Cost: 3n³ flops, 4n² extra doubles. */
export function certifyEigh(
  a: Float64Array,
  n: number,
  w: Float64Array,
  v: Float64Array,
  watch: Watch = unwatched
): Certificate {
  if (n === 0) return { residual: 0, orthogonality: 0 }
  let largest = 0
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(a[i * n + j]!))
  const exponent = largest === 0 ? 0 : exponentOf(largest)
  const scaled = a.slice()
  scaleArray(scaled, -exponent)
  const weighted = v.slice()
  for (let k = 0; k < n; k++) {
    const weight = timesPowerOfTwo(w[k]!, -exponent)
    for (let i = 0; i < n; i++) weighted[i * n + k]! *= weight
  }
  const difference = multiplyByTransposed(weighted, n, v, n, n, half(watch, 0))
  for (let i = 0; i < difference.length; i++) difference[i] = scaled[i]! - difference[i]!
  const norm = oneNormSymmetric(scaled, n)
  const error = oneNormSymmetric(difference, n)
  const residual = error === 0 ? 0 : norm === 0 ? 1 / ULP : atMost(error / norm, n) / (n * ULP)
  return { residual, orthogonality: orthogonalityOf(transpose(v, n, n), n, n, half(watch, 0.5)) }
}

/** The same two measures for the first components of a covariance matrix C = XᵀX/(nSamples − 1) that is too large to
 * be formed: max over k of ‖C v − λv‖₂ / (nFeatures·ulp·λ₁), and ‖I − VᵀV‖₁ / (nFeatures·ulp).
 * @param x nSamples × nFeatures, centred @param components nComponents × nFeatures, rows are the vectors
 * @param eigenvalues at least nComponents, descending */
export function certifyComponents(
  x: Float64Array,
  nSamples: number,
  nFeatures: number,
  components: Float64Array,
  eigenvalues: Float64Array,
  watch: Watch = unwatched
): Certificate {
  const nComponents = components.length / nFeatures
  const scores = multiplyByTransposed(components, nComponents, x, nSamples, nFeatures, half(watch, 0))
  const image = multiply(scores, nComponents, x, nSamples, nFeatures, half(watch, 0.5))
  let error = 0
  for (let k = 0; k < nComponents; k++) {
    const row = image.subarray(k * nFeatures, (k + 1) * nFeatures)
    for (let j = 0; j < nFeatures; j++) {
      row[j] = row[j]! / (nSamples - 1) - eigenvalues[k]! * components[k * nFeatures + j]!
    }
    error = Math.max(error, euclideanNorm(row))
  }
  const residual = error === 0 ? 0 : atMost(error / eigenvalues[0]!, nFeatures) / (nFeatures * ULP)
  return { residual, orthogonality: orthogonalityOf(components, nComponents, nFeatures, unwatched) }
}

/** ‖I − RRᵀ‖₁ / (length·ulp) for nRows rows of the given length. */
function orthogonalityOf(rows: Float64Array, nRows: number, length: number, watch: Watch): number {
  const difference = multiplyByTransposed(rows, nRows, rows, nRows, length, watch)
  for (let k = 0; k < nRows; k++) difference[k * nRows + k]! -= 1
  return atMost(oneNormSymmetric(difference, nRows), length) / (length * ULP)
}

/** As LAPACK does: a decomposition that is plainly wrong is reported as 1/ulp, whatever its size; NaN is wrong. */
function atMost(error: number, limit: number): number {
  return error <= limit ? error : limit
}

function half(watch: Watch, from: number): Watch {
  return { checkpoint: watch.checkpoint, progress: (fraction) => watch.progress(from + fraction / 2) }
}
