import type { AnalysisKind, AnalysisResult } from '../contract/analysis.ts'
import type { ErrorData } from '../contract/errors.ts'
import type {
  ColumnChoice,
  ColumnType,
  Dialect,
  DialectOverrides,
  Preview,
  RaggedPolicy,
  TableView
} from '../contract/table.ts'
import type { BuiltTable } from '../table/read.ts'

/** Int32 slots of the memory shared with a worker while it works. */
export const CONTROL = {
  /** 1 once the person asked to stop */
  cancel: 0,
  /** chunks sent and not yet stored: the worker waits above PENDING_CHUNK_LIMIT */
  pending: 1,
  slots: 2
} as const

/** 64 chunks of 512 KiB: enough to keep both sides busy, 32 MiB at most. */
export const PENDING_CHUNK_LIMIT = 64

/** Bytes of a file the preview looks at. A larger file is read whole at import. */
export const PREVIEW_BYTES = 8 * 1024 * 1024

export interface RunTask {
  task: 'run'
  kind: AnalysisKind
  params: Record<string, unknown>
  table: TableView
  others: Record<string, TableView>
}

export interface PreviewTask {
  task: 'preview'
  path: string
  dialect: DialectOverrides
  types: Record<string, ColumnType>
  ragged: RaggedPolicy
}

export interface ImportTask {
  task: 'import'
  path: string
  dialect: Dialect
  /** null: as detected over the whole file */
  columns: ColumnChoice[] | null
  /** with columns null: types a person chose, by column index */
  types: Record<string, ColumnType>
  ragged: RaggedPolicy
}

export type ComputeTask = RunTask | PreviewTask | ImportTask

/** What an import task ends with; its chunks went ahead of it. */
export interface ImportedTable extends BuiltTable {
  bytes: number
  sha256: string
}

export type ComputeMessage =
  | { type: 'progress'; phase: string; fraction: number; point?: Record<string, number> }
  | { type: 'chunk'; position: number; chunk: number; data: Uint8Array }
  | { type: 'ran'; result: AnalysisResult<Record<string, unknown>> }
  | { type: 'previewed'; preview: Preview }
  | { type: 'imported'; table: ImportedTable }
  | { type: 'failed'; error: ErrorData }

export interface ComputeStart {
  task: ComputeTask
  control: SharedArrayBuffer
}
