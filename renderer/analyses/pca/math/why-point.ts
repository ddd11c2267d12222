import { outermostPoints } from '../../../../core/analyses/pca/figures.ts'
import type { PcaPoints } from '../points.svelte.ts'

/** The point whose place is explained: the first that is selected, else the one furthest out in the plane shown. */
export function whyPointOf(points: PcaPoints): number {
  const first = points.selected[0]
  if (first !== undefined) return first
  const [x, y] = points.axes
  const [horizontal, vertical] = [points.scoresOf(x), points.scoresOf(y)]
  if (!points.summary || !horizontal || !vertical) return 0
  const variance = points.summary.explainedVariance
  return outermostPoints(horizontal, vertical, variance[x] ?? 0, variance[y] ?? 0, 1)[0] ?? 0
}
