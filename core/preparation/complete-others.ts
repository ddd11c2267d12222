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

/** Moves the missing cells of a row until they are what the components say of it. */
function settle(z: Float64Array, missing: readonly number[], { vectors, kept, shares }: Axes): void {
  const isMissing = new Set(missing)
  const known = new Float64Array(kept)
  z.forEach((value, j) => {
    if (!isMissing.has(j)) for (let k = 0; k < kept; k++) known[k]! += value * vectors[j * kept + k]!
  })
  for (let round = 0, moved = Infinity; moved > SETTLED && round < MOST_ROUNDS; round++) {
    const scores = known.slice()
    for (const j of missing) for (let k = 0; k < kept; k++) scores[k]! += z[j]! * vectors[j * kept + k]!
    moved = 0
    for (const j of missing) {
      let said = 0
      for (let k = 0; k < kept; k++) said += shares[k]! * scores[k]! * vectors[j * kept + k]!
      moved = Math.max(moved, Math.abs(said - z[j]!))
      z[j] = said
    }
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
