/** The correlation of each column with each component: its loading over its own deviation. Where the fit was not centred
 * on the means, the cosine of their angle.
 * @param loadings p×K row-major, component · √variance
 * @param deviations p: √(Σ_i w_i z_ij² / divisor) of the prepared cells, with the divisor of the variances
 * @returns p×K, −1 … 1; 0 for a column without variance
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., §2.3; FactoMineR's var$cor. */
export function columnCorrelations(
  loadings: ArrayLike<number>,
  nComponents: number,
  deviations: ArrayLike<number>
): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: loadings.length }, (_, at) => {
    const deviation = deviations[Math.floor(at / nComponents)]!
    // A column that is a multiple of a component may come out a rounding beyond 1.
    return deviation > 0 ? Math.max(-1, Math.min(1, loadings[at]! / deviation)) : 0
  })
}

/** How well each component represents each column: the squared correlations. Over all components they sum to 1.
 * Source: FactoMineR's var$cos2. */
export function columnCos2(correlations: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from(correlations, (r) => r * r)
}

/** How much of each component each column makes up, in percent: 100 · v_kj², v of length one.
 * @param loadings p×K row-major; components serve as well, for what is common to a component cancels
 * @returns p×K; each column sums to 100, or is 0 where its component has no variance
 * Source: FactoMineR's var$contrib; Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §1.1. */
export function columnContributions(loadings: ArrayLike<number>, nComponents: number): Float64Array<ArrayBuffer> {
  const largest = new Float64Array(nComponents)
  for (let at = 0; at < loadings.length; at++) {
    const k = at % nComponents
    largest[k] = Math.max(largest[k]!, Math.abs(loadings[at]!))
  }
  // Relative to the largest of its component, no square leaves the range of doubles.
  const relative = Float64Array.from({ length: loadings.length }, (_, at) => {
    const most = largest[at % nComponents]!
    return most > 0 ? (loadings[at]! / most) ** 2 : 0
  })
  const sums = new Float64Array(nComponents)
  relative.forEach((square, at) => (sums[at % nComponents]! += square))
  return relative.map((square, at) => (square > 0 ? (100 * square) / sums[at % nComponents]! : 0))
}

/** The share of each column's variance that the first components hold: its communality.
 * @param cut how many components
 * @returns p, 0 … 1 */
export function communalities(correlations: ArrayLike<number>, nComponents: number, cut: number): Float64Array {
  const nColumns = nComponents === 0 ? 0 : correlations.length / nComponents
  return Float64Array.from({ length: nColumns }, (_, j) => {
    let sum = 0
    for (let k = 0; k < Math.min(cut, nComponents); k++) sum += correlations[j * nComponents + k]! ** 2
    return Math.min(1, sum)
  })
}

/** The contribution of each column to a plane or any set of components, in percent of their variance together:
 * Σ_k λ_k c_jk / Σ_k λ_k.
 * @param contributions p×K, in percent @param explainedVariance K
 * @returns p, summing to 100; 0 where the components have no variance
 * Source: factoextra's fviz_contrib, after Husson, Lê & Pagès, Exploratory Multivariate Analysis by Example Using R, §1.6. */
export function jointContributions(
  contributions: ArrayLike<number>,
  nComponents: number,
  explainedVariance: ArrayLike<number>,
  components: readonly number[]
): Float64Array {
  const nColumns = nComponents === 0 ? 0 : contributions.length / nComponents
  const total = components.reduce((sum, k) => sum + explainedVariance[k]!, 0)
  return Float64Array.from({ length: nColumns }, (_, j) => {
    let sum = 0
    for (const k of components) sum += (explainedVariance[k]! / total || 0) * contributions[j * nComponents + k]!
    return sum
  })
}
