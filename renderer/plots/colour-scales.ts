import type { PlotTheme } from './theme.ts'

/** How numbers can be coloured. */
export const COLOUR_SCALES = ['viridis', 'cividis', 'greys', 'two-sided'] as const
export type ColourScale = (typeof COLOUR_SCALES)[number]

export const colourScaleNames: Record<ColourScale, string> = {
  viridis: 'Viridis',
  cividis: 'Cividis',
  greys: 'Greys',
  'two-sided': 'Two-sided, blue to orange'
}

/** Ten even steps of matplotlib 3.6's cividis (Nuñez, Anderton & Renslow 2018, PLoS ONE 13(7)): read alike by all eyes. */
const CIVIDIS = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838'
]
/** Even steps of lightness, the darkest and the lightest told from either surface by an edge. */
const GREYS = [
  '#252525',
  '#3a3a3a',
  '#505050',
  '#676767',
  '#7e7e7e',
  '#969696',
  '#aeaeae',
  '#c6c6c6',
  '#dcdcdc',
  '#f0f0f0'
]

/** The ends of a scale for numbers: a two-sided one has its middle at zero where they have both signs. */
export function scaleEnds(scale: ColourScale, low: number, high: number): [low: number, high: number] {
  if (scale !== 'two-sided' || !(low < 0 && high > 0)) return [low, high]
  const most = Math.max(-low, high)
  return [-most, most]
}

/** The steps of a scale in a theme, from low to high. */
export function stepsOf(scale: ColourScale, theme: Pick<PlotTheme, 'viridis' | 'diverging'>): string[] {
  if (scale === 'cividis') return CIVIDIS
  if (scale === 'greys') return GREYS
  return scale === 'viridis' ? theme.viridis : theme.diverging
}
