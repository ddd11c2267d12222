import type { Layout } from 'plotly.js'
import { escapeText } from './scatter.ts'
import { loadPlotly } from './plotly.ts'
import type { ShownFigure } from './shown.svelte.ts'
import { readLightTheme } from './theme.svelte.ts'

/** On paper: 6.5 in wide at 96 CSS px an inch, 300 dots an inch for PNG. */
const WIDTH = 6.5 * 96
const DOTS_PER_INCH = 300
const HEAD = 30
const LEGEND = 22
const FOOT = 24

/** A plot as a file: light theme, its title above, where it comes from below. */
export async function renderPicture(
  shown: ShownFigure,
  provenance: string,
  format: 'svg' | 'png'
): Promise<Uint8Array<ArrayBuffer>> {
  const theme = readLightTheme()
  const { data, layout } = shown.draw(theme, { width: WIDTH, height: Math.round(WIDTH * shown.aspect) })
  const margin = layout['margin'] as { l: number; r: number; t: number; b: number }
  const named = data.filter((trace) => trace['name'] !== undefined && trace['type'] !== 'bar')
  const legend = named.length > 1
  const head = HEAD + (legend ? LEGEND : 0)
  const height = (layout['height'] as number) + head + FOOT
  const words = {
    showarrow: false,
    borderpad: 0,
    xref: 'paper',
    yref: 'paper',
    x: 0,
    xanchor: 'left',
    xshift: 16 - margin.l
  }
  const annotations = [
    ...((layout['annotations'] as Record<string, unknown>[] | undefined) ?? []),
    {
      ...words,
      text: escapeText(shown.title),
      y: 1,
      yanchor: 'top',
      yshift: margin.t + head - 8,
      font: { size: 15, color: theme.text, weight: 600 }
    },
    {
      ...words,
      text: escapeText(provenance),
      y: 0,
      yanchor: 'bottom',
      yshift: -margin.b - FOOT + 8,
      font: { size: 11, color: theme.textMuted }
    }
  ]
  const paper = {
    ...layout,
    height,
    margin: { ...margin, t: margin.t + head, b: margin.b + FOOT },
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
      font: { size: 11 }
    },
    annotations
  }
  if (legend) {
    const area = height - paper.margin.t - paper.margin.b
    const areaWidth = WIDTH - margin.l - margin.r
    // The legend's own symbols stand some way in; this brings the first one to the left edge of the title.
    Object.assign(paper.legend, { yref: 'paper', y: 1 + (margin.t + LEGEND) / area, x: -(margin.l + 6) / areaWidth })
  }
  const traces = data.map((trace) => ({ ...trace, showlegend: named.includes(trace) }))
  const plotly = await loadPlotly()
  const url = await plotly.toImage(
    { data: traces, layout: paper as unknown as Partial<Layout> },
    { format: 'svg', width: WIDTH, height }
  )
  const svg = withHalos(decodeURIComponent(url.slice(url.indexOf(',') + 1)), theme.surface)
  return format === 'svg' ? new TextEncoder().encode(svg) : toPng(svg, WIDTH, height)
}

/** Labels keep the halo the screen gives them through its style sheet. As text: parsing the picture here would apply the
 * page's policy against inline styles to it. */
function withHalos(svg: string, colour: string): string {
  const label = 'class="annotation-text"'
  const halo = `paint-order="stroke" stroke="${colour}" stroke-width="3" stroke-linejoin="round"`
  return svg.replaceAll(label, `${label} ${halo}`)
}

async function toPng(svg: string, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const scale = DOTS_PER_INCH / 96
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the picture could not be encoded')
    return withResolution(new Uint8Array(await blob.arrayBuffer()), DOTS_PER_INCH)
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Writes the resolution into a PNG, so that it is 6.5 in wide on paper: a pHYs chunk (PNG specification, §11.3.4.3)
 * after the header, which is 8 bytes of signature and a 25-byte IHDR chunk. */
export function withResolution(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const perMetre = Math.round(dotsPerInch / 0.0254)
  const chunk = new DataView(new ArrayBuffer(21))
  chunk.setUint32(0, 9)
  chunk.setUint32(4, 0x70485973) // 'pHYs'
  chunk.setUint32(8, perMetre)
  chunk.setUint32(12, perMetre)
  chunk.setUint8(16, 1)
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)))
  const header = 33
  const result = new Uint8Array(png.length + 21)
  result.set(png.subarray(0, header))
  result.set(new Uint8Array(chunk.buffer), header)
  result.set(png.subarray(header), header + 21)
  return result
}

/** CRC-32 as PNG uses it: polynomial 0xEDB88320, reflected, inverted before and after. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
