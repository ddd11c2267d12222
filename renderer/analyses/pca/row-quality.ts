import { rowContributions } from '../../../core/analyses/pca/figures/row-measures.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { DiagnosedRows } from './diagnosis.svelte.ts'
import type { PcaPoints } from './points.svelte.ts'

/** How well the shown plane represents each row, and what each brings into it; by point. */
export interface RowQuality {
  /** cos² of the one or two components together */
  cos2: Float64Array
  /** percent, of the variance of the one or two components together */
  contribution: Float64Array
}

/** Null while the scores are on their way. */
export function rowQuality(
  points: PcaPoints,
  { distances, weights }: DiagnosedRows,
  { explainedVariance }: PcaSummary
): RowQuality | null {
  const shown = [...new Set(points.axes)]
  const scores = shown.map((component) => points.scoresOf(component))
  const n = distances.length
  if (scores.some((one) => one?.length !== n)) return null
  const squares = new Float64Array(n)
  const contribution = new Float64Array(n)
  const variances = shown.map((component) => explainedVariance[component] ?? 0)
  const together = variances.reduce((sum, variance) => sum + variance, 0) || 1
  scores.forEach((own, at) => {
    const share = variances[at]! / together
    const parts = rowContributions({ scores: own!, nComponents: 1, weights }, [variances[at]!])
    for (let i = 0; i < n; i++) {
      squares[i]! += own![i]! ** 2
      contribution[i]! += share * parts[i]!
    }
  })
  const cos2 = squares.map((square, i) => (distances[i]! > 0 ? Math.min(1, square / distances[i]!) : 0))
  return { cos2, contribution }
}
