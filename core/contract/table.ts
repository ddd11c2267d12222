import { z } from 'zod'

/** What a column holds. Booleans keep the two words of the file; dates keep their text. */
export const columnTypeSchema = z.enum(['number', 'category', 'text', 'date', 'boolean'])
export type ColumnType = z.infer<typeof columnTypeSchema>

export const delimiterSchema = z.string().length(1)
export const encodingSchema = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
export type Encoding = z.infer<typeof encodingSchema>

/** How the bytes of a file become cells. headerRow is the line (from 1) that holds the names, null where none does;
 * skippedLines are lines before the data that are neither header nor data (a title, a count). */
export const dialectSchema = z.object({
  delimiter: delimiterSchema,
  quote: z.enum(['"', "'", '']),
  encoding: encodingSchema,
  decimal: z.enum(['.', ',']),
  newline: z.enum(['\n', '\r\n', '\r', 'mixed']),
  headerRow: z.number().int().min(1).nullable(),
  /** 1-based line on which the data begins; the header, where there is one, is above it. */
  firstDataRow: z.number().int().min(1),
  missingTokens: z.array(z.string())
})
export type Dialect = z.infer<typeof dialectSchema>

/** What a person changed in the preview; everything else is detected again. */
export const dialectOverridesSchema = dialectSchema.partial()
export type DialectOverrides = z.infer<typeof dialectOverridesSchema>

/** One line of evidence for a guess. 'sure' shows a tick, 'unsure' a triangle, 'none' nothing. */
export const evidenceSchema = z.object({ text: z.string(), certainty: z.enum(['sure', 'unsure', 'none']) })
export type Evidence = z.infer<typeof evidenceSchema>

/** Statistics of a column over the rows read. mean and sd (divisor n − 1) only for numbers. */
export const columnSummarySchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  missing: z.number().int(),
  distinct: z.number().int().optional(),
  /** true where counting distinct values stopped at its limit */
  distinctIsLowerBound: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  mean: z.number().optional(),
  sd: z.number().optional(),
  /** largest number of decimals seen in the file, so that 18.0 is shown as 18.0 */
  decimals: z.number().int().optional(),
  /** 1, 2, 3 … or 0, 1, 2 …: a row number, not a measurement */
  isRowNumber: z.boolean().optional(),
  /** numbers: counts in equal bins between min and max; other types: counts of the most frequent values */
  histogram: z.array(z.number().int()).optional(),
  topValues: z.array(z.object({ value: z.string(), count: z.number().int() })).optional()
})
export type ColumnSummary = z.infer<typeof columnSummarySchema>

/** Something in the file that was not taken as it stands. line and column count from 1; column 0 is the whole line. */
export const problemSchema = z.object({
  code: z.enum([
    'TOO_MANY_FIELDS',
    'TOO_FEW_FIELDS',
    'NOT_A_NUMBER',
    'STRAY_QUOTE',
    'UNCLOSED_QUOTE',
    'NUL_BYTE',
    'INVALID_ENCODING',
    'LINE_SKIPPED',
    'DUPLICATE_NAME',
    'EMPTY_NAME',
    'NON_FINITE',
    'INTEGER_TOO_LARGE'
  ]),
  severity: z.enum(['error', 'warning', 'info']),
  line: z.number().int().min(1),
  column: z.number().int().min(0),
  field: z.string().optional(),
  /** the offending text, cut to 80 characters */
  text: z.string().optional(),
  message: z.string(),
  /** what is done with it, in words */
  treatment: z.string()
})
export type Problem = z.infer<typeof problemSchema>
export type ProblemCode = Problem['code']

/** Problems are kept up to a limit and counted beyond it. */
export const problemReportSchema = z.object({
  kept: z.array(problemSchema),
  counts: z.partialRecord(problemSchema.shape.code, z.number().int()),
  total: z.number().int()
})
export type ProblemReport = z.infer<typeof problemReportSchema>

/** What to do with a row that has more or fewer fields than the header. */
export const raggedPolicySchema = z.enum(['leaveOut', 'pad'])
export type RaggedPolicy = z.infer<typeof raggedPolicySchema>

/** A column as a person wants it imported. */
export const columnChoiceSchema = z.object({ index: z.number().int().min(0), name: z.string(), type: columnTypeSchema })
export type ColumnChoice = z.infer<typeof columnChoiceSchema>

/** What was understood of a file, before anything is stored. */
export const previewSchema = z.object({
  fileName: z.string(),
  fileBytes: z.number(),
  /** bytes the figures below speak of; less than fileBytes for a large file, and the UI says so */
  bytesRead: z.number(),
  milliseconds: z.number(),
  dialect: dialectSchema,
  evidence: z.record(z.string(), evidenceSchema),
  nRows: z.number().int(),
  columns: z.array(columnSummarySchema),
  /** first rows: the file line and the cells as written (null where the row is short) */
  rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string().nullable()) })),
  problems: problemReportSchema,
  nRowsLeftOut: z.number().int(),
  ragged: raggedPolicySchema,
  /** set where the columns look like ratings: indexes of user, item, rating; or wide with the user column */
  ratings: z
    .union([
      z.object({
        form: z.literal('long'),
        user: z.string(),
        item: z.string(),
        rating: z.string().nullable(),
        timestamp: z.string().nullable()
      }),
      z.object({ form: z.literal('wide'), user: z.string() })
    ])
    .nullable()
})
export type Preview = z.infer<typeof previewSchema>
export type RatingsShape = NonNullable<Preview['ratings']>

/** Cells of some rows of one column, ready to show. Missing is NaN in numbers and null in texts. */
export type Cells = { kind: 'number'; values: Float64Array } | { kind: 'text'; values: (string | null)[] }

/** A whole column for the maths. Arrays may lie on shared memory. Missing is NaN, code −1, null. */
export type ColumnData =
  | { kind: 'number'; name: string; values: Float64Array }
  | { kind: 'codes'; name: string; codes: Int32Array; dictionary: string[] }
  | { kind: 'text'; name: string; values: (string | null)[] }

/** The part of a dataset an analysis asked for. lines: file line of each row, so that an error can name it. */
export interface TableView {
  fileName: string
  nRows: number
  lines: Int32Array
  columns: ColumnData[]
}
