import { inPieces, ordinaryArray } from '../linalg/passes.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { syrk } from '../linalg/syrk.ts'
import { quiet, type Watch } from '../linalg/watch.ts'

/** A column whose sum of squares is this much smaller than that of its entries about 0 is constant but for rounding. */
const ROUNDING = 1e-26

/** Correlations of the columns of a table without missing cells, rows weighted where they have weights.
 * @param z n × p; not modified @param weights of mean 1; null: all 1
 * @returns p × p; NaN in the row and column of one that is constant
 * Cost: n·p² flops, n·p doubles. */
export function preparedCorrelations(z: Matrix, weights: Float64Array | null, watch: Watch): Float64Array {
  const { rows: n, columns: p, data } = z
  const weightOf = (row: number): number => (weights ? weights[row]! : 1)
  const mean = new Float64Array(p)
  const about = new Float64Array(p)
  const each = (visit: (row: number, at: number, column: number) => void): void =>
    inPieces(n, p, watch, (from, to) => {
      for (let i = from, at = from * p; i < to; i++) for (let j = 0; j < p; j++, at++) visit(i, at, j)
    })
  each((i, at, j) => (mean[j]! += (weightOf(i) * data[at]!) / n))
  const centred = ordinaryArray(n * p)
  each((i, at, j) => {
    centred[at] = Math.sqrt(weightOf(i)) * (data[at]! - mean[j]!)
    about[j]! += weightOf(i) * data[at]! ** 2
  })
  const r = syrk(createMatrix(n, p, centred), 'columns', quiet(watch)).data
  const lengths = Float64Array.from({ length: p }, (_, j) => {
    const square = r[j * p + j]!
    return square > ROUNDING * about[j]! ? Math.sqrt(square) : NaN
  })
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      const value = r[i * p + j]! / (lengths[i]! * lengths[j]!)
      r[i * p + j] = i === j && !Number.isNaN(value) ? 1 : Math.max(-1, Math.min(1, value))
    }
  }
  return r
}
