import { gemm } from '../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { singularValues } from '../linalg/singular-values.ts'
import { svd } from '../linalg/svd.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** The angles between the spaces that two sets of axes span, smallest first: 0 where they share a direction, π/2 where one has
 * a direction at right angles to all of the other.
 * @param one,other k × p, orthonormal rows
 * @returns k angles in radians
 * Accuracy: angles near 0 come from their sine, near π/2 from their cosine, so both keep their digits.
 * Source: Björck & Golub, "Numerical methods for computing angles between linear subspaces", Mathematics of Computation 27
 * (1973) 579. */
export function subspaceAngles(one: Matrix, other: Matrix, watch: Watch = unwatched): Float64Array {
  const products = gemm(other, one, { transposeB: true }, watch)
  const cosines = singularValues(products, watch)
  // What one leaves of the axes of the other: their sines.
  const rest = gemm(products, one, { alpha: -1, c: other }, watch)
  const sines = singularValues(rest, watch).reverse()
  return cosines.map((cosine, i) =>
    cosine * cosine > 0.5 ? Math.asin(Math.min(1, sines[i]!)) : Math.acos(Math.min(1, cosine))
  )
}

/** How scores are turned, stretched and moved to lie on others: x ≈ scale · (y − from) · rotation + to. */
export interface Alignment {
  /** k × k, orthogonal, reflections allowed */
  rotation: Float64Array
  scale: number
  from: Float64Array
  to: Float64Array
  /** share of the squares of x about its mean that this explains, 0 … 1 */
  agreement: number
}

/** The alignment that leaves the smallest sum of squares (Procrustes).
 * @param x,y n × k, the same rows in the same order
 * Source: Schönemann & Carroll, "Fitting one matrix to another under choice of a central dilation and a rigid motion",
 * Psychometrika 35 (1970) 245; scipy.spatial.procrustes, whose disparity is 1 − agreement. */
export function alignScores(x: Matrix, y: Matrix, watch: Watch = unwatched): Alignment {
  const [left, right] = [centred(x, watch), centred(y, watch)]
  const { u, s, vt } = svd(gemm(right.matrix, left.matrix, { transposeA: true }, watch), {}, watch)
  const trace = s.reduce((sum, value) => sum + value, 0)
  const [ofX, ofY] = [squares(left.matrix), squares(right.matrix)]
  return {
    rotation: gemm(u, vt, {}, watch).data,
    scale: ofY > 0 ? trace / ofY : 0,
    from: right.mean,
    to: left.mean,
    agreement: ofX > 0 && ofY > 0 ? Math.min(1, (trace / ofX) * (trace / ofY)) : 0
  }
}

function centred({ rows, columns, data }: Matrix, watch: Watch): { matrix: Matrix; mean: Float64Array } {
  watch.checkpoint()
  const mean = new Float64Array(columns)
  for (let at = 0; at < data.length; at++) mean[at % columns]! += data[at]! / rows
  return {
    matrix: createMatrix(
      rows,
      columns,
      data.map((value, at) => value - mean[at % columns]!)
    ),
    mean
  }
}

function squares({ data }: Matrix): number {
  let sum = 0
  for (const value of data) sum += value * value
  return sum
}
