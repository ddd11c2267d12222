import { isChosen, roundStep, tickText, ticksIn, within, type AxisLimits } from './axes.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, tickGap, type Size } from './scatter.ts'
import { shortenNames } from './short-names.ts'
import type { PlotTheme } from './theme.ts'

const EDGE = 16
const MINUS = '−'

/** A number with so many decimals and a true minus. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** A text of the house in a drawing. */
export const note = (theme: PlotTheme, colour: string = theme.textMuted): Record<string, unknown> => ({
  showarrow: false,
  borderpad: 0,
  font: { size: 11, color: colour }
})

export interface LoadingsPicture {
  /** names of the rows drawn, top to bottom */
  names: readonly string[]
  /** one or two components: the name of the axis, a loading a row, and where they are known the ends of its interval */
  panels: readonly {
    title: string
    values: readonly number[]
    intervals?: readonly (readonly [number, number] | null)[] | undefined
  }[]
  /** numbers of the rows that are highlighted; none: all alike */
  chosen?: ReadonlySet<number>
  /** no value can be below zero: bars begin at the left */
  unsigned?: boolean
  /** how numbers are written beside their bars, where they are written elsewhere too */
  write?: ((value: number) => string) | undefined
}

/** Rows of a loadings picture that stay readable in a height. */
export function loadingRowsThatFit(height: number): number {
  return Math.max(1, Math.floor((height - 54) / 16))
}

/** Two decimals, fewer where the numbers are large: they share a column. */
function decimalsFor(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs))
  return largest >= 1000 ? 0 : largest >= 100 ? 1 : 2
}

/** Where the number of a bar stands: at zero, on the other side; beyond the interval where that reaches there. */
function besideOf(value: number, ends: readonly [number, number] | null | undefined): number {
  if (!ends) return 0
  return value < 0 ? Math.max(0, ends[1]) : Math.min(0, ends[0])
}

/** The interval of each bar as a line with ends. */
function intervalLines(
  intervals: readonly (readonly [number, number] | null)[],
  axisName: string,
  theme: PlotTheme
): Record<string, unknown> {
  const there = intervals.flatMap((ends, i) => (ends ? [{ i, lower: ends[0], upper: ends[1] }] : []))
  return {
    type: 'scatter',
    mode: 'markers',
    x: there.map(({ lower, upper }) => (lower + upper) / 2),
    y: there.map(({ i }) => i),
    xaxis: `x${axisName}`,
    yaxis: 'y',
    marker: { size: 1, opacity: 0 },
    error_x: {
      type: 'data',
      array: there.map(({ lower, upper }) => Math.max(0, upper - lower) / 2),
      color: theme.text,
      thickness: 1.25,
      width: 3
    },
    hoverinfo: 'skip'
  }
}

/** Loadings as signed bars, solid above zero and hollow below, one panel a component, one scale for all. */
export function drawLoadings(
  { names, panels, chosen, unsigned = false, write }: LoadingsPicture,
  theme: PlotTheme,
  size: Size,
  limits?: AxisLimits
): Figure {
  const widestName = Math.max(0, ...names.map((name) => measureText(name, theme.font)))
  const left = Math.round(EDGE + Math.min(widestName, size.width * 0.32) + 12)
  const top = 26
  const rowHeight = Math.max(12, Math.min(44, (size.height - top - 28) / Math.max(1, names.length)))
  const bottom = Math.max(28, size.height - top - rowHeight * names.length)
  const largest = Math.max(
    0,
    ...panels.flatMap(({ values, intervals = [] }) =>
      [...values, ...intervals.flatMap((ends) => ends ?? [])].map(Math.abs)
    )
  )
  const fine = roundStep(largest / 4)
  const limit =
    largest === 0
      ? 1
      : largest <= 1 && largest > 0.2
        ? 1
        : unsigned
          ? fine * Math.ceil(largest / fine)
          : Math.min(roundStep(largest), fine * Math.ceil(largest / fine))
  // Half a pixel beyond the last tick, so that its gridline is drawn whole.
  const range = within(unsigned ? [0, limit * 1.2] : [-limit * 1.01, limit * 1.01], limits?.x)
  const chosenStep = isChosen(limits?.x) ? roundStep((range[1] - range[0]) / 3) : null
  const ticks = chosenStep !== null ? ticksIn(range, chosenStep) : unsigned ? [0, limit] : [-limit, 0, limit]
  // Room for half of the outer ticks, and for two halves between the panels.
  const tickStep = unsigned || limit !== roundStep(largest) ? fine : limit
  const tickWidth = measureText(tickText(-limit, tickStep), theme.font)
  const right = Math.round(Math.max(14, tickWidth / 2 + 4))
  const gap = Math.max(36, tickWidth + 12)
  const width = size.width - left - right
  const panelWidth = (width - gap * (panels.length - 1)) / panels.length
  const rows = names.map((_, i) => i)
  const colourOf = (row: number): string =>
    chosen === undefined || chosen.size === 0 || chosen.has(row) ? theme.mark : theme.markSoft
  const annotations: Record<string, unknown>[] = shortenNames(names, left - EDGE - 10, theme.font).map((name, i) => ({
    ...note(theme, theme.textSecondary),
    text: escapeText(name),
    xref: 'paper',
    x: 0,
    y: i,
    xanchor: 'left',
    yanchor: 'middle',
    xshift: EDGE - left
  }))
  const data: Figure['data'] = []
  const layout: Record<string, unknown> = {
    ...baseLayout(theme, size, { l: left, r: right, t: top, b: bottom }),
    dragmode: false,
    bargap: 1 - Math.min(14, rowHeight * 0.5) / rowHeight,
    barmode: 'overlay',
    yaxis: {
      range: [names.length - 0.5, -0.5],
      showgrid: false,
      zeroline: false,
      showticklabels: false,
      fixedrange: true
    }
  }
  panels.forEach((panel, index) => {
    const name = index === 0 ? '' : String(index + 1)
    const start = (index * (panelWidth + gap)) / width
    layout[`xaxis${name}`] = {
      domain: [start, Math.min(1, start + panelWidth / width)],
      range: [...range],
      tickvals: ticks,
      ticktext: ticks.map((value) => tickText(value, chosenStep ?? tickStep)),
      ...tickGap,
      tickangle: 0,
      tickfont: { size: 11, color: theme.textMuted },
      gridcolor: theme.grid,
      zeroline: true,
      zerolinecolor: theme.zero,
      zerolinewidth: 1,
      fixedrange: true
    }
    data.push({
      type: 'bar',
      orientation: 'h',
      x: panel.values,
      y: rows,
      xaxis: `x${name}`,
      yaxis: 'y',
      marker: {
        color: panel.values.map((value, i) => (value < 0 ? theme.surface : colourOf(i))),
        line: {
          color: panel.values.map((_, i) => colourOf(i)),
          width: panel.values.map((value) => (value < 0 ? 1.25 : 0))
        }
      },
      hoverinfo: 'none'
    })
    const { intervals } = panel
    if (intervals) data.push(intervalLines(intervals, name, theme))
    annotations.push({
      ...note(theme, theme.textSecondary),
      text: panel.title,
      xref: 'paper',
      yref: 'paper',
      x: start,
      y: 1,
      xanchor: 'left',
      yanchor: 'bottom',
      yshift: 7
    })
    panel.values.forEach((value, i) => {
      annotations.push({
        ...note(theme, theme.textSecondary),
        text: write?.(value) ?? fixed(value, decimalsFor(panel.values)),
        xref: `x${name}`,
        x: unsigned ? value : besideOf(value, intervals?.[i]),
        y: i,
        xanchor: unsigned || value < 0 ? 'left' : 'right',
        yanchor: 'middle',
        xshift: unsigned || value < 0 ? 5 : -5
      })
    })
  })
  layout['annotations'] = annotations
  return { data, layout }
}
