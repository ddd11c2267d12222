import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { scaledTriangle } from './scaled-triangle.ts'
import { scaledBack } from './tridiagonal-eigh.ts'
import { tridiagonalize } from './tridiagonalize.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

/** Rotations between two looks at the stop button: about 5 ms. */
const WATCHED_ROTATIONS = 300_000

/** Eigenvalues of a symmetric matrix, without vectors.
 * @param a n×n, lower triangle read; not modified
 * @returns n eigenvalues, descending; none for order 0
 * @throws SHAPE_MISMATCH where a is not square | NON_FINITE naming row and column, counted from 1 | NO_CONVERGENCE |
 *   OUT_OF_RANGE where an eigenvalue exceeds the largest double | OUT_OF_MEMORY
 * Accuracy: as eigh. Cost: 4/3 n³ flops; 2n² extra doubles. Source: Parlett, The Symmetric Eigenvalue Problem, §8.15. */
export function eigvalsh(a: Matrix, watch: Watch = unwatched): Float64Array {
  const n = a.rows
  const { memory, run } = kernels()
  return memory.frame(() => {
    const { triangle, exponent } = scaledTriangle(a, 110 * n, watch)
    const { d, e } = tridiagonalize(triangle, partOf(watch, 0, 0.9))
    for (let i = 0; i < n; i++) e[i]! *= e[i]!
    for (let first = 0; first < n;) {
      watch.checkpoint()
      first = run.rootFreeQl(n, d.byteOffset, e.byteOffset, first, WATCHED_ROTATIONS)
      if (first < 0) throw new EigendeskError('NO_CONVERGENCE', { value: 60 })
      watch.progress(0.9 + (0.1 * first) / n)
    }
    d.sort().reverse()
    return scaledBack(d, Int32Array.from(d.keys()), exponent)
  })
}
