import { z } from 'zod'
import type { ErrorData } from './errors.ts'
import { analysisKindSchema, type JsonValue } from './analysis.ts'
import { preparationSchema, rolesSchema } from './preparation.ts'
import { studyKindSchema } from './study.ts'
import {
  columnSummarySchema,
  columnTypeSchema,
  dialectSchema,
  previewSchema,
  problemReportSchema,
  raggedPolicySchema,
  typedFormatSchema
} from './table.ts'

const jsonValueSchema: z.ZodType<JsonValue> = z.json()

/** A dataset as the tree and the table header show it. */
export const datasetInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  nRows: z.number().int(),
  columns: z.array(columnSummarySchema),
  ratings: previewSchema.shape.ratings,
  source: z.object({
    fileName: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    dialect: dialectSchema,
    /** set where the file needed no dialect */
    typed: typedFormatSchema.optional(),
    /** what became of ragged rows; not known of a dataset that an older version imported */
    ragged: raggedPolicySchema.optional(),
    /** types that a person chose; the others were told from the file */
    chosenTypes: z.array(z.object({ name: z.string(), type: columnTypeSchema })).optional()
  }),
  problems: problemReportSchema,
  nRowsLeftOut: z.number().int(),
  /** how it came from another dataset of the session; null for an imported one */
  preparation: preparationSchema.nullable(),
  /** what its columns are for, by name */
  roles: rolesSchema,
  createdAt: z.string()
})
export type DatasetInfo = z.infer<typeof datasetInfoSchema>

/** An analysis as the tree shows it. The summary and the arrays are asked for separately. */
export const analysisInfoSchema = z.object({
  id: z.string(),
  datasetId: z.string(),
  kind: analysisKindSchema,
  name: z.string(),
  params: z.record(z.string(), jsonValueSchema),
  milliseconds: z.number(),
  createdAt: z.string(),
  /** when each study of it was made, by kind */
  studies: z.partialRecord(studyKindSchema, z.string())
})
export type AnalysisInfo = z.infer<typeof analysisInfoSchema>

export const analysisRecordSchema = analysisInfoSchema.extend({
  summary: z.record(z.string(), jsonValueSchema),
  arrays: z.record(z.string(), z.object({ dtype: z.enum(['float64', 'int32']), shape: z.array(z.number().int()) })),
  lists: z.record(z.string(), z.number().int())
})
export type AnalysisRecord = z.infer<typeof analysisRecordSchema>

/** How the session is looked at: kept apart from what was asked. Restored when it is opened again. */
export const viewStateSchema = z.object({
  current: z.object({ type: z.enum(['dataset', 'analysis']), id: z.string() }).nullable(),
  /** chosen tab by object id */
  tabs: z.record(z.string(), z.string()),
  /** plot choices (axes, colour) by object id */
  plots: z.record(z.string(), z.record(z.string(), jsonValueSchema)),
  railOpen: z.boolean(),
  inspectorOpen: z.boolean(),
  /** px, where they were changed */
  railWidth: z.number().optional(),
  inspectorWidth: z.number().optional()
})
export type ViewState = z.infer<typeof viewStateSchema>

export const emptyViewState: ViewState = { current: null, tabs: {}, plots: {}, railOpen: true, inspectorOpen: true }

/** How far a file is read. */
const jobBytesSchema = z.object({ done: z.number(), total: z.number() })
export type JobBytes = z.infer<typeof jobBytesSchema>

/** A piece of work under way. */
export const jobSchema = z.object({
  id: z.string(),
  /** look: sorting, searching, statistics of a table that is looked at */
  kind: z.enum(['import', 'analysis', 'study', 'export', 'prepare', 'look', 'copy']),
  name: z.string(),
  phase: z.string(),
  fraction: z.number().min(0).max(1),
  startedAt: z.number(),
  /** the dataset an analysis belongs to; the result it replaces, if any */
  datasetId: z.string().optional(),
  analysisKind: analysisKindSchema.optional(),
  /** the result a study looks at, and its kind */
  analysisId: z.string().optional(),
  studyKind: studyKindSchema.optional(),
  /** bytes of the file read so far, where the work goes through one */
  bytes: jobBytesSchema.optional(),
  /** what came out is looked at already, and being stored: nothing stops it any more */
  shown: z.boolean().optional(),
  /** points of a live curve so far */
  points: z.array(z.record(z.string(), z.number()))
})
export type Job = z.infer<typeof jobSchema>

export const sessionInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  untitled: z.boolean(),
  datasets: z.array(datasetInfoSchema),
  analyses: z.array(analysisInfoSchema),
  view: viewStateSchema,
  jobs: z.array(jobSchema),
  /** the steps undo and redo would take, as verb phrases ("remove iris") */
  history: z.object({ undo: z.string().nullable(), redo: z.string().nullable() }),
  /** why the session used last could not be opened at start; told once */
  startupError: z.custom<ErrorData>().nullable()
})
export type SessionInfo = z.infer<typeof sessionInfoSchema>

/** A state of the session that a person gave a name to. */
export const checkpointSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  nDatasets: z.number().int(),
  nAnalyses: z.number().int()
})
export type Checkpoint = z.infer<typeof checkpointSchema>

export const recentSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** folder for people to read, home folder shortened to ~; '' for an untitled session */
  folder: z.string(),
  nDatasets: z.number().int(),
  nAnalyses: z.number().int(),
  openedAt: z.string(),
  missing: z.boolean()
})
export type Recent = z.infer<typeof recentSchema>
