import { z } from 'zod'

/** What a column holds. Booleans keep the two words of the file; dates keep their text. */
export const columnTypeSchema = z.enum(['number', 'category', 'text', 'date', 'boolean'])
export type ColumnType = z.infer<typeof columnTypeSchema>

/** One character, or a few that stand together ("::"). */
export const delimiterSchema = z.string().min(1).max(8)
/** As the WHATWG Encoding Standard names them: what TextDecoder reads; and three code pages of DOS that it does not. */
export const encodingSchema = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'koi8-r',
  'ibm437',
  'ibm850',
  'ibm852',
  'ibm866',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr'
])
export type Encoding = z.infer<typeof encodingSchema>

/** How the bytes of a file become cells. Lines count from 1. */
const dialectParts = {
  delimiter: delimiterSchema,
  /** delimiters that follow each other count as one: columns filled up with spaces */
  repeated: z.boolean(),
  quote: z.enum(['"', "'", '']),
  /** what stands before a quote inside a quoted field: '' another quote (RFC 4180), or a backslash */
  escape: z.enum(['', '\\']),
  encoding: encodingSchema,
  decimal: z.enum(['.', ',']),
  /** what stands between groups of three digits; '' nothing. ' ' is any space, thin and unbreakable ones too */
  thousands: z.enum(['', ',', '.', ' ', "'"]),
  /** what may stand at a number and is no part of it: currencies, %; '()' a number in parentheses is negative; '\u2212' is a minus.
   * Cells with other signs are no numbers */
  signs: z.array(z.string().min(1).max(8)).max(20),
  newline: z.enum(['\n', '\r\n', '\r', 'mixed']),
  /** the line that holds the names, or the first of several; null where none does */
  headerRow: z.number().int().min(1).nullable(),
  /** rows that hold the names, one below the other; the names of a column are joined by a space */
  headerRows: z.number().int().min(1).max(20),
  /** line on which the data begins; the header, where there is one, is above it. Lines above that are neither (a title,
   * a count) are skipped */
  firstDataRow: z.number().int().min(1),
  /** rows at the end that are no data: totals, a source, a remark */
  footerRows: z.number().int().min(0).max(1000),
  /** line on which the last row of data ends, where another table stands below it; null where the rows go on to the footer */
  lastDataRow: z.number().int().min(1).nullable(),
  /** a line that begins with this is no row; '' where there are no such lines. One may be the header, with the names behind
   * the sign */
  comment: z.string().max(8),
  /** which of two ambiguous numbers of a date is the day: 3/4/2024. null where no date is ambiguous, or nobody can say */
  dateOrder: z.enum(['dmy', 'mdy']).nullable(),
  /** the same of columns that say otherwise, by their position from 0 */
  dateOrders: z.record(z.string().regex(/^\d+$/), z.enum(['dmy', 'mdy'])),
  /** what is done with an apostrophe before what a spreadsheet would run as a formula ('=1+1): taken off, or kept as text */
  guard: z.enum(['lift', 'keep']),
  missingTokens: z.array(z.string())
}
/** What a file of an older version, which did not know of these, was read with. */
export const plainDialect = {
  repeated: false,
  escape: '',
  thousands: '',
  signs: [] as string[],
  headerRows: 1,
  footerRows: 0,
  lastDataRow: null,
  comment: '',
  dateOrder: null,
  dateOrders: {} as Record<string, 'dmy' | 'mdy'>,
  guard: 'keep'
} as const
export const dialectSchema = z.object({
  ...dialectParts,
  repeated: dialectParts.repeated.default(plainDialect.repeated),
  escape: dialectParts.escape.default(plainDialect.escape),
  thousands: dialectParts.thousands.default(plainDialect.thousands),
  signs: dialectParts.signs.default(plainDialect.signs),
  headerRows: dialectParts.headerRows.default(plainDialect.headerRows),
  footerRows: dialectParts.footerRows.default(plainDialect.footerRows),
  lastDataRow: dialectParts.lastDataRow.default(plainDialect.lastDataRow),
  comment: dialectParts.comment.default(plainDialect.comment),
  dateOrder: dialectParts.dateOrder.default(plainDialect.dateOrder),
  dateOrders: dialectParts.dateOrders.default(plainDialect.dateOrders),
  guard: dialectParts.guard.default(plainDialect.guard)
})
export type Dialect = z.output<typeof dialectSchema>
/** The plainest CSV: names on line 1, commas, points, double quotes; an empty cell is missing. */
export const commaDialect: Dialect = {
  ...plainDialect,
  delimiter: ',',
  quote: '"',
  encoding: 'utf-8',
  decimal: '.',
  newline: '\n',
  headerRow: 1,
  firstDataRow: 2,
  missingTokens: ['']
}

/** What a person changed in the preview; everything else is detected again. */
export const dialectOverridesSchema = z.object(dialectParts).partial()
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
  /** the sign that stands at the numbers in the file: $, % */
  unit: z.string().optional(),
  /** of dates: what 3/4/2024 means in this column, where that is not what it means in the others of its file */
  dateOrder: z.enum(['dmy', 'mdy']).optional(),
  /** 1, 2, 3 … or 0, 1, 2 …: a row number, not a measurement */
  isRowNumber: z.boolean().optional(),
  /** numbers of which every one is whole: the page calls the type Integer */
  integer: z.boolean().optional(),
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
    'INTEGER_TOO_LARGE',
    'FORMULA_GUARD'
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

/** Files in which the types of the columns stand. */
export const typedFormatSchema = z.enum(['Parquet', 'NumPy', 'PNG', 'JPEG'])

/** What was understood of a file, before anything is stored. */
export const previewSchema = z.object({
  fileName: z.string(),
  /** set where columns and types stand in the file, which needs no dialect then */
  typed: typedFormatSchema.optional(),
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
  /** finite: true where it is known that no value is missing or infinite; left out where nobody has looked */
  | { kind: 'number'; name: string; values: Float64Array; finite?: true }
  | { kind: 'codes'; name: string; codes: Int32Array; dictionary: string[] }
  | { kind: 'text'; name: string; values: (string | null)[] }

/** The part of a dataset an analysis asked for. lines: file line of each row, so that an error can name it. */
export interface TableView {
  fileName: string
  nRows: number
  lines: Int32Array
  columns: ColumnData[]
}
