import { z } from 'zod'
import { LANGUAGE_CODES } from './text/languages.ts'

export const SVD_SOLVERS = ['direct', 'krylov', 'randomized'] as const
export type SvdSolver = (typeof SVD_SOLVERS)[number]

export const svdParamsSchema = z.object({
  /** what the matrix is made from */
  source: z.enum(['columns', 'triplets', 'text']),
  /** 'columns': numbers, taken as they stand */
  columns: z.array(z.string()),
  /** 'triplets': who names the row and the column of an entry, and its value; without one each row counts 1 */
  row: z.string().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  /** 'text': one document a row */
  text: z.string().nullable(),
  language: z.enum(LANGUAGE_CODES),
  stopWords: z.enum(['list', 'none']),
  /** terms in fewer documents, or in a larger share of them, are left out */
  minDocuments: z.number().int().min(1).max(1e6),
  maxShare: z.number().gt(0).max(1),
  ngrams: z.enum(['words', 'pairs']),
  /** 1 + ln(count) in place of the count */
  sublinear: z.boolean(),
  /** a column that names the rows or documents; never part of the matrix */
  label: z.string().nullable(),
  nFactors: z.number().int().min(1).max(1000),
  solver: z.enum(['auto', ...SVD_SOLVERS]),
  /** of the start vectors of the Krylov and the randomized solver */
  seed: z.number().int().min(0).max(4294967295)
})
export type SvdParams = z.infer<typeof svdParamsSchema>

/** Names of the columns of a table that the matrix and its names are read from. */
export function columnsRead({ source, columns, row, column, value, text, label }: SvdParams): string[] {
  const named = { columns: [...columns, label], triplets: [row, column, value], text: [text, label] }[source]
  return [...new Set(named.filter((name) => name !== null))]
}
