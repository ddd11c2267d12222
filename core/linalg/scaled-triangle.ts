import { kernels } from './kernels/kernels.ts'
import { requireFiniteLower, requireSquare, type Matrix } from './matrix.ts'
import { panelOf, type Panel } from './panel.ts'
import { inPieces, placeIn } from './passes.ts'
import { exponentOrZero } from './power-of-two.ts'
import type { Watch } from './watch.ts'

/** The lower triangle of a, divided by 2^exponent so that its largest entry lies in [1, 2), as the upper triangle of a
 * panel in the memory of the kernels, which stays; its lower triangle holds nothing.
 * @param more doubles that the caller is about to allocate; n² are needed here on the way
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_MEMORY */
export function scaledTriangle(a: Matrix, more: number, watch: Watch): { triangle: Panel; exponent: number } {
  requireSquare(a)
  const n = a.rows
  const { memory, run } = kernels()
  // Rows a multiple of a page apart would all fall on the same few lines of the caches.
  const ld = n % 64 === 0 ? n + 8 : n
  memory.require(8 * (n * ld + Math.max(n * n, more)))
  const triangle = panelOf(memory.allocate(n * ld), n, n, ld)
  const exponent = memory.frame(() => {
    const placed = placeIn(a.data, watch).byteOffset
    let largest = 0
    inPieces(n, n, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        const most = run.largest(i + 1, placed + 8 * i * n)
        if (!(most < Infinity)) requireFiniteLower(a, watch)
        largest = Math.max(largest, most)
      }
    })
    const power = exponentOrZero(largest)
    // 2^1074 is not a double: two factors.
    const half = Math.trunc(-power / 2)
    const [first, second] = [2 ** half, 2 ** (-power - half)]
    inPieces(n, n, watch, (from, to) => run.transposeTriangle(from, to, placed, n, triangle.at, ld, first, second))
    return power
  })
  return { triangle, exponent }
}
