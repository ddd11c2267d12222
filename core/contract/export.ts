import { z } from 'zod'

/** What a table can be written as. */
export const exportFormatSchema = z.enum(['csv', 'tsv', 'json', 'npy', 'npz', 'parquet'])
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** How a table is written. delimiter to guard are of CSV; of these TSV takes all but the delimiter. */
export const exportChoicesSchema = z.object({
  delimiter: z.enum([',', ';', '\t']).default(','),
  decimal: z.enum(['.', ',']).default('.'),
  header: z.boolean().default(true),
  /** a byte order mark at the start: older spreadsheets take a file without one for Latin-1 */
  bom: z.boolean().default(false),
  newline: z.enum(['\r\n', '\n']).default('\r\n'),
  quoting: z.enum(['needed', 'always']).default('needed'),
  /** how a missing cell is written */
  missing: z.enum(['', 'NA']).default(''),
  /** an apostrophe before what a spreadsheet would run as a formula */
  guard: z.boolean().default(true),
  /** CSV and TSV: source, checksum and steps in a file beside it */
  metadata: z.boolean().default(false),
  /** NPZ: its arrays are deflated */
  compress: z.boolean().default(true)
})
export type ExportChoices = z.output<typeof exportChoicesSchema>

export const plainExport: ExportChoices = exportChoicesSchema.parse({})

/** Which rows of a dataset are written: all of them, those of an arrangement the engine keeps (sorted, filtered), or these. */
export const exportRowsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('view'), viewId: z.string() }),
  z.object({ kind: z.literal('rows'), rows: z.instanceof(Int32Array) })
])
export type ExportRows = z.infer<typeof exportRowsSchema>

/** Where a table came from and what was done to it; travels with JSON, Parquet and the file beside a CSV. */
export interface Provenance {
  software: string
  dataset: string
  source: { fileName: string; bytes: number; sha256: string; dialect: Record<string, unknown> }
  /** what was done since the import, one sentence a step */
  steps: string[]
}

/** An export format in words: its name, its ending, and what it holds. */
export const exportFormats: Record<ExportFormat, { label: string; help: string }> = {
  csv: { label: 'CSV', help: 'Text with a delimiter: every program reads it.' },
  tsv: { label: 'TSV', help: 'Text with tabs: for spreadsheets and genomics tools.' },
  json: { label: 'JSON', help: 'Columns as named arrays, with the source, its checksum and every step.' },
  npy: { label: 'NumPy matrix (.npy)', help: 'One matrix of doubles. Only columns of numbers; missing is NaN.' },
  npz: {
    label: 'NumPy arrays (.npz)',
    help: 'One array a column, by name. A missing number is NaN, a missing text empty.'
  },
  parquet: { label: 'Parquet', help: 'Typed columns for pandas, R, DuckDB and the like. Missing stays missing.' }
}
