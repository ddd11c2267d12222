import { eliminateSquare, reciprocalCondition } from './elimination.ts'
import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { valuesIn } from './singular-order.ts'
import { scaledSingularValues } from './singular-values.ts'
import { unwatched, type Watch } from './watch.ts'

export interface Condition {
  /** smallest / largest, in 0 … 1: 0 for a matrix that lacks full rank, so that no infinity is needed */
  reciprocal: number
  /** the extreme singular values */
  largest: number
  smallest: number
}

/** The condition in the 2-norm by singular values: relative errors in A grow by at most 1/reciprocal when equations are solved.
 * A matrix without rows or columns, and the identity, have 1; a zero matrix has 0.
 * @param a m × n, any shape
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE | OUT_OF_MEMORY
 * Accuracy: the smallest value is known to a few max(m, n)·ulp of the largest. Cost: that of singularValues(). */
export function condition(a: Matrix, watch: Watch = unwatched): Condition {
  const { values, exponent } = scaledSingularValues(a, watch)
  if (values.length === 0) return { reciprocal: 1, largest: 0, smallest: 0 }
  const last = values.length - 1
  const reciprocal = values[0] === 0 ? 0 : values[last]! / values[0]!
  const [largest, smallest] = valuesIn(values, [0, last], exponent)
  return { reciprocal, largest: largest!, smallest: smallest! }
}

/** An estimate of 1/(‖A‖₁·‖A⁻¹‖₁) from elimination alone, seldom more than three times too large; 0 for a singular matrix, 1
 * for one without rows.
 * @param a n × n
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_MEMORY
 * Cost: ⅔n³ flops, n² + 100n extra doubles. Source: see estimateOneNorm(). */
export function estimateCondition(a: Matrix, watch: Watch = unwatched): number {
  const { memory } = kernels()
  memory.require(8 * (a.rows * a.columns + 200 * a.rows))
  return memory.frame(() => reciprocalCondition(eliminateSquare(a, watch), watch))
}
