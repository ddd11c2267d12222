import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { SPARSE_TASKS } from './kernels/sparse-kernels.ts'
import { createMatrix, describeShape, requireFinite, type Matrix } from './matrix.ts'
import type { LinearOperator } from './operator.ts'
import { panelOf, type Panel } from './panel.ts'
import { requireSparse, transposeSparse, transposeSparseInto, type SparseMatrix } from './sparse.ts'
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
function place(a: SparseMatrix): PlacedSparse {
  const { memory } = kernels()
  return {
    ...a,
    rowStarts: memory.placeIntegers(a.rowStarts),
    columnIndexes: memory.placeIntegers(a.columnIndexes),
    values: memory.place(a.values),
    bounds: memory.placeIntegers(boundsOf(a))
  }
}

/** Y = A·X for row-major panels. Each row of Y is summed by one task, in the order of its entries. */
function multiplyPlaced(a: PlacedSparse, x: Panel, y: Panel, watch: Watch): void {
  if (a.rows === 0 || x.columns === 0) return
  const at = [a.bounds, a.rowStarts, a.columnIndexes, a.values].map((array) => array.byteOffset)
  const args = [...at, x.columns, x.at, x.rowStride, y.at, y.rowStride]
  kernels().share(SPARSE_TASKS.multiply, args, a.bounds.length - 1, watch)
}

/** A·X.
 * @param a m×n @param x n×b, dense
 * @returns m×b; zeros where a has no entries
 * @throws SHAPE_MISMATCH | INVALID_PARAMETER | NON_FINITE | OUT_OF_MEMORY; sums that overflow are infinite
 * Accuracy: each entry within (entries of the row)·ulp·Σ|aᵢₖxₖⱼ|. Cost: 2·b flops an entry; copies of a and of the blocks. */
export function multiplySparse(a: SparseMatrix, x: Matrix, watch: Watch = unwatched): Matrix {
  requireSparse(a)
  if (a.columns !== x.rows) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: `${a.rows} × ${a.columns}`, wanted: describeShape(x) })
  }
  requireFinite(x)
  const { memory } = kernels()
  return memory.frame(() => {
    const source = panelOf(memory.place(x.data), x.rows, x.columns)
    const sums = memory.allocate(a.rows * x.columns)
    multiplyPlaced(place(a), source, panelOf(sums, a.rows, x.columns), watch)
    return createMatrix(a.rows, x.columns, sums.slice())
  })
}

/** Aᵀ·Y, through Aᵀ by compressed rows.
 * @param a m×n @param y m×b, dense @returns n×b; errors, accuracy and cost as above, and another copy of a */
export function multiplySparseTransposed(a: SparseMatrix, y: Matrix, watch: Watch = unwatched): Matrix {
  requireSparse(a)
  return multiplySparse(transposeSparse(a), y, watch)
}

/** A sparse matrix as an operator, with its transpose beside it, so that both products write every entry once.
 * Lives in the memory of the kernels until the frame around this call ends: 24 bytes an entry, 12 where a lives there
 * already.
 * @throws SHAPE_MISMATCH | INVALID_PARAMETER | NON_FINITE | OUT_OF_MEMORY */
export function sparseOperator(a: SparseMatrix): LinearOperator {
  requireSparse(a)
  const { memory } = kernels()
  const count = a.values.length
  memory.require(24 * count + 8 * (a.rows + a.columns))
  const across = place(a)
  const down: SparseMatrix = {
    rows: a.columns,
    columns: a.rows,
    rowStarts: memory.allocateIntegers(a.columns + 1),
    columnIndexes: memory.allocateIntegers(count),
    values: memory.allocate(count)
  }
  transposeSparseInto(a, down)
  const placedDown = place(down)
  return {
    rows: a.rows,
    columns: a.columns,
    multiply: (x, y, watch) => {
      multiplyPlaced(across, x, y, watch)
    },
    multiplyTransposed: (y, x, watch) => {
      multiplyPlaced(placedDown, y, x, watch)
    }
  }
}
