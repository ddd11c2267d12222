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
  /** ten steps, dark to light */
  viridis: string[]
  font: string
}

/** A colour with an opacity, from #rrggbb or rgb(r g b). */
export function withOpacity(colour: string, opacity: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).map(Number)
  return `rgba(${parts.slice(0, 3).join(',')},${opacity})`
}
