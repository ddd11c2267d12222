import { kernels } from './kernels/kernels.ts'
import { requireFinite, requireSquare, type Matrix } from './matrix.ts'
import { panelOf, type Panel } from './panel.ts'
import { exponentOf } from './power-of-two.ts'

/** The lower triangle of a, divided by 2^exponent so that its largest entry lies in [1, 2), as the upper triangle of a
 * panel in the memory of the kernels, which stays; its lower triangle holds nothing.
 * @param more doubles that the caller is about to allocate; n² are needed here on the way
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_MEMORY */
export function scaledTriangle(a: Matrix, more: number): { triangle: Panel; exponent: number } {
  requireSquare(a)
  const n = a.rows
  const { memory, run } = kernels()
  // Rows a multiple of a page apart would all fall on the same few lines of the caches.
  const ld = n % 64 === 0 ? n + 8 : n
  memory.require(8 * (n * ld + Math.max(n * n, more)))
  const triangle = panelOf(memory.allocate(n * ld), n, n, ld)
  const exponent = memory.frame(() => {
    const placed = memory.place(a.data).byteOffset
    let largest = 0
    for (let i = 0; i < n; i++) {
      const most = run.largest(i + 1, placed + 8 * i * n)
      // A plain maximum would lose a NaN.
      if (!(most <= largest)) largest = most
      if (!Number.isFinite(largest)) requireFinite({ rows: i + 1, columns: n, data: lowerPart(a, i) })
    }
    const power = largest === 0 ? 0 : exponentOf(largest)
    // 2^1074 is not a double: two factors.
    const half = Math.trunc(-power / 2)
    run.transposeTriangle(n, placed, n, triangle.at, ld, 2 ** half, 2 ** (-power - half))
    return power
  })
  return { triangle, exponent }
}

/** Row i alone in a matrix of zeros, without what lies above the diagonal. */
function lowerPart(a: Matrix, row: number): Float64Array {
  const data = new Float64Array((row + 1) * a.columns)
  data.set(a.data.subarray(row * a.columns, row * a.columns + row + 1), row * a.columns)
  return data
}
