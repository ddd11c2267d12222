import type { ScatterGroup } from './scatter.ts'

/** The colour of a mark as a style: roles follow the theme by themselves. */
export function paintOf(colour: ScatterGroup['colour']): string {
  if (typeof colour === 'number') return `var(--cat-${colour + 1})`
  return colour === 'mark' ? 'var(--mark)' : colour === 'axis' ? 'var(--plot-axis)' : colour
}

/** Each mark as a path in a box of 10 × 10. Names are Plotly's. */
export const markPaths: Record<ScatterGroup['symbol'], string> = {
  circle: 'M9 5a4 4 0 1 1-8 0a4 4 0 1 1 8 0z',
  'triangle-up': 'M5 .8L9.4 8.6H.6z',
  square: 'M1.5 1.5h7v7h-7z',
  diamond: 'M5 .4L9.6 5L5 9.6L.4 5z',
  x: 'M2.6 .6L5 3L7.4 .6L9.4 2.6L7 5L9.4 7.4L7.4 9.4L5 7L2.6 9.4L.6 7.4L3 5L.6 2.6z',
  'triangle-down': 'M5 9.2L.6 1.4h8.8z',
  cross: 'M3.6 .8h2.8v2.8h2.8v2.8H6.4v2.8H3.6V6.4H.8V3.6h2.8z',
  'circle-open': 'M8.5 5a3.5 3.5 0 1 1-7 0a3.5 3.5 0 1 1 7 0z',
  'diamond-open': 'M5 1L9 5L5 9L1 5z',
  'cross-thin-open': 'M1.5 5h7M5 1.5v7'
}
