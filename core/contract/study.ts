import { z } from 'zod'
import type { AnalysisKind, AnalysisResult, DatasetShape, ResultArray, RunContext } from './analysis.ts'
import type { TableView } from './table.ts'

/** What can be computed of a stored result on demand. One line here, one folder in core/analyses/<analysis>/studies/, one
 * line each in its specs.ts and runs.ts. */
export const studyKindSchema = z.enum([
  'criteria',
  'factorability',
  'rotation',
  'bootstrap',
  'description',
  'neighbours',
  'clusters',
  'models',
  'search',
  'stability'
])
export type StudyKind = z.infer<typeof studyKindSchema>
/** Those of a factorization; all others are of a PCA. */
export type FactorizationStudyKind = Extract<StudyKind, 'models' | 'search' | 'stability'>
export type PcaStudyKind = Exclude<StudyKind, FactorizationStudyKind>

/** A study without its maths: pure, so that the page may import it.
 * AnalysisParams and AnalysisSummary are those of the result it looks at. */
export interface StudySpec<
  Params extends Record<string, unknown>,
  Summary,
  AnalysisParams = unknown,
  AnalysisSummary = unknown
> {
  kind: StudyKind
  of: AnalysisKind
  /** name of the job in the status bar: "Parallel analysis" */
  title: string
  params: z.ZodType<Params>
  summary: z.ZodType<Summary>
  /** what was found, the one thing worth saying: "Parallel analysis keeps 2 components" */
  finding: (summary: Summary) => string
  /** complete parameters under those asked for; not validated: params does that */
  defaults: (analysis: { params: AnalysisParams; summary: AnalysisSummary }, asked?: Record<string, unknown>) => Params
  /** names of the dataset columns the run reads */
  columnsNeeded: (params: Params, analysisParams: AnalysisParams, dataset: DatasetShape) => string[]
  /** ids of further datasets of the session the run reads: those of the analysis */
  datasetsNeeded?: (params: Params, analysisParams: AnalysisParams) => string[]
  /** arrays of the result the run reads */
  arraysNeeded: readonly string[]
}

/** What a study looks at. */
export interface StudyInput<AnalysisParams = unknown, AnalysisSummary = unknown> {
  table: TableView
  /** the further datasets, by id: none, unless datasetsNeeded names them */
  others?: Record<string, TableView>
  params: AnalysisParams
  summary: AnalysisSummary
  /** the stored study of the same kind, which this one takes the place of */
  before?: { params: unknown; summary: unknown } | null
  /** one of arraysNeeded; undefined where the result has no array of that name. Not modified. */
  array: (name: string) => ResultArray | undefined
}

/** The maths of a study: runs in a compute worker, never modifies its input. Its arrays are stored beside the result's own
 * under "<kind>.<name>". */
export type StudyRun<AnalysisParams, AnalysisSummary, Params, Summary> = (
  input: StudyInput<AnalysisParams, AnalysisSummary>,
  params: Params,
  context: RunContext
) => AnalysisResult<Summary>
