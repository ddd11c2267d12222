import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { takeOut, zeros } from '../linalg/passes.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { leadingAxes } from './principal-axes.ts'
import { transposedCopy } from './transposed-copy.ts'

/** The first right singular vectors of a table, without its left ones. */
export interface AxesOfRows {
  /** σ², descending, those of rounding 0; at least as many as components */
  squares: Float64Array
  /** k × p, orthonormal rows but for those of σ = 0, which may be 0 */
  components: Float64Array
  /** Σ of all σ² */
  total: number
}

/** Of the order of what rounding leaves of a singular value, relative to the largest, squared. */
const ROUNDING = 1e-13

/** From the products of the columns or of the rows, whichever are fewer.
 * @param y n × p, row-major, in the memory of the kernels; not modified
 * @param nComponents at most min(n, p)
 * Cost: n·p·min(n, p) flops and an eigendecomposition of order min(n, p). */
export function axesOfRows(
  y: Float64Array,
  [n, p]: readonly [number, number],
  nComponents: number,
  watch: Watch
): AxesOfRows {
  const inner = quiet(watch)
  const { memory } = kernels()
  const order = Math.min(n, p)
  return memory.frame(() => {
    const rows = panelOf(y, n, p)
    const left = p <= n ? transposed(rows) : rows
    const products = zeros(order * order, inner)
    multiplyInto(panelOf(products, order, order), 1, left, transposed(left), inner, 'lower')
    let total = 0
    for (let i = 0; i < order; i++) total += products[i * order + i]!
    mirror(products, order)
    const { w, v } = leadingAxes(createMatrix(order, order, products), nComponents, 0, inner)
    const squares = w.map((value) => (value > ROUNDING * w[0]! ? value : 0))
    if (p <= n) return { squares, components: transposedCopy(v, inner, nComponents).data, total }
    const u = memory.place(v.data)
    const images = zeros(nComponents * p, inner)
    const vectors = { ...panelOf(u, n, v.columns), columns: nComponents }
    multiplyInto(panelOf(images, nComponents, p), 1, transposed(vectors), rows, inner)
    for (let k = 0; k < nComponents; k++) {
      const factor = squares[k]! > 0 ? 1 / Math.sqrt(squares[k]!) : 0
      for (let j = 0; j < p; j++) images[k * p + j]! *= factor
    }
    return { squares, components: takeOut(images, inner), total }
  })
}

/** The lower triangle, written over the upper one. */
function mirror(square: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) square[j * n + i] = square[i * n + j]!
}
