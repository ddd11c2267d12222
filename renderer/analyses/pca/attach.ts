import type { AnalysisInfo } from '../../../core/contract/session.ts'

type Params = Record<string, unknown>

/** A step that adds the clusters of a result to its table. @param computedAt when they were computed */
export const attachClusters = (analysis: AnalysisInfo, computedAt: string): Params => ({
  kind: 'attach',
  what: 'clusters',
  analysisId: analysis.id,
  analysisName: analysis.name,
  computedAt,
  nComponents: 1,
  column: 'Cluster'
})

/** A step that adds the scores on the first components. */
export const attachScores = (analysis: AnalysisInfo, nComponents: number): Params => ({
  kind: 'attach',
  what: 'scores',
  analysisId: analysis.id,
  analysisName: analysis.name,
  computedAt: '',
  nComponents,
  column: 'PC'
})

/** A step that adds the scores on the rotated factors. @param computedAt when they were rotated */
export const attachFactors = (analysis: AnalysisInfo, nFactors: number, computedAt: string): Params => ({
  kind: 'attach',
  what: 'factors',
  analysisId: analysis.id,
  analysisName: analysis.name,
  computedAt,
  nComponents: nFactors,
  column: 'RC'
})

/** A step that adds the columns whose gaps the fit filled, with those values in them. */
export const attachFilled = (analysis: AnalysisInfo, columns: readonly string[]): Params => ({
  kind: 'attach',
  what: 'filled',
  analysisId: analysis.id,
  analysisName: analysis.name,
  computedAt: '',
  nComponents: 1,
  column: 'filled',
  columns: [...columns]
})
