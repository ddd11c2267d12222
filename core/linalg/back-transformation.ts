import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

/** Reflections applied at once. */
const PANEL = 64
/** The inner products of reflections are summed in pieces of this length: where entries are equal, rounding errors of a
 * long sum all have one sign, and those of T are errors in the orthogonality of Q. */
const SLICE = 32

/** Rows z of Z become H_from … H_(to − 1) z, reflections as tridiagonalize leaves them: blocks I − Yᵀ T Y, last block first.
 * @param a row k holds the vector of H_k from column k + 1 on; OVERWRITTEN on the diagonal and below it
 * @param z the last z.columns ≥ n − from − 1 of the n entries of each row, columnStride 1; overwritten
 * Cost: 2·z.rows·n² flops where from is 0 and to is n; (z.rows + n)·64 extra doubles.
 * Source: Schreiber & Van Loan, "A storage-efficient WY representation for products of Householder transformations",
 * SIAM J. Sci. Stat. Comput. 10 (1989). */
export function transformBack(a: Panel, tau: Float64Array, z: Panel, from: number, to: number, watch: Watch): void {
  const n = a.rows
  const { memory, run } = kernels()
  memory.frame(() => {
    const image = memory.allocate(z.rows * PANEL)
    const product = memory.allocate(PANEL * n)
    const gram = memory.allocate(PANEL * PANEL)
    const factor = memory.allocate(PANEL * PANEL)
    for (let end = to; end > from; end -= PANEL) {
      watch.checkpoint()
      const first = Math.max(from, end - PANEL)
      const width = end - first
      const m = n - first - 1
      const y = blockOf(a, first, first + 1, width, m)
      for (let i = 1; i < width; i++) run.clearRows(1, i, y.at + 8 * i * y.rowStride, y.rowStride)
      gram.fill(0)
      for (let k = 0; k < m; k += SLICE) {
        const slice = blockOf(y, 0, k, width, Math.min(SLICE, m - k))
        multiplyInto(panelOf(gram, width, width), 1, slice, transposed(slice), watch, 'upper')
      }
      blockFactor(gram, factor, tau.subarray(first, first + width))
      // Z −= (Z Yᵀ)(Tᵀ Y)
      const turned = panelOf(product, width, m)
      run.clearRows(1, width * m, turned.at, 0)
      multiplyInto(turned, -1, transposed(panelOf(factor, width, width)), y, watch)
      const rows = panelOf(image, z.rows, width)
      run.clearRows(1, z.rows * width, rows.at, 0)
      const touched = blockOf(z, 0, z.columns - m, z.rows, m)
      multiplyInto(rows, 1, touched, transposed(y), watch)
      multiplyInto(touched, 1, rows, turned, watch)
      watch.progress(1 - ((first - from) / (to - from)) ** 2)
    }
  })
}

/** The triangular T of H_0 H_1 … = I − Yᵀ T Y from the inner products of the rows of Y, width × width. */
function blockFactor(gram: Float64Array, factor: Float64Array, tau: Float64Array): void {
  const width = tau.length
  factor.fill(0)
  for (let j = 0; j < width; j++) {
    factor[j * width + j] = tau[j]!
    for (let i = 0; i < j; i++) {
      let sum = 0
      for (let l = i; l < j; l++) sum += factor[i * width + l]! * gram[l * width + j]!
      factor[i * width + j] = -tau[j]! * sum
    }
  }
}
