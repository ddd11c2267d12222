import { chiSquaredQuantile, normalQuantile } from '../../../stats/distributions.ts'
import type { RowScores } from './row-measures.ts'

/** Q residual (squared prediction error, SPE) of each row: its squared distance from the space of the first components.
 * Q_i = Σ_j e_ij² = what all kept components leave of the row + Σ_{k ≥ cut} t_ik².
 * @param residualSquares n: what the K kept components leave
 * @param cut how many components describe the row, 0 … K
 * Source: Jackson & Mudholkar, "Control procedures for residuals associated with principal component analysis",
 * Technometrics 21 (1979) 341. */
export function qResiduals(
  { scores, nComponents }: Pick<RowScores, 'scores' | 'nComponents'>,
  residualSquares: ArrayLike<number>,
  cut: number
): Float64Array<ArrayBuffer> {
  const q = new Float64Array(residualSquares)
  for (let i = 0; i < q.length; i++) {
    for (let k = cut; k < nComponents; k++) q[i]! += scores[i * nComponents + k]! ** 2
  }
  return q
}

/** Shares of the total variance below this are rounding. */
const NOTHING = 1e-13

/** The eigenvalues beyond the cut: what the residuals are made of.
 * @param spectrum those that were computed, descending; all, or the first few
 * @returns empty where nothing is left over; null where some were not computed */
export function eigenvaluesLeftOver(
  spectrum: ArrayLike<number>,
  totalVariance: number,
  cut: number
): Float64Array<ArrayBuffer> | null {
  const values = Float64Array.from(spectrum)
  const sum = values.reduce((before, value) => before + value, 0)
  const first = values.subarray(0, cut).reduce((before, value) => before + value, 0)
  const nothing = NOTHING * totalVariance * Math.max(1, values.length)
  if (totalVariance - first <= nothing) return new Float64Array(0)
  if (totalVariance - sum > nothing) return null
  return values.slice(cut).filter((value) => value > 0)
}

export interface ResidualLimits {
  /** null where the eigenvalues left over are not known, or there are none */
  jacksonMudholkar: number | null
  box: number | null
}

/** Above which Q a row is unusual, from the eigenvalues left over: θ_i = Σ λ^i.
 * Jackson & Mudholkar (1979), equation 3.5: θ₁ [1 + θ₂h₀(h₀−1)/θ₁² + z h₀√(2θ₂)/θ₁]^{1/h₀}, h₀ = 1 − 2θ₁θ₃/(3θ₂²); written with
 * z·h₀ it is right for h₀ below 0 too, where they change the sign of z (Jackson 1991, §2.7.2).
 * Box: g·χ²(level; h), g = θ₂/θ₁, h = θ₁²/θ₂. Source: Box, "Some theorems on quadratic forms applied in the study of analysis of
 * variance problems, I", Annals of Mathematical Statistics 25 (1954) 290. */
export function residualLimits(leftOver: ArrayLike<number>, level = 0.95): ResidualLimits {
  const scale = leftOver[0] ?? 0
  if (!(scale > 0)) return { jacksonMudholkar: null, box: null }
  let [first, second, third] = [0, 0, 0]
  for (let i = 0; i < leftOver.length; i++) {
    const share = leftOver[i]! / scale
    first += share
    second += share ** 2
    third += share ** 3
  }
  const h = 1 - (2 * first * third) / (3 * second ** 2)
  const slope = (second * (h - 1)) / first ** 2 + (normalQuantile(level) * Math.sqrt(2 * second)) / first
  // (1 + h·slope)^{1/h}, which is an exponential where h is 0.
  const jacksonMudholkar = scale * first * Math.exp(h === 0 ? slope : Math.log1p(h * slope) / h)
  return {
    jacksonMudholkar: Number.isFinite(jacksonMudholkar) ? jacksonMudholkar : null,
    box: scale * (second / first) * chiSquaredQuantile(level, first ** 2 / second)
  }
}

/** Box's limit where the eigenvalues left over are not known: g and h from the mean m and variance v of the residuals themselves,
 * g = v/(2m), h = 2m²/v.
 * @returns null where there is no residual, or no spread of them
 * Source: Nomikos & MacGregor, "Multivariate SPC charts for monitoring batch processes", Technometrics 37 (1995) 41, §3.2. */
export function residualLimitOf(q: ArrayLike<number>, level = 0.95): number | null {
  const n = q.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += q[i]! / n
  let variance = 0
  for (let i = 0; i < n; i++) variance += (q[i]! - mean) ** 2 / (n - 1)
  if (n < 3 || !(mean > 0) || !(variance > 0)) return null
  return (variance / (2 * mean)) * chiSquaredQuantile(level, (2 * mean ** 2) / variance)
}
