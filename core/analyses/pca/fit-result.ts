import type { Certificate } from '../../stats/component-certificate.ts'
import type { SolverChoice } from '../../stats/pca-solver.ts'

/** The numbers of a fit, in the units and with the divisor that were asked for. */
export interface Fit {
  choice: SolverChoice
  /** what is subtracted from each column, rounded once */
  mean: Float64Array
  /** the same as the sum of two doubles: the first alone may have rounded away digits */
  origin: Float64Array
  originRest: Float64Array
  /** divisor of each centred column */
  scale: Float64Array
  /** columns whose scale was 0 and that were divided by their standard deviation instead */
  replaced: string[]
  constant: boolean[]
  sd: Float64Array
  /** of mean 1; null where rows count alike */
  weights: Float64Array | null
  /** nComponents × nFeatures */
  components: Float64Array
  /** nFeatures × nComponents */
  loadings: Float64Array
  /** nSamples × nComponents */
  scores: Float64Array
  /** whether the scores of a component lie together, or those of a row */
  scoresByColumns: boolean
  /** Σ z² of each row, where it came out with the scores */
  squaredDistances: Float64Array | null
  spectrum: Float64Array
  spectrumShare: Float64Array
  singularValues: Float64Array
  totalVariance: number
  certificate: Certificate
}
