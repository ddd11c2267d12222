import type { AxisLimits } from '../axes.ts'
import { stepsOf } from '../colour-scales.ts'
import type { Figure } from '../plotly.ts'
import { bytesOf } from '../points/scene.ts'
import { escapeText, X_NAME, Y_NAME } from '../scatter.ts'
import type { ShownFigure } from '../shown.svelte.ts'
import { contrast, type PlotTheme } from '../theme.ts'
import { USUAL_TEXT, type FigureEdit, type ResultColours } from './figure-edit.ts'

/** Parts of a chosen colour in what is soft and strong beside it, as the tokens have it. */
const SOFT = 0.35
const STRONG = 0.7

/** The colour of single series that was chosen, with what is soft and strong beside it; null: as the tokens have it. */
export function chosenMarks(
  theme: PlotTheme,
  { mark }: ResultColours
): Pick<PlotTheme, 'mark' | 'markSoft' | 'markStrong'> | null {
  if (mark === null) return null
  return { mark, markSoft: softened(mark, theme), markStrong: mixed(mark, theme.text, STRONG) }
}

/** The roles of a theme with what a person chose instead. */
export function editedTheme(theme: PlotTheme, edit: FigureEdit, colours: ResultColours): PlotTheme {
  return {
    ...theme,
    ...chosenMarks(theme, colours),
    viridis: stepsOf(colours.scale, theme),
    points: edit.points,
    enlarged: edit.text / USUAL_TEXT
  }
}

/** A colour with so little strength that it is context, and enough that it is seen: like the usual one on the same ground, or
 * midway between the ground and the colour where that is nearer. */
function softened(mark: string, { surface, markSoft }: PlotTheme): string {
  const least = Math.min(contrast(markSoft, surface), Math.sqrt(contrast(mark, surface)))
  let share = SOFT
  while (share < 0.95 && contrast(mixed(mark, surface, share), surface) < least) share += 0.05
  return mixed(mark, surface, share)
}

/** A colour between two: the share of the first, the rest of the other. */
function mixed(one: string, other: string, share: number): string {
  const [from, to] = [bytesOf(one), bytesOf(other)]
  const parts = from.map((part, i) => Math.round(share * part + (1 - share) * to[i]!))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

const limitsOf = ({ x, y, own }: FigureEdit): AxisLimits => ({ x: [x.low, x.high], y: [y.low, y.high], own })

/** A plot as it was edited: on screen and in every format alike. */
export function editedDraw(draw: ShownFigure['draw'], edit: FigureEdit, colours: ResultColours): ShownFigure['draw'] {
  const times = edit.text / USUAL_TEXT
  return (theme, size) => {
    // Laid out for a smaller picture and then enlarged: what has its place for text of the usual size has it for any.
    const smaller = { width: size.width / times, height: size.height / times }
    const figure = draw(editedTheme(theme, edit, colours), smaller, limitsOf(edit))
    return withNames(enlarged(figure, times, size), edit)
  }
}

type Values = Record<string, unknown>

function withNames<F extends Figure>(figure: F, { x, y }: FigureEdit): F {
  const annotations = figure.layout['annotations'] as Values[] | undefined
  if ((x.name === null && y.name === null) || !annotations) return figure
  const named = annotations.flatMap((annotation) => {
    const text = annotation['name'] === X_NAME ? x.name : annotation['name'] === Y_NAME ? y.name : null
    if (text === null) return [annotation]
    if (text === '') return []
    return [{ ...annotation, text: annotation['name'] === X_NAME ? `${escapeText(text)} →` : `↑ ${escapeText(text)}` }]
  })
  return { ...figure, layout: { ...figure.layout, annotations: named } }
}

/** Everything measured in px, times a factor; marks and lines keep their size. */
function enlarged<F extends Figure & { frame?: unknown }>(figure: F, times: number, size: Values | object): F {
  if (times === 1) return figure
  const frame = figure.frame as Values | undefined
  const px = ['left', 'top', 'width', 'height', 'cell']
  return {
    ...figure,
    data: figure.data.map((trace) => enlargedFonts(trace, times)),
    layout: { ...(enlargedPart(figure.layout, times) as Values), ...size },
    ...(frame && {
      frame: Object.fromEntries(
        Object.entries(frame).map(([key, value]) => [key, px.includes(key) ? (value as number) * times : value])
      )
    })
  }
}

/** Only texts of a trace: its numbers are data, and may be many. */
function enlargedFonts(trace: Values, times: number): Values {
  const fonts = ['textfont', 'insidetextfont', 'outsidetextfont'].filter((key) => trace[key] !== undefined)
  return fonts.length === 0
    ? trace
    : { ...trace, ...Object.fromEntries(fonts.map((key) => [key, enlargedPart(trace[key], times, true)])) }
}

/** In px wherever they stand in a layout. */
const LENGTHS = new Set(['xshift', 'yshift', 'ticklen', 'l', 'r', 't', 'b'])

function enlargedPart(part: unknown, times: number, isFont = false): unknown {
  if (Array.isArray(part)) return part.map((each: unknown) => (isPart(each) ? enlargedPart(each, times, isFont) : each))
  if (!isPart(part)) return part
  const across = part['xsizemode'] === 'pixel' ? ['x0', 'x1'] : []
  const down = part['ysizemode'] === 'pixel' ? ['y0', 'y1'] : []
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      const isLength = LENGTHS.has(key) || across.includes(key) || down.includes(key) || (isFont && key === 'size')
      if (typeof value === 'number') return [key, isLength ? value * times : value]
      return [key, enlargedPart(value, times, key.endsWith('font'))]
    })
  )
}

const isPart = (value: unknown): value is Values => typeof value === 'object' && value !== null
