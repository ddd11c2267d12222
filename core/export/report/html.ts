import katex from 'katex'

/** Text as it stands in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A formula as MathML: no style, no font, no script. */
export function formulaHtml(tex: string): string {
  return katex.renderToString(tex, { output: 'mathml', displayMode: true, trust: false, throwOnError: false })
}

/** A cell is a text, or a number written with so many digits. */
export type Cell = string | { value: number; digits: number }

const MINUS = '−'

/** A number as people read it, with a true minus; nothing where it is none. */
export function writeNumber(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const text = size !== 0 && (size >= 1e7 || size < 10 ** -digits / 2) ? size.toExponential(2) : size.toFixed(digits)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** A table with numbers at the right. */
export function tableHtml(head: readonly string[], rows: readonly (readonly Cell[])[], caption = ''): string {
  const numeric = head.map((_, j) => rows.length > 0 && rows.every((row) => typeof row[j] !== 'string'))
  const mark = (j: number): string => (numeric[j]! ? ' class="n"' : '')
  const cell = (value: Cell | undefined): string =>
    value === undefined ? '' : typeof value === 'string' ? escapeHtml(value) : writeNumber(value.value, value.digits)
  return `<table>${caption === '' ? '' : `<caption>${escapeHtml(caption)}</caption>`}
<thead><tr>${head.map((name, j) => `<th scope="col"${mark(j)}>${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map((value, j) => `<td${mark(j)}>${cell(value)}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`
}

/** Names and what they stand for. */
export function definitionsHtml(entries: readonly (readonly [string, string])[]): string {
  return `<dl>${entries.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`).join('\n')}</dl>`
}

export function listHtml(items: readonly string[], ordered = false): string {
  const tag = ordered ? 'ol' : 'ul'
  return `<${tag}>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}</${tag}>`
}

const STYLE = `
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1d2129; background: #fff; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 28px 0 8px; break-after: avoid; }
h3 { font-size: 14px; margin: 16px 0 4px; break-after: avoid; }
p { margin: 4px 0 8px; }
.muted, figcaption, caption { color: #5a6270; font-size: 12px; }
caption { text-align: left; padding-bottom: 4px; white-space: nowrap; }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: 2px 12px; margin: 0 0 8px; }
dt { color: #5a6270; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 8px 0 12px; font-size: 12.5px; font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 2px 12px 2px 0; border-bottom: 1px solid #dfe3e8; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 600; }
.n { text-align: right; }
tr, figure { break-inside: avoid; }
figure { margin: 12px 0; }
svg { display: block; max-width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: #444b57; }
pre { overflow: auto; padding: 8px; background: #f5f6f8; font-size: 11px; line-height: 1.4; }
.shape { font: 12px ui-monospace, monospace; color: #5a6270; }
@media print { body { margin: 0; padding: 0; max-width: none; } details { display: none; } }
`

/** A whole page that needs nothing else. */
export function pageHtml(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`
}
