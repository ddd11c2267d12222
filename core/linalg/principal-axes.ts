import { certifyComponents, certifyEigh, type Certificate } from './decomposition-certificate.ts'
import { eigh } from './eigh.ts'
import { columnProducts, multiply, rowProducts, transpose } from './multiply.ts'
import { orthonormalizeRows } from './orthonormalize.ts'
import { signOf } from './sign-rule.ts'
import type { Watch } from './watch.ts'

/** Eigenvectors of the covariance matrix C = XᵀX/(nSamples − 1) of a centred X. */
export interface PrincipalAxes {
  /** min(nSamples, nFeatures) eigenvalues of C, descending; those that rounding made negative are 0 */
  eigenvalues: Float64Array
  /** nComponents × nFeatures, orthonormal rows, the entry of largest magnitude of each positive */
  components: Float64Array
  certificate: Certificate
}

/** The parts of the work a person is told about; beginning one gives the means to watch it. */
export type Phase = 'centring' | 'covariance' | 'eigenvectors' | 'scores'
export type BeginPhase = (phase: Phase) => Watch

/** Eigenvectors of the nFeatures × nFeatures covariance matrix itself.
 * @param x nSamples × nFeatures, row-major, centred, entries near 1; not modified
 * Cost: nSamples·nFeatures² + 11 nFeatures³ flops, 5 nFeatures² extra doubles. */
export function covarianceAxes(
  x: Float64Array,
  nSamples: number,
  nFeatures: number,
  nComponents: number,
  begin: BeginPhase
): PrincipalAxes {
  const covariance = columnProducts(x, nSamples, nFeatures, begin('covariance'))
  for (let i = 0; i < covariance.length; i++) covariance[i]! /= nSamples - 1
  const inner = begin('eigenvectors')
  const { w, v } = eigh(covariance, nFeatures, inner.checkpoint, (fraction) => inner.progress(0.8 * fraction))
  const certificate = certifyEigh(covariance, nFeatures, w, v, {
    checkpoint: inner.checkpoint,
    progress: (fraction) => inner.progress(0.8 + 0.2 * fraction)
  })
  const nEigenvalues = Math.min(nSamples, nFeatures)
  return {
    eigenvalues: w.slice(0, nEigenvalues).map((value) => Math.max(value, 0)),
    components: transpose(v, nFeatures, nFeatures).slice(0, nComponents * nFeatures),
    certificate
  }
}

/** The same from the nSamples × nSamples matrix of inner products G = XXᵀ/(nSamples − 1), which has the same non-zero
 * eigenvalues: if Gu = λu then v = Xᵀu is an eigenvector of C. Dividing by a small σ magnifies the error of u along
 * the leading axes, so the rows are orthonormalized in descending order of σ, which takes exactly that part away; where
 * nothing but rounding is left the variance is 0 and the axis is completed by any orthogonal direction.
 * @param x nSamples × nFeatures, row-major, centred, entries near 1; not modified
 * Cost: nSamples²·nFeatures + 8 nSamples³ + about 8 nSamples·nFeatures·nComponents flops.
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., §3.5 (the duality of XᵀX and XXᵀ). */
export function gramAxes(
  x: Float64Array,
  nSamples: number,
  nFeatures: number,
  nComponents: number,
  begin: BeginPhase
): PrincipalAxes {
  const gram = rowProducts(x, nSamples, nFeatures, begin('covariance'))
  for (let i = 0; i < gram.length; i++) gram[i]! /= nSamples - 1
  const inner = begin('eigenvectors')
  const { w, v } = eigh(gram, nSamples, inner.checkpoint, (fraction) => inner.progress(0.6 * fraction))
  const eigenvalues = w.map((value) => Math.max(value, 0))
  const left = transpose(v, nSamples, nSamples).subarray(0, nComponents * nSamples)
  const components = multiply(left, nComponents, x, nSamples, nFeatures, {
    checkpoint: inner.checkpoint,
    progress: (fraction) => inner.progress(0.6 + 0.1 * fraction)
  })
  const rounding = 8 * nSamples * Number.EPSILON * Math.sqrt(eigenvalues[0]! * (nSamples - 1))
  const completed = orthonormalizeRows(components, nComponents, nFeatures, rounding, inner.checkpoint)
  for (const k of completed) eigenvalues[k] = 0
  // What follows a variance of 0 is 0 too, whatever rounding made of it.
  for (let k = 1; k < nSamples; k++) eigenvalues[k] = Math.min(eigenvalues[k]!, eigenvalues[k - 1]!)
  inner.progress(0.8)
  for (let k = 0; k < nComponents; k++) {
    const row = components.subarray(k * nFeatures, (k + 1) * nFeatures)
    if (signOf(row) < 0) for (let j = 0; j < nFeatures; j++) row[j] = 0 - row[j]!
  }
  const certificate = certifyComponents(x, nSamples, nFeatures, components, eigenvalues, {
    checkpoint: inner.checkpoint,
    progress: (fraction) => inner.progress(0.8 + 0.2 * fraction)
  })
  return { eigenvalues, components, certificate }
}
