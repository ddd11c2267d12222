import { panelWidth } from './block-reflector.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces, transposeEntries } from './passes.ts'
import { scaleArray } from './power-of-two.ts'
import { copyScaled, PRODUCTS, paddedStride, takeScaled } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import { unwatched, type Watch } from './watch.ts'

/** P·A = L·U with L unit lower triangular and U upper triangular. */
export interface LuFactors {
  /** m × n: U in and above the diagonal, L below it */
  lu: Matrix
  /** min(m, n): step i exchanged rows i and pivots[i], counted from 0 */
  pivots: Int32Array
  /** determinant of P: −1 or 1 */
  sign: -1 | 1
  /** where U has its first 0 on the diagonal, counted from 1; 0: nowhere */
  singularAt: number
}

/** P·A = L·U with partial pivoting: no entry of L exceeds 1. A singular matrix has its factors too.
 * @param a m × n, any shape
 * @throws NON_FINITE naming row and column | OUT_OF_MEMORY | OUT_OF_RANGE where U is too large for a double
 * Accuracy: ‖PA − LU‖₁/(max(m,n)·ulp·‖A‖₁) below 10 on LAPACK's test matrices; in the worst case it grows with the
 * entries of U (Higham, Accuracy and Stability of Numerical Algorithms, §9.3). Scales of 2^±500 change nothing.
 * Cost: mn² − n³/3 flops for m ≥ n; mn + 100m extra doubles. */
export function lu(a: Matrix, watch: Watch = unwatched): LuFactors {
  const { memory } = kernels()
  const { rows: m, columns: n } = a
  memory.require(8 * (m * n + 100 * paddedStride(m)))
  return memory.frame(() => {
    const { data, exponent } = copyScaled(a, watch, PRODUCTS)
    const { pivots, sign } = eliminate(panelOf(data, m, n), watch)
    let singularAt = 0
    for (let i = Math.min(m, n) - 1; i >= 0; i--) if (data[i * n + i] === 0) singularAt = i + 1
    inPieces(Math.min(m, n), n, watch, (from, to) => {
      for (let i = from; i < to; i++) scaleArray(data.subarray(i * n + i, (i + 1) * n), exponent)
    })
    const packed = takeScaled(data, 0, 'U of an LU decomposition', watch)
    return { lu: createMatrix(m, n, packed), pivots, sign, singularAt }
  })
}

/** P, L and U as matrices of their own: P m × m, L m × k, U k × n with k = min(m, n). @throws OUT_OF_MEMORY */
export function expandLu(
  { lu: packed, pivots }: LuFactors,
  watch: Watch = unwatched
): { p: Matrix; l: Matrix; u: Matrix } {
  const { rows: m, columns: n } = packed
  const k = Math.min(m, n)
  const p = createMatrix(m, m)
  const l = createMatrix(m, k)
  const u = createMatrix(k, n)
  rowOrder(pivots, m).forEach((row, i) => (p.data[i * m + row] = 1))
  inPieces(m, n, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < k; j++) l.data[i * k + j] = j < i ? packed.data[i * n + j]! : j === i ? 1 : 0
      for (let j = i; j < n && i < k; j++) u.data[i * n + j] = packed.data[i * n + j]!
    }
  })
  return { p, l, u }
}

/** Which row of A became row i of P·A, for rows 0 … m − 1. */
export function rowOrder(pivots: Int32Array, m: number): Int32Array {
  const order = Int32Array.from({ length: m }, (_, i) => i)
  pivots.forEach((other, i) => {
    const kept = order[i]!
    order[i] = order[other]!
    order[other] = kept
  })
  return order
}

/** Columns of a matrix, each in one piece. */
interface Columns {
  columns: Float64Array
  /** doubles from one column to the next */
  stride: number
  height: number
}

/** Multiplications, rows · columns², up to which a panel is left to the kernel alone, which takes about 50 ms for it. */
const WATCHED_WORK = 100_000_000

/** LU of columns `from` … `from` + count − 1, from the row `from` on; pivots are counted from row 0. A very tall panel is
 * halved as the kernel halves it, but with looks at the stop button and products that threads share. */
function factorPanel(panel: Columns, from: number, count: number, pivots: Int32Array, watch: Watch): void {
  const { run } = kernels()
  const { columns, stride } = panel
  const height = panel.height - from
  const start = columns.byteOffset + 8 * (from * stride + from)
  const own = pivots.subarray(from, from + count)
  watch.checkpoint()
  if (count === 1 || height * count * count <= WATCHED_WORK) {
    run.factorElimination(height, count, start, stride, own.byteOffset, 0)
    for (let i = 0; i < count; i++) own[i]! += from
    return
  }
  const half = count >> 1
  const rest = count - half
  factorPanel(panel, from, half, pivots, watch)
  exchangeEntries(panel, from + half, rest, pivots.subarray(from, from + half), from)
  const whole = transposed(panelOf(columns, from + count, panel.height, stride))
  const left = blockOf(whole, from, from, height, half)
  const right = blockOf(whole, from, from + half, height, rest)
  for (let j = 0; j < rest; j++) run.solveTriangleVector(half, left.at, 1, stride, right.at + 8 * j * stride, 0, 1)
  const below = height - half
  const top = blockOf(right, 0, 0, half, rest)
  multiplyInto(blockOf(right, half, 0, below, rest), -1, blockOf(left, half, 0, below, half), top, watch)
  factorPanel(panel, from + half, rest, pivots, watch)
  exchangeEntries(panel, from, half, pivots.subarray(from + half, from + count), from + half)
}

/** Copies a panel so that each of its columns lies in one piece, or such a copy back into the panel. */
function turnRows(panel: Panel, copy: Float64Array, stride: number, way: 'to columns' | 'back', watch: Watch): void {
  const { rows, columns, at, rowStride } = panel
  if (way === 'back') transposeEntries(columns, rows, copy.byteOffset, stride, at, rowStride, watch)
  else transposeEntries(rows, columns, at, rowStride, copy.byteOffset, stride, watch)
}

/** Exchanges rows first + i and pivots[i] of so many columns. */
function exchangeEntries(
  { columns, stride }: Columns,
  from: number,
  count: number,
  pivots: Int32Array,
  first: number
): void {
  for (let j = from; j < from + count; j++) {
    pivots.forEach((other, i) => {
      const [here, there] = [j * stride + first + i, j * stride + other]
      const kept = columns[here]!
      columns[here] = columns[there]!
      columns[there] = kept
    })
  }
}

/** LU in place, for entries near 1.
 * @param a columnStride 1
 * Cost: as of lu(); paddedStride(m) · panel width extra doubles. */
export function eliminate(a: Panel, watch: Watch): { pivots: Int32Array; sign: -1 | 1 } {
  const { memory, run } = kernels()
  const { rows: m, columns: n } = a
  const k = Math.min(m, n)
  const width = panelWidth(k)
  const stride = paddedStride(m)
  const turned = memory.allocate(stride * width)
  const local = memory.allocateIntegers(width)
  const pivots = new Int32Array(k)
  for (let j = 0; j < k; j += width) {
    watch.checkpoint()
    const b = Math.min(width, k - j)
    const height = m - j
    const panel = blockOf(a, j, j, height, b)
    turnRows(panel, turned, stride, 'to columns', watch)
    factorPanel({ columns: turned, stride, height }, 0, b, local, watch)
    turnRows(panel, turned, stride, 'back', watch)
    const right = blockOf(a, j, j + b, height, n - j - b)
    run.exchangeRows(j, blockOf(a, j, 0, height, j).at, a.rowStride, b, local.byteOffset)
    run.exchangeRows(right.columns, right.at, a.rowStride, b, local.byteOffset)
    const row = blockOf(right, 0, 0, b, right.columns)
    solveTriangularInto(blockOf(panel, 0, 0, b, b), row, { side: 'lower', unit: true }, watch)
    const below = height - b
    multiplyInto(blockOf(right, b, 0, below, right.columns), -1, blockOf(panel, b, 0, below, b), row, watch)
    for (let i = 0; i < b; i++) pivots[j + i] = local[i]! + j
    watch.progress(1 - (1 - (j + b) / k) ** 3)
  }
  let sign: -1 | 1 = 1
  pivots.forEach((other, i) => {
    if (other !== i) sign = sign === 1 ? -1 : 1
  })
  return { pivots, sign }
}
