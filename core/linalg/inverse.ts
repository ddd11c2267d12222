import { eliminateSquare, reciprocalCondition, singular } from './elimination.ts'
import { kernels } from './kernels/kernels.ts'
import { rowOrder } from './lu.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { blockOf, multiplyInto, panelOf, type Panel } from './panel.ts'
import { inPieces, largestOf, zeros } from './passes.ts'
import { takeScaled } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import { unwatched, type Watch } from './watch.ts'

/** A triangle of no more rows than this is inverted by solving for the identity. */
const SMALL_TRIANGLE = 32

/** A⁻¹ by elimination with partial pivoting.
 * @param a n × n; the inverse of 0 × 0 is 0 × 0
 * @throws SINGULAR naming the pivot, counted from 1, and the reciprocal condition, where a pivot is 0 or so small that the
 *   inverse leaves the range of doubles | OUT_OF_RANGE where it does so for its scale alone | SHAPE_MISMATCH | NON_FINITE |
 *   OUT_OF_MEMORY
 * Accuracy: ‖I − A·A⁻¹‖₁/(n·ulp·‖A‖₁·‖A⁻¹‖₁) below 10. Cost: 2n³ flops, 2n² + 100n extra doubles.
 * Source: Higham, Accuracy and Stability of Numerical Algorithms, §14.3 (U·X = L⁻¹, then the exchanges of columns). To
 * solve equations, solve() is faster and more accurate. */
export function inverse(a: Matrix, watch: Watch = unwatched): Matrix {
  const { memory } = kernels()
  const n = a.rows
  memory.require(8 * (2 * n * n + 200 * n))
  return memory.frame(() => {
    const elimination = eliminateSquare(a, watch)
    if (elimination.diagonal.includes(0)) throw singular(elimination, 0)
    const data = zeros(n * n, watch)
    const x = panelOf(data, n, n)
    for (let i = 0; i < n; i++) data[i * n + i] = 1
    invertUnitLower(elimination.factors, x, watch)
    solveTriangularInto(elimination.factors, x, { side: 'upper' }, watch)
    if (!(largestOf(data, watch) < Infinity)) throw singular(elimination, reciprocalCondition(elimination, watch))
    moveColumns(data, rowOrder(elimination.pivots, n), watch)
    return createMatrix(n, n, takeScaled(data, -elimination.exponent, 'an inverse', watch))
  })
}

/** X ← L⁻¹ for X the identity: [L₁₁ 0; L₂₁ L₂₂]⁻¹ = [L₁₁⁻¹ 0; −L₂₂⁻¹·L₂₁·L₁₁⁻¹ L₂₂⁻¹]. */
function invertUnitLower(l: Panel, x: Panel, watch: Watch): void {
  const n = l.rows
  if (n <= SMALL_TRIANGLE) {
    solveTriangularInto(l, x, { side: 'lower', unit: true }, watch)
    return
  }
  const half = n >> 1
  const rest = n - half
  const first = blockOf(x, 0, 0, half, half)
  const second = blockOf(l, half, half, rest, rest)
  const corner = blockOf(x, half, 0, rest, half)
  invertUnitLower(blockOf(l, 0, 0, half, half), first, watch)
  multiplyInto(corner, -1, blockOf(l, half, 0, rest, half), first, watch)
  solveTriangularInto(second, corner, { side: 'lower', unit: true }, watch)
  invertUnitLower(second, blockOf(x, half, half, rest, rest), watch)
}

/** Column i goes to places[i]. */
function moveColumns(data: Float64Array, places: Int32Array, watch: Watch): void {
  const n = places.length
  const row = new Float64Array(n)
  inPieces(n, n, watch, (from, to) => {
    for (let at = from * n; at < to * n; at += n) {
      row.set(data.subarray(at, at + n))
      for (let j = 0; j < n; j++) data[at + places[j]!] = row[j]!
    }
  })
}
