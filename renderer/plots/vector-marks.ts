import { withOpacity, type PlotTheme } from './theme.ts'

/** What is not chosen, while something is. */
export const DIMMED = 0.4
/** px of the hollow mark of a level */
const LEVEL_MARK = 8
const CIRCLE_SEGMENTS = 120

/** Levels of categories: hollow diamonds. */
export function levelTrace(
  levels: readonly { x: number; y: number }[],
  dimmed: boolean,
  theme: PlotTheme
): Record<string, unknown> {
  const colour = dimmed ? withOpacity(theme.markStrong, DIMMED) : theme.markStrong
  return {
    type: 'scatter',
    mode: 'markers',
    x: levels.map(({ x }) => x),
    y: levels.map(({ y }) => y),
    marker: {
      symbol: 'diamond-open',
      size: LEVEL_MARK,
      color: colour,
      opacity: 1,
      line: { width: 1.5, color: colour }
    },
    hoverinfo: 'none',
    cliponaxis: false
  }
}

/** The unit circle. */
export function circleTrace(theme: PlotTheme): Record<string, unknown> {
  const angles = Array.from({ length: CIRCLE_SEGMENTS + 1 }, (_, i) => (2 * Math.PI * i) / CIRCLE_SEGMENTS)
  return {
    type: 'scatter',
    mode: 'lines',
    x: angles.map(Math.cos),
    y: angles.map(Math.sin),
    line: { color: theme.axis, width: 1 },
    hoverinfo: 'skip'
  }
}
