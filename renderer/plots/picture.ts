import type { Layout } from 'plotly.js'
import type { PictureChoices } from '../export/picture-choices.ts'
import { drawOnPaper, PX_PER_INCH } from './paper.ts'
import { loadPlotly } from './plotly.ts'
import type { ShownFigure } from './shown.svelte.ts'
import { readTheme } from './theme.svelte.ts'
import { PAPER_FONT, withTextWidths, type TextStyle } from './svg-text.ts'
import { figureJson, interactivePage, printedPage } from './standalone.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A plot as a file.
 * @param provenance where it comes from, in one line
 * @throws where a format cannot hold it: the picture could not be encoded */
export async function renderPicture(shown: ShownFigure, provenance: string, choices: PictureChoices): Promise<Bytes> {
  const theme = { ...readTheme(choices.theme), font: PAPER_FONT }
  const width = Math.round(choices.width * PX_PER_INCH)
  const title = choices.title ?? shown.title
  const paper = {
    width,
    height: choices.height === null ? null : Math.round(choices.height * PX_PER_INCH),
    title,
    provenance: choices.provenance ? provenance : ''
  }
  const { format, dotsPerInch } = choices
  const isDrawnElsewhere = format === 'json' || format === 'html'
  const drawn = isDrawnElsewhere && shown.drawInteractive ? { ...shown, draw: shown.drawInteractive } : shown
  const { data, layout, height } = drawOnPaper(drawn, paper, theme)
  if (format === 'json') return encode(figureJson({ data, layout }))
  if (format === 'html') return encode(await interactivePage({ data, layout }, title))
  const plotly = await loadPlotly()
  const url = await plotly.toImage(
    { data, layout: layout as unknown as Partial<Layout> },
    { format: 'svg', width, height }
  )
  const svg = withHalos(decodeURIComponent(url.slice(url.indexOf(',') + 1)), theme.surface)
  if (format === 'svg') return encode(withTextWidths(svg, measureWith(document.createElement('canvas'))))
  if (format === 'png') return toPng(svg, width, height, dotsPerInch)
  return window.host.printPdf(printedPage(svg, title), { width: width / PX_PER_INCH, height: height / PX_PER_INCH })
}

const encode = (text: string): Bytes => new TextEncoder().encode(text)

/** Labels keep the halo the screen gives them through its style sheet. As text: parsing the picture here would apply the
 * page's policy against inline styles to it. */
function withHalos(svg: string, colour: string): string {
  const label = 'class="annotation-text"'
  const halo = `paint-order="stroke" stroke="${colour}" stroke-width="3" stroke-linejoin="round"`
  return svg.replaceAll(label, `${label} ${halo}`)
}

function measureWith(canvas: HTMLCanvasElement): (text: string, style: TextStyle) => number {
  const context = canvas.getContext('2d')
  return (text, { family, size, weight }) => {
    if (!context) return 0
    context.font = `${weight} ${size}px ${family}`
    return context.measureText(text).width
  }
}

async function toPng(svg: string, width: number, height: number, dotsPerInch: number): Promise<Bytes> {
  const scale = dotsPerInch / PX_PER_INCH
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
    return withResolution(new Uint8Array(await blob.arrayBuffer()), dotsPerInch)
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Writes the resolution into a PNG, so that it has its size on paper: a pHYs chunk (PNG specification, §11.3.4.3)
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
