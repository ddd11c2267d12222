import { equalRanges, extentOf, padRange, roundStep, ticksIn, tickText, within } from './axes.ts'
import { LABEL_HEIGHT, measureText, placeLabels, type PlacedLabel } from './labels.ts'
import { colourAt, edgesOfPale, readableViridis } from './readable-scale.ts'
import { shortenNames } from './short-names.ts'
import {
  escapeText,
  MARGIN,
  planeLayout,
  toPixels,
  type PlotFrame,
  type ScatterDrawing,
  type ScatterLook,
  type Size
} from './scatter.ts'
import { colourOf, type ScatterGroup, type ScatterModel } from './scatter-model.ts'
import { withOpacity, type PlotTheme } from './theme.ts'
import { circleTrace, DIMMED, levelTrace } from './vector-marks.ts'

/** An arrow from the origin. */
export interface PlotVector {
  name: string
  x: number
  y: number
  /** not part of the fit: dashed, with a hollow head */
  supplementary: boolean
  /** 0 … 1 on the scale; nothing without one */
  place?: number | undefined
}

/** Points under the arrows. */
export interface VectorCloud {
  x: ArrayLike<number>
  y: ArrayLike<number>
  groups: readonly ScatterGroup[]
  /** a number per point coloured by viridis instead of the groups' colours */
  scale?: ScatterModel['scale']
  /** most important first */
  labels: readonly { text: string; point: number }[]
}

/** What a drawing of arrows shows, whatever size and theme it is drawn in. */
export interface VectorModel {
  /** most important first */
  vectors: readonly PlotVector[]
  /** ends of arrows that are not drawn */
  dots: { x: readonly number[]; y: readonly number[] }
  /** places of levels of categories that were not fitted: hollow diamonds with their names */
  levels: readonly { name: string; x: number; y: number }[]
  /** closed lines round arrows, with the number of the vector */
  outlines: readonly { vector: number; x: readonly number[]; y: readonly number[] }[]
  cloud: VectorCloud | null
  /** the circle within which all correlations lie */
  circle: boolean
  axisNames: readonly [string, string]
}

/** How it is looked at. */
export interface VectorLook {
  /** numbers of vectors */
  chosen: ReadonlySet<number>
  /** numbers of points of the cloud, ascending */
  selected: readonly number[]
  hidden: ReadonlySet<string>
  outline: ScatterLook['outline']
  range: ScatterLook['range']
  limits?: ScatterLook['limits']
  tool: ScatterLook['tool']
}

/** What a mark stands for. */
export type VectorMark = 'vector' | 'point' | 'dot' | 'level'

export interface VectorDrawing extends Omit<ScatterDrawing, 'hits'> {
  /** by curve number: what its marks are */
  hits: ({ kind: VectorMark; of: readonly number[] } | null)[]
}

const EDGE = 16
const TICK_DISTANCE = 56
const MOST_TICKS = 10
/** px of an arrow head, and between the places of an arrow that answer to the pointer and keep labels off */
const HEAD = 9
const SHAFT_STEP = 9
/** px of the name of an arrow */
const MOST_NAME_PX = 150
/** places of an arrow under the pointer; many arrows make many */
const MOST_PLACES = 24

/** Frame, ranges and tick step: one unit is equally long on both axes. */
function layOut(model: VectorModel, look: VectorLook, size: Size, font: string): { frame: PlotFrame; step: number } {
  const { vectors, cloud, circle, outlines, levels } = model
  const members = cloud?.groups.map((group) => group.members) ?? []
  const extent = (of: 'x' | 'y'): [number, number] =>
    padRange(
      extentOf(
        [0, ...vectors.map((vector) => vector[of])],
        ...outlines.map((outline) => outline[of]),
        levels.map((level) => level[of]),
        ...(circle ? [[-1, 1]] : []),
        ...(cloud ? members.map((points) => Array.from(points, (point) => cloud[of][point]!)) : [])
      ),
      circle ? 0.04 : 0.08
    )
  const wanted = look.range ?? { x: within(extent('x'), look.limits?.x), y: within(extent('y'), look.limits?.y) }
  const height = Math.max(40, size.height - MARGIN.top - MARGIN.bottom)
  const widthWith = (left: number): number => Math.max(40, size.width - left - MARGIN.right)
  const first = equalRanges(wanted.x, wanted.y, widthWith(40), height)
  const distance = Math.max(TICK_DISTANCE, widthWith(40) / MOST_TICKS)
  const step = roundStep(((first.x[1] - first.x[0]) / widthWith(40)) * distance)
  const widest = Math.max(0, ...ticksIn(first.y, step).map((value) => measureText(tickText(value, step), font)))
  const left = Math.round(Math.max(36, widest + EDGE + 4))
  return {
    frame: {
      left,
      top: MARGIN.top,
      width: widthWith(left),
      height,
      ...equalRanges(wanted.x, wanted.y, widthWith(left), height)
    },
    step
  }
}

const colourOfVector = (vector: PlotVector, steps: readonly string[], theme: PlotTheme): string =>
  vector.place === undefined ? theme.mark : colourAt(steps, vector.place)

/** points beyond which names of arrows may lie on them: else a dense cloud would leave none */
const DENSE = 100

type Trace = Record<string, unknown>

/** Lines of one look, parted by nulls. */
interface Lines {
  x: (number | null)[]
  y: (number | null)[]
  line: Trace
}

/** One line trace for all arrows that are drawn alike, and their heads. */
function arrowTraces({ vectors }: VectorModel, { chosen }: VectorLook, theme: PlotTheme): Trace[] {
  const steps = readableViridis(theme)
  const lines = new Map<string, Lines>()
  const heads = { x: [] as number[], y: [] as number[], angle: [] as number[], symbol: [] as string[] }
  const colours: string[] = []
  const sizes: number[] = []
  vectors.forEach((vector, i) => {
    if (vector.x === 0 && vector.y === 0) return
    const isChosen = chosen.has(i)
    const plain = colourOfVector(vector, steps, theme)
    const colour = chosen.size === 0 || isChosen ? plain : withOpacity(plain, DIMMED)
    const line = { color: colour, width: isChosen ? 2.5 : 1.25, dash: vector.supplementary ? '5px,3px' : 'solid' }
    const key = JSON.stringify(line)
    const together: Lines = lines.get(key) ?? { x: [], y: [], line }
    lines.set(key, together)
    together.x.push(0, vector.x, null)
    together.y.push(0, vector.y, null)
    heads.x.push(vector.x)
    heads.y.push(vector.y)
    heads.angle.push((Math.atan2(vector.x, vector.y) * 180) / Math.PI)
    heads.symbol.push(vector.supplementary ? 'arrow-open' : 'arrow')
    colours.push(colour)
    sizes.push(isChosen ? HEAD + 2 : HEAD)
  })
  return [
    ...Array.from(lines.values(), ({ x, y, line }) => ({
      type: 'scatter',
      mode: 'lines',
      x,
      y,
      line,
      hoverinfo: 'skip'
    })),
    {
      type: 'scatter',
      mode: 'markers',
      ...{ x: heads.x, y: heads.y },
      marker: {
        symbol: heads.symbol,
        angle: heads.angle,
        size: sizes,
        opacity: 1,
        color: colours,
        line: { width: 1.25, color: colours }
      },
      hoverinfo: 'skip',
      cliponaxis: false
    }
  ]
}

/** Places along the arrows, a few px apart, from their ends inwards. @param most of each arrow */
function placesOn(
  vectors: readonly PlotVector[],
  frame: PlotFrame,
  most: number
): { x: number[]; y: number[]; of: number[] } {
  const places = { x: [] as number[], y: [] as number[], of: [] as number[] }
  const unit = frame.width / (frame.x[1] - frame.x[0])
  vectors.forEach(({ x, y }, i) => {
    const count = Math.max(1, Math.floor((Math.hypot(x, y) * unit) / SHAFT_STEP))
    // Near the origin all arrows meet: nobody could tell which one is meant.
    const last = Math.max(count - most, Math.min(count - 1, 2))
    for (let k = count; k > last; k--) {
      places.x.push((x * k) / count)
      places.y.push((y * k) / count)
      places.of.push(i)
    }
  })
  return places
}

function cloudTraces(
  cloud: VectorCloud,
  look: VectorLook,
  theme: PlotTheme
): { trace: Trace; of: readonly number[] | null }[] {
  const selected = new Set(look.selected)
  const shown = cloud.groups.filter((group) => !look.hidden.has(group.name))
  const traceOf = (members: ArrayLike<number>, further: Trace): Trace => ({
    type: 'scatter',
    mode: 'markers',
    x: Array.from(members, (point) => cloud.x[point]!),
    y: Array.from(members, (point) => cloud.y[point]!),
    ...further
  })
  const { scale } = cloud
  const coloured = (members: ArrayLike<number>, group: ScatterGroup): Trace =>
    scale === undefined
      ? { color: colourOf(group, theme) }
      : {
          color: Array.from(members, (point) => scale.values[point]!),
          colorscale: theme.viridis.map((colour, i) => [i / (theme.viridis.length - 1), colour]),
          cmin: scale.low,
          cmax: scale.high > scale.low ? scale.high : scale.low + 1,
          showscale: false
        }
  const plain = shown.map((group) => ({
    of: Array.from(group.members),
    trace: traceOf(group.members, {
      name: group.name,
      marker: {
        symbol: group.symbol,
        size: 5 * (theme.points ?? 1),
        ...coloured(group.members, group),
        opacity: selected.size > 0 ? theme.dim : 0.6,
        line: group.symbol.endsWith('-open')
          ? { width: 1.25, color: colourOf(group, theme) }
          : scale
            ? edgesOfPale(scale, group.members, theme)
            : { width: 0 }
      },
      selected: { marker: { opacity: 0.6 } },
      unselected: { marker: { opacity: 0.3 } },
      hoverinfo: 'none'
    })
  }))
  const above = shown.flatMap((group) => {
    const members = Array.from(group.members).filter((point) => selected.has(point))
    if (members.length === 0) return []
    const marker = {
      symbol: group.symbol,
      size: 5 * (theme.points ?? 1) + 1.2,
      ...coloured(members, group),
      opacity: 1
    }
    const edge = { line: { width: 1.25, color: theme.ink } }
    return { of: null, trace: traceOf(members, { marker: { ...marker, ...edge }, hoverinfo: 'skip' }) }
  })
  return [...plain, ...above]
}

/** What a label names that is no arrow. */
const LEVEL = -2
const POINT = -1

/** Places along a label, that others keep off it. */
function boxSpots(
  { x, y, width }: { x: number; y: number; width: number },
  { anchorX, anchorY, dx, dy }: PlacedLabel
): { x: number; y: number }[] {
  const left = x + dx - (anchorX === 'left' ? 0 : anchorX === 'right' ? width : width / 2)
  const middle = y + dy + (anchorY === 'top' ? 1 : anchorY === 'bottom' ? -1 : 0) * (LABEL_HEIGHT / 2)
  return Array.from({ length: Math.ceil(width / 4) + 1 }, (_, i) => i).flatMap((i) =>
    [-4, 0, 4].map((off) => ({ x: Math.min(left + width, left + 4 * i), y: middle + off }))
  )
}

/** Names at the ends of the arrows, then of points: a name that finds no free place is left out. */
function labels(model: VectorModel, look: VectorLook, theme: PlotTheme, frame: PlotFrame): Trace[] {
  const { vectors, cloud, levels } = model
  const inSight = (x: number, y: number): boolean =>
    x >= frame.x[0] && x <= frame.x[1] && y >= frame.y[0] && y <= frame.y[1]
  const hidden = new Set(
    cloud?.groups.filter(({ name }) => look.hidden.has(name)).flatMap(({ members }) => Array.from(members))
  )
  const whole = vectors.map(({ name }) => name)
  const names = shortenNames(whole, MOST_NAME_PX, theme.font)
  const order = [...vectors.keys()].sort((a, b) => Number(look.chosen.has(b)) - Number(look.chosen.has(a)) || a - b)
  const wanted = [
    ...order.map((i) => ({ ...vectors[i]!, text: names[i]!, radius: 4, of: i })),
    ...levels.map((level) => ({ ...level, text: level.name, radius: 5, of: LEVEL })),
    ...(cloud?.labels ?? [])
      .filter(({ point }) => !hidden.has(point))
      .map(({ text, point }) => ({ text, x: cloud!.x[point]!, y: cloud!.y[point]!, radius: 3, of: POINT }))
  ].filter(({ x, y }) => inSight(x, y))
  const candidates = wanted.map(({ text, x, y, radius }) => ({
    text,
    ...toPixels(frame, x, y),
    radius,
    width: measureText(text, theme.font)
  }))
  const places = placesOn(vectors, frame, Infinity)
  const shown =
    cloud?.groups.filter(({ name }) => !look.hidden.has(name)).flatMap(({ members }) => Array.from(members)) ?? []
  const arrows = [
    ...places.x.map((x, i) => toPixels(frame, x, places.y[i]!)),
    ...levels.flatMap(({ x, y }) => {
      const middle = toPixels(frame, x, y)
      return [-2, 2].map((off) => ({ x: middle.x + off, y: middle.y }))
    })
  ]
  const marks = shown.map((point) => toPixels(frame, cloud!.x[point]!, cloud!.y[point]!))
  const room = { left: frame.left, top: frame.top, right: frame.left + frame.width, bottom: frame.top + frame.height }
  const placeAmong = (texts: typeof candidates, spots: typeof arrows): PlacedLabel[] =>
    placeLabels(texts, room, { x: spots.map(({ x }) => x), y: spots.map(({ y }) => y), radius: () => 2.5 })
  const isDense = shown.length > DENSE
  const firstPoint = wanted.findIndex(({ of }) => of === POINT)
  const nNames = firstPoint < 0 ? wanted.length : firstPoint
  // In a dense cloud the names of arrows come first and lie on the points; those of points have what is left.
  const placed = isDense
    ? placeAmong(candidates.slice(0, nNames), arrows)
    : placeAmong(candidates, [...arrows, ...marks])
  if (isDense) {
    const taken = placed.flatMap((place) => boxSpots(candidates[place.candidate]!, place))
    const further = placeAmong(candidates.slice(nNames), [...arrows, ...marks, ...taken])
    placed.push(...further.map((place) => ({ ...place, candidate: place.candidate + nNames })))
  }
  return placed.map((place) => {
    const { text, x, y, of } = wanted[place.candidate]!
    const strong = of >= 0 && look.chosen.has(of)
    const colour = of === POINT ? theme.textMuted : strong ? theme.text : theme.textSecondary
    return {
      text: escapeText(text),
      ...{ x, y },
      xanchor: place.anchorX,
      yanchor: place.anchorY,
      xshift: place.dx,
      yshift: -place.dy,
      showarrow: false,
      borderpad: 0,
      ...(isDense && of !== POINT && { bgcolor: withOpacity(theme.surface, 0.75) }),
      font: { size: 11, color: colour, weight: strong ? 600 : of === POINT ? 400 : 500 }
    }
  })
}

/** Arrows from the origin, with names at their ends; below them points, the unit circle, and clouds round the ends. */
export function drawVectors(model: VectorModel, look: VectorLook, theme: PlotTheme, size: Size): VectorDrawing {
  const { frame, step } = layOut(model, look, size, theme.font)
  const data: Trace[] = []
  const hits: VectorDrawing['hits'] = []
  const add = (trace: Trace, hit: VectorDrawing['hits'][number]): void => {
    data.push(trace)
    hits.push(hit)
  }
  if (model.circle) add(circleTrace(theme), null)
  if (model.cloud) {
    for (const { trace, of } of cloudTraces(model.cloud, look, theme)) add(trace, of && { kind: 'point', of })
  }
  if (model.dots.x.length > 0) {
    const marker = {
      size: 3.5 * (theme.points ?? 1),
      color: theme.mark,
      opacity: look.chosen.size > 0 ? theme.dim : 0.4
    }
    add(
      { type: 'scatter', mode: 'markers', ...model.dots, marker, hoverinfo: 'none' },
      { kind: 'dot', of: model.dots.x.map((_, i) => i) }
    )
  }
  for (const { vector, x, y } of model.outlines) {
    const colour = colourOfVector(model.vectors[vector]!, readableViridis(theme), theme)
    const line = { color: withOpacity(colour, 0.55), width: 1 }
    const fill = { fill: 'toself', fillcolor: withOpacity(colour, 0.08) }
    add({ type: 'scatter', mode: 'lines', x: [...x], y: [...y], ...fill, line, hoverinfo: 'skip' }, null)
  }
  for (const trace of arrowTraces(model, look, theme)) add(trace, null)
  if (model.levels.length > 0)
    add(levelTrace(model.levels, look.chosen.size > 0, theme), { kind: 'level', of: [...model.levels.keys()] })
  const { of, ...places } = placesOn(model.vectors, frame, MOST_PLACES)
  const unseen = { size: 8, color: theme.mark, opacity: 0 }
  add(
    { type: 'scatter', mode: 'markers', ...places, marker: unseen, hoverinfo: 'none', showlegend: false },
    { kind: 'vector', of }
  )
  const layout = planeLayout(model.axisNames, labels(model, look, theme, frame), look, { frame, step }, theme, size)
  return { data, hits, frame, layout }
}
