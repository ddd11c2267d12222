import { createMatrix, type Matrix } from './matrix.ts'
import { rankOf } from './rank.ts'
import { svd } from './svd.ts'
import { unwatched, type Watch } from './watch.ts'

/** An orthonormal basis, and the rank that decided how many vectors it has. */
export interface SubspaceBasis {
  /** columns are the vectors */
  basis: Matrix
  rank: number
  tolerance: number
}

/** An orthonormal basis of all x with A·x = 0: the right singular vectors beyond the rank.
 * @param a m × n @param tolerance singular values up to it count as 0; default max(m, n)·ulp·σ₁
 * @returns n × (n − rank); a matrix without rows has the identity
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE | OUT_OF_MEMORY
 * Accuracy: ‖I − NᵀN‖₁/(n·ulp) below 10, ‖A·N‖ within the tolerance and rounding. Cost: that of svd().
 * Source: Golub & Van Loan, Matrix Computations, §2.4.2. */
export function nullSpace(a: Matrix, tolerance?: number, watch: Watch = unwatched): SubspaceBasis {
  const n = a.columns
  const { s, vt } = svd(a, { vectors: a.rows >= n ? 'thin' : 'full' }, watch)
  const found = rankOf(s, a, tolerance)
  const count = n - found.rank
  const basis = createMatrix(n, count)
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < n; j++) basis.data[j * count + k] = vt.data[(found.rank + k) * n + j]!
  }
  return { basis, ...found }
}
