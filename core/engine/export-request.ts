import type { ExportChoices, ExportFormat, Provenance } from '../contract/export.ts'
import type { ColumnReference, ResultReference } from './session-requests.ts'

/** Arrays of a result that say which cells it filled in: row of the dataset, number of the column, value. */
export const FILLED_ARRAYS = ['imputedRow', 'imputedColumn', 'imputedValue'] as const

/** A dataset of the session, to be read chunk by chunk. */
export interface StoredTable {
  name: string
  nRows: number
  chunkRows: number
  columns: ColumnReference[]
  /** null: all */
  rows: Int32Array | null
  provenance: Provenance
}

export interface ExportTask {
  task: 'export'
  path: string
  format: ExportFormat
  choices: ExportChoices
  from:
    | {
        /** one of the tables a result can be taken away as */
        table: string
        result: ResultReference
        /** names of the rows of its dataset; null where no column names them */
        label: ColumnReference | null
        /** every column of the dataset, in order */
        columns: ColumnReference[]
      }
    | {
        stored: StoredTable
        /** a result whose filled cells stand in the gaps; null: they stay gaps */
        filled: ResultReference | null
      }
}
