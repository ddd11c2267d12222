import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { matrixNorm } from '../linalg/matrix-norm.ts'
import { euclideanNorm } from '../linalg/norms.ts'
import { syrk } from '../linalg/syrk.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'
import type { PrincipalAxes } from './principal-axes.ts'

const ULP = Number.EPSILON

/** How well the components hold, in units of rounding: below 10 is as good as LAPACK. */
export interface Certificate {
  residual: number
  orthogonality: number
}

/** max over k of ‖C v − λv‖₂ / (n·ulp·λ₁) and ‖I − VᵀV‖₁ / (n·ulp), ulp = 2⁻⁵², for the kept components of a covariance
 * matrix C of order n. A small residual proves that each λ is within that error of an eigenvalue of C.
 * @param multiply V·C for the rows of V, as a flat array
 * Source: Parlett, The Symmetric Eigenvalue Problem, §4.5; the measure of LAPACK's TESTING/EIG/dsyt21.f. */
export function certifyAxes(
  { eigenvalues, components }: PrincipalAxes,
  nFeatures: number,
  multiply: (v: Matrix) => Float64Array,
  watch: Watch = unwatched
): Certificate {
  const nComponents = components.length / nFeatures
  const v = createMatrix(nComponents, nFeatures, components)
  const image = multiply(v)
  let error = 0
  for (let k = 0; k < nComponents; k++) {
    watch.checkpoint()
    const row = image.subarray(k * nFeatures, (k + 1) * nFeatures)
    for (let j = 0; j < nFeatures; j++) row[j]! -= eigenvalues[k]! * components[k * nFeatures + j]!
    error = Math.max(error, euclideanNorm(row))
  }
  const residual = error === 0 ? 0 : atMost(error / eigenvalues[0]!, nFeatures) / (nFeatures * ULP)
  return {
    residual,
    orthogonality: atMost(distanceFromIdentity(v, watch), nFeatures) / (nFeatures * ULP)
  }
}

/** ‖I − RRᵀ‖₁ for the rows of R. */
function distanceFromIdentity(rows: Matrix, watch: Watch): number {
  const products = syrk(rows, 'rows', watch)
  for (let k = 0; k < rows.rows; k++) products.data[k * rows.rows + k]! -= 1
  return matrixNorm(products, 'one', watch)
}

/** As LAPACK does: a decomposition that is plainly wrong is reported as 1/ulp, whatever its size; NaN is wrong. */
function atMost(error: number, limit: number): number {
  return error <= limit ? error : limit
}
