/** A number as it is written, cut before its decimal point; what is no number in figures is whole. */
export function splitFigure(text: string): { whole: string; rest: string } {
  const point = text.indexOf('.')
  const exponent = text.indexOf('e')
  const cut = point >= 0 ? point : exponent > 0 && /^[\d\u2212]/.test(text) ? exponent : text.length
  return { whole: text.slice(0, cut), rest: text.slice(cut) }
}

/** The most characters after a decimal point: the room that a column of figures keeps for them. */
export function mostDecimals(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, splitFigure(text).rest.length - 1), 0)
}

/** The most characters before one. */
export function mostWhole(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, splitFigure(text).whole.length), 0)
}
