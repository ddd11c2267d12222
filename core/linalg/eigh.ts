import { transformBack } from './back-transformation.ts'
import { divideAndConquer, divideAndConquerNeed } from './divide-and-conquer.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { blockOf, panelOf } from './panel.ts'
import { inPieces, takeOut, zeros } from './passes.ts'
import { scaledTriangle } from './scaled-triangle.ts'
import { scaledBack } from './tridiagonal-eigh.ts'
import { tridiagonalize } from './tridiagonalize.ts'
import { partOf, quiet, unwatched, type Watch } from './watch.ts'

/** Symmetric eigendecomposition A = V diag(w) Vᵀ.
 * @param a n×n, lower triangle read; not modified
 * @returns w (n), descending; v n×n, column k is the unit eigenvector of w[k], its entry of largest magnitude (the first
 *   of equals) positive. Order 0: both empty
 * @throws SHAPE_MISMATCH where a is not square | NON_FINITE naming row and column, counted from 1 | NO_CONVERGENCE |
 *   OUT_OF_RANGE where an eigenvalue exceeds the largest double | OUT_OF_MEMORY
 * Accuracy: ratios below 10 on test/zoo. Cost: at most 4.5 n³ flops; 3.5n² extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §8.3 and §8.4.4. */
export function eigh(a: Matrix, watch: Watch = unwatched): { w: Float64Array; v: Matrix } {
  const n = a.rows
  const { memory, run } = kernels()
  return memory.frame(() => {
    const { triangle, exponent } = scaledTriangle(a, n * (n + 8) + divideAndConquerNeed(n), watch)
    const { d, e, tau } = tridiagonalize(triangle, partOf(watch, 0, 0.4))
    const q = panelOf(zeros(n * triangle.rowStride, watch), n, n, triangle.rowStride)
    // The last two reflections of n are the identity. Those that touch the right half only are applied before the halves
    // are put together, to half as many rows.
    let left = Math.max(0, n - 2)
    const ascending = divideAndConquer(d, e, q, partOf(watch, 0.4, 0.6), (cut) => {
      const first = Math.min(left, cut - 1)
      transformBack(triangle, tau, blockOf(q, cut, cut, n - cut, n - cut), first, left, quiet(watch))
      left = first
    })
    transformBack(triangle, tau, q, 0, left, partOf(watch, 0.6, 1))
    const order = memory.allocateIntegers(n)
    order.set(ascending.reverse())
    const v = memory.allocate(n * n)
    inPieces(n, n, watch, (from, to) => {
      run.signedColumns(n, to - from, q.at, q.rowStride, order.byteOffset + 4 * from, v.byteOffset + 8 * from)
    })
    return { w: scaledBack(d, order, exponent), v: createMatrix(n, n, takeOut(v, watch)) }
  })
}
