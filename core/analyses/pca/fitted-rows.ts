import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../../linalg/passes.ts'
import type { Watch } from '../../linalg/watch.ts'
import { completeOthers } from '../../preparation/complete-others.ts'
import { chooseComponents, completeByPca } from '../../preparation/iterative-pca.ts'
import { toMatrix, type TableMatrix } from '../../table/matrix.ts'
import { parseRowRuns } from './figures/row-runs.ts'
import type { PcaParams } from './spec.ts'

/** Cells that were missing and got a value, in order of rows. */
export interface FilledCells {
  /** 0-based rows of the dataset */
  rows: Int32Array
  /** positions in the chosen columns */
  columns: Int32Array
  values: Float64Array
}

/** The rows of a table as a PCA takes them. */
export interface FittedRows {
  /** the chosen columns; copies with their cells filled where an iterative PCA did that */
  columns: Float64Array[]
  /** what a missing cell that is still NaN in columns is filled with, by column; null where there is none */
  fill: number[] | null
  /** rows of the fit, 0-based, ascending */
  rowsUsed: Int32Array
  /** rows that are projected and not fitted */
  supplementary: Int32Array
  dropped: TableMatrix['dropped']
  /** supplementary rows that lack a value and have none to fill it with */
  supplementaryDropped: TableMatrix['dropped']
  imputed: Record<string, number>
  filled: FilledCells
  /** the same of supplementary rows: by the components an iterative PCA ended with, else with the mean of the fitted rows */
  supplementaryFilled: FilledCells
  /** components an iterative PCA filled with; null where none did */
  imputeComponents: number | null
}

/** Sorts the rows of a table into fitted, supplementary and left out, and fills the missing cells.
 * @throws COLUMN_UNKNOWN | COLUMN_NOT_NUMERIC | NON_FINITE | INVALID_PARAMETER | TOO_FEW_ROWS */
export function fittedRows(table: TableView, params: PcaParams, watch: Watch): FittedRows {
  const { columns: names, missing } = params
  const wanted = parseRowRuns(params.supplementaryRows, table.nRows, 'Supplementary rows')
  const aside = new Uint8Array(table.nRows)
  for (const row of wanted) aside[row] = 1
  const matrix = toMatrix(table, names, missing === 'drop' ? 'drop' : 'mean', watch, wanted.length > 0 ? aside : null)
  const extra = supplementaryOf(table, names, matrix, wanted)
  const rows = {
    columns: matrix.columns,
    fill: matrix.fill,
    rowsUsed: matrix.rowsUsed,
    ...extra,
    dropped: matrix.dropped,
    imputed: matrix.imputed,
    filled: noCells,
    supplementaryFilled: noCells,
    imputeComponents: null
  }
  if (missing === 'drop') return rows
  const { columns, rowsUsed, fill, imputed } = matrix
  const [lacks, supplementaryLacks] = [Object.keys(imputed).length > 0, hasGaps(columns, extra.supplementary)]
  // Components are wanted also where a row to be projected alone lacks cells; of a table too small for them the mean does.
  if (missing === 'iterative' && (lacks || (supplementaryLacks && mostComponents(matrix) >= 1))) {
    return { ...rows, ...completeRows(matrix, extra.supplementary, params, watch) }
  }
  return {
    ...rows,
    ...(lacks && { filled: filledCells(columns, rowsUsed, fill!, watch) }),
    ...(supplementaryLacks && { supplementaryFilled: filledCells(columns, extra.supplementary, fill!, watch) })
  }
}

const noCells: FilledCells = {
  rows: new Int32Array(0),
  columns: new Int32Array(0),
  values: new Float64Array(0)
}

const hasGaps = (columns: readonly Float64Array[], rows: Int32Array): boolean =>
  columns.some((column) => rows.some((row) => Number.isNaN(column[row])))

/** Components an iterative PCA can fill with. */
const mostComponents = ({ rowsUsed, columns }: Pick<TableMatrix, 'rowsUsed' | 'columns'>): number =>
  Math.min(rowsUsed.length - 2, columns.length - 1)

/** The rows that are only projected; those that lack a value and get none are left out, and said. */
function supplementaryOf(
  table: TableView,
  names: readonly string[],
  { columns, fill }: TableMatrix,
  wanted: Int32Array
): Pick<FittedRows, 'supplementary' | 'supplementaryDropped'> {
  const supplementaryDropped: TableMatrix['dropped'] = []
  const supplementary = wanted.filter((row) => {
    const without = names.filter((_, j) => Number.isNaN(columns[j]![row]))
    if (without.length === 0 || fill !== null) return true
    supplementaryDropped.push({ row, line: table.lines[row] ?? 0, columns: without })
    return false
  })
  return { supplementary, supplementaryDropped }
}

function filledCells(
  columns: readonly Float64Array[],
  rowsUsed: Int32Array,
  valueOf: readonly number[] | ((row: number, column: number) => number),
  watch: Watch
): FilledCells {
  const rows: number[] = []
  const places: number[] = []
  const values: number[] = []
  inPieces(rowsUsed.length, columns.length, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      columns.forEach((column, j) => {
        if (!Number.isNaN(column[rowsUsed[i]!])) return
        rows.push(rowsUsed[i]!)
        places.push(j)
        values.push(typeof valueOf === 'function' ? valueOf(i, j) : valueOf[j]!)
      })
    }
  })
  return { rows: Int32Array.from(rows), columns: Int32Array.from(places), values: Float64Array.from(values) }
}

/** Regularized iterative PCA (core/preparation/iterative-pca.ts) on the rows of the fit; the supplementary ones are filled by the
 * components it ends with. */
function completeRows(
  { columns, rowsUsed }: TableMatrix,
  supplementary: Int32Array,
  { columns: names, scale, imputeComponents }: PcaParams,
  watch: Watch
): Pick<FittedRows, 'columns' | 'filled' | 'supplementaryFilled' | 'imputeComponents'> {
  const [n, p] = [rowsUsed.length, columns.length]
  const most = mostComponents({ rowsUsed, columns })
  if (most < 1) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Missing values',
      reason: `iterative PCA needs at least 2 columns and 3 rows, and has ${p} and ${n}`,
      limit: 'more columns, or the column mean'
    })
  }
  if (imputeComponents !== null && imputeComponents > most) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Components to fill with',
      reason: `${imputeComponents} are more than ${p} columns and ${n} rows have`,
      limit: `1 to ${most}`
    })
  }
  const x = rowsOf(columns, rowsUsed, watch)
  // Every scale but none makes columns of different units count alike while they are filled.
  const unit = scale !== 'none'
  const chosen = imputeComponents ?? chooseComponents(x, unit, watch)
  const { data } = completeByPca(x, chosen, unit, watch)
  const filled = filledCells(columns, rowsUsed, (i, j) => data[i * p + j]!, watch)
  const lacking = supplementary.filter((row) => columns.some((column) => Number.isNaN(column[row])))
  const others = completeOthers(createMatrix(n, p, data), chosen, unit, rowsOf(columns, lacking, watch), watch)
  const supplementaryFilled = filledCells(columns, lacking, (i, j) => others[i * p + j]!, watch)
  const copies = names.map((_, j) => columns[j]!.slice())
  for (const { rows, columns: places, values } of [filled, supplementaryFilled]) {
    for (let at = 0; at < rows.length; at++) copies[places[at]!]![rows[at]!] = values[at]!
  }
  return { columns: copies, filled, supplementaryFilled, imputeComponents: chosen }
}

/** Some rows of columns as a matrix. */
function rowsOf(columns: readonly Float64Array[], which: Int32Array, watch: Watch): Matrix {
  const [n, p] = [which.length, columns.length]
  const x = createMatrix(n, p, ordinaryArray(n * p))
  inPieces(n, p, watch, (from, to) => {
    for (let i = from; i < to; i++) for (let j = 0; j < p; j++) x.data[i * p + j] = columns[j]![which[i]!]!
  })
  return x
}

/** The cells of a column in the rows of the fit. */
export function cellsOf(column: Float64Array, rowsUsed: Int32Array, fill: number): Float64Array {
  const values = new Float64Array(rowsUsed.length)
  for (let i = 0; i < values.length; i++) {
    const value = column[rowsUsed[i]!]!
    values[i] = Number.isNaN(value) ? fill : value
  }
  return values
}
