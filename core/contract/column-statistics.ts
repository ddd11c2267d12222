import { z } from 'zod'

/** Of a column whose most frequent value has this share of its values, it is said that it is nearly constant. */
export const NEARLY_CONSTANT_SHARE = 0.99
/** Of two columns of numbers whose correlation is at least this, in magnitude, it is said. */
export const STRONG_CORRELATION = 0.95
/** Columns of numbers among which strong correlations are looked for, at most. */
export const MOST_COMPARED = 2000
/** Columns of a heatmap of correlations, at most. */
export const MOST_CORRELATED = 200

/** Something about a column that a person should know before it goes into an analysis. */
export const columnFlagSchema = z.discriminatedUnion('kind', [
  /** no cell has a value */
  z.object({ kind: z.literal('empty') }),
  z.object({ kind: z.literal('constant') }),
  z.object({ kind: z.literal('nearlyConstant'), value: z.string(), share: z.number() }),
  /** cell for cell the same as a column before it */
  z.object({ kind: z.literal('duplicate'), of: z.string() }),
  /** the column it is most strongly correlated with (Pearson) */
  z.object({ kind: z.literal('correlated'), with: z.string(), r: z.number() })
])
export type ColumnFlag = z.infer<typeof columnFlagSchema>

/** Statistics of one column over all rows; core/stats/describe-column.ts says how each is defined. */
export const columnStatisticsSchema = z.object({
  name: z.string(),
  present: z.number().int(),
  missing: z.number().int(),
  distinct: z.number().int(),
  min: z.number().optional(),
  max: z.number().optional(),
  mean: z.number().optional(),
  sd: z.number().optional(),
  /** 5, 25, 50, 75 and 95 % */
  quantiles: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]).optional(),
  skewness: z.number().optional(),
  flags: z.array(columnFlagSchema)
})
export type ColumnStatistics = z.infer<typeof columnStatisticsSchema>

export const tableStatisticsSchema = z.object({
  columns: z.array(columnStatisticsSchema),
  /** rows, evenly spread, in which strong correlations were looked for; null: not looked for */
  rowsCompared: z.number().int().nullable()
})
export type TableStatistics = z.infer<typeof tableStatisticsSchema>

/** What only the column that is looked at is asked for. */
export interface ColumnDetail {
  /** numbers: counts in equal bins between min and max */
  histogram: number[]
  /** the most frequent values */
  top: { value: string; count: number }[]
}

export type CorrelationMethod = 'pearson' | 'spearman'

/** Correlations of every pair of some columns, row-major; NaN where a pair has none. */
export interface CorrelationTable {
  r: Float64Array
  /** rows in which both columns have a value */
  n: Int32Array
  /** the columns so that similar ones stand side by side: by 1 − |r|, and by 1 − r */
  byStrength: Int32Array
  bySign: Int32Array
  /** rows that were looked at: all of them, or evenly spread ones of a very large table */
  rows: number
}
