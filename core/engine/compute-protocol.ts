import type { AnalysisKind, AnalysisResult } from '../contract/analysis.ts'
import type { Difference } from '../contract/reimport.ts'
import type { ErrorData } from '../contract/errors.ts'
import type { StudyKind } from '../contract/study.ts'
import type { JobBytes } from '../contract/session.ts'
import type { PreparationPreview, Step, StepReport } from '../contract/preparation.ts'
import type {
  ColumnChoice,
  ColumnSummary,
  ColumnType,
  Dialect,
  DialectOverrides,
  Preview,
  RaggedPolicy,
  RatingsShape,
  TableView
} from '../contract/table.ts'
import type { MovieLensForm, MovieLensPreview } from '../contract/movielens.ts'
import type { CompareTask } from './compare-request.ts'
import type { Attached } from '../preparation/working-table.ts'
import type { BuiltTable } from '../table/read.ts'
import type { Requests } from './requests.ts'
import type { UnknownRows } from '../export/factors/predictions.ts'
import type { CarrySvdTask, CarryTask } from './carry-request.ts'
import type { ExportTask } from './export-request.ts'
import type { Answers, RecommendTask } from './recommend-request.ts'
import type { LookAnswers, LookTask } from './look-request.ts'
import type { ResultReference } from './session-requests.ts'

/** Int32 slots of the memory shared with a worker while it works. */
export const CONTROL = {
  /** 1 once the person asked to stop */
  cancel: 0,
  /** KiB of chunks sent and not yet stored */
  pending: 1,
  slots: 2
} as const

/** A worker waits while more than this is sent and not yet stored: enough to keep both sides busy. */
export const PENDING_KIB = 32 * 1024

/** A piece of a column on its way into the session. */
export interface StoredChunk {
  position: number
  chunk: number
  /** in memory of its own, given away, or in shared memory, which is the store's until it has stored it */
  data: Uint8Array
}

/** Bytes of a file the preview looks at. A larger file is read whole at import. */
export const PREVIEW_BYTES = 1024 * 1024

export interface RunTask {
  task: 'run'
  kind: AnalysisKind
  params: Record<string, unknown>
  table: TableView
  others: Record<string, TableView>
}

/** A study of a stored result. */
export interface StudyTask {
  task: 'study'
  kind: StudyKind
  params: Record<string, unknown>
  table: TableView
  others: Record<string, TableView>
  before: { params: unknown; summary: unknown } | null
  analysis: ResultReference
}

export interface PreviewTask {
  task: 'preview'
  path: string
  dialect: DialectOverrides
  types: Record<string, ColumnType>
  ragged: RaggedPolicy
  /** the rows to be shown begin at this line of the file; 1 where it is left out */
  fromLine?: number
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

/** Steps on the columns of a dataset, all of them, in their order. */
export interface PrepareTask {
  task: 'prepare'
  table: TableView
  columns: ColumnSummary[]
  /** cells filled in before, by column name */
  imputed: Record<string, number[]>
  /** what results say of its rows, by the key of the step that attaches it */
  attached: Attached
  dialect: Dialect
  steps: Step[]
  /** true: say what the steps would do, send no chunk, and stop at the first that cannot be done without failing */
  previewOnly: boolean
}

/** What is understood of the two files of a folder of MovieLens. */
export interface MovieLensPreviewTask {
  task: 'previewMovieLens'
  form: MovieLensForm
  ratings: string
  items: string
}

/** Gets ready for a run: the threads, and so much of the memory of the kernels. */
export interface WarmTask {
  task: 'warm'
  bytes: number
}

export type ComputeTask =
  | WarmTask
  | CompareTask
  | MovieLensPreviewTask
  | RunTask
  | StudyTask
  | PreviewTask
  | ImportTask
  | PrepareTask
  | LookTask
  | ExportTask
  | RecommendTask
  | CarryTask
  | CarrySvdTask

/** What an import task ends with; its chunks went ahead of it. */
export interface ImportedTable extends BuiltTable {
  chunkRows: number
  bytes: number
  sha256: string
  typed?: Preview['typed']
}

/** What a preparation ends with; its chunks went ahead of it. */
export interface PreparedTable {
  nRows: number
  columns: ColumnSummary[]
  dictionaries: (string[] | null)[]
  ratings: RatingsShape | null
  reports: StepReport[]
  /** the column of the parent each column is, by position; null for one a step has made */
  origins: (string | null)[]
  /** cells that steps filled in, by column name: first row and number of rows of each run */
  imputed: Record<string, number[]>
}

export type ComputeMessage =
  | { type: 'progress'; phase: string; fraction: number; point?: Record<string, number>; bytes?: JobBytes }
  /** what a study has found so far */
  | { type: 'kept'; summary: Record<string, unknown> }
  | { type: 'chunks'; chunks: StoredChunk[]; kib: number }
  /** what was sent so far is void: the columns come again, of other types */
  | { type: 'restart' }
  /** lends: arrays of the result lie in shared memory of the worker, which begins nothing else until it is released */
  | { type: 'ran'; result: AnalysisResult<Record<string, unknown>>; lends: boolean }
  | { type: 'warmed' }
  | { type: 'previewed'; preview: Preview }
  | { type: 'previewed-movielens'; preview: MovieLensPreview }
  | { type: 'imported'; table: ImportedTable }
  | { type: 'prepared'; table: PreparedTable }
  | { type: 'prepare-previewed'; preview: PreparationPreview }
  | { type: 'looked'; answer: LookAnswers[keyof LookAnswers] }
  /** the worker wants to read pieces of what is stored */
  | { type: 'reading'; requests: Requests }
  | { type: 'exported'; bytes: number }
  /** unknown: of a table of pairs */
  | { type: 'carried'; bytes: number; unknown?: UnknownRows }
  | { type: 'recommended'; answer: Answers[keyof Answers] }
  | { type: 'compared'; difference: Difference }
  | { type: 'failed'; error: ErrorData }

export interface ComputeStart {
  task: ComputeTask
  control: SharedArrayBuffer
}
