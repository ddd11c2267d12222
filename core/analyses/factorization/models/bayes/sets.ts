import { gemm } from '../../../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../../../linalg/matrix.ts'
import type { SeededRandom } from '../../../../linalg/random.ts'
import type { GroupedRatings } from '../../cells.ts'
import type { Pace } from '../../../../linalg/pace.ts'
import { drawNormals, type Spread } from './normal-wishart.ts'

/** What the set of a row's ratings says of the row: it adds |N|^−½ Σ_{j∈N} y_j to its mean. */
export interface SetLink {
  /** nColumns × size: y */
  rows: Matrix
  /** λ: y_j has precision λΛ */
  strength: number
  /** nRows × size: what the sets add to each row */
  added: Float64Array
}

const START_STRENGTH = 10

export const startSets = (nRows: number, nColumns: number, size: number): SetLink => ({
  rows: createMatrix(nColumns, size),
  strength: START_STRENGTH,
  added: new Float64Array(nRows * size)
})

/** Draws every y_j given the rows, one after the other, then λ; keeps `added` right. With precision λΛ a y_j is normal with
 * precision (λ + Σ_u 1/|N_u|)·Λ about Σ_u |N_u|^−½ d_u / (λ + Σ_u 1/|N_u|), d_u what of row u the other members of its set
 * leave over.
 * @param coordinates nRows × size
 * @param byRow what each row rated
 * @param byColumn the same from the other side
 * Source: Simm et al., "Macau: scalable Bayesian multi-relational factorization with side information using MCMC",
 * arXiv:1509.04610, §3; the set of rated items as side information: Salakhutdinov & Mnih, NIPS 2007 (constrained PMF),
 * Koren, KDD 2008. */
export function drawSets(
  link: SetLink,
  coordinates: Float64Array,
  spread: Spread,
  byRow: GroupedRatings,
  byColumn: GroupedRatings,
  random: SeededRandom,
  pace: Pace
): void {
  const { rows: y, added } = link
  const { columns: size, rows: count } = y
  const drawn = drawNormals(count, spread.root, random, 1, pace)
  const left = new Float64Array(coordinates.length)
  for (let j = 0; j < left.length; j++) left[j] = coordinates[j]! - spread.mean[j % size]! - added[j]!
  const share = Float64Array.from({ length: byRow.nRows }, (_, row) =>
    Math.sqrt(1 / (byRow.offsets[row + 1]! - byRow.offsets[row]! || 1))
  )
  const sum = new Float64Array(size)
  for (let column = 0; column < count; column++) {
    const at = column * size
    const from = byColumn.offsets[column]!
    const to = byColumn.offsets[column + 1]!
    let squares = 0
    sum.fill(0)
    for (let t = from; t < to; t++) {
      const row = byColumn.columns[t]!
      const f = share[row]!
      squares += f * f
      for (let a = 0; a < size; a++) sum[a]! += f * left[row * size + a]!
    }
    const scale = 1 / (link.strength + squares)
    const deviation = Math.sqrt(scale)
    for (let a = 0; a < size; a++) {
      const kept = y.data[at + a]!
      y.data[at + a] = scale * (sum[a]! + squares * kept) + deviation * drawn[at + a]!
      sum[a] = y.data[at + a]! - kept
    }
    for (let t = from; t < to; t++) {
      const row = byColumn.columns[t]!
      const f = share[row]!
      for (let a = 0; a < size; a++) {
        left[row * size + a]! -= f * sum[a]!
        added[row * size + a]! += f * sum[a]!
      }
    }
    pace(4 * (to - from + 1) * size)
  }
  let norm = 0
  for (const value of gemm(y, spread.factor).data) norm += value * value
  link.strength = random.gamma(1 + (count * size) / 2) / (1 + norm / 2)
}
