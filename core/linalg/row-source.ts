import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { panelOf, type Panel } from './panel.ts'

/** A table of numbers that is read in pieces, so that it may be larger than the memory of the kernels. */
export interface RowSource {
  readonly rows: number
  readonly columns: number
  /** all of it, row-major, where it lies in the memory of the kernels; else null */
  readonly whole: Float64Array | null
  /** rows to ask for at once, a multiple of 256 that depends on the number of columns alone */
  readonly pieceRows: number
  /** Rows start … end of columns left … right, in the memory of the kernels; either the rows or the columns lie together.
   * A piece may be overwritten by the next one. */
  piece: (start: number, end: number, left?: number, right?: number) => Panel
}

/** A piece takes at most 64 MiB, unless 256 rows or a single column are more. */
export const PIECE_ENTRIES = 8 * 2 ** 20

/** A matrix in the memory of the kernels: its pieces are where it lies.
 * @param x rows × columns, row-major; must stay valid as long as the source is used */
export function residentRows(x: Float64Array, rows: number, columns: number): RowSource {
  const whole = panelOf(x, rows, columns)
  return {
    rows,
    columns,
    whole: x,
    pieceRows: 64 * 8192,
    piece: (start, end, left = 0, right = columns) => ({
      ...whole,
      at: whole.at + 8 * (start * columns + left),
      rows: end - start,
      columns: right - left
    })
  }
}

/** Columns that lie anywhere, copied piece by piece into memory of the caller's frame.
 * @param columns one array of a value for each row of a table
 * @param rowsUsed which of those rows, in order; null: all of them
 * @param fill one value for each column, taken where the column has NaN; null: NaN stays */
export function columnRows(
  columns: readonly Float64Array[],
  rowsUsed: Int32Array | null,
  fill: readonly number[] | null
): RowSource {
  const rows = rowsUsed?.length ?? columns[0]?.length ?? 0
  const pieceRows = Math.max(256, Math.floor(PIECE_ENTRIES / Math.max(1, columns.length) / 256) * 256)
  const most = Math.max(PIECE_ENTRIES, 256 * columns.length, rows)
  const buffer = kernels().memory.allocate(Math.min(rows * columns.length, most))
  return {
    rows,
    columns: columns.length,
    whole: null,
    pieceRows,
    piece: (start, end, left = 0, right = columns.length) => {
      const height = end - start
      if (height * (right - left) > buffer.length) {
        throw new EigendeskError('INTERNAL', { reason: `a piece of ${height} × ${right - left} was asked for` })
      }
      for (let j = left; j < right; j++) {
        const target = buffer.subarray((j - left) * height, (j - left + 1) * height)
        copyRows(columns[j]!, rowsUsed, start, target)
        if (fill !== null) fillMissing(target, fill[j]!)
      }
      return { at: buffer.byteOffset, rows: height, columns: right - left, rowStride: 1, columnStride: height }
    }
  }
}

function copyRows(from: Float64Array, rowsUsed: Int32Array | null, start: number, to: Float64Array): void {
  if (rowsUsed === null) to.set(from.subarray(start, start + to.length))
  else for (let i = 0; i < to.length; i++) to[i] = from[rowsUsed[start + i]!]!
}

function fillMissing(values: Float64Array, replacement: number): void {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = replacement
}
