import { checkSymmetric } from './check-symmetric.ts'
import type { Check } from './check.ts'
import { eigvalsh } from './eigvalsh.ts'
import type { Matrix } from './matrix.ts'
import { unwatched, type Watch } from './watch.ts'

/** Whether A is symmetric, to the last bit, and all its eigenvalues are positive beyond doubt: residual
 * λ_min / max |λ|, to be larger than the tolerance. Of a matrix that is not symmetric the residual is that of its lower
 * triangle mirrored; of a zero matrix it is 0; of 0 × 0, which holds, 1.
 * @param a n × n @param tolerance n·ulp unless told: what rounding can do to an eigenvalue
 * @throws SHAPE_MISMATCH unless A is square | NON_FINITE naming row and column | what eigvalsh throws
 * Cost: 4/3·n³ flops */
export function checkPositiveDefinite(a: Matrix, tolerance?: number, watch: Watch = unwatched): Check {
  const symmetric = checkSymmetric(a, 0, watch).holds
  const limit = tolerance ?? a.rows * Number.EPSILON
  const values = eigvalsh(a, watch)
  if (values.length === 0) return { holds: true, residual: 1, tolerance: limit }
  const least = values.at(-1)!
  const largest = Math.max(Math.abs(values[0]!), Math.abs(least))
  const residual = largest === 0 ? 0 : least / largest
  return { holds: symmetric && residual > limit, residual, tolerance: limit }
}
