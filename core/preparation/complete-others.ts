import { gemm } from '../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { inPieces } from '../linalg/passes.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { shrunkAxes } from './shrunk-axes.ts'

/** Rounds stop where no cell moves by more than this, in standard deviations of its column. */
const SETTLED = 1e-12
const MOST_ROUNDS = 10_000

/** Fills the missing cells of rows that are not fitted by the components of rows that are, as an iterative PCA ends: each cell is what
 * the shrunk components say of the row with its cells filled. The rows count for nothing in the components.
 * @param completed n × p, without gaps, as completeByPca leaves it; not modified
 * @param nComponents,scale as the completion had them
 * @param others m × p, NaN where missing; a row without any cell gets the means
 * @returns m × p, row-major
 * Source: missMDA's imputePCA, whose ind.sup weigh next to nothing in the means and components of every round. */
export function completeOthers(
  completed: Matrix,
  nComponents: number,
  scale: boolean,
  others: Matrix,
  watch: Watch
): Float64Array {
  const { columns: p } = completed
  const { x, mean, unit } = standardized(completed, scale, watch)
  const axes = axesOfColumns(x, nComponents, watch)
  const filled = others.data.slice()
  const z = new Float64Array(p)
  for (let i = 0; i < others.rows; i++) {
    watch.checkpoint()
    const row = filled.subarray(i * p, (i + 1) * p)
    const missing = Array.from(row.keys()).filter((j) => Number.isNaN(row[j]))
    for (let j = 0; j < p; j++) z[j] = Number.isNaN(row[j]) ? 0 : (row[j]! - mean[j]!) / unit[j]!
    if (missing.length < p) settle(z, missing, axes)
    for (const j of missing) row[j] = z[j]! * unit[j]! + mean[j]!
  }
  return filled
}

interface Axes {
  /** p × kept, row-major */
  vectors: Float64Array
  kept: number
  shares: Float64Array
}

/** Fills the missing cells of a row with what the components say of it once that no longer changes: with t its scores, known those of
 * the cells that are there and G = Σ_j v_j v_jᵀ over the missing ones, t = known + G·(shares·t), and z_j = v_j·(shares·t). The rounds
 * are of K numbers, however many cells are missing. */
function settle(z: Float64Array, missing: readonly number[], { vectors, kept, shares }: Axes): void {
  const isMissing = new Set(missing)
  const known = new Float64Array(kept)
  z.forEach((value, j) => {
    if (!isMissing.has(j)) for (let k = 0; k < kept; k++) known[k]! += value * vectors[j * kept + k]!
  })
  const products = new Float64Array(kept * kept)
  for (const j of missing) {
    for (let k = 0; k < kept; k++) {
      for (let l = 0; l < kept; l++) products[k * kept + l]! += vectors[j * kept + k]! * vectors[j * kept + l]!
    }
  }
  let shrunk = known.map((score, k) => shares[k]! * score)
  for (let round = 0, moved = Infinity; moved > SETTLED && round < MOST_ROUNDS; round++) {
    const before = shrunk
    shrunk = known.map((score, k) => {
      for (let l = 0; l < kept; l++) score += products[k * kept + l]! * before[l]!
      return shares[k]! * score
    })
    // No cell moves by more than the scores do: each row of the axes is at most of length one.
    moved = Math.hypot(...shrunk.map((score, k) => score - before[k]!))
  }
  for (const j of missing) {
    z[j] = 0
    for (let k = 0; k < kept; k++) z[j] += shrunk[k]! * vectors[j * kept + k]!
  }
}

/** Centred, and where wanted divided by the standard deviation (divisor n); a constant column keeps the unit 1. */
function standardized(
  { rows: n, columns: p, data }: Matrix,
  scale: boolean,
  watch: Watch
): { x: Matrix; mean: Float64Array; unit: Float64Array } {
  const x = createMatrix(n, p, data.slice())
  const [mean, squares] = [new Float64Array(p), new Float64Array(p)]
  const each = (take: (at: number, j: number) => void): void =>
    inPieces(n, p, watch, (from, to) => {
      for (let i = from; i < to; i++) for (let j = 0, at = i * p; j < p; j++, at++) take(at, j)
    })
  each((at, j) => (mean[j]! += data[at]! / n))
  each((at, j) => {
    x.data[at]! -= mean[j]!
    squares[j]! += x.data[at]! ** 2 / n
  })
  const unit = squares.map((square) => (scale && square > 0 ? Math.sqrt(square) : 1))
  if (scale) each((at, j) => (x.data[at]! /= unit[j]!))
  return { x, mean, unit }
}

/** The axes as directions of columns, wherever they were found: v = Xᵀu / √(nλ). */
function axesOfColumns(x: Matrix, nComponents: number, watch: Watch): Axes {
  const { byColumns, kept, vectors, variances, shares } = shrunkAxes(x, nComponents, watch)
  if (byColumns || kept === 0) return { vectors, kept, shares }
  const u = createMatrix(x.rows, kept, vectors)
  const { data } = gemm(x, u, { transposeA: true }, quiet(watch))
  return {
    vectors: data.map((value, at) => {
      const length = Math.sqrt(x.rows * variances[at % kept]!)
      return length > 0 ? value / length : 0
    }),
    kept,
    shares
  }
}
