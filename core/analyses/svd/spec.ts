import { z } from 'zod'
import type { AnalysisSpec, DatasetShape } from '../../contract/analysis.ts'
import { labelColumn } from '../pca/spec.ts'
import { svdFields } from './fields.ts'
import { guessSource, usualColumns } from './guess.ts'
import { columnsRead, SVD_SOLVERS, svdParamsSchema, type SvdParams } from './params.ts'

const place = { row: z.number().int(), line: z.number().int() }
const perFactor = z.array(z.number())

/** Everything of a truncated SVD A ≈ U·diag(σ)·Vᵀ that is small. Arrays, row-major: leftVectors (nRows×K) is U, rightVectors
 * (nColumns×K) is V, spectrum (the σ that were computed: all, or the first K), columnEntries (nColumns: entries that are not
 * 0), for documents and numeric columns rowsUsed (nRows; 0-based rows of the dataset), for text documentCounts (nColumns), and
 * the part of A that is looked at: shownRows, shownColumns, shown (those rows × those columns), and of U and V the same rows:
 * shownLeft, shownRight.
 * Lists: rows, columns (names). */
export const svdSummarySchema = z.object({
  source: svdParamsSchema.shape.source,
  nRows: z.number().int(),
  nColumns: z.number().int(),
  /** that are not 0 */
  nEntries: z.number().int(),
  /** nEntries / (nRows · nColumns) */
  density: z.number(),
  nFactors: z.number().int(),
  /** σ, descending; largest first */
  singularValues: perFactor,
  /** ‖A‖F */
  frobeniusNorm: z.number(),
  /** σ²/‖A‖F² */
  normShare: perFactor,
  cumulativeNormShare: perFactor,
  /** variance of the columns of U·diag(σ), divisor n, and its share of that of the columns of A: what scikit-learn's
   * TruncatedSVD reports. Shares are 0 where no column of A varies */
  explainedVariance: perFactor,
  explainedVarianceRatio: perFactor,
  /** ‖A − A_k‖F for k = 0 … K: formed and measured, or where that would take too long from the products uₖᵀ·A·vₖ */
  errors: perFactor,
  errorsFormed: z.boolean(),
  /** √Σ_{i>k} σᵢ² for k = 0 … K: the least any matrix of rank k can leave (Eckart & Young 1936) */
  eckartYoung: perFactor,
  signRule: z.literal('largest-positive'),
  solver: z.enum(SVD_SOLVERS),
  solverReason: z.string(),
  seed: z.number().int(),
  certificate: z.object({
    /** largest of ‖Av−σu‖ and ‖Aᵀu−σv‖, by max(nRows, nColumns)·ulp·σ₁ */
    residual: z.number(),
    /** larger of ‖I−UᵀU‖ and ‖I−VᵀV‖, by max(nRows, nColumns)·ulp */
    orthogonality: z.number()
  }),
  /** rows left out for a missing cell: row (0-based), file line, the columns; the first 10,000 */
  dropped: z.array(z.object({ ...place, columns: z.array(z.string()) })),
  /** entries of a place that had one: added up */
  duplicates: z.number().int(),
  /** documents without a term: rows of zeros; the first 10,000 */
  emptyDocuments: z.array(z.object(place)),
  text: z
    .object({
      nWords: z.number().int(),
      stopWordsLeftOut: z.number().int(),
      rareTerms: z.number().int(),
      frequentTerms: z.number().int()
    })
    .nullable(),
  notes: z.array(z.string()),
  /** milliseconds by phase */
  timings: z.record(z.string(), z.number())
})
export type SvdSummary = z.infer<typeof svdSummarySchema>

const SOURCE_WORDS: Record<SvdParams['source'], string> = {
  columns: 'SVD',
  triplets: 'Sparse SVD',
  text: 'Latent semantics'
}

/** Factors unless another number is asked for. */
const USUAL_FACTORS = { columns: 50, triplets: 10, text: 10 }

/** The column that names rows; sentences that are read are no names of themselves. */
function nameColumn(dataset: DatasetShape, source: SvdParams['source'], text: string | null): string | null {
  const label = labelColumn(dataset)
  return source === 'text' && label === text ? null : label
}

export const svdSpec: AnalysisSpec<SvdParams, SvdSummary> = {
  kind: 'svd',
  title: 'Truncated SVD',
  description: 'Rows and columns, or documents and words, on the few factors that hold most of a table.',
  params: svdParamsSchema,
  summary: svdSummarySchema,
  fields: svdFields,
  defaults: (dataset, asked = {}) => {
    const guessed = { ...guessSource(dataset), ...asked }
    const columns = (asked['columns'] as string[] | undefined) ?? usualColumns(dataset)
    const source = guessed.source
    const usual = USUAL_FACTORS[source]
    return {
      ...guessed,
      columns,
      language: 'en',
      stopWords: 'list',
      minDocuments: dataset.nRows >= 50 ? 2 : 1,
      maxShare: 1,
      ngrams: 'words',
      sublinear: false,
      label: nameColumn(dataset, source, guessed.text),
      nFactors: source === 'columns' ? Math.max(1, Math.min(usual, dataset.nRows, columns.length)) : usual,
      solver: 'auto',
      seed: 1,
      ...asked
    }
  },
  settle: (params, before, dataset) => {
    const source = params['source'] as SvdParams['source']
    if (source === before['source']) return params
    const nColumns = (params['columns'] as string[]).length
    const most = source === 'columns' ? Math.max(1, Math.min(dataset.nRows, nColumns)) : Infinity
    const label = nameColumn(dataset, source, params['text'] as string | null)
    return { ...params, nFactors: Math.min(USUAL_FACTORS[source], most), label }
  },
  nameOf: ({ source, nFactors }) => `${SOURCE_WORDS[source]}, ${nFactors} factor${nFactors === 1 ? '' : 's'}`,
  columnsNeeded: columnsRead
}
