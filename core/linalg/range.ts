import { createMatrix, type Matrix } from './matrix.ts'
import type { SubspaceBasis } from './null-space.ts'
import { rankOf } from './rank.ts'
import { svd } from './svd.ts'
import { unwatched, type Watch } from './watch.ts'

/** An orthonormal basis of all A·x: the left singular vectors up to the rank.
 * @param a m × n @param tolerance singular values up to it count as 0; default max(m, n)·ulp·σ₁
 * @returns m × rank
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE | OUT_OF_MEMORY
 * Accuracy: ‖I − RᵀR‖₁/(m·ulp) below 10. Cost: that of svd().
 * Source: Golub & Van Loan, Matrix Computations, §2.4.2. */
export function range(a: Matrix, tolerance?: number, watch: Watch = unwatched): SubspaceBasis {
  const { s, u } = svd(a, { vectors: 'thin' }, watch)
  const found = rankOf(s, a, tolerance)
  const basis = createMatrix(a.rows, found.rank)
  for (let i = 0; i < a.rows; i++) {
    basis.data.set(u.data.subarray(i * u.columns, i * u.columns + found.rank), i * found.rank)
  }
  return { basis, ...found }
}
