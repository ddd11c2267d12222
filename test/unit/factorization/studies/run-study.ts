import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import type { FactorizationParams } from '../../../../core/analyses/factorization/spec.ts'
import { factorizationStudyRuns } from '../../../../core/analyses/factorization/studies/runs.ts'
import { factorizationStudySpecs } from '../../../../core/analyses/factorization/studies/specs.ts'
import type { ModelsSummary } from '../../../../core/analyses/factorization/studies/models/spec.ts'
import type { SearchSummary } from '../../../../core/analyses/factorization/studies/search/spec.ts'
import type { StabilitySummary } from '../../../../core/analyses/factorization/studies/stability/spec.ts'
import type { RunContext } from '../../../../core/contract/analysis.ts'
import type { FactorizationStudyKind } from '../../../../core/contract/study.ts'
import type { TableView } from '../../../../core/contract/table.ts'
import { buildParams, drawRatings, quiet, tableOfCells } from '../build.ts'

export const drawn: TableView = tableOfCells(drawRatings(30, 20, 0.4, 8))

interface Summaries {
  models: ModelsSummary
  search: SearchSummary
  stability: StabilitySummary
}

/** Fits drawn ratings and runs a study of the result; what comes out satisfies its schema. */
export function studyOf<Kind extends FactorizationStudyKind>(
  kind: Kind,
  fitted: Partial<FactorizationParams>,
  asked: Record<string, unknown> = {},
  context: RunContext = quiet,
  before: { params: unknown; summary: unknown } | null = null,
  table: TableView = drawn
): { summary: Summaries[Kind]; params: Record<string, unknown> } {
  const { summary: stored, arrays } = runFactorization(table, buildParams(fitted), quiet, {})
  const analysis = { params: buildParams(fitted), summary: stored }
  const spec = factorizationStudySpecs[kind]
  const params = spec.params.parse(spec.defaults(analysis as never, asked))
  const input = { table, others: {}, before, ...analysis, array: (name: string) => arrays[name] }
  const found = factorizationStudyRuns[kind](input as never, params as never, context)
  const summary = spec.summary.parse(JSON.parse(JSON.stringify(found.summary))) as Summaries[Kind]
  return { summary, params }
}
