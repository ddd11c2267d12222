import { EigendeskError } from '../contract/errors.ts'
import { eliminateSquare, reciprocalCondition, singular, solveEliminated } from './elimination.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, describeShape, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf } from './panel.ts'
import { takeIn } from './passes.ts'
import { copyScaled, takeScaled } from './scaled-copy.ts'
import { unwatched, type Watch } from './watch.ts'

/** The solution of A·X = B. */
export interface Solution {
  /** n × p */
  x: Matrix
  /** an estimate of 1/(‖A‖₁·‖A⁻¹‖₁): about −log₁₀ of it are the digits that X may lack. Below 2.2e-16 none is sure */
  reciprocalCondition: number
}

/** With more right sides than a twelfth of the rows, refining them would cost half as much as the elimination. */
const REFINED_SHARE = 12
/** Right sides of at most 2^400 leave room for the solution. */
const RIGHT_SIDES = 400

/** X with A·X = B, by elimination with partial pivoting. A single right side, and up to n/12 of them, are refined once.
 * @param a n × n @param b n × p; n = 0 gives an X without rows, p = 0 one without columns
 * @throws SINGULAR naming the pivot, counted from 1, and the reciprocal condition, where a pivot is 0 or so small that X
 *   leaves the range of doubles | OUT_OF_RANGE where X is too large for its scale alone | SHAPE_MISMATCH | NON_FINITE |
 *   OUT_OF_MEMORY. A matrix that is merely near a singular one is solved: its reciprocalCondition tells.
 * Accuracy: ‖B − AX‖₁/(n·ulp·‖A‖₁·‖X‖₁) below 10; with refinement the error of every single equation is within rounding of
 * its own terms (Skeel, "Iterative refinement implies numerical stability for Gaussian elimination", Math. Comp. 35 (1980)).
 * Cost: ⅔n³ + 2n²p flops, n² + np extra doubles, with refinement twice as many. */
export function solve(a: Matrix, b: Matrix, watch: Watch = unwatched): Solution {
  if (a.rows !== b.rows) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: describeShape(b) })
  }
  const { memory, run } = kernels()
  const n = a.rows
  const p = b.columns
  const isRefined = p * REFINED_SHARE <= n || p === 1
  memory.require(8 * ((isRefined ? 2 : 1) * n * (n + p) + 200 * n))
  return memory.frame(() => {
    const elimination = eliminateSquare(a, watch)
    const right = copyScaled(b, watch, RIGHT_SIDES, 'the right sides')
    const condition = reciprocalCondition(elimination, watch)
    if (elimination.diagonal.includes(0)) throw singular(elimination, 0)
    const data = isRefined ? takeIn(right.data, watch) : right.data
    const x = panelOf(data, n, p)
    solveEliminated(elimination, x, watch)
    if (!(run.largest(n * p, x.at) < Infinity)) {
      // Right sides of at most 2^400 and a matrix of at least 2^−400 allow for a condition of 2^200.
      throw singular(elimination, condition)
    }
    if (isRefined) {
      const original = copyScaled(a, watch, elimination.most)
      const residual = panelOf(right.data, n, p)
      multiplyInto(residual, -1, panelOf(original.data, n, n), x, watch)
      solveEliminated(elimination, residual, watch)
      if (run.largest(n * p, residual.at) < Infinity) run.axpy(n * p, 1, residual.at, x.at)
    }
    const exponent = right.exponent - elimination.exponent
    return {
      x: createMatrix(n, p, takeScaled(data, exponent, 'the solution of a system of equations', watch)),
      reciprocalCondition: condition
    }
  })
}
