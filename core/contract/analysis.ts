import { z } from 'zod'
import type { Roles } from './preparation.ts'
import type { ColumnData, ColumnSummary, RatingsShape, TableView } from './table.ts'

/** The analyses there are. One line here and one in core/analyses/registry.ts and renderer/analyses/registry.ts. */
export const analysisKindSchema = z.enum(['pca', 'svd', 'factorization'])
export type AnalysisKind = z.infer<typeof analysisKindSchema>

/** What a form needs to know of a dataset to choose defaults. */
export interface DatasetShape {
  name: string
  nRows: number
  columns: ColumnSummary[]
  ratings: RatingsShape | null
  /** what a person said columns are for, by name: they choose columns beforehand, never for good */
  roles?: Roles
}

/** How one parameter is asked for. The form, its validation and the command line are made from these. */
export interface FieldSpec {
  key: string
  label: string
  /** one plain sentence; may depend on what is chosen */
  help: (params: Record<string, unknown>, dataset: DatasetShape) => string
  control:
    /** optional: none need be chosen */
    | { kind: 'columns'; accepts: ColumnSummary['type'][]; optional?: boolean }
    | { kind: 'column'; accepts: ColumnSummary['type'][]; optional: boolean }
    /** offered: which of the options can be chosen now; all where left out */
    | {
        kind: 'choice'
        options: { value: string; label: string }[]
        offered?: (params: Record<string, unknown>) => readonly string[]
      }
    /** one of two or three, side by side, told from the other parameters: choosing one sets those */
    | {
        kind: 'either'
        options: { value: string; label: string }[]
        valueOf: (params: Record<string, unknown>) => string
        choose: (params: Record<string, unknown>, value: string, dataset: DatasetShape) => Record<string, unknown>
      }
    /** optional: left empty it is null, and something chooses, or it means what empty says */
    | {
        kind: 'integer'
        min: number
        max: (params: Record<string, unknown>, dataset: DatasetShape) => number
        optional?: boolean
        empty?: string
      }
    /** empty: left empty it is null, which means what this says */
    | { kind: 'number'; min: number; max: number; step: number; exclusiveMin?: boolean; empty?: string }
    | { kind: 'toggle'; text: string }
    | { kind: 'text' }
    /** conditions on the rows of a table */
    | { kind: 'conditions' }
    /** said, not asked: "Columns are always centred" */
    | { kind: 'fixed'; text: string }
  /** fields that few people change stand together, folded at first */
  section?: 'more'
  /** two short fields with the same group share a row */
  group?: string
  visible?: (params: Record<string, unknown>, dataset: DatasetShape) => boolean
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** An analysis without its maths: pure, so that the renderer may import it. */
export interface AnalysisSpec<Params extends Record<string, unknown>, Summary> {
  kind: AnalysisKind
  title: string
  /** shown under the title when choosing an analysis: one sentence */
  description: string
  params: z.ZodType<Params>
  summary: z.ZodType<Summary>
  fields: FieldSpec[]
  /** complete parameters: sensible ones for this dataset under those asked for. Not validated: params does that. */
  defaults: (dataset: DatasetShape, asked?: Record<string, unknown>) => Params
  /** what follows from a change that was made in the form: fields that depend on it are set right with it */
  settle?: (
    params: Record<string, unknown>,
    before: Record<string, unknown>,
    dataset: DatasetShape
  ) => Record<string, unknown>
  /** name given to a new result: "Principal components", "ALS, 8 factors" */
  nameOf: (params: Params) => string
  /** names of the dataset columns the run will read */
  columnsNeeded: (params: Params, dataset: DatasetShape) => string[]
  /** ids of further datasets of the session the run will read, with the same columns */
  datasetsNeeded?: (params: Params) => string[]
}

export type ResultArray = (
  { dtype: 'float64'; shape: number[]; data: Float64Array } | { dtype: 'int32'; shape: number[]; data: Int32Array }
) & {
  /** only on the way from a worker into the store: the columns of a matrix lie together */
  byColumns?: true
}

/** What a run gives back: a small JSON summary, its arrays row-major, and lists of names too long for the summary. */
export interface AnalysisResult<Summary> {
  summary: Summary
  arrays: Record<string, ResultArray>
  lists: Record<string, string[]>
}

/** How a run talks to the outside while it works. */
export interface RunContext {
  /** phase in words ("Centring", "sweep 9 of 15"), fraction 0…1; point: one more point of a live curve */
  progress: (phase: string, fraction: number, point?: Record<string, number>) => void
  /** throws CANCELLED when the person asked to stop; call it at least every 100 ms of work */
  checkpoint: () => void
  /** What a study has found so far is stored as it is: stopping loses only what comes after. A summary of its schema, without
   * arrays. Absent where nothing is stored. */
  keep?: (summary: Record<string, unknown>) => void
  /** large arrays of the result may lie in the memory of the kernels: who asked has read them before the next run begins */
  lend?: boolean
}

/** The maths of an analysis: runs in a compute worker, never modifies its input. others: the further datasets, by id. */
export type AnalysisRun<Params, Summary> = (
  table: TableView,
  params: Params,
  context: RunContext,
  others: Record<string, TableView>
) => AnalysisResult<Summary>

/** One exported table: a header and rows of cells; JSON export writes the same as named arrays. */
export interface ExportTable {
  /** file name part: iris-pca-scores.csv */
  name: string
  label: string
  columns: { name: string; values: ArrayLike<number> | string[] }[]
}

/** A stored result as the export and the figures see it. */
export interface StoredResult<Summary> {
  summary: Summary
  /** names of its arrays, those of its studies ("<kind>.<name>") included; not known of every result */
  arrays?: readonly string[]
  /** @param columns of a matrix, where others are not wanted: row-major, in the order asked */
  array: (name: string, columns?: number[]) => ResultArray
  list: (name: string) => string[]
  /** every column of the dataset it is of, in order; not known of every result */
  table?: () => readonly ColumnData[]
}
