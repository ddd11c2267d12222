import type { ExportTable } from '../contract/analysis.ts'
import type { ExportChoices, ExportFormat, Provenance } from '../contract/export.ts'
import type { ExportColumn } from '../export/source.ts'

/** A dataset of the session, to be read chunk by chunk. */
export interface StoredTable {
  name: string
  nRows: number
  chunkRows: number
  columns: (ExportColumn & { position: number })[]
  /** null: all */
  rows: Int32Array | null
  provenance: Provenance
}

export interface ExportTask {
  task: 'export'
  path: string
  format: ExportFormat
  choices: ExportChoices
  from: { table: ExportTable } | { stored: StoredTable }
}

/** What the engine is asked for: one chunk of a column, by its position in the dataset. */
export interface ChunkRequest {
  position: number
  chunk: number
}
