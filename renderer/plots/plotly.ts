import type { Config, PlotlyHTMLElement } from 'plotly.js'

type Plotly = typeof import('plotly.js')

/** A drawing as Plotly takes it. Plain objects: the builders are pure and Plotly checks what it is given. */
export interface Figure {
  data: Record<string, unknown>[]
  layout: Record<string, unknown>
}

/** While it loads, the library puts the style sheet of its street maps into the page, which the content security policy
 * refuses with an error on the console. It does not try where an element with this id is there already. */
const STREET_MAP_STYLE_ID = '9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53'

function leaveOutStreetMapStyle(): void {
  const empty = document.createElement('style')
  empty.id = STREET_MAP_STYLE_ID
  document.head.append(empty)
}

let loading: Promise<Plotly> | undefined

/** The plotting library, fetched once: when the first analysis is being prepared, or the first plot is drawn. The strict build evaluates no text as code,
 * which the content security policy forbids. */
export function loadPlotly(): Promise<Plotly> {
  if (!loading) {
    leaveOutStreetMapStyle()
    loading = import('plotly.js-strict-dist-min').then((module) => module.default)
  }
  return loading
}

/** Fetches the library and lets it draw a plot that nobody sees: its first drawing takes twice as long as the next, and would
 * otherwise be the one a person waits for. */
export async function preparePlotly(): Promise<void> {
  if (loading) return
  const plotly = await loadPlotly()
  requestIdleCallback(() => void practise(plotly))
}

async function practise(plotly: Plotly): Promise<void> {
  const box = document.createElement('div')
  box.className = 'unseen'
  box.ariaHidden = 'true'
  document.body.append(box)
  try {
    const annotations = [{ x: 1, y: 1, text: '1', showarrow: false }]
    await plotly.newPlot(box, [{ type: 'scatter', mode: 'markers', x: [0, 1], y: [0, 1] }], { annotations }, config)
  } finally {
    plotly.purge(box)
    box.remove()
  }
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
  return plotly.react(box, figure.data, figure.layout, {
    ...config,
    staticPlot: false,
    scrollZoom: !still
  })
}
