import type { Address } from './kernels/address.ts'
import { kernels } from './kernels/kernels.ts'
import { TRIDIAGONAL_TASKS } from './kernels/tridiagonal-kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

/** Reflections gathered before the trailing matrix is brought up to date. */
const PANEL = 32
/** Below this order a product with a vector is done before another thread has begun. */
const SHARED_ORDER = 192
/** From this order on the product is cut finer, for more threads. */
const LARGE_ORDER = 768

/** What tridiagonalize makes of A = Q T Qᵀ, in the memory of the kernels. */
export interface Tridiagonal {
  /** diagonal of T, n */
  d: Float64Array
  /** e[i] couples i and i + 1; n entries, the last 0 */
  e: Float64Array
  /** Q = H_0 H_1 … H_{n−2}, H_k = I − tau[k] v vᵀ; n entries */
  tau: Float64Array
}

/** Symmetric A to tridiagonal form by Householder reflections, in panels.
 * @param a n×n, columnStride 1, upper triangle read, its largest entry near 1. OVERWRITTEN: row k holds the vector v of
 *   H_k from column k + 1 on, where it is 1; what lies below the diagonal and on it is undefined
 * Allocates 3n doubles that stay. Cost: 4/3 n³ flops, half of them products of the trailing matrix with a vector; about
 * 104n extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §8.3.1; Dongarra, Hammarling & Sorensen, "Block reduction of matrices
 * to condensed forms for eigenvalue computations", J. Comput. Appl. Math. 27 (1989). */
export function tridiagonalize(a: Panel, watch: Watch): Tridiagonal {
  const n = a.rows
  const { memory } = kernels()
  const found = { d: memory.zeros(n), e: memory.zeros(n), tau: memory.zeros(n) }
  memory.frame(() => {
    const rows = memory.allocate(3 * PANEL * n)
    const scratch = memory.allocate(2 * PANEL).byteOffset
    const out = memory.allocate(3)
    const sums = memory.allocate(partsOf(n) * n)
    for (let first = 0; first < n; first += PANEL) {
      const width = Math.min(PANEL, n - first)
      const m = n - first
      // The rows V, W and V again: one product of twice the inner length brings the trailing matrix up to date.
      const panel = panelOf(rows, 3 * width, m)
      for (let i = 0; i < width; i++) {
        watch.checkpoint()
        reduceRow(a, first, panel, width, i, found, scratch, out, sums, watch)
      }
      const rest = m - width
      const trailing = blockOf(a, n - rest, n - rest, rest, rest)
      const left = transposed(blockOf(panel, 0, width, 2 * width, rest))
      multiplyInto(trailing, -1, left, blockOf(panel, width, width, 2 * width, rest), watch, 'upper')
      watch.progress(1 - (rest / n) ** 3)
    }
  })
  return found
}

/** Row first + i becomes a reflection; row i of V and of W in the panel become what the trailing matrix needs of it. */
function reduceRow(
  a: Panel,
  first: number,
  panel: Panel,
  width: number,
  i: number,
  { d, e, tau }: Tridiagonal,
  scratch: Address,
  out: Float64Array,
  sums: Float64Array,
  watch: Watch
): void {
  const { run } = kernels()
  const k = first + i
  const m = a.rows - k - 1
  const ld = panel.rowStride
  const diagonal = a.at + 8 * k * (a.rowStride + 1)
  const v = panel.at + 8 * i
  const w = v + 8 * width * ld
  run.beginReflection(i, m + 1, diagonal, v, w, ld, scratch, out.byteOffset)
  d[k] = out[0]!
  e[k] = out[1]!
  tau[k] = out[2]!
  if (m === 0) return
  const trailing = blockOf(a, k + 1, k + 1, m, m)
  multiplySymmetric(trailing, diagonal + 8, w + 8 * (i * ld + 1), sums, watch)
  run.endReflection(i, m, diagonal + 8, v + 8, w + 8, ld, scratch, out[2]!, 16 * width * ld)
}

/** Depends on the order alone, so that the sums do not depend on the number of threads. */
function partsOf(m: number): number {
  return m < SHARED_ORDER ? 1 : m < LARGE_ORDER ? 4 : 8
}

/** y = A·x for the upper triangle A. */
function multiplySymmetric(a: Panel, x: Address, y: Address, sums: Float64Array, watch: Watch): void {
  const m = a.rows
  const parts = partsOf(m)
  const { run } = kernels()
  if (parts === 1) {
    run.multiplySymmetric(m, a.at, a.rowStride, x, y)
    return
  }
  const args = [m, a.at, a.rowStride, x, sums.byteOffset, parts, 8 * m]
  kernels().share(TRIDIAGONAL_TASKS.multiplySymmetric, args, parts, watch)
  run.sumSymmetric(m, parts, sums.byteOffset, 8 * m, y)
}
