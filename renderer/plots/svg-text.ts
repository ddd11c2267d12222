/** The font of pictures for elsewhere. Arial, Helvetica and Liberation Sans have the same widths, glyph by glyph, and one of
 * them is on nearly every machine and in every drawing program: text stands the same without a font in the file. Embedding
 * one would need the system's own font, which is rarely free to be passed on, and a third of a megabyte a picture. */
export const PAPER_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

/** How a text is set, for measuring it. */
export interface TextStyle {
  family: string
  /** px */
  size: number
  weight: string
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decode = (text: string): string =>
  text.replace(/&(?:#(\d+)|(amp|lt|gt|quot|apos));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? entities[name]! : String.fromCodePoint(Number(code))
  )

/** Writes into an SVG how wide each of its texts is, so that a program without these fonts squeezes or stretches its own to
 * the room that was laid out (SVG 2, 11.3.4: textLength). As text: parsing the picture in the page would apply the page's
 * policy against inline styles to it. Texts of several parts are left as they are.
 * @param measure width of a text in px */
export function withTextWidths(svg: string, measure: (text: string, style: TextStyle) => number): string {
  return svg.replace(/<text([^>]*)>([^<]+)<\/text>/g, (whole, attributes: string, inside: string) => {
    const style = styleOf(attributes)
    const text = decode(inside)
    if (!style || text.trim().length < 2) return whole
    const width = measure(text, style)
    if (!(width > 0)) return whole
    return `<text${attributes} textLength="${width.toFixed(2)}" lengthAdjust="spacingAndGlyphs">${inside}</text>`
  })
}

function styleOf(attributes: string): TextStyle | null {
  const style = /\bstyle="([^"]*)"/.exec(attributes)?.[1] ?? ''
  const of = (property: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${property}:\\s*([^;]+)`).exec(style)?.[1]?.trim()
  const size = parseFloat(of('font-size') ?? '')
  const family = of('font-family')
  return family !== undefined && size > 0 ? { family, size, weight: of('font-weight') ?? '400' } : null
}
