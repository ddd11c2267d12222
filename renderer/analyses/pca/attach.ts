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
