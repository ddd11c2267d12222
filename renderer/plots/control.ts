import { extentOf, isChosen, roundStep, tickText, ticksIn, within, type AxisLimits, type Range } from './axes.ts'
import { measureText, placeLabels } from './labels.ts'
import type { Figure } from './plotly.ts'
import { axisNames, baseLayout, escapeText, tickGap, toPixels, type PlotFrame, type Size } from './scatter.ts'
import { withOpacity, type PlotTheme } from './theme.ts'

/** A limit that a chart draws as a line, named at its end. */
export interface ControlLimit {
  value: number
  name: string
}

/** Rows by two measures of how unusual they are, both 0 or more. */
export interface ControlModel {
  x: ArrayLike<number>
  y: ArrayLike<number>
  axisNames: readonly [string, string]
  /** points that are drawn, ascending: of very many some */
  drawn: readonly number[]
  limitX: ControlLimit | null
  limitY: ControlLimit | null
  /** most important first */
  labels: readonly { point: number; text: string }[]
  /** points drawn as hollow marks: they were not fitted */
  hollow?: readonly { symbol: 'circle-open' | 'diamond-open'; points: readonly number[] }[]
}

export interface ControlDrawing extends Figure {
  frame: PlotFrame
  /** by curve number: the points of a trace, null for furniture */
  hits: (readonly number[] | null)[]
}

const EDGE = 16
const MARGIN = { top: 26, right: 16, bottom: 38 }
const MOST_TICKS = 9
const TICK_PX = 44
const MANY = 2000
/** px of a selected mark's edge */
const SELECTED_EDGE = 1.25
const MOST_LABELS = 24

/** From zero to a little beyond the largest of the values and the limit. */
function rangeOf(values: ArrayLike<number>, points: readonly number[], limit: ControlLimit | null): Range {
  const [, most] = extentOf(points.map((point) => values[point]!))
  const top = Math.max(most, (limit?.value ?? 0) * 1.1)
  return top > 0 ? [-0.015 * top, top * 1.06] : [-0.015, 1]
}

function axisOf(theme: PlotTheme, range: Range, pixels: number): { step: number; axis: Record<string, unknown> } {
  const step = roundStep(((range[1] - range[0]) / pixels) * Math.max(TICK_PX, pixels / MOST_TICKS))
  const ticks = ticksIn(range, step)
  return {
    step,
    axis: {
      range: [...range],
      tickvals: ticks,
      ticktext: ticks.map((value) => tickText(value, step)),
      ...tickGap,
      tickangle: 0,
      tickfont: { size: 11, color: theme.textMuted },
      gridcolor: theme.grid,
      zeroline: true,
      zerolinecolor: theme.zero,
      zerolinewidth: 1,
      fixedrange: true
    }
  }
}

/** Rows by T² and Q with their limits: those beyond one are at full strength, the others soft; selected ones have an edge. */
export function drawControl(
  model: ControlModel,
  selected: readonly number[],
  theme: PlotTheme,
  size: Size,
  limits?: AxisLimits
): ControlDrawing {
  const x = within(rangeOf(model.x, model.drawn, model.limitX), limits?.x)
  const y = within(rangeOf(model.y, model.drawn, model.limitY), limits?.y)
  const height = Math.max(40, size.height - MARGIN.top - MARGIN.bottom)
  const vertical = axisOf(theme, y, height)
  const widest = Math.max(
    0,
    ...ticksIn(y, vertical.step).map((tick) => measureText(tickText(tick, vertical.step), theme.font))
  )
  const left = Math.round(Math.max(36, widest + EDGE + 4))
  const width = Math.max(40, size.width - left - MARGIN.right)
  const horizontal = axisOf(theme, x, width)
  const frame: PlotFrame = { left, top: MARGIN.top, width, height, x, y }
  const place = placeOfName(model, frame, theme)
  const isBeyond = (point: number): boolean =>
    (model.limitX !== null && model.x[point]! > model.limitX.value) ||
    (model.limitY !== null && model.y[point]! > model.limitY.value)
  const chosen = new Set(selected)
  const diameter = (model.drawn.length > MANY ? 4 : 6) * (theme.points ?? 1)
  const data: Record<string, unknown>[] = []
  const hits: (readonly number[] | null)[] = []
  const add = (points: readonly number[], marker: Record<string, unknown>): void => {
    if (points.length === 0) return
    data.push({
      type: 'scatter',
      mode: 'markers',
      x: points.map((point) => model.x[point]!),
      y: points.map((point) => model.y[point]!),
      marker: { symbol: 'circle', size: diameter, line: { width: 0 }, ...marker },
      selected: { marker: {} },
      unselected: { marker: { opacity: 0.4 } },
      cliponaxis: isChosen(limits?.x) || isChosen(limits?.y),
      hoverinfo: 'none'
    })
    hits.push(points)
  }
  const fade = chosen.size > 0 ? 0.5 : 1
  const { hollow = [] } = model
  const isHollow = new Set(hollow.flatMap(({ points }) => points))
  const solid = model.drawn.filter((point) => !isHollow.has(point))
  add(
    solid.filter((point) => !isBeyond(point)),
    { color: withOpacity(theme.mark, 0.4), opacity: fade }
  )
  add(
    solid.filter((point) => isBeyond(point)),
    { color: theme.mark, opacity: fade }
  )
  for (const { symbol, points } of hollow) {
    add(points, { symbol, color: theme.mark, opacity: fade, line: { width: SELECTED_EDGE, color: theme.mark } })
  }
  add(
    solid.filter((point) => chosen.has(point)),
    { color: theme.mark, size: diameter + 1.2, opacity: 1, line: { width: SELECTED_EDGE, color: theme.ink } }
  )
  // What is hollow stays so: the edge alone says that it is selected.
  for (const { symbol, points } of hollow) {
    add(
      points.filter((point) => chosen.has(point)),
      { symbol, color: theme.ink, size: diameter + 1.2, opacity: 1, line: { width: 2, color: theme.ink } }
    )
  }
  const lasso = { color: theme.accent, width: 1.25, dash: '4px 3px' }
  return {
    data,
    frame,
    hits,
    layout: {
      ...baseLayout(theme, size, { l: left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom }),
      dragmode: 'lasso',
      xaxis: horizontal.axis,
      yaxis: vertical.axis,
      shapes: limitLines(model, theme),
      annotations: [
        ...axisNames(model.axisNames, left, MARGIN.bottom, theme),
        ...limitNames(model, place, theme),
        ...labelsOf(model, frame, diameter / 2, place, theme)
      ],
      newselection: { line: lasso, mode: 'immediate' },
      activeselection: { fillcolor: theme.accent, opacity: 0.08 }
    }
  }
}

function limitLines({ limitX, limitY }: ControlModel, theme: PlotTheme): Record<string, unknown>[] {
  const line = { color: theme.markStrong, width: 1, dash: '5px 3px' }
  return [
    ...(limitX ? [{ type: 'line', x0: limitX.value, x1: limitX.value, yref: 'paper', y0: 0, y1: 1, line }] : []),
    ...(limitY ? [{ type: 'line', y0: limitY.value, y1: limitY.value, xref: 'paper', x0: 0, x1: 1, line }] : [])
  ]
}

const NAME_HEIGHT = 14

interface NamePlace {
  left: number
  top: number
  width: number
  atLeft: boolean
  above: boolean
}

/** Where the name of the horizontal limit covers the fewest marks: above or below its line, at the right or left end. */
function placeOfName(model: ControlModel, frame: PlotFrame, theme: PlotTheme): NamePlace | null {
  if (!model.limitY) return null
  const width = measureText(model.limitY.name, theme.font)
  const line = toPixels(frame, 0, model.limitY.value).y
  const places = [false, true].flatMap((atLeft) =>
    [true, false].map((above) => ({
      left: atLeft ? frame.left : frame.left + frame.width - width,
      top: above ? line - NAME_HEIGHT : line,
      width,
      atLeft,
      above
    }))
  )
  const spots = model.drawn.map((point) => toPixels(frame, model.x[point]!, model.y[point]!))
  const covered = ({ left, top }: NamePlace): number =>
    spots.filter(({ x, y }) => x > left - 4 && x < left + width + 4 && y > top - 4 && y < top + NAME_HEIGHT + 4).length
  const fits = places.filter(({ top }) => top >= frame.top && top + NAME_HEIGHT <= frame.top + frame.height)
  return fits.sort((one, other) => covered(one) - covered(other))[0] ?? null
}

function limitNames(
  { limitX, limitY }: ControlModel,
  place: NamePlace | null,
  theme: PlotTheme
): Record<string, unknown>[] {
  const shared = { showarrow: false, borderpad: 0, font: { size: 11, color: theme.textSecondary } }
  return [
    ...(limitX
      ? [
          {
            ...shared,
            text: escapeText(limitX.name),
            x: limitX.value,
            yref: 'paper',
            y: 1,
            xanchor: 'center',
            yanchor: 'bottom',
            yshift: 1
          }
        ]
      : []),
    ...(limitY && place
      ? [
          {
            ...shared,
            text: escapeText(limitY.name),
            xref: 'paper',
            x: place.atLeft ? 0 : 1,
            y: limitY.value,
            xanchor: place.atLeft ? 'left' : 'right',
            yanchor: place.above ? 'bottom' : 'top',
            xshift: place.atLeft ? 2 : 0
          }
        ]
      : [])
  ]
}

function labelsOf(
  { x, y, drawn, labels }: ControlModel,
  frame: PlotFrame,
  radius: number,
  place: NamePlace | null,
  theme: PlotTheme
): Record<string, unknown>[] {
  const at = (point: number): { x: number; y: number } => toPixels(frame, x[point]!, y[point]!)
  const spots = drawn.map(at)
  // No label may run over the name of the limit: marks of no size along it.
  for (let along = 0; place && along <= place.width; along += 4) {
    spots.push({ x: place.left + along, y: place.top + NAME_HEIGHT / 2 })
  }
  const placed = placeLabels(
    labels.map(({ text, point }) => ({ text, ...at(point), radius, width: measureText(text, theme.font) })),
    { left: frame.left, top: frame.top, right: frame.left + frame.width, bottom: frame.top + frame.height },
    { x: spots.map((spot) => spot.x), y: spots.map((spot) => spot.y), radius: () => radius },
    MOST_LABELS
  )
  return placed.map((place) => {
    const { text, point } = labels[place.candidate]!
    return {
      text: escapeText(text),
      x: x[point]!,
      y: y[point]!,
      xanchor: place.anchorX,
      yanchor: place.anchorY,
      xshift: place.dx,
      yshift: -place.dy,
      showarrow: false,
      borderpad: 0,
      font: { size: 11, color: theme.textSecondary }
    }
  })
}
