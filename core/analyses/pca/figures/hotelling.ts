import { betaQuantile, fQuantile } from '../../../stats/distributions.ts'
import { componentsWithVariance, type RowScores } from './row-measures.ts'

/** λ of the components as sample variances, divisor n − 1, whatever divisor the run was made with: T² and its limits are defined
 * by the sample covariance. */
export function sampleVariances(
  explainedVariance: ArrayLike<number>,
  divisor: 'n-1' | 'n',
  nSamples: number
): Float64Array<ArrayBuffer> {
  const factor = divisor === 'n' && nSamples > 1 ? nSamples / (nSamples - 1) : 1
  return Float64Array.from(explainedVariance, (value) => value * factor)
}

/** Hotelling's T² of each row over the first components: its squared distance from the centre of the rows in units of their
 * variance. T²_i = Σ_k t_ik² / λ_k; over all components (t_i S⁻¹ t_iᵀ) it is the distance by the inverse of the covariance.
 * @param variances K, divisor n − 1, descending; components without variance are left out
 * @param cut how many components count, 1 … K
 * Source: Hotelling (1931); Jackson, A User's Guide to Principal Components (1991), §1.7. */
export function hotellingT2(
  { scores, nComponents }: Pick<RowScores, 'scores' | 'nComponents'>,
  variances: ArrayLike<number>,
  cut: number
): Float64Array<ArrayBuffer> {
  const used = Math.min(cut, componentsWithVariance(variances))
  const t2 = new Float64Array(nComponents === 0 ? 0 : scores.length / nComponents)
  for (let i = 0; i < t2.length; i++) {
    let sum = 0
    for (let k = 0, at = i * nComponents; k < used; k++, at++) {
      const score = scores[at]!
      sum += (score * score) / variances[k]!
    }
    t2[i] = sum
  }
  return t2
}

/** Above which T² a row is unusual.
 * f: for a new row, K(n²−1) / (n(n−K)) · F(level; K, n−K); null unless n > K
 * beta: for a row the components were fitted to, (n−1)²/n · Beta(level; K/2, (n−K−1)/2); null unless n > K + 1: with as many
 * components as rows allow, every row has the same T²
 * Source: Tracy, Young & Mason, "Multivariate control charts for individual observations", Journal of Quality Technology 24
 * (1992) 88, equations 3 and 5. */
export function hotellingLimits(
  nSamples: number,
  nComponents: number,
  level = 0.95
): { f: number | null; beta: number | null } {
  const [n, k] = [nSamples, nComponents]
  const f = k > 0 && n > k ? ((k * (n * n - 1)) / (n * (n - k))) * fQuantile(level, k, n - k) : null
  const beta = k > 0 && n > k + 1 ? ((n - 1) ** 2 / n) * betaQuantile(level, k / 2, (n - k - 1) / 2) : null
  return { f, beta }
}

/** How strongly each row draws the components towards itself: the diagonal of the matrix that projects onto the scores (and the
 * mean, where columns were centred at it). h_i = w_i (1/n + T²_i/(n−1)); they sum to K + 1, or to K without the mean.
 * Source: Martens & Næs, Multivariate Calibration (1989), §5.2. */
export function leverages(
  t2: ArrayLike<number>,
  { weights, centredAtMean }: { weights: ArrayLike<number> | null; centredAtMean: boolean }
): Float64Array<ArrayBuffer> {
  const n = t2.length
  const ofMean = centredAtMean ? 1 / n : 0
  const perT2 = n > 1 ? 1 / (n - 1) : 0
  const leverage = new Float64Array(n)
  for (let i = 0; i < n; i++) leverage[i] = (weights === null ? 1 : weights[i]!) * (ofMean + t2[i]! * perT2)
  return leverage
}
