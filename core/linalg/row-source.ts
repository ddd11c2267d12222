import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { blockOf, panelOf, type Panel } from './panel.ts'
import { inPieces } from './passes.ts'
import { unwatched, type Watch } from './watch.ts'

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
    piece: (start, end, left = 0, right = columns) => blockOf(whole, start, left, end - start, right - left)
  }
}

/** Columns that lie anywhere, copied into memory of the caller's frame: a small table once, when it is first read; a larger
 * one piece by piece, every time.
 * @param columns one array of a value for each row of a table
 * @param rowsUsed which of those rows, in order; null: all of them
 * @param fill one value for each column, taken where the column has NaN; null: NaN stays */
export function columnRows(
  columns: readonly Float64Array[],
  rowsUsed: Int32Array | null,
  fill: readonly number[] | null,
  watch: Watch = unwatched
): RowSource {
  const rows = rowsUsed?.length ?? columns[0]?.length ?? 0
  const pieceRows = Math.max(256, Math.floor(PIECE_ENTRIES / Math.max(1, columns.length) / 256) * 256)
  const largest = Math.max(PIECE_ENTRIES, 256 * columns.length)
  const fits = rows * columns.length <= largest
  const buffer = kernels().memory.allocate(Math.min(rows * columns.length, Math.max(largest, rows)))
  const copied = (start: number, end: number, left: number, right: number): Panel => {
    const height = end - start
    if (height * (right - left) > buffer.length) {
      throw new EigendeskError('INTERNAL', { reason: `a piece of ${height} × ${right - left} was asked for` })
    }
    inPieces(right - left, height, watch, (from, to) => {
      for (let j = from; j < to; j++) {
        const replacement = fill === null ? NaN : fill[left + j]!
        copyRows(columns[left + j]!, rowsUsed, start, height, replacement, buffer, j * height)
      }
    })
    return { at: buffer.byteOffset, rows: height, columns: right - left, rowStride: 1, columnStride: height }
  }
  let whole: Panel | null = null
  return {
    rows,
    columns: columns.length,
    whole: null,
    pieceRows,
    piece: (start, end, left = 0, right = columns.length) => {
      if (!fits) return copied(start, end, left, right)
      whole ??= copied(0, rows, 0, columns.length)
      return blockOf(whole, start, left, end - start, right - left)
    }
  }
}

/** Writes rows start … of a column to entry `at` on, `replacement` for NaN. */
function copyRows(
  from: Float64Array,
  rowsUsed: Int32Array | null,
  start: number,
  height: number,
  replacement: number,
  to: Float64Array,
  at: number
): void {
  if (rowsUsed !== null) for (let i = 0; i < height; i++) to[at + i] = from[rowsUsed[start + i]!]!
  else to.set(from.subarray(start, start + height), at)
  if (Number.isNaN(replacement)) return
  for (let i = at; i < at + height; i++) if (Number.isNaN(to[i])) to[i] = replacement
}
