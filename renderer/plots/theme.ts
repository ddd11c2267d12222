/** '#rrggbb' */
export type HexColour = `#${string}`

/** The roles of tokens.css a plot is drawn with, as values: canvas and SVG attributes cannot read custom properties. */
export interface PlotTheme {
  surface: string
  text: string
  textSecondary: string
  textMuted: string
  accent: string
  grid: string
  zero: string
  axis: string
  ink: string
  /** opacity of what is not selected in a large plot */
  dim: number
  mark: string
  markSoft: string
  markStrong: string
  /** cat-1 … cat-8; the eighth is "other" */
  categories: string[]
  /** the colours of numbers: ten steps of viridis, dark to light, or the scale that was chosen */
  viridis: string[]
  /** −1, −½, 0, ½, 1 */
  diverging: [string, string, string, string, string]
  font: string
  /** times the usual diameter of marks; left out: 1 */
  points?: number
  /** times the usual size of text, for what is drawn in px of the finished picture; left out: 1 */
  enlarged?: number
}

/** A colour with an opacity, from #rrggbb or rgb(r g b). */
export function withOpacity(colour: string, opacity: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).map(Number)
  return `rgba(${parts.slice(0, 3).join(',')},${opacity})`
}

/** Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => {
      const share = parseInt(part, 16) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

/** The ink of a theme that is read best on a colour ('#rrggbb'). */
export const inkOver = (ground: string, { text, surface }: Pick<PlotTheme, 'text' | 'surface'>): string =>
  contrast(text, ground) >= contrast(surface, ground) ? text : surface
