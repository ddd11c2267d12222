import type { Check } from './check.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { inPieces } from './passes.ts'
import { syrk } from './syrk.ts'
import { largestMagnitude } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** Entries of orthonormal columns are at most 1; beyond this their squares are not worth computing. */
const HOPELESS = 2 ** 500

/** Whether the columns of A are orthonormal, AᵀA = I: residual ‖AᵀA − I‖₁. A square A is orthogonal then. A matrix wider
 * than tall never is; one without columns always.
 * @param a m × n @param tolerance 10·max(m, n)·ulp unless told: ten times LAPACK's measure of 1
 * @throws NON_FINITE naming row and column | OUT_OF_MEMORY. Cost: mn² flops */
export function checkOrthogonal(a: Matrix, tolerance?: number, watch: Watch = unwatched): Check {
  requireFinite(a, watch)
  const limit = tolerance ?? 10 * Math.max(a.rows, a.columns) * Number.EPSILON
  if (largestMagnitude(a.data, watch) > HOPELESS) return { holds: false, residual: Number.MAX_VALUE, tolerance: limit }
  const n = a.columns
  const { data } = syrk(a, 'columns', watch)
  let residual = 0
  inPieces(n, n, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += Math.abs(data[i * n + j]! - (i === j ? 1 : 0))
      residual = Math.max(residual, sum)
    }
  })
  return { holds: residual <= limit, residual, tolerance: limit }
}
