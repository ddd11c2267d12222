import { EigendeskError } from '../contract/errors.ts'
import { deflate, readWeights, type Deflation, type DeflationSpace } from './deflation.ts'
import { kernels } from './kernels/kernels.ts'
import { TRIDIAGONAL_TASKS } from './kernels/tridiagonal-kernels.ts'
import { blockOf, multiplyInto, panelOf, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

/** Problems up to this order are solved by QL. */
const LEAF = 32
/** Roots, or columns of their products, that one task computes. */
const TASK_ROWS = 32

/** Doubles that divideAndConquer allocates, with what is wanted to turn a half of the vectors. */
export const divideAndConquerNeed = (n: number): number => 1.5 * n * n + 250 * n + 10_000

interface Workspace extends DeflationSpace {
  /** k × k differences of poles and roots, then eigenvectors */
  vectors: Float64Array
  roots: Float64Array
  /** the rows of q that a merge reads, out of the way of what it writes */
  gathered: Float64Array
  products: Float64Array
  scratch: Float64Array
  turnRight: TurnRight
  watch: Watch
  done: number
  total: number
}

/** Is told when the eigenvectors of cut … n − 1, rows and columns of q from cut on, may be turned within these columns:
 * from then on nothing but linear combinations of them are formed. Called with descending cuts. */
export type TurnRight = (cut: number) => void

/** Merges smaller than this are not worth a turn. */
const TURNED_ORDER = 256

/** The symmetric tridiagonal eigenproblem T = Wᵀ diag(d) W by division into halves.
 * @param d n, the diagonal, in the memory of the kernels, entries near 1; becomes the eigenvalues
 * @param e n, the couplings (last unused); destroyed
 * @param q n×n zeros, columnStride 1; becomes W: row i is the unit eigenvector of d[i]
 * @param turnRight what shall become of W: see TurnRight
 * @returns the rows in ascending order of their eigenvalues
 * @throws NO_CONVERGENCE
 * Cost: at most 4/3 n³ flops in products, less where many eigenvalues deflate, and about 20n² divisions; 3/2 n² extra
 * doubles. Source: Cuppen, "A divide and conquer method for the symmetric tridiagonal eigenproblem", Numerische
 * Mathematik 36 (1981); Gu & Eisenstat, SIAM J. Matrix Anal. Appl. 16 (1995); Rutter, LAPACK Working Note 69 (1994). */
export function divideAndConquer(
  d: Float64Array,
  e: Float64Array,
  q: Panel,
  watch: Watch,
  turnRight: TurnRight = () => undefined
): Int32Array {
  const n = d.length
  const order = Int32Array.from({ length: n }, (_, i) => i)
  if (n === 0) return order
  const { memory, threads } = kernels()
  memory.frame(() => {
    const bounds = [0]
    divide(0, n, bounds)
    for (const cut of bounds.slice(1, -1)) {
      const coupling = Math.abs(e[cut - 1]!)
      d[cut - 1]! -= coupling
      d[cut]! -= coupling
    }
    // The leaves write over the couplings between them too.
    const couplings = e.slice()
    solveLeaves(d, e, q, bounds, watch)
    const several = bounds.length > 2 ? n : 0
    const work: Workspace = {
      poles: memory.allocate(several),
      weights: memory.allocate(several),
      z: memory.allocate(several),
      rows: memory.allocateIntegers(several),
      places: memory.allocateIntegers(several),
      vectors: memory.allocate(several * several),
      roots: memory.allocate(several),
      gathered: memory.allocate(Math.ceil((several * several) / 2) + 2 * several),
      products: memory.allocate(several),
      scratch: memory.allocate(threads * several),
      turnRight,
      watch,
      done: 0,
      total: costOf(n)
    }
    conquer(d, couplings, q, order, work, 0, n)
  })
  return order
}

/** Bounds of the leaves of first … first + m. */
function divide(first: number, m: number, bounds: number[]): void {
  if (m <= LEAF) bounds.push(first + m)
  else {
    divide(first, m >> 1, bounds)
    divide(first + (m >> 1), m - (m >> 1), bounds)
  }
}

/** Multiplications of all merges, about. */
const costOf = (m: number): number => (m <= LEAF ? 0 : m ** 3 + costOf(m >> 1) + costOf(m - (m >> 1)))

function solveLeaves(d: Float64Array, e: Float64Array, q: Panel, leaves: number[], watch: Watch): void {
  const { memory } = kernels()
  memory.frame(() => {
    const count = leaves.length - 1
    const bounds = memory.allocateIntegers(count + 1)
    bounds.set(leaves)
    const failed = memory.allocateIntegers(count)
    const args = [d.byteOffset, e.byteOffset, q.at, q.rowStride, bounds.byteOffset, failed.byteOffset]
    kernels().share(TRIDIAGONAL_TASKS.leaf, args, count, watch)
    if (failed.some((flag) => flag !== 0)) throw new EigendeskError('NO_CONVERGENCE', { value: 30 * LEAF })
  })
}

function conquer(
  d: Float64Array,
  couplings: Float64Array,
  q: Panel,
  order: Int32Array,
  work: Workspace,
  first: number,
  m: number
): void {
  const own = order.subarray(first, first + m)
  if (m <= LEAF) {
    own.sort((i, j) => d[i]! - d[j]! || i - j)
    return
  }
  const half = m >> 1
  const cut = first + half
  conquer(d, couplings, q, order, work, first, half)
  conquer(d, couplings, q, order, work, cut, m - half)
  mergeAscending(own, half, d)
  const coupling = couplings[cut - 1]!
  readWeights(q, first, cut, m, coupling, work)
  if (first + m === d.length && m >= TURNED_ORDER) work.turnRight(cut)
  const deflation = deflate(d, q, own, first, cut, coupling, work)
  if (deflation !== null) merge(d, q, own, work, deflation, first, half)
  work.done += m ** 3
  work.watch.progress(work.done / work.total)
}

/** Two runs of row numbers, each ascending by d, become one. */
function mergeAscending(order: Int32Array, half: number, d: Float64Array): void {
  const left = order.slice(0, half)
  let i = 0
  let j = half
  for (let at = 0; i < half; at++) {
    order[at] = j < order.length && d[order[j]!]! < d[left[i]!]! ? order[j++]! : left[i++]!
  }
}

/** Solves what deflation left, and multiplies the vectors of the halves by those of the coupling. */
function merge(
  d: Float64Array,
  q: Panel,
  order: Int32Array,
  work: Workspace,
  { k, rho, rows, counts, places }: Deflation,
  first: number,
  half: number
): void {
  const { run } = kernels()
  const m = order.length
  const { poles, weights, vectors, roots, gathered, products, scratch, watch } = work
  const upper = counts[0] + counts[1]
  const lower = counts[1] + counts[2]
  const ld = q.rowStride
  const block = blockOf(q, first, first, m, m)
  const left = panelOf(gathered, upper, half)
  const right: Panel = { ...panelOf(gathered, lower, m - half), at: left.at + 8 * upper * half }
  const aside = vectors.byteOffset
  // Deflated rows first: they move below those that are computed. The vectors are not begun yet and lend their place.
  const values = Float64Array.from(rows.subarray(k, m), (r) => d[r]!)
  const listed = rows.byteOffset
  run.gatherRows(m - k, listed + 4 * k, q.at + 8 * first, ld, m, aside, m)
  run.gatherRows(upper, listed, q.at + 8 * first, ld, half, left.at, half)
  run.gatherRows(lower, listed + 4 * counts[0], q.at + 8 * (first + half), ld, m - half, right.at, m - half)
  run.copyRows(m - k, m, aside, m, block.at + 8 * k * ld, ld)
  run.clearRows(k, m, block.at, ld)
  const args = [
    ...[k, poles.byteOffset, weights.byteOffset, rho, vectors.byteOffset, k, roots.byteOffset, products.byteOffset],
    ...[TASK_ROWS, places.byteOffset, scratch.byteOffset]
  ]
  const tasks = Math.ceil(k / TASK_ROWS)
  kernels().share(TRIDIAGONAL_TASKS.roots, args, tasks, watch)
  kernels().share(TRIDIAGONAL_TASKS.products, args, tasks, watch)
  kernels().share(TRIDIAGONAL_TASKS.vectors, args, tasks, watch)
  const turn = panelOf(vectors, k, k)
  multiplyInto(blockOf(block, 0, 0, k, half), 1, blockOf(turn, 0, 0, k, upper), left, watch)
  multiplyInto(blockOf(block, 0, half, k, m - half), 1, blockOf(turn, 0, counts[0], k, lower), right, watch)
  d.set(roots.subarray(0, k), first)
  d.set(values, first + k)
  for (let i = 0; i < m; i++) order[i] = first + i
  mergeAscending(order, k, d)
}
