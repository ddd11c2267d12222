/** Pure numbers behind the pictures of a truncated SVD: no DOM, no colours. */

/** The rows of a matrix of vectors that reach furthest to either side of one factor.
 * @param vectors n×K row-major
 * @returns row numbers, the furthest first; those at zero are at no end */
export function factorEnds(
  vectors: ArrayLike<number>,
  nFactors: number,
  factor: number,
  count: number
): { positive: number[]; negative: number[] } {
  const n = nFactors === 0 ? 0 : vectors.length / nFactors
  const at = (row: number): number => vectors[row * nFactors + factor]!
  const furthest = (sign: 1 | -1): number[] => {
    const found: number[] = []
    for (let row = 0; row < n; row++) {
      const value = sign * at(row)
      if (!(value > 0) || (found.length === count && value <= sign * at(found.at(-1)!))) continue
      let place = found.length
      while (place > 0 && sign * at(found[place - 1]!) < value) place--
      found.splice(place, 0, row)
      if (found.length > count) found.pop()
    }
    return found
  }
  return { positive: furthest(1), negative: furthest(-1) }
}

/** One matrix of vectors, and what each factor is multiplied by before angles are taken. */
export interface Cloud {
  vectors: ArrayLike<number>
  times: readonly number[]
}

export interface Neighbour {
  row: number
  cosine: number
}

/** The rows of a cloud at the smallest angles from a point, nearest first; rows at the origin have no angle.
 * @param point K numbers, multiplied already @param without a row that is not its own neighbour, or −1 */
export function nearestByCosine(
  point: readonly number[],
  { vectors, times }: Cloud,
  count: number,
  without = -1
): Neighbour[] {
  const K = times.length
  const own = Math.hypot(...point)
  const found: Neighbour[] = []
  if (!(own > 0)) return found
  for (let row = 0, at = 0; at < vectors.length; row++, at += K) {
    let [product, squares] = [0, 0]
    for (let k = 0; k < K; k++) {
      const value = vectors[at + k]! * times[k]!
      product += value * point[k]!
      squares += value * value
    }
    if (row === without || !(squares > 0)) continue
    const cosine = Math.max(-1, Math.min(1, product / (own * Math.sqrt(squares))))
    if (found.length === count && cosine <= found.at(-1)!.cosine) continue
    let place = found.length
    while (place > 0 && found[place - 1]!.cosine < cosine) place--
    found.splice(place, 0, { row, cosine })
    if (found.length > count) found.pop()
  }
  return found
}

/** A row of vectors, each factor multiplied. */
export const pointOf = ({ vectors, times }: Cloud, row: number): number[] =>
  times.map((factor, k) => vectors[row * times.length + k]! * factor)

/** U_k·Σ_k·V_kᵀ of some rows and columns.
 * @param left |rows|×K row-major @param right |columns|×K row-major
 * @returns |rows|×|columns| row-major */
export function lowRank(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  singularValues: readonly number[],
  rank: number
): Float64Array {
  const K = singularValues.length
  const [m, n] = [left.length / K, right.length / K]
  const product = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < rank; k++) {
      const factor = left[i * K + k]! * singularValues[k]!
      for (let j = 0; j < n; j++) product[i * n + j]! += factor * right[j * K + k]!
    }
  }
  return product
}

/** Rows of a matrix with K columns, in another order or only some. */
export function pickRows(vectors: ArrayLike<number>, nFactors: number, rows: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(rows.length * nFactors)
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < nFactors; k++) picked[i * nFactors + k] = vectors[rows[i]! * nFactors + k]!
  }
  return picked
}

/** Numbers that a matrix of rank k takes, k(m + n + 1), beside what it replaces: m·n cells, or of a sparse one its entries. */
export function storageOf(rank: number, nRows: number, nColumns: number): { factors: number; cells: number } {
  return { factors: rank * (nRows + nColumns + 1), cells: nRows * nColumns }
}
