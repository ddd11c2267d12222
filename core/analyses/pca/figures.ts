/** Pure geometry behind the pictures of a PCA: no DOM, no colours. */

/** χ² quantile with 2 degrees of freedom, in closed form: −2 ln(1 − level). 5.9915 at 0.95. */
export function chiSquareTwo(level: number): number {
  return -2 * Math.log(1 - level)
}

/** Outline of the normal-theory ellipse that holds a share of a bivariate normal sample.
 * @param x,y coordinates of all points; members picks the points of the group
 * @param level share inside, 0 … 1
 * @param of 'data': holds that share of the points; 'mean': holds the true mean with that confidence, 1/√n as wide
 * @returns closed outline (segments + 1 points, first = last), or null for fewer than three points or no spread
 * Half axes are √(χ²₂(level) · eigenvalue) of the sample covariance, divisor n − 1.
 * Source: Johnson & Wichern, Applied Multivariate Statistical Analysis, §4.2 (constant-density ellipses). */
export function normalEllipse(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  members: ArrayLike<number>,
  level = 0.95,
  segments = 72,
  of: 'data' | 'mean' = 'data'
): { x: number[]; y: number[] } | null {
  const n = members.length
  if (n < 3) return null
  let meanX = 0
  let meanY = 0
  for (let i = 0; i < n; i++) {
    meanX += x[members[i]!]! / n
    meanY += y[members[i]!]! / n
  }
  let varianceX = 0
  let varianceY = 0
  let covariance = 0
  for (let i = 0; i < n; i++) {
    const dx = x[members[i]!]! - meanX
    const dy = y[members[i]!]! - meanY
    varianceX += (dx * dx) / (n - 1)
    varianceY += (dy * dy) / (n - 1)
    covariance += (dx * dy) / (n - 1)
  }
  const middle = (varianceX + varianceY) / 2
  const spread = Math.hypot((varianceX - varianceY) / 2, covariance)
  if (!(middle > 0)) return null
  const angle = 0.5 * Math.atan2(2 * covariance, varianceX - varianceY)
  const quantile = chiSquareTwo(level) / (of === 'mean' ? n : 1)
  const long = Math.sqrt(quantile * (middle + spread))
  const short = Math.sqrt(quantile * Math.max(0, middle - spread))
  const outline = { x: [] as number[], y: [] as number[] }
  for (let i = 0; i <= segments; i++) {
    const t = (2 * Math.PI * (i % segments)) / segments
    const u = long * Math.cos(t)
    const v = short * Math.sin(t)
    outline.x.push(meanX + u * Math.cos(angle) - v * Math.sin(angle))
    outline.y.push(meanY + u * Math.sin(angle) + v * Math.cos(angle))
  }
  return outline
}

export interface MeanDifference {
  name: string
  /** mean of the selected rows and of the rest, in the unit of the column */
  selectedMean: number
  restMean: number
  /** (selectedMean − restMean) / sd of the whole column, divisor n − 1 */
  difference: number
  /** how unlikely the mean of the selection is if its rows were drawn at random; beyond ±1.96 is rare */
  vTest: number
}

/** Compares the selected rows with the rest, column by column; missing cells (NaN) are skipped.
 * A column that is constant, or has no value on one side, is left out. Sorted by |difference|, largest first.
 * v = (m₁ − m) / √( (N − n)/(N − 1) · s²/n ), s² with divisor N, N and n counting present cells.
 * Source: Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §2.3 (valeur-test). */
export function compareMeans(
  columns: { name: string; values: ArrayLike<number> }[],
  selected: Pick<ReadonlySet<number>, 'has'>,
  rows: ArrayLike<number>
): MeanDifference[] {
  const found: MeanDifference[] = []
  for (const { name, values } of columns) {
    let nSelected = 0
    let nRest = 0
    let sumSelected = 0
    let sumRest = 0
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]!]!
      if (!Number.isFinite(value)) continue
      if (selected.has(rows[i]!)) {
        nSelected++
        sumSelected += value
      } else {
        nRest++
        sumRest += value
      }
    }
    const total = nSelected + nRest
    if (nSelected === 0 || nRest === 0) continue
    const mean = (sumSelected + sumRest) / total
    let squares = 0
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i]!]!
      if (Number.isFinite(value)) squares += (value - mean) ** 2
    }
    if (!(squares > 0)) continue
    const selectedMean = sumSelected / nSelected
    const restMean = sumRest / nRest
    const standardError = Math.sqrt((((total - nSelected) / (total - 1)) * (squares / total)) / nSelected)
    found.push({
      name,
      selectedMean,
      restMean,
      difference: (selectedMean - restMean) / Math.sqrt(squares / (total - 1)),
      vTest: (selectedMean - mean) / standardError
    })
  }
  return found.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
}

/** The rows of a loadings matrix worth drawing: all where they fit, else those with the largest |loading| on either
 * shown component, kept in column order.
 * @param loadings p×K row-major
 * @param shown 0-based components
 * @returns 0-based rows, ascending */
export function strongestLoadings(
  loadings: ArrayLike<number>,
  nComponents: number,
  shown: number[],
  limit: number
): number[] {
  const nFeatures = nComponents === 0 ? 0 : loadings.length / nComponents
  const rows = Array.from({ length: nFeatures }, (_, row) => row)
  if (nFeatures <= limit) return rows
  const strength = (row: number): number =>
    Math.max(...shown.map((component) => Math.abs(loadings[row * nComponents + component]!)))
  const strengths = rows.map(strength)
  return rows
    .sort((a, b) => strengths[b]! - strengths[a]! || a - b)
    .slice(0, limit)
    .sort((a, b) => a - b)
}

/** Rows that lie furthest out in a plane: largest x²/varianceX + y²/varianceY first (Hotelling's T² of the two components).
 * @returns at most count indexes */
export function outermostPoints(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  varianceX: number,
  varianceY: number,
  count: number
): number[] {
  const weightX = varianceX > 0 ? 1 / varianceX : 0
  const weightY = varianceY > 0 ? 1 / varianceY : 0
  const best: number[] = []
  const reach: number[] = []
  for (let i = 0; i < x.length; i++) {
    const distance = x[i]! ** 2 * weightX + y[i]! ** 2 * weightY
    if (best.length === count && !(distance > reach[count - 1]!)) continue
    let place = best.length
    while (place > 0 && reach[place - 1]! < distance) place--
    best.splice(place, 0, i)
    reach.splice(place, 0, distance)
    if (best.length > count) {
      best.pop()
      reach.pop()
    }
  }
  return best
}

/** Running sums of the shares: 0.73, 0.958, … */
export function cumulate(shares: ArrayLike<number>): number[] {
  let sum = 0
  return Array.from(shares, (share) => (sum += share))
}
