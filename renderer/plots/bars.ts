import { cumulate } from '../../core/analyses/pca/figures.ts'
import { roundStep, tickText } from './axes.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, tickGap, type Size } from './scatter.ts'
import type { PlotTheme } from './theme.ts'

const EDGE = 16
/** px above a bar for its number */
const LABEL_ROOM = 22
const MINUS = '−'

function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

const note = (theme: PlotTheme, colour: string = theme.textMuted): Record<string, unknown> => ({
  showarrow: false,
  borderpad: 0,
  font: { size: 11, color: colour }
})

/** Explained variance: a bar a component from zero, its share printed, and the running sum as a line.
 * @param shares of the total variance, descending; as many as are to be drawn */
export function drawVariance(shares: readonly number[], theme: PlotTheme, size: Size): Figure {
  const margin = { l: 44, r: EDGE, t: 26, b: 28 }
  const height = size.height - margin.t - margin.b
  const slot = (size.width - margin.l - margin.r) / Math.max(1, shares.length)
  const barPixels = Math.min(40, slot * 0.56)
  const sums = cumulate(shares)
  const number = shares.map((_, i) => i + 1)
  const printed = slot >= 30
  const each = Math.max(1, Math.ceil(40 / slot))
  const labelled = number.filter((k) => (k - 1) % each === 0)
  const isInside = (share: number): boolean => share * height > 22 && barPixels >= 28
  const text = shares.map((share) => fixed(100 * share, 1))
  const besideBar = { xanchor: 'left', xshift: barPixels / 2 + 4, yanchor: 'top', yshift: -6 }
  const numbers: Record<string, unknown>[] = shares.flatMap((share, i) =>
    !printed || isInside(share)
      ? []
      : share * height > height - LABEL_ROOM
        ? // No room above: beside the bar, under the line of the sums.
          { ...note(theme), text: text[i], x: i + 1, y: 100 * share, ...besideBar }
        : { ...note(theme), text: text[i], x: i + 1, y: 100 * share, yanchor: 'bottom', yshift: i === 0 ? 8 : 3 }
  )
  const data: Figure['data'] = [
    {
      type: 'bar',
      x: number,
      y: shares.map((share) => 100 * share),
      width: barPixels / slot,
      ...(printed && {
        text: shares.map((share, i) => (isInside(share) ? text[i] : '')),
        textposition: 'inside',
        insidetextanchor: 'end',
        textangle: 0,
        constraintext: 'none',
        insidetextfont: { size: 11, color: theme.surface, weight: 600 }
      }),
      marker: { color: theme.mark, line: { width: 0 } },
      hoverinfo: 'none'
    }
  ]
  const last = shares.length
  if (last > 1) {
    data.push({
      type: 'scatter',
      mode: last > 40 ? 'lines' : 'lines+markers',
      x: number,
      y: sums.map((sum) => 100 * sum),
      line: { color: theme.markStrong, width: 1.5 },
      marker: { size: 5.5, color: theme.surface, opacity: 1, line: { color: theme.markStrong, width: 1.5 } },
      cliponaxis: false,
      hoverinfo: 'none'
    })
    numbers.push({
      ...note(theme),
      text: 'cumulative',
      x: last,
      y: 100 * sums[last - 1]!,
      yanchor: 'top',
      yshift: -8,
      ...{ xanchor: 'right', xshift: barPixels / 2 }
    })
  }
  return {
    data,
    layout: {
      ...baseLayout(theme, size, margin),
      dragmode: false,
      xaxis: {
        range: [0.5, last + 0.5],
        tickvals: labelled,
        ticktext: labelled.map((k) => `PC${k}`),
        ...tickGap,
        tickangle: 0,
        tickfont: { size: 11, color: theme.textMuted },
        showgrid: false,
        zeroline: false,
        fixedrange: true,
        showline: true,
        linecolor: theme.axis,
        linewidth: 1
      },
      yaxis: {
        range: [0, 101],
        tickvals: [0, 25, 50, 75, 100],
        ...tickGap,
        tickfont: { size: 11, color: theme.textMuted },
        gridcolor: theme.grid,
        zeroline: false,
        fixedrange: true
      },
      annotations: [
        {
          ...note(theme, theme.textSecondary),
          text: '↑ share of variance, %',
          xref: 'paper',
          yref: 'paper',
          x: 0,
          y: 1,
          xanchor: 'left',
          yanchor: 'bottom',
          xshift: EDGE - margin.l,
          yshift: 7
        },
        ...numbers
      ]
    }
  }
}

export interface LoadingsPicture {
  /** names of the rows drawn, top to bottom */
  names: readonly string[]
  /** one or two components: the name of the axis and a loading a row */
  panels: readonly { title: string; values: readonly number[] }[]
}

/** Rows of a loadings picture that stay readable in a height. */
export function loadingRowsThatFit(height: number): number {
  return Math.max(1, Math.floor((height - 54) / 16))
}

function shorten(text: string, width: number, font: string): string {
  if (measureText(text, font) <= width) return text
  let cut = text
  while (cut.length > 1 && measureText(`${cut}…`, font) > width) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}…`
}

/** Two decimals, fewer where the numbers are large: they share a column. */
function decimalsFor(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs))
  return largest >= 1000 ? 0 : largest >= 100 ? 1 : 2
}

/** Loadings as signed bars, solid above zero and hollow below, one panel a component, one scale for all. */
export function drawLoadings({ names, panels }: LoadingsPicture, theme: PlotTheme, size: Size): Figure {
  const widestName = Math.max(0, ...names.map((name) => measureText(name, theme.font)))
  const left = Math.round(EDGE + Math.min(widestName, size.width * 0.32) + 12)
  const top = 26
  const rowHeight = Math.max(12, Math.min(44, (size.height - top - 28) / Math.max(1, names.length)))
  const bottom = Math.max(28, size.height - top - rowHeight * names.length)
  const largest = Math.max(0, ...panels.flatMap((panel) => panel.values.map(Math.abs)))
  const limit = largest === 0 ? 1 : largest <= 1 && largest > 0.2 ? 1 : roundStep(largest)
  // Room for half of the outer ticks, and for two halves between the panels.
  const tickWidth = measureText(tickText(-limit, limit), theme.font)
  const right = Math.round(Math.max(14, tickWidth / 2 + 4))
  const gap = Math.max(36, tickWidth + 12)
  const width = size.width - left - right
  const panelWidth = (width - gap * (panels.length - 1)) / panels.length
  const rows = names.map((_, i) => i)
  const annotations: Record<string, unknown>[] = names.map((name, i) => ({
    ...note(theme, theme.textSecondary),
    text: escapeText(shorten(name, left - EDGE - 10, theme.font)),
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
      // Half a pixel beyond the last tick, so that its gridline is drawn whole.
      range: [-limit * 1.01, limit * 1.01],
      tickvals: [-limit, 0, limit],
      ticktext: [-limit, 0, limit].map((value) => tickText(value, limit)),
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
        color: panel.values.map((value) => (value < 0 ? theme.surface : theme.mark)),
        line: { color: theme.mark, width: panel.values.map((value) => (value < 0 ? 1.25 : 0)) }
      },
      hoverinfo: 'none'
    })
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
        text: fixed(value, decimalsFor(panel.values)),
        xref: `x${name}`,
        x: 0,
        y: i,
        xanchor: value < 0 ? 'left' : 'right',
        yanchor: 'middle',
        xshift: value < 0 ? 5 : -5
      })
    })
  })
  layout['annotations'] = annotations
  return { data, layout }
}
