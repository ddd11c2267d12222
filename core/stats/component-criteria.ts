import { logGamma } from './stirling.ts'

/* How many components, by rules that look at the variances alone. Variances are those of all components, descending; what is
 * missing at the end is taken as the rest of the total. Their unit does not matter, nor their divisor. */

/** A rule's answer and the curve it comes from. */
export interface CriterionCurve {
  suggested: number
  /** of 0, 1, 2 … components */
  values: number[]
}

/** What rounding may add to a variance that is exactly the mean. */
const SLACK = 1e-10

/** Components whose variance exceeds the mean of all: of a correlation matrix, those above 1.
 * @param nDirections how many variances can be above 0: columns that vary, at most rows − 1
 * Source: Kaiser, "The application of electronic computers to factor analysis", Educational and Psychological Measurement
 * 20 (1960) 141. */
export function kaiser(variances: ArrayLike<number>, total: number, nDirections: number): number {
  const mean = total / nDirections
  let count = 0
  while (count < variances.length && variances[count]! > mean * (1 + SLACK)) count++
  return count
}

/** Shares of a stick broken at random into so many pieces, the longest first: (1/p) Σ_{i=k}^{p} 1/i.
 * Source: Jackson, "Stopping rules in principal components analysis", Ecology 74 (1993) 2204. */
export function brokenStickShares(nPieces: number): Float64Array {
  const shares = new Float64Array(nPieces)
  let sum = 0
  for (let k = nPieces; k >= 1; k--) shares[k - 1] = sum += 1 / k / nPieces
  return shares
}

/** Leading components whose share is larger than that of the broken stick. */
export function brokenStick(variances: ArrayLike<number>, total: number, nDirections: number): number {
  const shares = brokenStickShares(nDirections)
  let count = 0
  while (count < Math.min(variances.length, nDirections) && variances[count]! / total > shares[count]! * (1 + SLACK))
    count++
  return count
}

/** Leading components whose variance exceeds what chance reaches: one that does not ends the count. */
export function countAbove(variances: ArrayLike<number>, byChance: ArrayLike<number>): number {
  let count = 0
  while (count < Math.min(variances.length, byChance.length) && variances[count]! > byChance[count]!) count++
  return count
}

/** Generalized cross-validation: the squares that q components leave, each divided by the square of the share of cells
 * that is free. As FactoMineR's estim_ncp, the answer is the first q after which the curve rises.
 * @param nColumns that vary
 * @returns null where there is no q to compare: fewer than three rows or two columns
 * Source: Josse & Husson, "Selecting the number of components in PCA using cross-validation approximations",
 * Computational Statistics & Data Analysis 56 (2012) 1869, equation 9. */
export function generalizedCrossValidation(
  variances: ArrayLike<number>,
  total: number,
  nRows: number,
  nColumns: number
): CriterionCurve | null {
  const most = Math.min(nRows - 2, nColumns - 1, variances.length)
  if (most < 1) return null
  const cells = nRows * nColumns
  let left = (nRows - 1) * total
  const values = [left / cells / (1 - 1 / nRows)]
  for (let q = 1; q <= most; q++) {
    left = Math.max(0, left - (nRows - 1) * variances[q - 1]!)
    const free = (nRows - 1 - q) * (nColumns - q)
    values.push((cells * left) / free / free)
  }
  const rising = values.findIndex((value, q) => q < most && values[q + 1]! > value)
  return { suggested: rising < 0 ? values.indexOf(Math.min(...values)) : rising, values }
}

/** Below this, relative to the largest, a variance is none. scikit-learn has 1e-15, absolute. */
const NO_VARIANCE = 1e-15

/** The number of components under which the table is most probable: Minka's approximation of the evidence.
 * @param variances of all columns, at least two; zeros included @param nRows at least as many as columns
 * @returns suggested: 1 … columns − 1; values: the logarithm of the evidence, −Infinity for 0 components and for those without
 *   variance
 * As scikit-learn's PCA(n_components='mle'). Cost: columns² logarithms.
 * Source: Minka, "Automatic choice of dimensionality for PCA", NIPS 13 (2000) 598, equations 30 and 31. */
export function minka(variances: ArrayLike<number>, nRows: number): CriterionCurve {
  const p = variances.length
  const least = NO_VARIANCE * variances[0]!
  const logRows = Math.log(nRows)
  const values = [-Infinity]
  // Sums over the components before r, and over all pairs of them.
  let orientation = 0
  let logs = 0
  let pairs = 0
  // For each component before r: Σ_{j ≥ r} log(λᵢ − λⱼ)
  const apart = new Float64Array(p)
  let rest = 0
  for (let j = 0; j < p; j++) rest += variances[j]!
  for (let r = 1; r < p; r++) {
    const last = r - 1
    const variance = variances[last]!
    if (variance < least) {
      values.push(-Infinity)
      continue
    }
    orientation += logGamma((p - last) / 2) - (Math.log(Math.PI) * (p - last)) / 2 - Math.log(2)
    logs += Math.log(variance)
    rest -= variance
    for (let i = 0; i < last; i++) {
      const distance = Math.log(variances[i]! - variance)
      apart[i]! -= distance
      pairs += distance + Math.log(1 / variance - 1 / variances[i]!)
    }
    for (let j = r; j < p; j++) apart[last]! += Math.log(variance - variances[j]!)
    const noise = Math.max(least, rest / (p - r))
    let curvature = pairs
    for (let i = 0; i < r; i++) curvature += apart[i]! + (p - r) * Math.log(1 / noise - 1 / variances[i]!)
    const parameters = p * r - (r * (r + 1)) / 2
    curvature += parameters * logRows
    const fit = -((logs + Math.log(noise) * (p - r)) * nRows) / 2
    const evidence = orientation + fit + (Math.log(2 * Math.PI) * (parameters + r) - curvature - r * logRows) / 2
    values.push(Number.isNaN(evidence) ? -Infinity : evidence)
  }
  return { suggested: values.indexOf(Math.max(...values)), values }
}
