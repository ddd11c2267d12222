import { EigendeskError } from '../../../contract/errors.ts'
import type { TableView } from '../../../contract/table.ts'
import { createMatrix } from '../../../linalg/matrix.ts'
import { inPieces } from '../../../linalg/passes.ts'
import type { Watch } from '../../../linalg/watch.ts'
import { counted } from '../../../stats/counted.ts'
import { toMatrix } from '../../../table/matrix.ts'
import type { SvdParams } from '../params.ts'
import { nameRows } from './row-names.ts'
import { MOST_LISTED, type SvdSource } from './source.ts'

/** Numeric columns as they stand, neither centred nor scaled; rows with a missing value are left out.
 * @throws TOO_FEW_COLUMNS | TOO_FEW_ROWS, and what toMatrix throws */
export function readColumns(table: TableView, params: SvdParams, watch: Watch): SvdSource {
  if (params.columns.length === 0) throw new EigendeskError('TOO_FEW_COLUMNS')
  const read = toMatrix(table, params.columns, 'drop', watch)
  const [rows, columns] = [read.nSamples, params.columns.length]
  if (rows === 0) throw new EigendeskError('TOO_FEW_ROWS', { value: 0, wanted: 1 })
  const a = createMatrix(rows, columns)
  inPieces(rows, columns, watch, (from, to) => {
    for (let j = 0; j < columns; j++) {
      const values = read.columns[j]!
      for (let i = from; i < to; i++) a.data[i * columns + j] = values[read.rowsUsed[i]!]!
    }
  })
  const lost = read.dropped.length
  return {
    matrix: { kind: 'dense', a },
    rowNames: nameRows(table, read.rowsUsed, params.label),
    columnNames: [...params.columns],
    rowsUsed: read.rowsUsed,
    dropped: read.dropped.slice(0, MOST_LISTED),
    duplicates: 0,
    emptyDocuments: [],
    text: null,
    notes: lost === 0 ? [] : [`${counted(lost, 'row')} with a missing value ${lost === 1 ? 'was' : 'were'} left out.`]
  }
}
