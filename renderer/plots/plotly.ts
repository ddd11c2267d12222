import type { Config, Data, Layout, PlotlyHTMLElement } from 'plotly.js'

type Plotly = typeof import('plotly.js')

/** A drawing as Plotly takes it. Plain objects: the builders are pure and Plotly checks what it is given. */
export interface Figure {
  data: Record<string, unknown>[]
  layout: Record<string, unknown>
}

let loading: Promise<Plotly> | undefined

/** The plotting library, fetched once, when the first plot is drawn. The strict build evaluates no text as code,
 * which the content security policy forbids. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-strict-dist-min').then((module) => module.default)
  return loading
}

const config: Partial<Config> = {
  displayModeBar: false,
  displaylogo: false,
  responsive: false,
  scrollZoom: true,
  doubleClick: false,
  showTips: false
}

/** Draws a figure into a box, or changes the one that is there. */
export async function drawFigure(box: HTMLElement, figure: Figure, still: boolean): Promise<PlotlyHTMLElement> {
  const plotly = await loadPlotly()
  return plotly.react(box, figure.data as Data[], figure.layout as Partial<Layout>, {
    ...config,
    staticPlot: false,
    scrollZoom: !still
  })
}
