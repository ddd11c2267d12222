import { extentOf, isChosen, padRange, roundStep, tickText, ticksIn, within, type AxisLimits } from './axes.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, tickGap, Y_NAME, type Size } from './scatter.ts'
import { shortenNames } from './short-names.ts'
import type { PlotTheme } from './theme.ts'

/** A row over its columns: what it is, what some components make of it, and what they leave. */
export interface ProfileModel {
  names: readonly string[]
  original: ArrayLike<number>
  fitted: ArrayLike<number>
  residual: ArrayLike<number>
  /** what the curve of fitted is called: "2 components" */
  fittedName: string
  /** unit of the vertical axis: "standard deviations from the mean" */
  unit: string
}

const EDGE = 16
const TOP = 44
/** px a name of a column needs across, and at most down */
const NAME_PX = 14
const MOST_NAME_PX = 84
const MOST_TICKS = 7
/** Above this many columns marks would touch. */
const MANY = 60

/** Curves over the columns, in their order: the row solid, its reconstruction dashed, what is left as bars from zero. */
export function drawProfile(model: ProfileModel, theme: PlotTheme, size: Size, limits?: AxisLimits): Figure {
  const p = model.names.length
  const range = within(padRange(extentOf(model.original, model.fitted, model.residual, [0]), 0.06), limits?.y)
  const names = shortenNames(model.names, MOST_NAME_PX, theme.font)
  const every = Math.max(1, Math.ceil((NAME_PX * p) / Math.max(1, size.width - 60)))
  const named = names.flatMap((_, j) => (j % every === 0 ? [j] : []))
  const widest = Math.max(0, ...named.map((j) => measureText(names[j]!, theme.font)))
  const bottom = Math.round(widest + 14)
  const height = Math.max(40, size.height - TOP - bottom)
  const step = roundStep(((range[1] - range[0]) / height) * Math.max(30, height / MOST_TICKS))
  const ticks = ticksIn(range, step)
  const left = Math.round(
    Math.max(36, 20 + Math.max(0, ...ticks.map((tick) => measureText(tickText(tick, step), theme.font))))
  )
  const x = names.map((_, j) => j)
  const curve = (y: ArrayLike<number>, look: Record<string, unknown>, marker: string): Record<string, unknown> => ({
    type: 'scatter',
    mode: p > MANY ? 'lines' : 'lines+markers',
    x,
    y: Array.from(y),
    line: { width: 1.5, ...look },
    marker: { size: 5 * (theme.points ?? 1), color: marker, opacity: 1, line: { color: look['color'], width: 1.5 } },
    cliponaxis: isChosen(limits?.y),
    hoverinfo: 'none'
  })
  const note = { showarrow: false, borderpad: 0, xref: 'paper', yref: 'paper' }
  return {
    data: [
      {
        type: 'bar',
        x,
        y: Array.from(model.residual),
        marker: { color: theme.markSoft, line: { width: 0 } },
        hoverinfo: 'none'
      },
      curve(model.original, { color: theme.markStrong }, theme.markStrong),
      curve(model.fitted, { color: theme.mark, dash: '5px 3px' }, theme.surface)
    ],
    layout: {
      ...baseLayout(theme, size, { l: left, r: EDGE, t: TOP, b: bottom }),
      dragmode: false,
      bargap: p > MANY ? 0.1 : 0.5,
      xaxis: {
        range: [-0.6, p - 0.4],
        tickvals: named,
        ticktext: named.map((j) => escapeText(names[j]!)),
        ...tickGap,
        tickangle: -90,
        tickfont: { size: 11, color: theme.textSecondary },
        showgrid: false,
        zeroline: false,
        fixedrange: true
      },
      yaxis: {
        range,
        tickvals: ticks,
        ticktext: ticks.map((tick) => tickText(tick, step)),
        ...tickGap,
        tickfont: { size: 11, color: theme.textMuted },
        gridcolor: theme.grid,
        zeroline: true,
        zerolinecolor: theme.zero,
        zerolinewidth: 1,
        fixedrange: true
      },
      shapes: legendMarks(left, model, theme),
      annotations: [
        {
          ...note,
          name: Y_NAME,
          text: `↑ ${escapeText(model.unit)}`,
          x: 0,
          y: 1,
          xanchor: 'left',
          yanchor: 'bottom',
          xshift: EDGE - left,
          yshift: 7,
          font: { size: 11, color: theme.textSecondary, weight: 500 }
        },
        ...legendPlaces(model, theme).map(({ text, at }) => ({
          ...note,
          text: escapeText(text),
          x: 0,
          y: 1,
          xanchor: 'left',
          yanchor: 'middle',
          xshift: EDGE - left + at + LEGEND_MARK + 5,
          yshift: LEGEND_UP,
          font: { size: 11, color: theme.textSecondary }
        }))
      ]
    }
  }
}

const LEGEND_MARK = 18
const LEGEND_UP = 34

/** One line over the drawing: what each mark is. Offsets in px from its left edge. */
function legendPlaces({ fittedName }: ProfileModel, theme: PlotTheme): { text: string; at: number }[] {
  let at = 0
  return ['the row', fittedName, 'left over'].map((text) => {
    const place = { text, at }
    at += LEGEND_MARK + 5 + measureText(text, theme.font) + 14
    return place
  })
}

function legendMarks(left: number, model: ProfileModel, theme: PlotTheme): Record<string, unknown>[] {
  const looks = [
    { color: theme.markStrong, width: 1.5 },
    { color: theme.mark, width: 1.5, dash: '5px 3px' },
    { color: theme.markSoft, width: 8 }
  ]
  return legendPlaces(model, theme).map(({ at }, i) => ({
    type: 'line',
    xref: 'paper',
    yref: 'paper',
    xsizemode: 'pixel',
    ysizemode: 'pixel',
    xanchor: 0,
    yanchor: 1,
    x0: EDGE - left + at,
    x1: EDGE - left + at + LEGEND_MARK - (i === 2 ? 8 : 0),
    y0: LEGEND_UP,
    y1: LEGEND_UP,
    line: looks[i]
  }))
}
