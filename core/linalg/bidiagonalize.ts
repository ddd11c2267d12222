import { EigendeskError } from '../contract/errors.ts'
import { formBlockReflector } from './block-reflector.ts'
import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { factorColumns, type Reflections } from './reflections.ts'
import { paddedStride } from './scaled-copy.ts'
import { partOf, type Watch } from './watch.ts'

/** Columns reduced between two updates of the rest. */
const WIDTH = 24
/** Reflections put together into one block: two panels. */
const BLOCK = 2 * WIDTH
/** Columns in a task of a team; EACH in the kernel. */
const TASK_COLUMNS = 96
/** Entries read between two looks at the stop button: about 20 ms. */
const WATCHED_WORK = 20_000_000

/** B = Q·D·Pᵀ with D upper bidiagonal. */
interface Bidiagonal {
  /** n, the diagonal of D */
  d: Float64Array
  /** n, the entries above the diagonal; the last is 0 */
  e: Float64Array
  /** Q and P; empty where no vectors were asked for */
  left: Reflections
  right: Reflections
}

/** From this many rows a column on it is cheaper to make B triangular first. Source: Chan, "An improved algorithm for
 * computing the singular value decomposition", ACM TOMS 8 (1982). */
const TALL = 1.6

/** Reduces B (m × n, m ≥ n) to an upper bidiagonal matrix of order n; a tall B through its QR decomposition.
 * @param b, vectors as in bidiagonalize
 * @returns arrays in the memory of the kernels; B = Qouter·[Q·D·Pᵀ; 0] where outer is not empty, else B = Q·D·Pᵀ
 * Cost: 4n²(m − n/3) flops, or 2n²(m + n) where B is tall. */
export function reduce(b: Panel, vectors: boolean, watch: Watch): Bidiagonal & { outer: Reflections } {
  const n = b.columns
  if (b.rows < TALL * n) return { ...bidiagonalize(b, vectors, watch), outer: [] }
  const outer = factorColumns(b, partOf(watch, 0, 0.6))
  const triangle = zeroRows(n, n)
  const { run } = kernels()
  for (let j = 0; j < n; j++) {
    run.axpy(j + 1, 1, b.at + 8 * j * b.columnStride, triangle.array.byteOffset + 8 * j * triangle.stride)
  }
  const columns = transposed(panelOf(triangle.array, n, n, triangle.stride))
  return { ...bidiagonalize(columns, vectors, partOf(watch, 0.6, 1)), outer }
}

/** Reduces B (m × n, m ≥ n) to upper bidiagonal form by Householder reflections from both sides.
 * @param b rowStride 1 (each column in one piece), entries near 1 at most; destroyed
 * @param vectors whether Q and P are wanted
 * @returns arrays in the memory of the kernels: call inside a frame
 * Cost: 4n²(m − n/3) flops, half of them in products of matrices; with vectors n·(m + n) extra doubles.
 * Source: see bidiagonalizePanel. */
function bidiagonalize(b: Panel, vectors: boolean, watch: Watch): Bidiagonal {
  const { rows: m, columns: n } = b
  const { memory, run, threads } = kernels()
  const [d, e, tauLeft, tauRight] = [memory.zeros(n), memory.zeros(n), memory.zeros(n), memory.zeros(n)]
  const left = vectors ? zeroRows(n, m) : null
  const right = vectors ? zeroRows(n, n) : null
  memory.frame(() => {
    const p = zeroRows(2 * WIDTH, m)
    const g = zeroRows(2 * WIDTH, n)
    const work = memory.allocate(2 * WIDTH + 12 + m * Math.ceil(n / TASK_COLUMNS))
    for (let first = 0; first < n; first += WIDTH) {
      const width = Math.min(WIDTH, n - first)
      const here = 8 * first
      const rest = blockOf(b, first, first, m - first, n - first)
      const several = Math.max(1, Math.floor(WATCHED_WORK / (rest.rows * rest.columns)))
      for (let from = 0; from < width; from += several) {
        watch.checkpoint()
        try {
          run.bidiagonalizePanel(
            ...([rest.rows, rest.columns, from, Math.min(width, from + several), rest.at, rest.columnStride] as const),
            ...([p.array.byteOffset, p.stride, g.array.byteOffset, g.stride] as const),
            ...([d.byteOffset + here, e.byteOffset + here] as const),
            ...([tauLeft.byteOffset + here, tauRight.byteOffset + here, work.byteOffset, threads] as const)
          )
        } catch {
          // The kernel opens rounds of its own: helpers may still be at work in the memory that the frame gives back.
          run.closeRound()
          throw new EigendeskError('INTERNAL', { reason: 'a kernel stopped' })
        }
      }
      for (let i = 0; i < width; i++) {
        if (left !== null) copyRow(p, 2 * i, left, first + i, first)
        if (right !== null) copyRow(g, 2 * i + 1, right, first + i, first)
      }
      const below = blockOf(rest, width, width, rest.rows - width, rest.columns - width)
      const pBelow = blockOf(panelOf(p.array, 2 * width, rest.rows, p.stride), 0, width, 2 * width, below.rows)
      const gBelow = blockOf(panelOf(g.array, 2 * width, rest.columns, g.stride), 0, width, 2 * width, below.columns)
      multiplyInto(below, -1, transposed(pBelow), gBelow, watch)
      watch.progress(1 - ((n - first - width) / n) ** 2)
    }
  })
  return {
    d,
    e,
    left: left === null ? [] : blocksOf(left, tauLeft, 0),
    right: right === null ? [] : blocksOf(right, tauRight, 1)
  }
}

/** Rows in the memory of the kernels, `stride` doubles apart. */
interface Rows {
  array: Float64Array
  length: number
  stride: number
}

function zeroRows(count: number, length: number): Rows {
  const stride = paddedStride(length)
  return { array: kernels().memory.zeros(count * stride), length, stride }
}

/** Copies the row of a panel that begins at row or column `first` of the whole. */
function copyRow(from: Rows, i: number, to: Rows, j: number, first: number): void {
  const start = i * from.stride
  to.array.set(from.array.subarray(start, start + to.length - first), j * to.stride + first)
}

/** Block reflectors of the vectors in rows; row j is 0 before its entry j + shift, which is 1. */
function blocksOf({ array, length, stride }: Rows, tau: Float64Array, shift: number): Reflections {
  const { memory } = kernels()
  const v = transposed(panelOf(array, tau.length, length, stride))
  const blocks = []
  for (let first = 0; first < v.columns && first + shift < length; first += BLOCK) {
    const width = Math.min(BLOCK, v.columns - first, length - first - shift)
    const start = first + shift
    const t = memory.zeros(width * width)
    for (let j = 0; j < width; j++) t[j * width + j] = tau[first + j]!
    blocks.push(formBlockReflector(blockOf(v, start, first, length - start, width), panelOf(t, width, width)))
  }
  return blocks
}
