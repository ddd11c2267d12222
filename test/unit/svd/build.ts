import { runSvd } from '../../../core/analyses/svd/run.ts'
import { svdParamsSchema, type SvdParams } from '../../../core/analyses/svd/params.ts'
import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import type { AnalysisResult } from '../../../core/contract/analysis.ts'
import { buildTable, quiet, type Cell } from '../factorization/build.ts'

/** Complete parameters under those given. */
export function svdParams(over: Partial<SvdParams>): SvdParams {
  return svdParamsSchema.parse({
    source: 'columns',
    columns: [],
    row: null,
    column: null,
    value: null,
    text: null,
    language: 'en',
    stopWords: 'none',
    minDocuments: 1,
    maxShare: 1,
    ngrams: 'words',
    sublinear: false,
    label: null,
    nFactors: 2,
    solver: 'auto',
    seed: 1,
    ...over
  })
}

/** Columns called c1, c2 … */
export function svdOfRows(rows: number[][], over: Partial<SvdParams> = {}): AnalysisResult<SvdSummary> {
  const columns = rows[0]!.map((_, j) => `c${j + 1}`)
  return runSvd(buildTable(columns, rows), svdParams({ columns, ...over }), quiet)
}

export function svdOfEntries(entries: Cell[][], over: Partial<SvdParams> = {}): AnalysisResult<SvdSummary> {
  const named = { source: 'triplets', row: 'row', column: 'column', value: 'value' } as const
  return runSvd(buildTable(['row', 'column', 'value'], entries), svdParams({ ...named, ...over }), quiet)
}

export function svdOfTexts(texts: (string | null)[], over: Partial<SvdParams> = {}): AnalysisResult<SvdSummary> {
  const table = buildTable(
    ['text'],
    texts.map((text) => [text])
  )
  return runSvd(table, svdParams({ source: 'text', text: 'text', ...over }), quiet)
}
