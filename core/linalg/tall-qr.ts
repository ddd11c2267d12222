import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { SOLVE_TASKS } from './kernels/solve-kernels.ts'
import { createMatrix, describeShape, type Matrix } from './matrix.ts'
import { panelOf, type Panel } from './panel.ts'
import { takeOut } from './passes.ts'
import type { QrFactors } from './qr-factors.ts'
import { qrByReflections } from './reflected-qr.ts'
import { copyScaled, paddedStride, SQUARES, takeScaled } from './scaled-copy.ts'
import { unwatched, type Watch } from './watch.ts'

/** Matrices of no more columns are cut into blocks of rows. */
export const TALL_COLUMNS = 96
/** Doubles in a block of rows: half a second-level cache of 1 MiB. */
const BLOCK_ENTRIES = 65536
/** A block has at least this many times as many rows as columns, or the triangles handed on would be work of their own. */
const BLOCK_SHAPE = 4

/** One level of the tree: its matrix is cut into blocks of rows, whose triangles make the matrix of the next. */
interface Level {
  readonly rows: number
  readonly blocks: number
  /** doubles between the reflectors of a block */
  readonly stride: number
  readonly reflectors: Float64Array
  readonly triangles: Float64Array
}

/** The thin Q of a tall matrix as a tree of reflections, in the memory of the kernels. Its shape follows from m and n alone,
 * and so do the bits of all that is computed with it. */
interface TallReflections {
  readonly columns: number
  /** from the matrix itself to the root */
  readonly levels: readonly Level[]
}

/** A = Q·R for a matrix with many more rows than columns: thin factors, as of qr(), by blocks of rows that threads share.
 * @param a m × n with m ≥ n
 * @throws SHAPE_MISMATCH where m < n | NON_FINITE | OUT_OF_MEMORY | OUT_OF_RANGE where R is too large for a double
 * Accuracy: as of qr(), ratios below 10 at every scale. Cost: 2mn² flops for R and as many for Q; 2.1mn extra doubles,
 * and a block for each thread. Of more than 96 columns it is qr(): a block would be too long without a look at the stop
 * button, and the blocks of all threads too large.
 * Source: Demmel, Grigori, Hoemmen & Langou, "Communication-optimal parallel and sequential QR and LU factorizations", SIAM
 * J. Scientific Computing 34 (2012). */
export function tallQr(a: Matrix, watch: Watch = unwatched): QrFactors {
  const { rows: m, columns: n } = a
  if (m < n) throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: 'at least as many rows' })
  if (n > TALL_COLUMNS) return qrByReflections(a, n, watch)
  const { memory, run } = kernels()
  memory.require(8 * needOf(m, n))
  return memory.frame(() => {
    const { data, exponent } = copyScaled(a, watch, SQUARES)
    const { q, r } = factorTall(panelOf(data, m, n), watch)
    const start = memory.zeros(n * n)
    for (let i = 0; i < n; i++) {
      const negative = r[i * n + i]! < 0
      start[i * n + i] = negative ? -1 : 1
      if (negative) run.scale(n - i, -1, r.byteOffset + 8 * (i * n + i))
    }
    // What was copied is read no more.
    expandTall(q, panelOf(start, n, n), panelOf(data, m, n), watch)
    watch.progress(1)
    return {
      q: createMatrix(m, n, takeOut(data, watch)),
      r: createMatrix(n, n, takeScaled(r, exponent, 'R of a QR decomposition', watch))
    }
  })
}

/** How so many rows of n columns are cut. */
function cutOf(rows: number, n: number, isFirst: boolean): Pick<Level, 'blocks' | 'stride'> {
  const height = Math.max(BLOCK_SHAPE * n, isFirst ? Math.ceil(BLOCK_ENTRIES / Math.max(1, n)) : 1)
  const blocks = Math.max(1, Math.floor(rows / height))
  return { blocks, stride: paddedStride(Math.ceil(rows / blocks)) }
}

/** Doubles that tallQr takes: a copy, which becomes Q, all levels, and a block for each thread. */
function needOf(m: number, n: number): number {
  const { blocks, stride } = cutOf(m, n, true)
  const first = n * (m + blocks * (stride + 2 * n))
  // A level has a quarter of the rows of the one before, or fewer, and its part of Q beside them.
  const others = blocks === 1 ? 0 : blocks * n * 6 * n
  return first + others + kernels().threads * (n * (stride + 2 * n) + 200) + n * (n + 100)
}

/** QR of a tall panel by a tree of blocks.
 * @param a m × n with m ≥ n, columnStride 1, squares in range; not modified
 * @returns R, n × n with zeros below, its diagonal of any sign, and Q; both live in the memory of the kernels */
function factorTall(a: Panel, watch: Watch): { q: TallReflections; r: Float64Array } {
  const n = a.columns
  const levels: Level[] = []
  let matrix = a
  for (;;) {
    const { memory } = kernels()
    const { blocks, stride } = cutOf(matrix.rows, n, levels.length === 0)
    const level: Level = {
      rows: matrix.rows,
      blocks,
      stride,
      reflectors: memory.allocate(blocks * n * stride),
      triangles: memory.allocate(blocks * n * n)
    }
    const r = memory.allocate(blocks * n * n)
    runLevel('factorBlock', level, matrix, panelOf(r, blocks * n, n), n * (stride + n), watch)
    levels.push(level)
    if (blocks === 1) return { q: { columns: n, levels }, r }
    matrix = panelOf(r, blocks * n, n)
  }
}

/** X ← Q·C.
 * @param c n × p in one piece @param x m × p, columnStride 1 */
function expandTall({ levels }: TallReflections, c: Panel, x: Panel, watch: Watch): void {
  const { memory } = kernels()
  const p = c.columns
  memory.frame(() => {
    let smaller = c
    for (const level of levels.toReversed()) {
      const larger = level === levels[0] ? x : panelOf(memory.allocate(level.rows * p), level.rows, p)
      runLevel('expandBlock', level, larger, smaller, 2 * c.rows * p, watch)
      smaller = larger
    }
  })
}

/** Runs one task a block; `work` doubles are needed by each thread. */
function runLevel(
  task: keyof typeof SOLVE_TASKS,
  { rows, blocks, stride, reflectors, triangles }: Level,
  x: Panel,
  c: Panel,
  work: number,
  watch: Watch
): void {
  const { memory, threads } = kernels()
  const n = Math.sqrt(triangles.length / blocks)
  if (n === 0 || c.columns === 0) return
  memory.frame(() => {
    const each = paddedStride(work)
    const room = memory.allocate(threads * each).byteOffset
    const [v, t] = [reflectors.byteOffset, triangles.byteOffset]
    const args = [rows, n, blocks, v, stride, t, room, each, x.at, x.rowStride, c.at, c.columns]
    kernels().share(SOLVE_TASKS[task], args, blocks, watch)
  })
}
