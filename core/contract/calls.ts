import { z } from 'zod'
import { analysisKindSchema } from './analysis.ts'
import { call } from './call.ts'
import { carryCalls } from './carry-calls.ts'
import { exportCalls } from './export-calls.ts'
import { comparisonCalls } from './comparison-calls.ts'
import { modelCalls } from './model-calls.ts'
import { movieLensCalls } from './movielens.ts'
import { preparationCalls } from './preparation-calls.ts'
import { fileTokenSchema } from './file-token.ts'
import { keepCalls } from './keep-calls.ts'
import { readingCalls } from './reading-calls.ts'
import { reimportCalls } from './reimport-calls.ts'
import { lookingCalls } from './looking-calls.ts'
import { pointCalls } from './point-calls.ts'
import { studyCalls } from './study-calls.ts'
import { ratingsCalls } from './ratings-calls.ts'
import { recommendCalls } from './recommend-calls.ts'
import { reportCalls } from './report-calls.ts'
import { scriptCalls } from './script-calls.ts'
import { svdCalls } from './svd-calls.ts'
import { sampleIdSchema } from './samples.ts'
import { analysisRecordSchema, recentSchema, sessionInfoSchema, viewStateSchema, type Job } from './session.ts'
import {
  columnChoiceSchema,
  columnTypeSchema,
  dialectOverridesSchema,
  dialectSchema,
  previewSchema,
  raggedPolicySchema,
  type Cells,
  type ColumnData
} from './table.ts'
import type { ErrorData } from './errors.ts'
import type { StudyKind } from './study.ts'
import type { ResultArray } from './analysis.ts'

const id = z.string().min(1)
const nothing = z.object({})
/** types a person changed, by column index */
const chosenTypesSchema = z.record(z.string().regex(/^\d+$/), columnTypeSchema)
const jobId = z.object({ jobId: z.string() })

/** At most this many rows cross in one call: what a screen can show, with room to scroll. */
export const MAX_ROWS_PER_CALL = 500

/** Every call the renderer (or the command line) can make of the engine. Parameters are validated in the engine;
 * results are typed here and trusted. A call that starts work answers with the job's id; its end is an event. */
export const calls = {
  'session.get': call(nothing, sessionInfoSchema),
  'session.new': call(nothing, sessionInfoSchema),
  'session.open': call(z.object({ file: fileTokenSchema }), sessionInfoSchema),
  'session.saveAs': call(z.object({ file: fileTokenSchema }), sessionInfoSchema),
  'session.setView': call(z.object({ view: viewStateSchema }), nothing),

  'recent.list': call(nothing, z.array(recentSchema)),
  'recent.open': call(z.object({ id }), sessionInfoSchema),
  'recent.forget': call(z.object({ id }), nothing),

  /** application settings, outside any session */
  'setting.get': call(z.object({ key: z.enum(['theme']) }), z.object({ value: z.string().nullable() })),
  'setting.set': call(z.object({ key: z.enum(['theme']), value: z.string().max(200) }), nothing),

  'sample.open': call(z.object({ sample: sampleIdSchema }), jobId),

  'import.preview': call(
    z.object({
      file: fileTokenSchema,
      dialect: dialectOverridesSchema.optional(),
      types: chosenTypesSchema.optional(),
      ragged: raggedPolicySchema.optional(),
      /** the rows to be shown begin at this line of the file, not at the first */
      fromLine: z.number().int().min(1).optional()
    }),
    previewSchema
  ),
  'import.commit': call(
    z.object({
      file: fileTokenSchema,
      name: z.string().min(1).max(200),
      dialect: dialectSchema,
      /** null: every column, typed over the whole file */
      columns: z.array(columnChoiceSchema).min(1).nullable(),
      /** with columns null: the types that are not to be told from the file */
      types: chosenTypesSchema.optional(),
      ragged: raggedPolicySchema
    }),
    jobId
  ),
  /** the preview of a file is left: nothing is kept of what was read of it */
  'import.dismiss': call(z.object({ file: fileTokenSchema }), nothing),

  /** cells of the given rows (0-based, any order), every column, with the file line of each row */
  'dataset.rows': call(
    z.object({ datasetId: id, rows: z.array(z.number().int().min(0)).max(MAX_ROWS_PER_CALL) }),
    z.custom<{ lines: number[]; columns: Cells[] }>()
  ),
  /** one whole column, for colouring and naming points */
  'dataset.column': call(z.object({ datasetId: id, column: z.string() }), z.custom<ColumnData>()),
  'dataset.rename': call(z.object({ datasetId: id, name: z.string().min(1).max(200) }), nothing),
  'dataset.remove': call(z.object({ datasetId: id }), nothing),

  ...preparationCalls,
  ...readingCalls,
  ...lookingCalls,

  'analysis.run': call(
    z.object({
      datasetId: id,
      kind: analysisKindSchema,
      params: z.record(z.string(), z.unknown()),
      /** run again in place: the old result is replaced when the new one is stored */
      replaces: id.optional()
    }),
    jobId
  ),
  'analysis.get': call(z.object({ analysisId: id }), analysisRecordSchema),
  /** one array of a result; columns picks columns of a 2-D one (row-major, in the order asked) */
  'analysis.array': call(
    z.object({ analysisId: id, name: z.string(), columns: z.array(z.number().int().min(0)).max(1000).optional() }),
    z.custom<ResultArray>()
  ),
  'analysis.list': call(z.object({ analysisId: id, name: z.string() }), z.custom<string[]>()),
  'analysis.rename': call(z.object({ analysisId: id, name: z.string().min(1).max(200) }), nothing),
  'analysis.remove': call(z.object({ analysisId: id }), nothing),

  ...pointCalls,

  ...studyCalls,

  ...exportCalls,
  ...modelCalls,
  ...comparisonCalls,
  ...scriptCalls,
  ...reportCalls,
  ...recommendCalls,
  ...carryCalls,
  ...svdCalls,
  ...ratingsCalls,

  ...movieLensCalls,

  ...keepCalls,
  ...reimportCalls,

  'job.cancel': call(z.object({ jobId: z.string() }), nothing)
}

export type CallName = keyof typeof calls
export type CallParams<N extends CallName> = z.input<(typeof calls)[N]['params']>
export type CallResult<N extends CallName> = z.output<(typeof calls)[N]['result']>

/** How a job ended. */
export type JobOutcome =
  | {
      state: 'done'
      datasetId?: string
      analysisId?: string
      /** whose place it took */ replaced?: string
      /** written to a file */ bytes?: number
      /** a new reading that differs */ comparisonId?: string
      /** computed of a result */ studyKind?: StudyKind
      /** rows that name users or items a model does not know */ unknown?: { users: number; items: number }
    }
  | { state: 'failed'; error: ErrorData }
  | { state: 'cancelled' }

/** What the engine says unasked. */
export type EngineEvent =
  | { event: 'job.progress'; job: Job }
  | { event: 'job.finished'; job: Job; outcome: JobOutcome }
  /** the result of a job can be looked at; it ends when that is stored */
  | { event: 'job.shown'; job: Job; outcome: Extract<JobOutcome, { state: 'done' }> }
  /** datasets, analyses or the session's name changed: ask session.get again */
  | { event: 'session.changed' }
