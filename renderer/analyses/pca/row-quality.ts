import { componentsWithVariance, shownShare } from '../../../core/analyses/pca/figures/row-measures.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { DiagnosedRows } from './diagnosis.svelte.ts'
import type { PcaPoints } from './points.svelte.ts'

/** How well the shown plane represents a row, and what the row brings into it. */
export interface RowQuality {
  /** cos² of the one or two components together, by point */
  cos2: (point: number) => number
  /** percent, of the variance of the one or two components together, by point */
  contribution: (point: number) => number
}

/** What is asked for is worked out, row by row: a table shows a few of a million. Null while the scores are on their way. */
export function rowQuality(
  points: PcaPoints,
  { distances, weights }: Pick<DiagnosedRows, 'distances' | 'weights'>,
  { explainedVariance }: PcaSummary
): RowQuality | null {
  const shown = [...new Set(points.axes)]
  const n = distances.length
  const scores = shown.map((component) => points.scoresOf(component))
  if (scores.some((one) => one?.length !== n)) return null
  const variances = shown.map((component) => explainedVariance[component] ?? 0)
  const together = variances.reduce((sum, variance) => sum + variance, 0) || 1
  /** of each component, what a weighted square counts */
  let factors: number[] | null = null
  const factorsOf = (): number[] =>
    scores.map((own, at) => {
      let sum = 0
      for (let i = 0; i < n; i++) sum += (weights === null ? 1 : weights[i]!) * own![i]! ** 2
      const counts = componentsWithVariance([variances[at]!]) > 0 && sum > 0
      return counts ? ((variances[at]! / together) * 100) / sum : 0
    })
  return {
    cos2: (point) => {
      let square = 0
      for (const own of scores) square += own![point]! ** 2
      return shownShare(square, distances[point]!)
    },
    contribution: (point) => {
      factors ??= factorsOf()
      const weight = weights === null ? 1 : weights[point]!
      let sum = 0
      for (let at = 0; at < scores.length; at++) sum += factors[at]! * weight * scores[at]![point]! ** 2
      return sum
    }
  }
}

/** A measure of every row. */
export function ofEveryRow(n: number, measure: (point: number) => number): Float64Array {
  const values = new Float64Array(n)
  for (let point = 0; point < n; point++) values[point] = measure(point)
  return values
}
