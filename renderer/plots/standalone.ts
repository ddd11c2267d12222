import type { Figure } from './plotly.ts'

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Arrays of numbers as plain ones; what is not finite is null, as Plotly has it. */
function plain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as unknown as number[]) : value
}

/** A figure as Plotly for Python (plotly.io.from_json), R and JavaScript reads it. */
export function figureJson(figure: Figure): string {
  return JSON.stringify({ data: figure.data, layout: figure.layout }, plain)
}

/** A script inside of a page must not hold what ends it. */
const inScript = (text: string): string => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')

/** A figure as one page that needs nothing else: the plotting library is in it. */
export async function interactivePage(figure: Figure, title: string): Promise<string> {
  const { default: address } = await import('plotly.js-strict-dist-min/plotly-strict.min.js?url')
  const library = await (await fetch(address)).text()
  // What the app itself does with drags and clicks is not there: the page has Plotly's own zoom and hover.
  const data = figure.data.map((trace) => ({ ...trace, hoverinfo: 'all' }))
  const layout = { ...figure.layout, dragmode: 'zoom', hovermode: 'closest' }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin: 16px">
<div id="plot"></div>
<script>${inScript(library)}</script>
<script>
const figure = ${inScript(figureJson({ data, layout }))}
Plotly.newPlot('plot', figure.data, figure.layout, { displaylogo: false, scrollZoom: true })
</script>
</body>
</html>
`
}

/** A picture as a page of its size, to be printed. */
export function printedPage(svg: string, title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>html, body { margin: 0 } svg { display: block }</style>
</head>
<body>${svg}</body>
</html>
`
}
