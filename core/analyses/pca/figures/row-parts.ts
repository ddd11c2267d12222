/** One row of the fit: its prepared cells, its scores, and the components they were projected on. */
export interface PreparedRow {
  /** p: (cell − mean) / scale, missing cells as the fit filled them */
  cells: ArrayLike<number>
  /** K */
  scores: ArrayLike<number>
  /** K×p row-major, unit rows */
  components: ArrayLike<number>
}

/** A row's cells centred and scaled as in the fit.
 * @param cells p; NaN where missing
 * @param fillOf what the fit put into the missing cell of column j, in the unit of the data; by default the mean */
export function prepareRow(
  cells: ArrayLike<number>,
  mean: ArrayLike<number>,
  scale: ArrayLike<number>,
  fillOf: (column: number) => number = (column) => mean[column]!
): Float64Array<ArrayBuffer> {
  return Float64Array.from(cells, (cell, j) => ((Number.isNaN(cell) ? fillOf(j) : cell) - mean[j]!) / scale[j]!)
}

/** What each column adds to a row's score on a component: z_j v_kj. They sum to the score.
 * @param component 0-based */
export function scoreParts({ cells, components }: PreparedRow, component: number): Float64Array<ArrayBuffer> {
  const from = component * cells.length
  return Float64Array.from(cells, (cell, j) => cell * components[from + j]!)
}

/** What each column adds to a row's T² over the first components: z_j Σ_k t_k v_kj / λ_k. They sum to T²; one below 0 draws the
 * row towards the centre.
 * @param variances K, divisor n − 1 @param used how many of them count, none without variance
 * Source: Kourti & MacGregor, "Multivariate SPC methods for process and product monitoring", Journal of Quality Technology 28
 * (1996) 409, in the complete form of Westerhuis, Gurden & Smilde, Chemometrics 51 (2000) 95. */
export function t2Parts(
  { cells, scores, components }: PreparedRow,
  variances: ArrayLike<number>,
  used: number
): Float64Array<ArrayBuffer> {
  const weights = combine(components, cells.length, used, (k) => scores[k]! / variances[k]!)
  return weights.map((weight, j) => weight * cells[j]!)
}

/** What the first components leave of each prepared cell: e_j = z_j − Σ_k t_k v_kj. Its square is the column's part in Q; they sum
 * to Q, and the sign says on which side of its reconstruction the cell lies. */
export function residualParts({ cells, scores, components }: PreparedRow, cut: number): Float64Array<ArrayBuffer> {
  const fitted = combine(components, cells.length, cut, (k) => scores[k]!)
  return fitted.map((value, j) => cells[j]! - value)
}

/** Σ_k f(k) v_kj over the first components, by column j. */
export function combine(
  components: ArrayLike<number>,
  nFeatures: number,
  count: number,
  factorOf: (component: number) => number
): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(nFeatures)
  for (let k = 0; k < count; k++) {
    const factor = factorOf(k)
    for (let j = 0; j < nFeatures; j++) sum[j]! += factor * components[k * nFeatures + j]!
  }
  return sum
}

/** Positions of the parts of largest size, largest first. */
export function strongestFirst(parts: ArrayLike<number>, most: number): number[] {
  return Array.from(parts, (_, j) => j)
    .sort((a, b) => Math.abs(parts[b]!) - Math.abs(parts[a]!) || a - b)
    .slice(0, most)
}
