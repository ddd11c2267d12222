import { shownShare } from '../../../stats/shown-share.ts'

export { shownShare }

/** The scores of the rows of a fit, and what is needed to weigh them against each other. */
export interface RowScores {
  /** n×K row-major */
  scores: ArrayLike<number>
  nComponents: number
  /** n, of mean 1; null where every row counts the same */
  weights: ArrayLike<number> | null
}

/** How well each component represents each row: the squared cosine of the angle between the row and its projection.
 * cos²_ik = t_ik² / Σ_j z_ij². Summed over components it is the share of the row's distance that they show.
 * @param squaredDistances n: Σ_j z_ij² of the prepared cells
 * @returns n×K row-major, 0 … 1; 0 for a row that lies at the origin, which nothing can represent
 * Source: Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §1.1. */
export function rowCos2(
  { scores, nComponents }: RowScores,
  squaredDistances: ArrayLike<number>
): Float64Array<ArrayBuffer> {
  const cos2 = new Float64Array(scores.length)
  for (let i = 0; i < squaredDistances.length; i++) {
    const distance = squaredDistances[i]!
    for (let at = i * nComponents; at < (i + 1) * nComponents; at++) {
      cos2[at] = shownShare(scores[at]! ** 2, distance)
    }
  }
  return cos2
}

/** How much of each component's variance each row brings in, in percent: 100 · w_i t_ik² / Σ_i w_i t_ik².
 * @param explainedVariance K; a component without variance is shared by nobody
 * @returns n×K row-major; a column sums to 100, or is 0 where its component has no variance
 * Source: Lebart, Morineau & Piron, §1.1; FactoMineR's ind$contrib. */
export function rowContributions(
  { scores, nComponents, weights }: RowScores,
  explainedVariance: ArrayLike<number>
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(nComponents)
  const shares = new Float64Array(scores.length)
  const n = nComponents === 0 ? 0 : scores.length / nComponents
  for (let i = 0; i < n; i++) {
    const weight = weights === null ? 1 : weights[i]!
    for (let k = 0; k < nComponents; k++) {
      const at = i * nComponents + k
      shares[at] = weight * scores[at]! ** 2
      sums[k]! += shares[at]
    }
  }
  const counted = componentsWithVariance(explainedVariance)
  const factors = sums.map((sum, k) => (k < counted && sum > 0 ? 100 / sum : 0))
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < nComponents; k++) shares[i * nComponents + k]! *= factors[k]!
  }
  return shares
}

/** Rounding of eigenvalues, in units of the largest one. */
const ROUNDING = 64 * Number.EPSILON

/** How many of the first components have a variance that is more than rounding; the others are directions in which the rows do
 * not differ, and nothing may be divided by their variance.
 * @param explainedVariance descending */
export function componentsWithVariance(explainedVariance: ArrayLike<number>): number {
  const least = ROUNDING * explainedVariance.length * (explainedVariance[0] ?? 0)
  let count = 0
  while (count < explainedVariance.length && explainedVariance[count]! > least) count++
  return count
}
