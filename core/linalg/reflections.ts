import { applyBlockReflector, factorPanel, panelWidth, type BlockReflector } from './block-reflector.ts'
import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { transposeEntries, zeros } from './passes.ts'
import { copyScaled, paddedStride } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

/** An orthogonal m × m matrix as a product Q = Q₁·Q₂⋯ of block reflectors; each leaves the rows before its own alone. */
export type Reflections = readonly BlockReflector[]

/** Room for a matrix whose columns each lie in one piece (rowStride 1); what it holds is not defined. */
export function allocateColumns(rows: number, columns: number): Panel {
  const stride = paddedStride(rows)
  return transposed(panelOf(kernels().memory.allocate(stride * columns), columns, rows, stride))
}

/** A copy of a matrix, column by column and scaled.
 * @param most as of copyScaled
 * @throws NON_FINITE */
export function copyColumns(a: Matrix, watch: Watch, most?: number): { columns: Panel; exponent: number } {
  const columns = allocateColumns(a.rows, a.columns)
  return kernels().memory.frame(() => {
    const { data, exponent } = copyScaled(a, watch, most)
    transposeEntries(a.rows, a.columns, data.byteOffset, a.columns, columns.at, columns.columnStride, watch)
    return { columns, exponent }
  })
}

/** The same entries row by row, still in the memory of the kernels. */
export function rowsOf({ at, rows, columns, columnStride }: Panel, watch: Watch): Float64Array {
  const data = kernels().memory.allocate(rows * columns)
  transposeEntries(columns, rows, at, columnStride, data.byteOffset, columns, watch)
  return data
}

/** QR in place: the upper triangle of the columns becomes R, what lies below is of no use afterwards. The reflections
 * live in the memory of the kernels, m · min(m, n) doubles. */
export function factorColumns(a: Panel, watch: Watch): Reflections {
  const { rows: m, columns: n } = a
  const k = Math.min(m, n)
  const { memory } = kernels()
  const v = allocateColumns(m, k)
  const width = panelWidth(k)
  const reflections: BlockReflector[] = []
  for (let j = 0; j < k; j += width) {
    watch.checkpoint()
    const b = Math.min(width, k - j)
    const t = panelOf(memory.allocate(b * b), b, b)
    const reflector = factorPanel(blockOf(a, j, j, m - j, b), blockOf(v, j, j, m - j, b), t, watch)
    applyBlockReflector(reflector, blockOf(a, j, j + b, m - j, n - j - b), 'transposed', watch)
    reflections.push(reflector)
    watch.progress(1 - (1 - (j + b) / k) ** 2)
  }
  return reflections
}

/** C ← Q·C or Qᵀ·C in place, C having as many rows as Q. Cost: 4mkn flops less those saved at the top. */
export function applyReflections(q: Reflections, c: Panel, which: 'plain' | 'transposed', watch: Watch): void {
  const order = which === 'plain' ? q.toReversed() : q
  for (const reflector of order) {
    watch.checkpoint()
    const rows = reflector.v.rows
    applyBlockReflector(reflector, blockOf(c, c.rows - rows, 0, rows, c.columns), which, watch)
  }
}

/** The first `count` columns of Q, at least as many as there are reflections. The block reflectors are taken from the
 * last to the first, each on those columns alone that are no longer the identity's.
 * @param m rows of Q */
export function formColumns(q: Reflections, m: number, count: number, watch: Watch): Panel {
  const stride = paddedStride(m)
  const data = zeros(stride * count, watch)
  for (let j = 0; j < count; j++) data[j * stride + j] = 1
  const columns = transposed(panelOf(data, count, m, stride))
  for (const reflector of q.toReversed()) {
    watch.checkpoint()
    const { rows, columns: k } = reflector.v
    const from = m - rows
    const rest = blockOf(columns, from, from + k, rows, count - from - k)
    applyBlockReflector(reflector, rest, 'plain', watch)
    applyToUnits(reflector, blockOf(columns, from, from, rows, k), watch)
  }
  return columns
}

/** C ← Q·C where C is the first columns of the identity: C − V·(T·V₁ᵀ) with the top V₁ of V. */
function applyToUnits({ v, t }: BlockReflector, c: Panel, watch: Watch): void {
  const { memory } = kernels()
  const k = v.columns
  memory.frame(() => {
    const product = panelOf(memory.zeros(k * k), k, k)
    multiplyInto(product, 1, t, transposed(blockOf(v, 0, 0, k, k)), watch)
    multiplyInto(c, -1, v, product, watch)
  })
}
