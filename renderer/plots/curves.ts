import { extentOf, isChosen, padRange, roundStep, tickText, ticksIn, within, type AxisLimits } from './axes.ts'
import { LABEL_HEIGHT, measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { axisNames, baseLayout, escapeText, tickGap, type Size } from './scatter.ts'
import type { PlotTheme } from './theme.ts'

/** Round ticks on an axis at most, about, and at least, as long as they are this far apart in px. */
const MOST_TICKS = 9
const LEAST_TICKS = 3
const NEAREST_TICKS = 18

/** One line, named at its end. */
export interface Curve {
  name: string
  x: readonly number[]
  y: readonly number[]
  /** 'strong' is solid, 'soft' is dashed: told apart without colour */
  look: 'strong' | 'soft'
}

/** Heights for names at the ends of lines, pushed apart where they would touch; in px, order kept. */
export function spreadLabels(heights: readonly number[], distance: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!)
  const placed = [...heights]
  for (let i = 1; i < order.length; i++) {
    const below = placed[order[i - 1]!]!
    placed[order[i]!] = Math.max(placed[order[i]!]!, below + distance)
  }
  return placed
}

/** Lines over iterations. The vertical axis need not start at zero: what matters is where the lines flatten. */
export function drawCurves(
  curves: readonly Curve[],
  names: readonly [string, string],
  theme: PlotTheme,
  size: Size,
  limits?: AxisLimits
): Figure {
  const xExtent = extentOf(...curves.map((curve) => curve.x))
  const yRange = within(padRange(extentOf(...curves.map((curve) => curve.y)), 0.08), limits?.y)
  const top = 26
  const bottom = 38
  const height = Math.max(40, size.height - top - bottom)
  const stepFor = (distance: number): number => roundStep(((yRange[1] - yRange[0]) / height) * distance)
  const usual = stepFor(Math.max(34, height / MOST_TICKS))
  const step = ticksIn(yRange, usual).length < LEAST_TICKS ? stepFor(NEAREST_TICKS) : usual
  const ticks = ticksIn(yRange, step)
  const left = Math.round(
    Math.max(36, 20 + Math.max(0, ...ticks.map((tick) => measureText(tickText(tick, step), theme.font))))
  )
  const widestName = Math.max(0, ...curves.map((curve) => measureText(curve.name, theme.font)))
  const right = curves.length < 2 ? 16 : Math.round(16 + widestName)
  const width = Math.max(40, size.width - left - right)
  const xRange = within(
    xExtent[1] > xExtent[0] ? [xExtent[0], xExtent[1]] : [xExtent[0] - 0.5, xExtent[0] + 0.5],
    limits?.x
  )
  const xStep = Math.max(1, roundStep(((xRange[1] - xRange[0]) / width) * Math.max(44, width / MOST_TICKS)))
  const toHeight = (value: number): number => ((value - yRange[0]) / (yRange[1] - yRange[0])) * height
  const ends = curves.map((curve) => curve.y.at(-1) ?? yRange[0])
  const spread = spreadLabels(ends.map(toHeight), LABEL_HEIGHT)
  const tick = { size: 11, color: theme.textMuted }
  return {
    data: curves.map((curve) => ({
      type: 'scatter',
      mode: curve.x.length > 60 ? 'lines' : 'lines+markers',
      name: curve.name,
      x: curve.x,
      y: curve.y,
      line: {
        color: curve.look === 'strong' ? theme.markStrong : theme.mark,
        width: 1.5,
        dash: curve.look === 'strong' ? 'solid' : '5px 3px'
      },
      marker: {
        size: 4.5 * (theme.points ?? 1),
        color: theme.surface,
        opacity: 1,
        line: { color: curve.look === 'strong' ? theme.markStrong : theme.mark, width: 1.5 }
      },
      cliponaxis: isChosen(limits?.x) || isChosen(limits?.y),
      hoverinfo: 'none'
    })),
    layout: {
      ...baseLayout(theme, size, { l: left, r: right, t: top, b: bottom }),
      dragmode: false,
      xaxis: {
        range: xRange,
        tickvals: ticksIn(xRange, xStep),
        ...tickGap,
        tickangle: 0,
        tickfont: tick,
        showgrid: false,
        zeroline: false,
        showline: true,
        linecolor: theme.axis,
        linewidth: 1,
        fixedrange: true
      },
      yaxis: {
        range: yRange,
        tickvals: ticks,
        ticktext: ticks.map((value) => tickText(value, step)),
        ...tickGap,
        tickfont: tick,
        gridcolor: theme.grid,
        zeroline: false,
        fixedrange: true
      },
      annotations: [
        ...axisNames(names, left, bottom, theme),
        // One line needs no name: the axis has it.
        ...(curves.length < 2 ? [] : curves).map((curve, i) => ({
          text: escapeText(curve.name),
          x: curve.x.at(-1) ?? xRange[1],
          y: ends[i]!,
          xanchor: 'left',
          yanchor: 'middle',
          xshift: 8,
          yshift: spread[i]! - toHeight(ends[i]!),
          showarrow: false,
          borderpad: 0,
          font: { size: 11, color: theme.textSecondary }
        }))
      ]
    }
  }
}
