import { kernels } from './kernels/kernels.ts'
import { PRODUCT_TASKS } from './kernels/product-kernels.ts'
import type { Watch } from './watch.ts'

/** A block of a matrix in the memory of the kernels. Entry (i, j) lies at at + 8·(i·rowStride + j·columnStride). */
export interface Panel {
  /** byte address of entry (0, 0) */
  readonly at: number
  readonly rows: number
  readonly columns: number
  /** doubles from one row to the next */
  readonly rowStride: number
  /** doubles from one column to the next */
  readonly columnStride: number
}

/** All of a row-major array in the memory of the kernels. */
export function panelOf(array: Float64Array, rows: number, columns: number, rowStride = columns): Panel {
  return { at: array.byteOffset, rows, columns, rowStride, columnStride: 1 }
}

/** The block of rows × columns entries whose first is (row, column). */
export function blockOf(p: Panel, row: number, column: number, rows: number, columns: number): Panel {
  return { ...p, at: p.at + 8 * (row * p.rowStride + column * p.columnStride), rows, columns }
}

/** The same entries seen as Aᵀ. */
export function transposed(p: Panel): Panel {
  return {
    at: p.at,
    rows: p.columns,
    columns: p.rows,
    rowStride: p.columnStride,
    columnStride: p.rowStride
  }
}

/** Which entries of C a product fills in: all of them, or one triangle and what shares a tile with it. */
export type Part = 'all' | 'upper' | 'lower'
const PARTS: Record<Part, number> = { all: 0, upper: 1, lower: 2 }

/** Below this many multiplications one thread is done before another wakes up. */
const SHARED_WORK = 100_000
/** Blocks of C are multiples of the tile, 6 × 4, at most as high as what the kernel packs of A at once and as wide as what it
 * packs of B; 192 × 256 × 480 multiplications take 2 ms. */
const BLOCK_ROWS = 192
const BLOCK_COLUMNS = 480
const LEAST_BLOCK = 96
const TASKS_PER_THREAD = 12
/** Multiplications between two looks at the stop button: about 50 ms. */
const WATCHED_WORK = 500_000_000
/** The same for a product with a vector, which waits for the memory. */
const WATCHED_VECTOR_WORK = 50_000_000
/** Multiplications of one task: about 20 ms. The kernel adds products up in runs of INNER_STEP. */
const TASK_WORK = 250_000_000
const INNER_STEP = 256
/** A C too small to be shared has its inner dimension cut into slices of this length instead: the length does not depend on
 * the number of threads, so neither do the sums. */
const SLICE = 4096
const SMALL_PRODUCT = 128 * 128

/** C += alpha · A · B.
 * @param c any rows; columns next to each other (columnStride 1), or rows (then Cᵀ += alpha·Bᵀ·Aᵀ is computed)
 * @param part where 'upper' or 'lower', entries of the other triangle are undefined afterwards
 * The sums of C run over k in one order, whatever the number of threads. */
export function multiplyInto(c: Panel, alpha: number, a: Panel, b: Panel, watch: Watch, part: Part = 'all'): void {
  if (c.columnStride !== 1) {
    const other: Part = part === 'upper' ? 'lower' : part === 'lower' ? 'upper' : 'all'
    multiplyInto(transposed(c), alpha, transposed(b), transposed(a), watch, other)
    return
  }
  const m = c.rows
  const n = c.columns
  const k = a.columns
  if (m === 0 || n === 0 || k === 0) return
  const { run, memory, threads } = kernels()
  const strides = [a.at, a.rowStride, a.columnStride, b.at, b.rowStride, b.columnStride] as const
  if (m * n <= SMALL_PRODUCT && k > 2 * SLICE) {
    memory.frame(() => addSlices(c, alpha, a, b, PARTS[part], watch))
  } else if (m * n * k < SHARED_WORK || (threads === 1 && m * n * k < WATCHED_WORK)) {
    run.multiplyAdd(m, n, k, alpha, ...strides, c.at, c.rowStride, PARTS[part], 0)
  } else {
    const [height, width] = blockSize(m, n, threads)
    const total = Math.ceil(m / height) * Math.ceil(n / width)
    // A long inner dimension is taken in steps, so that no task keeps the stop button waiting; the sums stay in order.
    const step = Math.max(INNER_STEP, Math.floor(TASK_WORK / (height * width) / INNER_STEP) * INNER_STEP)
    for (let from = 0; from < k; from += step) {
      const inner = Math.min(step, k - from)
      const left = a.at + 8 * from * a.columnStride
      const right = b.at + 8 * from * b.rowStride
      const strides = [left, a.rowStride, a.columnStride, right, b.rowStride, b.columnStride]
      const args = [m, n, inner, alpha, ...strides, c.at, c.rowStride, PARTS[part], height, width, inner, 0]
      kernels().share(PRODUCT_TASKS.multiply, args, total, watch)
    }
  }
}

/** Blocks of C of equal size, large enough to be packed well, and several for each thread, so that none waits long for the
 * last one. */
function blockSize(m: number, n: number, threads: number): [number, number] {
  let down = Math.ceil(m / BLOCK_ROWS)
  let across = Math.ceil(n / BLOCK_COLUMNS)
  while (down * across < TASKS_PER_THREAD * threads && Math.max(m / down, n / across) > LEAST_BLOCK) {
    if (n / across > m / down) across++
    else down++
  }
  return [Math.ceil(m / down / 6) * 6, Math.ceil(n / across / 4) * 4]
}

function addSlices(c: Panel, alpha: number, a: Panel, b: Panel, part: number, watch: Watch): void {
  const m = c.rows
  const n = c.columns
  const k = a.columns
  const { memory } = kernels()
  const slices = Math.ceil(k / SLICE)
  const sums = memory.zeros(slices * m * n)
  const strides = [a.at, a.rowStride, a.columnStride, b.at, b.rowStride, b.columnStride] as const
  const args = [m, n, k, alpha, ...strides, sums.byteOffset, n, part, m, n, SLICE, 8 * m * n]
  kernels().share(PRODUCT_TASKS.multiply, args, slices, watch)
  const { run } = kernels()
  for (let s = 0; s < slices; s++) {
    for (let i = 0; i < m; i++) run.axpy(n, 1, sums.byteOffset + 8 * n * (s * m + i), c.at + 8 * i * c.rowStride)
  }
}

/** y += alpha · A · x for a row-major panel (columnStride 1) or the transpose of one (rowStride 1).
 * @param x a.columns doubles @param y a.rows doubles, both addresses */
export function multiplyVectorInto(y: number, alpha: number, a: Panel, x: number, watch: Watch): void {
  const { run, threads } = kernels()
  const work = a.rows * a.columns
  if (work === 0) return
  if (a.columnStride === 1) {
    if (work < (threads === 1 ? WATCHED_VECTOR_WORK : SHARED_WORK))
      run.multiplyRows(a.rows, a.columns, alpha, a.at, a.rowStride, x, y)
    else {
      const height = Math.max(4, sliceOf(a, threads))
      const args = [a.rows, a.columns, alpha, a.at, a.rowStride, x, y, height]
      kernels().share(PRODUCT_TASKS.multiplyRows, args, Math.ceil(a.rows / height), watch)
    }
    return
  }
  if (work < (threads === 1 ? WATCHED_VECTOR_WORK : SHARED_WORK))
    run.multiplyColumns(a.columns, a.rows, alpha, a.at, a.columnStride, x, y)
  else {
    const width = Math.max(64, sliceOf(a, threads))
    const args = [a.columns, a.rows, alpha, a.at, a.columnStride, x, y, width]
    kernels().share(PRODUCT_TASKS.multiplyColumns, args, Math.ceil(a.rows / width), watch)
  }
}

/** Rows of A in one task: a quarter of a thread's share, or fewer where that would keep the stop button waiting. */
function sliceOf({ rows, columns }: Panel, threads: number): number {
  return Math.ceil(Math.min(rows / (4 * threads), WATCHED_VECTOR_WORK / columns) / 4) * 4
}
