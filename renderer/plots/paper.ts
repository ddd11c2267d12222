import { escapeText } from './scatter.ts'
import type { Figure } from './plotly.ts'
import type { ShownFigure } from './shown.svelte.ts'
import type { PlotTheme } from './theme.ts'

/** CSS px an inch. */
export const PX_PER_INCH = 96
const HEAD = 30
const LEGEND = 22
const FOOT = 24
/** of a legend: px between two of its rows, px of an entry beside its name, the widest letter's share of the size of the text */
const LEGEND_ROW = 19
const ENTRY = 48
const LEGEND_FONT = 11
const LETTER = 0.6
/** px that are left to a plot whatever stands above and below it */
const PLOT_LEAST = 60

/** What stands round a plot on paper. */
export interface Paper {
  /** px */
  width: number
  /** px; null: as the plot needs */
  height: number | null
  /** '' for none */
  title: string
  /** the line under it; '' for none */
  provenance: string
}

/** Rows a legend takes: where one is not enough, all entries are as wide as the widest, as Plotly has it.
 * @param width px of the picture @param times the usual size of text */
export function legendRows(names: readonly string[], width: number, times: number): number {
  const widths = names.map((name) => (ENTRY + name.length * LEGEND_FONT * LETTER) * times)
  if (widths.reduce((sum, entry) => sum + entry, 0) <= width) return 1
  return Math.ceil(names.length / Math.max(1, Math.floor(width / Math.max(...widths))))
}

/** A plot that is on screen as a figure for paper: its title above, a legend where groups have names, where it comes from
 * below. */
export function drawOnPaper(shown: ShownFigure, paper: Paper, theme: PlotTheme): Figure & { height: number } {
  const { width } = paper
  const times = shown.enlarged ?? 1
  const px = (usual: number): number => Math.round(usual * times)
  const top = paper.title === '' ? px(8) : px(HEAD)
  const foot = paper.provenance === '' ? 0 : px(FOOT)
  // What the legend takes is known when the groups are: a first drawing asks for them.
  const draw = (height: number): Figure => shown.draw(theme, { width, height })
  let figure = draw(Math.round(width * shown.aspect))
  const isNamed = (trace: Record<string, unknown>): boolean => trace['name'] !== undefined && trace['type'] !== 'bar'
  const legend = shown.legend !== false && figure.data.filter(isNamed).length > 1
  const names = legend ? figure.data.filter(isNamed).map((trace) => String(trace['name'])) : []
  const forLegend = legend ? px(LEGEND) + (legendRows(names, width, times) - 1) * px(LEGEND_ROW) : 0
  const head = top + forLegend
  if (paper.height !== null) figure = draw(Math.max(PLOT_LEAST, paper.height - head - foot))
  const { data, layout } = figure
  const named = data.filter(isNamed)
  const margin = layout['margin'] as { l: number; r: number; t: number; b: number }
  const height = (layout['height'] as number) + head + foot
  const words = {
    showarrow: false,
    borderpad: 0,
    xref: 'paper',
    yref: 'paper',
    x: 0,
    xanchor: 'left',
    xshift: 16 - margin.l
  }
  const annotations = [...((layout['annotations'] as Record<string, unknown>[] | undefined) ?? [])]
  if (paper.title !== '') {
    annotations.push({
      ...words,
      text: escapeText(paper.title),
      y: 1,
      yanchor: 'top',
      yshift: margin.t + head - px(8),
      font: { size: 15 * times, color: theme.text, weight: 600 }
    })
  }
  if (paper.provenance !== '') {
    annotations.push({
      ...words,
      text: escapeText(paper.provenance),
      y: 0,
      yanchor: 'bottom',
      yshift: -margin.b - foot + px(8),
      font: { size: 11 * times, color: theme.textMuted }
    })
  }
  const result = {
    ...layout,
    width,
    height,
    margin: { ...margin, t: margin.t + head, b: margin.b + foot },
    paper_bgcolor: theme.surface,
    plot_bgcolor: theme.surface,
    showlegend: legend,
    legend: {
      orientation: 'h',
      x: 0,
      y: 1,
      yref: 'container',
      yanchor: 'top',
      itemwidth: 30,
      xref: 'paper',
      font: { size: LEGEND_FONT * times, color: theme.text }
    },
    annotations
  }
  if (legend) {
    const area = height - result.margin.t - result.margin.b
    const areaWidth = width - margin.l - margin.r
    // The legend's own symbols stand some way in; this brings the first one to the left edge of the title.
    Object.assign(result.legend, {
      yref: 'paper',
      y: 1 + (margin.t + forLegend) / area,
      x: -(margin.l + 6) / areaWidth
    })
  }
  return { data: data.map((trace) => ({ ...trace, showlegend: named.includes(trace) })), layout: result, height }
}
