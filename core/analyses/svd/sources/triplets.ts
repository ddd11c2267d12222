import { EigendeskError } from '../../../contract/errors.ts'
import type { TableView } from '../../../contract/table.ts'
import { createSparse } from '../../../linalg/sparse.ts'
import type { Watch } from '../../../linalg/watch.ts'
import { counted } from '../../../stats/counted.ts'
import { makePace } from '../../../linalg/pace.ts'
import { findColumn, readNames } from '../../../table/named-rows.ts'
import type { SvdParams } from '../params.ts'
import { MOST_LISTED, type SvdSource } from './source.ts'

/** A long table: each row of it is one entry, named by a row and a column; entries of one place are added up, places without
 * one are 0. Without a column of values each row counts 1.
 * @throws COLUMN_UNKNOWN | COLUMN_NOT_NUMERIC | NON_FINITE with file line and field | INVALID_PARAMETER where row or column
 * is not chosen | MATRIX_EMPTY */
export function readTriplets(table: TableView, params: SvdParams, watch: Watch): SvdSource {
  if (params.row === null || params.column === null) {
    const field = params.row === null ? 'Row' : 'Column'
    throw new EigendeskError('INVALID_PARAMETER', { field, reason: 'no column is chosen', limit: 'a column of names' })
  }
  const pace = makePace(watch.checkpoint)
  const rows = readNames(findColumn(table, params.row), table.nRows, pace)
  const columns = readNames(findColumn(table, params.column), table.nRows, pace)
  const values = params.value === null ? null : numbersIn(table, params.value)
  const used = new Int32Array(table.nRows)
  const dropped: SvdSource['dropped'] = []
  let [kept, lost] = [0, 0]
  for (let row = 0; row < table.nRows; row++) {
    pace(4)
    const value = values?.[row] ?? 1
    if (value === Infinity || value === -Infinity) {
      const line = table.lines[row]!
      throw new EigendeskError('NON_FINITE', { file: table.fileName, line, field: params.value!, value })
    }
    const without = [
      ...(rows.index[row]! < 0 ? [params.row] : []),
      ...(columns.index[row]! < 0 ? [params.column] : []),
      ...(Number.isNaN(value) ? [params.value!] : [])
    ]
    if (without.length === 0) used[kept++] = row
    else if (lost++ < MOST_LISTED) dropped.push({ row, line: table.lines[row]!, columns: without })
  }
  if (kept === 0) throw new EigendeskError('MATRIX_EMPTY', { file: table.fileName, value: 'row' })
  const entries = used.subarray(0, kept)
  const triplets = {
    rowIndexes: entries.map((row) => rows.index[row]!),
    columnIndexes: entries.map((row) => columns.index[row]!),
    values: Float64Array.from(entries, (row) => values?.[row] ?? 1)
  }
  const a = createSparse(rows.names.length, columns.names.length, triplets, watch)
  const duplicates = kept - a.values.length
  return {
    matrix: { kind: 'sparse', a },
    rowNames: rows.names,
    columnNames: columns.names,
    dropped,
    duplicates,
    emptyDocuments: [],
    text: null,
    notes: [
      ...(lost > 0 ? [`${counted(lost, 'row')} with a missing value ${lost === 1 ? 'was' : 'were'} left out.`] : []),
      ...(duplicates > 0 ? [`${counted(duplicates, 'row')} named a place that had a value: they were added up.`] : [])
    ]
  }
}

function numbersIn(table: TableView, name: string): Float64Array {
  const column = findColumn(table, name)
  if (column.kind === 'number') return column.values
  const value = column.kind === 'codes' ? 'a category' : 'text'
  throw new EigendeskError('COLUMN_NOT_NUMERIC', { field: name, value })
}
