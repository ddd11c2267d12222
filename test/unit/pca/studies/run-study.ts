import { pcaStudyRuns } from '../../../../core/analyses/pca/studies/runs.ts'
import { pcaStudySpecs } from '../../../../core/analyses/pca/studies/specs.ts'
import type { PcaParams } from '../../../../core/analyses/pca/spec.ts'
import type { AnalysisResult, RunContext } from '../../../../core/contract/analysis.ts'
import type { PcaStudyKind } from '../../../../core/contract/study.ts'
import type { TableView } from '../../../../core/contract/table.ts'
import { paramsFor, pcaOfTable, unwatchedRun } from '../fit-rows.ts'

/** Fits a table and runs a study of the result; what comes out satisfies its schema and holds finite numbers. */
export function studyOf<Summary>(
  kind: PcaStudyKind,
  table: TableView,
  fitted: Partial<PcaParams> = {},
  asked: Record<string, unknown> = {},
  context: RunContext = unwatchedRun
): AnalysisResult<Summary> {
  const { result, summary } = pcaOfTable(table, fitted)
  const spec = pcaStudySpecs[kind]
  const analysis = { params: paramsFor(table, fitted), summary }
  const params = spec.params.parse(spec.defaults(analysis as never, asked))
  const run = pcaStudyRuns[kind]
  const input = { table, ...analysis, array: (name: string) => result.arrays[name] }
  const found = run(input as never, params as never, context)
  for (const [name, { shape, data }] of Object.entries(found.arrays)) {
    if (data.length !== shape.reduce((product, size) => product * size, 1)) throw new Error(`${name} has a wrong shape`)
    if (!data.every(Number.isFinite)) throw new Error(`${name} holds a number that is not finite`)
  }
  return { ...found, summary: spec.summary.parse(JSON.parse(JSON.stringify(found.summary))) as Summary }
}
