import { matchColumns } from '../../contract/model.ts'
import type { PlacedRows } from '../../contract/svd-calls.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { gemm } from '../../linalg/gemm.ts'
import type { Matrix } from '../../linalg/matrix.ts'
import { euclideanNorm } from '../../linalg/norms.ts'
import { createSparse, type SparseMatrix } from '../../linalg/sparse.ts'
import { multiplySparse } from '../../linalg/sparse-multiply.ts'
import type { Watch } from '../../linalg/watch.ts'
import { counted } from '../../stats/counted.ts'
import type { SvdParams } from './params.ts'
import { readColumns } from './sources/columns.ts'
import { countText, nameDocuments, remarkOnTexts } from './sources/text.ts'
import { readTriplets } from './sources/triplets.ts'
import { weighTerms } from './text/tfidf.ts'

/** What other rows are placed with: V, and how a table becomes rows of A. */
export interface SvdAxes {
  /** of the model, for errors */
  name: string
  params: SvdParams
  /** names of the columns of A, in order */
  columns: readonly string[]
  /** V, columns × K */
  axes: Matrix
  /** of text: the words that were left out, and the weight of each term */
  text: { stopWords: ReadonlySet<string>; idf: Float64Array } | null
}

/** Places rows of a table on the factors of a model: A·V, which for rows of the fit is U·diag(σ). Columns are matched by their
 * names; those the model does not know count as 0.
 * @param table not modified
 * @throws MODEL_COLUMNS naming what is missing | COLUMN_UNKNOWN | what reading throws | CANCELLED */
export function placeRows(table: TableView, model: SvdAxes, watch: Watch): PlacedRows {
  const { axes } = model
  const { names, rowsUsed, rows, unknown, notes } = readRows(table, model, watch)
  const coordinates = 'data' in rows ? gemm(rows, axes, {}, watch) : multiplySparse(rows, axes, watch)
  const { columns: K, data } = coordinates
  const cos2 = Float64Array.from(names, (_, i) => {
    const row =
      'data' in rows
        ? rows.data.subarray(i * rows.columns, (i + 1) * rows.columns)
        : rows.values.subarray(rows.rowStarts[i], rows.rowStarts[i + 1])
    const [whole, held] = [euclideanNorm(row), euclideanNorm(data.subarray(i * K, (i + 1) * K))]
    return whole > 0 ? Math.min(1, (held / whole) ** 2) : NaN
  })
  const { rows: n } = coordinates
  return { names, rowsUsed, coordinates: { dtype: 'float64', shape: [n, K], data }, cos2, unknown, notes }
}

interface NewRows extends Pick<PlacedRows, 'names' | 'rowsUsed' | 'unknown' | 'notes'> {
  rows: Matrix | SparseMatrix
}

function readRows(table: TableView, model: SvdAxes, watch: Watch): NewRows {
  const label = model.params.label
  const isThere = table.columns.some(({ name }) => name === label)
  const params: SvdParams = { ...model.params, label: isThere ? label : null }
  if (params.source === 'columns') {
    requireColumns(table, model)
    const { matrix, rowNames, rowsUsed = null, notes } = readColumns(table, params, watch)
    return { rows: matrix.a, names: rowNames, rowsUsed, unknown: 0, notes }
  }
  if (params.source === 'triplets') {
    const { matrix, rowNames, columnNames, notes } = readTriplets(table, params, watch)
    const { rows, unknown } = align(matrix.a as SparseMatrix, columnNames, model.columns, watch)
    const lost = unknown === 0 ? [] : [`${counted(unknown, 'column')} the model does not know count as 0.`]
    return { rows, names: rowNames, rowsUsed: null, unknown, notes: [...notes, ...lost] }
  }
  const { stopWords, idf } = model.text!
  // Every term counts here: what the limits left out of the fit is not among the model's terms.
  const found = countText(table, { ...params, minDocuments: 1, maxShare: 1 }, watch, stopWords)
  const { rows, unknown } = align(found.counts, found.terms, model.columns, watch)
  const lost = unknown === 0 ? [] : [`${counted(unknown, 'term')} the model does not know count as 0.`]
  return {
    rows: weighTerms(rows, idf, params.sublinear, watch),
    names: nameDocuments(table, params, found),
    rowsUsed: Int32Array.from(found.used),
    unknown,
    notes: [...remarkOnTexts({ ...found, counts: rows }), ...lost]
  }
}

function requireColumns(table: TableView, { name, params }: SvdAxes): void {
  const types = table.columns.map((column) => ({ name: column.name, type: column.kind }))
  const { missing, otherType } = matchColumns({ columns: params.columns }, types)
  if (missing.length + otherType.length === 0) return
  const value = [...missing, ...otherType.map((column) => column.name)].join(', ')
  throw new EigendeskError('MODEL_COLUMNS', { value, reason: name })
}

/** The same rows with the columns of a model, in its order; entries of columns that it does not know are left out. */
function align(
  a: SparseMatrix,
  names: readonly string[],
  known: readonly string[],
  watch: Watch
): { rows: SparseMatrix; unknown: number } {
  const places = new Map(known.map((name, place) => [name, place]))
  const placeOf = Int32Array.from(names, (name) => places.get(name) ?? -1)
  const used = Int32Array.from(a.columnIndexes.keys()).filter((e) => placeOf[a.columnIndexes[e]!]! >= 0)
  const rowOf = new Int32Array(a.values.length)
  for (let i = 0; i < a.rows; i++) rowOf.fill(i, a.rowStarts[i], a.rowStarts[i + 1])
  const triplets = {
    rowIndexes: used.map((e) => rowOf[e]!),
    columnIndexes: used.map((e) => placeOf[a.columnIndexes[e]!]!),
    values: Float64Array.from(used, (e) => a.values[e]!)
  }
  const unknown = placeOf.reduce((count, place) => count + Number(place < 0), 0)
  return { rows: createSparse(a.rows, known.length, triplets, watch), unknown }
}
