import { EigendeskError } from '../contract/errors.ts'
import type { Certificate } from '../linalg/decomposition-certificate.ts'
import { multiplyByTransposed } from '../linalg/multiply.ts'
import { exponentOf, scaleArray, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import { covarianceAxes, gramAxes, type BeginPhase } from '../linalg/principal-axes.ts'
import { centreColumns, columnMoments, type ColumnMoments } from './moments.ts'

export type PcaSolver = 'eigh-covariance' | 'eigh-gram'

/** Up to this many columns the covariance matrix takes milliseconds, however few the rows. */
const SMALL_COVARIANCE = 64

/** The smaller of the two eigenproblems that give the same components. */
export function chooseSolver(nSamples: number, nFeatures: number): PcaSolver {
  return nSamples >= nFeatures || nFeatures <= SMALL_COVARIANCE ? 'eigh-covariance' : 'eigh-gram'
}

/** The numbers of a principal component analysis, in the units of the data. */
export interface PrincipalComponents {
  moments: ColumnMoments
  /** divisor of each centred column */
  scale: Float64Array
  /** nComponents × nFeatures */
  components: Float64Array
  /** nFeatures × nComponents, component · √λ */
  loadings: Float64Array
  /** nSamples × nComponents */
  scores: Float64Array
  /** all min(nSamples, nFeatures) eigenvalues */
  spectrum: Float64Array
  /** spectrum / totalVariance */
  spectrumShare: Float64Array
  /** σ = √(λ(nSamples − 1)), all of them */
  singularValues: Float64Array
  totalVariance: number
  certificate: Certificate
}

/** Principal components of the columns of x, centred, with divisor n − 1.
 * @param x nSamples × nFeatures, row-major, nSamples ≥ 2; OVERWRITTEN
 * @param columns names of the columns, for errors
 * @throws TOO_MANY_COMPONENTS | ZERO_VARIANCE | OUT_OF_RANGE | NON_FINITE | NO_CONVERGENCE
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., §3.5; shares of the total variance §6.1.1. */
export function fitPrincipalComponents(
  x: Float64Array,
  nSamples: number,
  columns: string[],
  nComponents: number,
  unitVariance: boolean,
  begin: BeginPhase
): PrincipalComponents {
  const nFeatures = columns.length
  const limit = Math.min(nSamples, nFeatures)
  if (nComponents > limit) throw new EigendeskError('TOO_MANY_COMPONENTS', { value: nComponents, limit })

  const centring = begin('centring')
  const moments = columnMoments(x, nSamples, nFeatures, centring)
  if (moments.constant.every(Boolean)) throw new EigendeskError('ZERO_VARIANCE', { field: listNames(columns) })
  const { factor, scale, exponent, variances } = chooseUnits(moments, unitVariance)
  centreColumns(x, nSamples, nFeatures, moments, factor, centring)

  const axes = chooseSolver(nSamples, nFeatures) === 'eigh-gram' ? gramAxes : covarianceAxes
  const { eigenvalues, components, certificate } = axes(x, nSamples, nFeatures, nComponents, begin)
  const total = variances.reduce((sum, variance) => sum + variance, 0)

  const scores = multiplyByTransposed(x, nSamples, components, nComponents, nFeatures, begin('scores'))
  scaleArray(scores, exponent)
  const result: PrincipalComponents = {
    moments,
    scale,
    components,
    loadings: loadingsOf(components, eigenvalues, nComponents, nFeatures, exponent),
    scores,
    spectrum: eigenvalues.map((value) => timesPowerOfTwo(value, 2 * exponent)),
    // Rounding can lift the share of a single component one unit above 1.
    spectrumShare: eigenvalues.map((value) => Math.min(value / total, 1)),
    singularValues: eigenvalues.map((value) => timesPowerOfTwo(Math.sqrt(value * (nSamples - 1)), exponent)),
    totalVariance: timesPowerOfTwo(total, 2 * exponent),
    certificate
  }
  refuseOverflow(result, columns)
  return result
}

/** At most five names, and how many more there are. */
export function listNames(names: string[]): string {
  const more = names.length - 5
  return more > 0 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ')
}

/** The factor that takes each column from its own power of two to the unit of the fit: the largest standard deviation
 * near 1, or each of them exactly 1. */
function chooseUnits(
  moments: ColumnMoments,
  unitVariance: boolean
): { factor: Float64Array; scale: Float64Array; exponent: number; variances: Float64Array } {
  const { constant, scaledVariance, sd } = moments
  if (unitVariance) {
    return {
      factor: scaledVariance.map((value, j) => (constant[j] ? 1 : 1 / Math.sqrt(value))),
      scale: sd.map((value, j) => (constant[j] ? 1 : value)),
      exponent: 0,
      variances: Float64Array.from(constant, (isConstant) => (isConstant ? 0 : 1))
    }
  }
  let exponent = -Infinity
  scaledVariance.forEach((value, j) => {
    if (value > 0) exponent = Math.max(exponent, exponentOf(Math.sqrt(value)) + moments.exponent[j]!)
  })
  const factor = Float64Array.from(moments.exponent, (e, j) => (constant[j] ? 1 : timesPowerOfTwo(1, e - exponent)))
  return {
    factor,
    scale: sd.map(() => 1),
    exponent,
    variances: scaledVariance.map((value, j) => value * factor[j]! * factor[j]!)
  }
}

/** component · √λ, nFeatures × nComponents. */
function loadingsOf(
  components: Float64Array,
  eigenvalues: Float64Array,
  nComponents: number,
  nFeatures: number,
  exponent: number
): Float64Array {
  const loadings = new Float64Array(nFeatures * nComponents)
  for (let k = 0; k < nComponents; k++) {
    const deviation = Math.sqrt(eigenvalues[k]!)
    for (let j = 0; j < nFeatures; j++) loadings[j * nComponents + k] = components[k * nFeatures + j]! * deviation
  }
  scaleArray(loadings, exponent)
  return loadings
}

function refuseOverflow(result: PrincipalComponents, columns: string[]): void {
  const { spectrum, singularValues, totalVariance, scale, moments } = result
  const held = [spectrum, singularValues, scale, moments.sd].every((values) => values.every(Number.isFinite))
  if (held && Number.isFinite(totalVariance)) return
  let widest = 0
  moments.sd.forEach((sd, j) => {
    if (sd > moments.sd[widest]!) widest = j
  })
  throw new EigendeskError('OUT_OF_RANGE', { field: columns[widest] ?? '' })
}
