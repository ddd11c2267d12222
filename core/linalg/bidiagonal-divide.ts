import { mergeHalves, type VectorRows } from './bidiagonal-merge.ts'
import { bidiagonalQr } from './bidiagonal-qr.ts'
import { kernels } from './kernels/kernels.ts'
import { panelOf, type Panel } from './panel.ts'
import { PlaneRotation } from './plane-rotation.ts'
import { paddedStride } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

/** Blocks up to this order are left to the QR iteration. */
const LEAF = 25

/** Singular values and vectors of an upper bidiagonal matrix of order n by divide and conquer.
 * @param d n, diagonal; becomes the singular values, ≥ 0, in no particular order
 * @param e n, couplings, the last unused; destroyed
 * @returns in the memory of the kernels: n × n, row i the left (right) singular vector of value i
 * @throws NO_CONVERGENCE
 * Cost: at most about 8n³/3 flops for both sides, in products of matrices, and less the more values are equal or couplings
 * small; at most 6n² extra doubles besides the vectors.
 * Source: Gu & Eisenstat, "A divide-and-conquer algorithm for the bidiagonal SVD", SIAM J. Matrix Anal. Appl. 16 (1995). */
export function divideAndConquer(d: Float64Array, e: Float64Array, watch: Watch): { left: Panel; right: Panel } {
  const left = identityRows(d.length)
  const right = identityRows(d.length)
  kernels().memory.frame(() => solve({ d, e, left, right, watch, done: 0 }, 0, d.length, 0))
  return {
    left: panelOf(left.array, d.length, d.length, left.stride),
    right: panelOf(right.array, d.length, d.length, right.stride)
  }
}

interface Whole {
  d: Float64Array
  e: Float64Array
  left: VectorRows
  right: VectorRows
  watch: Watch
  /** order of the blocks solved so far */
  done: number
}

/** Solves rows first … first + n − 1; with one more column than rows where extra is 1, whose null vector becomes the row
 * after the right vectors. Returns the positions of the values, ascending, counted from first. */
function solve(whole: Whole, first: number, n: number, extra: 0 | 1): number[] {
  const { d, watch } = whole
  const values = d.subarray(first, first + n)
  const left = { ...whole.left, start: first * (whole.left.stride + 1) }
  const right = { ...whole.right, start: first * (whole.right.stride + 1) }
  if (n <= LEAF) {
    solveLeaf(values, whole.e.subarray(first, first + n), left, right, extra, watch)
    whole.done += n
    watch.progress(whole.done / d.length)
    return Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!)
  }
  watch.checkpoint()
  const above = n >> 1
  const [alpha, beta] = [d[first + above]!, whole.e[first + above]!]
  const upper = solve(whole, first, above, 1)
  const lower = solve(whole, first + above + 1, n - above - 1, extra).map((at) => at + above + 1)
  whole.done++
  return mergeHalves({ values, above, extra, alpha, beta, upper, lower, left, right }, watch)
}

function solveLeaf(
  d: Float64Array,
  e: Float64Array,
  left: VectorRows,
  right: VectorRows,
  extra: 0 | 1,
  watch: Watch
): void {
  const n = d.length
  const ofLeft = panelOf(left.array.subarray(left.start), n, n, left.stride)
  const ofRight = panelOf(right.array.subarray(right.start), n + extra, n + extra, right.stride)
  if (extra === 1) {
    turnAside(d, e, ofRight)
    turnAside(d, e, ofLeft)
  }
  bidiagonalQr(d, e, n, ofLeft, ofRight, watch)
}

/** Turns the couplings of an upper bidiagonal matrix to the other side of its diagonal, by rotations that are applied to
 * the rows of vectors as well: of columns, taking one more column away, or, of its transpose, of rows. */
function turnAside(d: Float64Array, e: Float64Array, vectors: Panel): void {
  const { memory, run } = kernels()
  memory.frame(() => {
    const count = vectors.rows - 1
    const turns = memory.allocate(2 * count)
    const rotation = new PlaneRotation()
    for (let i = 0; i < count; i++) {
      d[i] = rotation.annihilate(d[i]!, e[i]!)
      turns[2 * i] = rotation.cosine
      turns[2 * i + 1] = rotation.sine
      e[i] = i + 1 < d.length ? rotation.sine * d[i + 1]! : 0
      if (i + 1 < d.length) d[i + 1]! *= rotation.cosine
    }
    run.rotateRows(count, vectors.columns, turns.byteOffset, vectors.at, vectors.rowStride)
  })
}

function identityRows(n: number): VectorRows {
  const stride = paddedStride(n)
  const array = kernels().memory.zeros(n * stride)
  for (let i = 0; i < n; i++) array[i * (stride + 1)] = 1
  return { array, start: 0, stride }
}
