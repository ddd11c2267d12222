import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

/** Which entries of a square panel make the triangle; the others are not read. */
export interface Triangle {
  side: 'upper' | 'lower'
  /** the diagonal is 1 and is not read */
  unit?: boolean
}

/** A triangle of no more rows than this is solved by a kernel alone. */
const SMALL_TRIANGLE = 32

/** X ← T⁻¹·X in place. A zero on the diagonal gives infinities: whoever calls this looks for them before or after.
 * @param t n × n, any strides @param x n × p, columnStride 1
 * Cost: n²p flops, all but the triangles on the diagonal in products; no extra memory.
 * Source: Golub & Van Loan, Matrix Computations, §3.1.4 (block back substitution, halved instead of cut into strips). */
export function solveTriangularInto(t: Panel, x: Panel, triangle: Triangle, watch: Watch): void {
  const n = t.rows
  const { run } = kernels()
  const upper = triangle.side === 'upper' ? 1 : 0
  const unit = triangle.unit === true ? 1 : 0
  if (n === 0 || x.columns === 0) return
  if (x.columns === 1 && x.rowStride === 1 && (t.columnStride === 1 || t.rowStride === 1)) {
    watch.checkpoint()
    run.solveTriangleVector(n, t.at, t.rowStride, t.columnStride, x.at, upper, unit)
  } else if (n <= SMALL_TRIANGLE) {
    run.solveTriangle(n, x.columns, t.at, t.rowStride, t.columnStride, x.at, x.rowStride, upper, unit)
  } else {
    watch.checkpoint()
    const half = n >> 1
    const rest = n - half
    const top = blockOf(x, 0, 0, half, x.columns)
    const bottom = blockOf(x, half, 0, rest, x.columns)
    const first = blockOf(t, 0, 0, half, half)
    const second = blockOf(t, half, half, rest, rest)
    if (upper === 1) {
      solveTriangularInto(second, bottom, triangle, watch)
      multiplyInto(top, -1, blockOf(t, 0, half, half, rest), bottom, watch)
      solveTriangularInto(first, top, triangle, watch)
    } else {
      solveTriangularInto(first, top, triangle, watch)
      multiplyInto(bottom, -1, blockOf(t, half, 0, rest, half), top, watch)
      solveTriangularInto(second, bottom, triangle, watch)
    }
  }
}
