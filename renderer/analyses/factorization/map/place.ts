import type { FactorPoints } from '../factors.svelte.ts'
import type { PersonMark } from './marks.ts'

/** Where somebody of given factors stands among the points of a map; nowhere without factors or a map. */
export function markOf(
  points: FactorPoints,
  factors: Float64Array | null | undefined,
  name: string,
  you: boolean
): PersonMark[] {
  const { plane, axes } = points
  if (!factors || !plane) return []
  const [xAxis, yAxis] = axes
  const y = xAxis === yAxis ? 0 : (factors[yAxis] ?? 0) * plane.scale
  return [{ x: (factors[xAxis] ?? 0) * plane.scale, y, name, you }]
}
