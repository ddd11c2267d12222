import { EigendeskError } from '../contract/errors.ts'
import { createMatrix, requireFinite, type Matrix } from './matrix.ts'
import { inPieces, ordinaryArray, takeOut } from './passes.ts'
import { unwatched, type Watch } from './watch.ts'

/** A sparse matrix by compressed rows: the entries of row i are number rowStarts[i] … rowStarts[i + 1] − 1, in ascending
 * order of columns, each column at most once. An entry may be 0. */
export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** rows + 1 positions, the first 0, the last the number of entries */
  readonly rowStarts: Int32Array
  readonly columnIndexes: Int32Array
  readonly values: Float64Array
}

/** Entries in any order; entry e is values[e] in row rowIndexes[e] and column columnIndexes[e], counted from 0. */
export interface Triplets {
  readonly rowIndexes: Int32Array
  readonly columnIndexes: Int32Array
  readonly values: Float64Array
}

/** Entries between two looks at the stop button, less one: a million, moved about at random, take about 20 ms. */
const LOOK = 0xfffff

/** The sparse matrix with these entries; those of the same place are added up in the order given.
 * @throws SHAPE_MISMATCH where the three arrays differ in length
 * @throws INVALID_PARAMETER where an index lies outside the matrix
 * @throws NON_FINITE naming the first offending row and column, counted from 1; also where a sum overflows
 * Cost: O(rows + columns + entries); 24 bytes an entry while it works. */
export function createSparse(
  rows: number,
  columns: number,
  triplets: Triplets,
  watch: Watch = unwatched
): SparseMatrix {
  requireTriplets(rows, columns, triplets, watch)
  const { rowIndexes, columnIndexes, values } = triplets
  const byColumn = emptySparse(columns, rows, values.length)
  const next = positionsOf(columnIndexes, byColumn.rowStarts, watch)
  for (let e = 0; e < values.length; e++) {
    if ((e & LOOK) === 0) watch.checkpoint()
    const to = next[columnIndexes[e]!]!++
    byColumn.columnIndexes[to] = rowIndexes[e]!
    byColumn.values[to] = values[e]!
  }
  // A counting sort keeps the order of equals: sorted by columns, then by rows, each row has its columns in order.
  return mergeEqual(transposeSparse(byColumn, watch), watch)
}

function emptySparse(rows: number, columns: number, count: number): SparseMatrix {
  const columnIndexes = new Int32Array(count)
  return { rows, columns, rowStarts: new Int32Array(rows + 1), columnIndexes, values: ordinaryArray(count) }
}

/** Fills in where each bin of a counting sort begins; returns a copy, to be moved along while entries are placed. */
function positionsOf(bins: Int32Array, starts: Int32Array, watch: Watch): Int32Array {
  starts.fill(0)
  inPieces(bins.length, 1, watch, (from, to) => {
    for (let e = from; e < to; e++) starts[bins[e]! + 1]!++
  })
  for (let j = 1; j < starts.length; j++) starts[j]! += starts[j - 1]!
  return starts.slice()
}

function requireTriplets(
  rows: number,
  columns: number,
  { rowIndexes, columnIndexes, values }: Triplets,
  watch: Watch
): void {
  if (rowIndexes.length !== values.length || columnIndexes.length !== values.length) {
    const indexes = `${rowIndexes.length} row and ${columnIndexes.length} column indexes`
    throw new EigendeskError('SHAPE_MISMATCH', { value: indexes, wanted: `${values.length} values` })
  }
  for (let e = 0; e < values.length; e++) {
    if ((e & LOOK) === 0) watch.checkpoint()
    const row = rowIndexes[e]!
    const column = columnIndexes[e]!
    if (row < 0 || row >= rows) refuseIndex('row', row, rows)
    if (column < 0 || column >= columns) refuseIndex('column', column, columns)
    if (!Number.isFinite(values[e])) refuseValue(row, column)
  }
}

function refuseIndex(which: 'row' | 'column', index: number, size: number): never {
  const reason = `an entry lies in ${which} ${index + 1} of ${size}`
  throw new EigendeskError('INVALID_PARAMETER', { field: `${which} index`, reason, limit: `1 … ${size}` })
}

function refuseValue(row: number, column: number): never {
  throw new EigendeskError('NON_FINITE', { value: `The entry in row ${row + 1}, column ${column + 1}` })
}

/** The same matrix with neighbours of the same row and column added up; a itself where there are none. */
function mergeEqual(a: SparseMatrix, watch: Watch): SparseMatrix {
  const { rows, rowStarts, columnIndexes, values } = a
  const starts = new Int32Array(rows + 1)
  let kept = 0
  for (let i = 0; i < rows; i++) {
    for (let e = rowStarts[i]!; e < rowStarts[i + 1]!; e++) {
      if ((e & LOOK) === 0) watch.checkpoint()
      if (kept > starts[i]! && columnIndexes[kept - 1] === columnIndexes[e]) values[kept - 1]! += values[e]!
      else {
        columnIndexes[kept] = columnIndexes[e]!
        values[kept++] = values[e]!
      }
    }
    starts[i + 1] = kept
  }
  if (kept === values.length) return a
  const merged = { columnIndexes: columnIndexes.slice(0, kept), values: takeOut(values.subarray(0, kept), watch) }
  const summed = { ...a, rowStarts: starts, ...merged }
  requireSparse(summed, watch)
  return summed
}

/** That a matrix which somebody else has put together can be used without reading outside of its arrays.
 * @throws SHAPE_MISMATCH where the positions are not those of a sparse matrix
 * @throws INVALID_PARAMETER where a column index lies outside the matrix
 * @throws NON_FINITE naming the first offending row and column, counted from 1 */
export function requireSparse({ rows, columns, rowStarts, columnIndexes, values }: SparseMatrix, watch: Watch): void {
  let ordered = rowStarts.length === rows + 1 && rowStarts[0] === 0 && rowStarts[rows] === values.length
  for (let i = 0; i < rows && ordered; i++) ordered = rowStarts[i]! <= rowStarts[i + 1]!
  if (!ordered || columnIndexes.length !== values.length) {
    const value = `row starts of ${rows} rows with ${columnIndexes.length} column indexes`
    throw new EigendeskError('SHAPE_MISMATCH', { value, wanted: `${values.length} values` })
  }
  for (let i = 0; i < rows; i++) {
    const end = rowStarts[i + 1]!
    for (let e = rowStarts[i]!; e < end; e++) {
      if ((e & LOOK) === 0) watch.checkpoint()
      const column = columnIndexes[e]!
      if (column < 0 || column >= columns) refuseIndex('column', column, columns)
      if (!Number.isFinite(values[e])) refuseValue(i, column)
    }
  }
}

/** Aᵀ, its rows sorted too. Cost: O(rows + columns + entries). Source: Gustavson, "Two fast algorithms for sparse
 * matrices: multiplication and permuted transposition", ACM TOMS 4 (1978). */
export function transposeSparse(a: SparseMatrix, watch: Watch = unwatched): SparseMatrix {
  const turned = emptySparse(a.columns, a.rows, a.values.length)
  const next = positionsOf(a.columnIndexes, turned.rowStarts, watch)
  for (let i = 0; i < a.rows; i++) {
    const end = a.rowStarts[i + 1]!
    for (let e = a.rowStarts[i]!; e < end; e++) {
      if ((e & LOOK) === 0) watch.checkpoint()
      const to = next[a.columnIndexes[e]!]!++
      turned.columnIndexes[to] = i
      turned.values[to] = a.values[e]!
    }
  }
  return turned
}

/** The sparse matrix of the entries that are not 0.
 * @throws NON_FINITE naming the first offending row and column, counted from 1 */
export function sparseOf(a: Matrix, watch: Watch = unwatched): SparseMatrix {
  requireFinite(a, watch)
  const { rows, columns, data } = a
  const rowStarts = new Int32Array(rows + 1)
  let count = 0
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < columns; j++) if (data[i * columns + j] !== 0) count++
      rowStarts[i + 1] = count
    }
  })
  const sparse = emptySparse(rows, columns, count)
  sparse.rowStarts.set(rowStarts)
  let next = 0
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < columns; j++) {
        const value = data[i * columns + j]!
        if (value === 0) continue
        sparse.columnIndexes[next] = j
        sparse.values[next++] = value
      }
    }
  })
  return sparse
}

/** The dense matrix with the same entries. @throws OUT_OF_MEMORY */
export function denseOf(a: SparseMatrix, watch: Watch = unwatched): Matrix {
  const { rows, columns, rowStarts, columnIndexes, values } = a
  const dense = createMatrix(rows, columns)
  for (let i = 0; i < rows; i++) {
    for (let e = rowStarts[i]!; e < rowStarts[i + 1]!; e++) {
      if ((e & LOOK) === 0) watch.checkpoint()
      dense.data[i * columns + columnIndexes[e]!] = values[e]!
    }
  }
  return dense
}
