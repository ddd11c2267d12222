import { gramOperator, type GramOperator } from '../linalg/gram-operator.ts'
import { ARRAY_LIMIT } from '../linalg/kernels/memory.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { centredOperator, denseOperator, type LinearOperator } from '../linalg/operator.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from '../linalg/panel.ts'
import { PIECE_ENTRIES, type RowSource } from '../linalg/row-source.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'
import { centreRows, type ColumnMoments } from './moments.ts'

/** Y = (X − mean)·unit: kept whole where there is room, else made anew piece by piece each time it is read. */
export interface CentredRows {
  readonly rows: number
  readonly columns: number
  /** Y, row-major in the memory of the kernels, where it is kept */
  readonly whole: Float64Array | null
  /** calls visit with consecutive rows of Y; the first is row `start` */
  rowPieces: (visit: (piece: Panel, start: number) => void, watch: Watch) => void
  /** calls visit with consecutive columns of Y; the first is column `left` */
  columnPieces: (visit: (piece: Panel, left: number) => void, watch: Watch) => void
  /** Y as an operator; valid in the caller's frame */
  operator: () => LinearOperator
}

/** A mean this many standard deviations from 0 costs one decimal digit where the centring is folded into products. */
const FOLDABLE_MEAN = 10

/** @param unit what each column of X·2^−exponent − mean is multiplied with
 * @param needed bytes that must be left for what follows
 * Memory: 8·rows·columns bytes in the caller's frame where that is no more than half of what is free. */
export function centredRows(
  source: RowSource,
  moments: ColumnMoments,
  unit: Float64Array,
  needed: number,
  watch: Watch = unwatched
): CentredRows {
  const { rows, columns } = source
  const { memory } = kernels()
  const bytes = 8 * rows * columns
  if (bytes > Math.min(ARRAY_LIMIT, memory.free / 2, memory.free - needed)) return centredPieces(source, moments, unit)
  const y = memory.allocate(rows * columns)
  for (let start = 0; start < rows; start += source.pieceRows) {
    const end = Math.min(start + source.pieceRows, rows)
    centreRows(source, moments, unit, [start, end], [0, columns], y, start * columns, watch)
    watch.progress(end / rows)
  }
  const whole = panelOf(y, rows, columns)
  return {
    rows,
    columns,
    whole: y,
    rowPieces: (visit) => visit(whole, 0),
    columnPieces: (visit) => visit(whole, 0),
    operator: () => denseOperator(y, rows, columns)
  }
}

/** Y, where nothing but products is asked of it. */
export interface CentredProducts {
  /** Y */
  operator: LinearOperator
  /** the smaller of YᵀY and YYᵀ; null where Y does not fit */
  gram: GramOperator | null
  /** Y itself, where it was made */
  rows: CentredRows | null
}

/** The centring is folded into the products where the rows lie in the memory of the kernels and their means are no larger
 * than their spread; else Y is made.
 * @param needed bytes that must be left for what follows */
export function centredProducts(
  source: RowSource,
  moments: ColumnMoments,
  unit: Float64Array,
  needed: number,
  watch: Watch = unwatched
): CentredProducts {
  const { rows, columns, whole } = source
  if (whole !== null && isNearZero(moments) && unit.every((value) => value === 1)) {
    return {
      operator: centredOperator(denseOperator(whole, rows, columns), moments.mean),
      gram: gramOperator(whole, rows, columns, moments.mean),
      rows: null
    }
  }
  const centred = centredRows(source, moments, unit, needed, watch)
  const gram = centred.whole && gramOperator(centred.whole, rows, columns)
  return { operator: centred.operator(), gram, rows: centred }
}

function centredPieces(source: RowSource, moments: ColumnMoments, unit: Float64Array): CentredRows {
  const { rows, columns } = source
  const { memory } = kernels()
  const rowPieces: CentredRows['rowPieces'] = (visit, watch) => {
    const height = Math.min(source.pieceRows, rows)
    memory.frame(() => {
      const y = memory.allocate(height * columns)
      for (let start = 0; start < rows; start += height) {
        const end = Math.min(start + height, rows)
        centreRows(source, moments, unit, [start, end], [0, columns], y, 0, watch)
        visit(panelOf(y, end - start, columns), start)
      }
    })
  }
  const columnPieces: CentredRows['columnPieces'] = (visit, watch) => {
    const width = Math.max(1, Math.floor(PIECE_ENTRIES / rows))
    memory.frame(() => {
      const y = memory.allocate(rows * width)
      for (let left = 0; left < columns; left += width) {
        const right = Math.min(left + width, columns)
        centreRows(source, moments, unit, [0, rows], [left, right], y, 0, watch)
        visit(panelOf(y, rows, right - left), left)
      }
    })
  }
  const operator = (): LinearOperator => ({
    rows,
    columns,
    multiply: (x, y, watch) => {
      clear(y)
      rowPieces((piece, start) => multiplyInto(blockOf(y, start, 0, piece.rows, y.columns), 1, piece, x, watch), watch)
    },
    multiplyTransposed: (y, x, watch) => {
      clear(x)
      rowPieces((piece, start) => {
        multiplyInto(x, 1, transposed(piece), blockOf(y, start, 0, piece.rows, y.columns), watch)
      }, watch)
    }
  })
  return { rows, columns, whole: null, rowPieces, columnPieces, operator }
}

/** Whether no digit is lost when means are subtracted after the multiplication. */
function isNearZero({ mean, sd, exponent, constant }: ColumnMoments): boolean {
  return mean.every((value, j) => exponent[j] === 0 && !constant[j] && Math.abs(value) <= FOLDABLE_MEAN * sd[j]!)
}

function clear(panel: Panel): void {
  kernels().run.clearRows(panel.rows, panel.columns, panel.at, panel.rowStride)
}
