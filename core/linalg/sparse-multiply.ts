import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { SPARSE_TASKS } from './kernels/sparse-kernels.ts'
import { createMatrix, describeShape, type Matrix } from './matrix.ts'
import type { LinearOperator } from './operator.ts'
import { panelOf, type Panel } from './panel.ts'
import { copyInto, placeIn, takeOut } from './passes.ts'
import { place, requireInRange } from './scaled-product.ts'
import { requireSparse, transposeSparse, type SparseMatrix } from './sparse.ts'
import { unwatched, type Watch } from './watch.ts'

/** A sparse matrix in the memory of the kernels, its rows shared out in tasks of about equal work. */
interface PlacedSparse extends SparseMatrix {
  /** task t has the rows bounds[t] … bounds[t + 1] − 1 */
  readonly bounds: Int32Array
}

/** A task is worth waking a thread for, and short enough to look at the stop button between two. An entry counts one, and
 * a row, for beginning and ending its sums, as much as two. */
const LEAST_WORK = 8192
const MOST_WORK = 131072
const WANTED_TASKS = 64
const WORK_OF_ROW = 2
/** A round of tasks of Aᵀ·Y takes at most so many ranges of each part: one range is the work of one task of A·X. */
const RANGES_OF_ROUND = 8

function boundsOf({ rows, rowStarts, values }: SparseMatrix): Int32Array {
  const total = values.length + WORK_OF_ROW * rows
  const work = Math.min(MOST_WORK, Math.max(LEAST_WORK, Math.ceil(total / WANTED_TASKS)))
  const bounds = [0]
  let limit = work
  for (let i = 0; i < rows; i++) {
    const done = rowStarts[i + 1]! + WORK_OF_ROW * (i + 1)
    if (done < limit && i + 1 < rows) continue
    bounds.push(i + 1)
    limit = done + work
  }
  return Int32Array.from(bounds)
}

/** @throws OUT_OF_MEMORY */
function placeSparse(a: SparseMatrix, watch: Watch): PlacedSparse {
  return {
    ...a,
    rowStarts: placeIntegersIn(a.rowStarts, watch),
    columnIndexes: placeIntegersIn(a.columnIndexes, watch),
    values: placeIn(a.values, watch),
    bounds: placeIntegersIn(boundsOf(a), watch)
  }
}

function placeIntegersIn(data: Int32Array, watch: Watch): Int32Array {
  const { memory } = kernels()
  if (memory.holds(data)) return data
  const copy = memory.allocateIntegers(data.length)
  copyInto(copy, data, watch)
  return copy
}

/** What a copy of it takes, either way round. */
const bytesOf = ({ rows, columns, values }: SparseMatrix): number => 12 * values.length + 4 * Math.max(rows, columns)

/** Y = A·X for row-major panels. Each row of Y is summed by one task, in the order of its entries. */
function multiplyPlaced(a: PlacedSparse, x: Panel, y: Panel, watch: Watch): void {
  if (a.rows === 0 || x.columns === 0) return
  const at = [a.bounds, a.rowStarts, a.columnIndexes, a.values].map((array) => array.byteOffset)
  const args = [...at, x.columns, x.at, x.rowStride, y.at, y.rowStride]
  kernels().share(SPARSE_TASKS.multiply, args, a.bounds.length - 1, watch)
}

/** At most so many blocks of sums, for they crowd each other out of the cache that threads share; fewer where a block has
 * more rows than this share of the entries. */
const MOST_PARTS = 4
const ENTRIES_OF_SUM = 4
/** Rows of X are added up in tasks of about so many doubles. */
const SUMMED = 8192

const mostParts = ({ values, columns }: SparseMatrix): number =>
  Math.min(MOST_PARTS, Math.floor(values.length / (ENTRIES_OF_SUM * columns)))

/** X = Aᵀ·Y for row-major panels. Takes parts · columns of A · b doubles for its time. How the rows are cut into parts
 * depends on the sizes alone. */
function multiplyTransposedPlaced(a: PlacedSparse, y: Panel, x: Panel, watch: Watch): void {
  const b = y.columns
  if (a.columns === 0 || b === 0) return
  const { memory, threads } = kernels()
  const ranges = a.bounds.length - 1
  const parts = Math.max(1, Math.min(ranges, mostParts(a)))
  // Where there are too few parts for the threads, columns are shared out as well: that does not touch the sums.
  const groups = ranges === 1 ? 1 : Math.ceil(threads / parts)
  const group = Math.min(b, 4 * Math.ceil(b / groups / 4))
  memory.frame(() => {
    const sums = parts > 1 ? memory.allocate(parts * a.columns * b).byteOffset : x.at
    const stride = parts > 1 ? b : x.rowStride
    const rounds = Math.max(1, Math.ceil(ranges / parts / RANGES_OF_ROUND))
    for (let round = 0; round < rounds; round++) {
      const from = round * RANGES_OF_ROUND
      const at = [a.bounds, a.rowStarts, a.columnIndexes, a.values].map((array) => array.byteOffset)
      const cut = [ranges, parts, from, from + RANGES_OF_ROUND, group, a.columns]
      const args = [...at, b, y.at, y.rowStride, sums, stride, ...cut]
      kernels().share(SPARSE_TASKS.spread, args, parts * Math.ceil(b / group), watch)
    }
    if (parts === 1) return
    const height = Math.ceil(SUMMED / b)
    const args = [parts, a.columns, b, sums, x.at, x.rowStride, height]
    kernels().share(SPARSE_TASKS.addParts, args, Math.ceil(a.columns / height), watch)
  })
}

/** A·X.
 * @param a m×n @param x n×b, dense
 * @returns m×b; zeros where a has no entries
 * @throws SHAPE_MISMATCH | INVALID_PARAMETER | NON_FINITE | OUT_OF_MEMORY | OUT_OF_RANGE where a sum, or a product on the
 *   way to one, exceeds the largest double
 * Accuracy: each entry within (entries of the row)·ulp·Σ|aᵢₖxₖⱼ|. Cost: 2·b flops an entry; copies of a and of the blocks. */
export function multiplySparse(a: SparseMatrix, x: Matrix, watch: Watch = unwatched): Matrix {
  requireSparse(a, watch)
  if (a.columns !== x.rows) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: `${a.rows} × ${a.columns}`, wanted: describeShape(x) })
  }
  const { memory } = kernels()
  memory.require(bytesOf(a) + 8 * (a.rows + a.columns) * x.columns)
  return memory.frame(() => {
    const source = panelOf(place(x, watch, 'the dense factor').data, x.rows, x.columns)
    const sums = memory.allocate(a.rows * x.columns)
    multiplyPlaced(placeSparse(a, watch), source, panelOf(sums, a.rows, x.columns), watch)
    requireInRange(sums, 'product of a sparse matrix', watch)
    return createMatrix(a.rows, x.columns, takeOut(sums, watch))
  })
}

/** Aᵀ·Y.
 * @param a m×n @param y m×b, dense @returns n×b; errors, accuracy and cost as above */
export function multiplySparseTransposed(a: SparseMatrix, y: Matrix, watch: Watch = unwatched): Matrix {
  requireSparse(a, watch)
  if (a.rows !== y.rows) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: `(${a.rows} × ${a.columns})ᵀ`, wanted: describeShape(y) })
  }
  const { memory } = kernels()
  const spread = mostParts(a) > 1 ? mostParts(a) * a.columns : 0
  memory.require(bytesOf(a) + 8 * (a.rows + a.columns + spread) * y.columns)
  return memory.frame(() => {
    const source = panelOf(place(y, watch, 'the dense factor').data, y.rows, y.columns)
    const sums = memory.allocate(a.columns * y.columns)
    multiplyTransposedPlaced(placeSparse(a, watch), source, panelOf(sums, a.columns, y.columns), watch)
    requireInRange(sums, 'product of a sparse matrix', watch)
    return createMatrix(a.columns, y.columns, takeOut(sums, watch))
  })
}

/** A sparse matrix as an operator. Lives in the memory of the kernels until the frame around this call ends: 12 bytes an
 * entry and 4 a row, none where a lives there already. A wide matrix is turned round first, because the block that is
 * reached at random, which is as long as the matrix is wide, should stay in a cache.
 * @throws SHAPE_MISMATCH | INVALID_PARAMETER | NON_FINITE | OUT_OF_MEMORY */
export function sparseOperator(a: SparseMatrix, watch: Watch = unwatched): LinearOperator {
  requireSparse(a, watch)
  const { rows, columns } = a
  const wide = columns > 2 * rows
  kernels().memory.require(bytesOf(a))
  const placed = placeSparse(wide ? transposeSparse(a, watch) : a, watch)
  const forward: LinearOperator['multiply'] = (x, y, inner) => {
    multiplyPlaced(placed, x, y, inner)
  }
  const backward: LinearOperator['multiply'] = (y, x, inner) => {
    multiplyTransposedPlaced(placed, y, x, inner)
  }
  return wide
    ? { rows, columns, multiply: backward, multiplyTransposed: forward }
    : { rows, columns, multiply: forward, multiplyTransposed: backward }
}
