import { normalEllipse } from '../../core/analyses/pca/figures.ts'
import { decimalsOf, equalRanges, extentOf, padRange, roundStep, tickText, ticksIn, type Range } from './axes.ts'
import { OTHER_COLOUR, type MarkSymbol } from './categories.ts'
import { measureText, placeLabels } from './labels.ts'
import type { Figure } from './plotly.ts'
import { contrast, withOpacity, type PlotTheme } from './theme.ts'

/** Above this many points marks are drawn by WebGL; below it SVG is sharper. */
export const WEBGL_FROM = 3000
/** Above this many points marks shrink and what is not selected fades further. */
export const MANY_POINTS = 2000
const CROWDED_POINTS = 50_000
/** edge of a selected mark, px; the thin one where marks are hardly wider than the usual one */
const SELECTED_EDGE = 1.25
const CROWDED_EDGE = 0.5

export interface ScatterGroup {
  name: string
  /** index into theme.categories, or a role of the theme */
  colour: number | 'mark' | 'axis'
  symbol: MarkSymbol | 'cross-thin-open'
  /** point numbers, ascending */
  members: readonly number[]
}

/** A label for one or several points on one spot. */
export interface ScatterLabel {
  text: string
  point: number
}

/** What a scatter plot shows, whatever size and theme it is drawn in. Points are numbered 0 … n − 1. */
export interface ScatterModel {
  x: ArrayLike<number>
  y: ArrayLike<number>
  groups: readonly ScatterGroup[]
  /** a number per point coloured by viridis instead of the groups' colours */
  scale?: { name: string; values: ArrayLike<number>; low: number; high: number; decimals?: number | undefined }
  /** mark diameters in px; without them all marks are alike */
  diameters?: ArrayLike<number>
  /** 95 % ellipses round the groups */
  ellipses: boolean
  axisNames: readonly [string, string]
  /** most important first */
  labels: readonly ScatterLabel[]
}

/** How it is looked at. */
export interface ScatterLook {
  hidden: ReadonlySet<string>
  /** point numbers */
  selected: readonly number[]
  /** the lasso or box a selection came from */
  outline: { x: number[]; y: number[] } | null
  /** zoomed to; null shows everything */
  range: { x: Range; y: Range } | null
  tool: 'lasso' | 'select' | 'pan'
}

export interface Size {
  width: number
  height: number
}

/** Where data coordinates lie on the picture, in px. */
export interface PlotFrame {
  left: number
  top: number
  width: number
  height: number
  x: Range
  y: Range
}

export function toPixels(frame: PlotFrame, x: number, y: number): { x: number; y: number } {
  return {
    x: frame.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * frame.width,
    y: frame.top + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * frame.height
  }
}

export interface ScatterDrawing extends Figure {
  frame: PlotFrame
  /** by curve number: the point numbers of a trace, null for furniture */
  hits: (readonly number[] | null)[]
}

/** px between ticks at least; a wide plot spaces them more, so that there are about a dozen at most */
const TICK_DISTANCE = 52
const MOST_TICKS = 12
const EDGE = 16
/** of marks against the surface (WCAG 2.2, 1.4.11) */
const READABLE_CONTRAST = 3
const MARGIN = { top: 22, right: 14, bottom: 38 }

function colourOf(group: ScatterGroup, theme: PlotTheme): string {
  return typeof group.colour === 'number' ? theme.categories[group.colour]! : theme[group.colour]
}

/** Diameter of a plain mark: smaller as points grow many. */
export function plainDiameter(nPoints: number): number {
  return nPoints > CROWDED_POINTS ? 2 : nPoints > MANY_POINTS ? 4 : 6
}

/** The ellipse of a group; "other" and "missing" are leftovers, not groups, and have none. */
function ellipseOf(model: ScatterModel, group: ScatterGroup): ReturnType<typeof normalEllipse> {
  if (!model.ellipses || group.colour === OTHER_COLOUR) return null
  return normalEllipse(model.x, model.y, group.members)
}

/** Frame, ranges and tick step of an equal-unit plot of a size. */
function layOut(model: ScatterModel, look: ScatterLook, size: Size, font: string): { frame: PlotFrame; step: number } {
  const extent = (values: ArrayLike<number>): [number, number] =>
    padRange(extentOf(...model.groups.map(({ members }) => members.map((point) => values[point]!))), 0.06)
  const whole = { x: extent(model.x), y: extent(model.y) }
  for (const group of model.groups) {
    const outline = ellipseOf(model, group)
    if (!outline) continue
    const [x, y] = [extentOf(outline.x), extentOf(outline.y)]
    whole.x = [Math.min(whole.x[0], x[0]), Math.max(whole.x[1], x[1])]
    whole.y = [Math.min(whole.y[0], y[0]), Math.max(whole.y[1], y[1])]
  }
  const wanted = look.range ?? whole
  const height = Math.max(40, size.height - MARGIN.top - MARGIN.bottom)
  const widthWith = (left: number): number => Math.max(40, size.width - left - MARGIN.right)
  const first = equalRanges(wanted.x, wanted.y, widthWith(40), height)
  const distance = Math.max(TICK_DISTANCE, widthWith(40) / MOST_TICKS)
  const step = roundStep(((first.x[1] - first.x[0]) / widthWith(40)) * distance)
  const widest = Math.max(0, ...ticksIn(first.y, step).map((value) => measureText(tickText(value, step), font)))
  const left = Math.round(Math.max(36, widest + EDGE + 4))
  const ranges = equalRanges(wanted.x, wanted.y, widthWith(left), height)
  return { frame: { left, top: MARGIN.top, width: widthWith(left), height, ...ranges }, step }
}

/** Axis names at the ends: "↑ PC2" above the vertical axis, "PC1 →" under the right end of the horizontal one. */
export function axisNames(
  names: readonly [string, string],
  left: number,
  bottom: number,
  theme: PlotTheme
): Record<string, unknown>[] {
  const font = { size: 11, color: theme.textSecondary, weight: 500 }
  const shared = { showarrow: false, borderpad: 0, font, xref: 'paper', yref: 'paper' }
  return [
    {
      ...shared,
      text: `↑ ${names[1]}`,
      x: 0,
      y: 1,
      xanchor: 'left',
      yanchor: 'bottom',
      xshift: EDGE - left,
      yshift: 7
    },
    { ...shared, text: `${names[0]} →`, x: 1, y: 0, xanchor: 'right', yanchor: 'bottom', yshift: -bottom + 1 }
  ]
}

/** Invisible tick marks: a little air between the numbers and the drawing. */
export const tickGap = { ticks: 'outside', ticklen: 4, tickcolor: 'rgba(0,0,0,0)' }

function axis(theme: PlotTheme, range: Range, step: number): Record<string, unknown> {
  return {
    range: [...range],
    dtick: step,
    tick0: 0,
    // As many decimals as the step needs, on all ticks alike.
    ...(step >= 1e-5 && { tickformat: `,.${decimalsOf(step)}f` }),
    ...tickGap,
    tickangle: 0,
    tickfont: { size: 11, color: theme.textMuted },
    exponentformat: 'none',
    separatethousands: true,
    showline: false,
    zeroline: true,
    zerolinecolor: theme.zero,
    zerolinewidth: 1,
    gridcolor: theme.grid,
    gridwidth: 1
  }
}

/** What every drawing has in common: no box, no background, no legend of Plotly's own, figures of one font. */
export function baseLayout(
  theme: PlotTheme,
  size: Size,
  margin: { l: number; r: number; t: number; b: number }
): Record<string, unknown> {
  return {
    width: size.width,
    height: size.height,
    autosize: false,
    margin: { ...margin, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    hovermode: 'closest',
    hoverdistance: 10,
    font: { family: theme.font, size: 11, color: theme.textSecondary },
    selections: []
  }
}

function ellipseTraces(model: ScatterModel, look: ScatterLook, theme: PlotTheme): Record<string, unknown>[] {
  return model.groups.flatMap((group) => {
    const outline = look.hidden.has(group.name) ? null : ellipseOf(model, group)
    if (!outline) return []
    const colour = colourOf(group, theme)
    return {
      type: 'scatter',
      mode: 'lines',
      ...outline,
      fill: 'toself',
      fillcolor: withOpacity(colour, 0.06),
      line: { color: withOpacity(colour, 0.55), width: 1 },
      hoverinfo: 'skip'
    }
  })
}

function markerOf(
  model: ScatterModel,
  group: ScatterGroup,
  members: readonly number[],
  grow: number,
  theme: PlotTheme
): Record<string, unknown> {
  const { diameters, scale } = model
  const plain = plainDiameter(model.x.length)
  const thin = group.symbol === 'cross-thin-open'
  const marker: Record<string, unknown> = {
    symbol: group.symbol,
    size: diameters ? members.map((point) => diameters[point]! + grow) : plain + grow,
    color: scale ? members.map((point) => scale.values[point]!) : colourOf(group, theme),
    line: { width: 0 }
  }
  if (group.symbol.endsWith('-open') && !thin) marker['line'] = { width: 1.25, color: colourOf(group, theme) }
  if (thin) marker['line'] = { width: 1, color: colourOf(group, theme) }
  if (scale) {
    marker['colorscale'] = theme.viridis.map((colour, i) => [i / (theme.viridis.length - 1), colour])
    marker['cmin'] = scale.low
    marker['cmax'] = scale.high > scale.low ? scale.high : scale.low + 1
    marker['showscale'] = false
    // The end of viridis that is nearly the surface needs an edge to be seen.
    const pale = theme.viridis.map((colour) => contrast(colour, theme.surface) < READABLE_CONTRAST)
    const stepOf = (point: number): number =>
      Math.round(((scale.values[point]! - scale.low) / (scale.high - scale.low || 1)) * (pale.length - 1))
    if (plain > 2)
      marker['line'] = { color: theme.textMuted, width: members.map((point) => (pale[stepOf(point)] ? 1 : 0)) }
  }
  return marker
}

function labelAnnotations(
  model: ScatterModel,
  look: ScatterLook,
  theme: PlotTheme,
  frame: PlotFrame
): Record<string, unknown>[] {
  const visible: number[] = []
  for (const group of model.groups) {
    if (look.hidden.has(group.name)) continue
    for (const point of group.members) {
      const x = model.x[point]!
      const y = model.y[point]!
      if (x > frame.x[0] && x < frame.x[1] && y > frame.y[0] && y < frame.y[1]) visible.push(point)
    }
  }
  const shown = new Set(visible)
  const radius = (point: number): number =>
    (model.diameters ? model.diameters[point]! : plainDiameter(model.x.length)) / 2
  const labels = model.labels.filter((label) => shown.has(label.point))
  const at = (point: number): { x: number; y: number } => toPixels(frame, model.x[point]!, model.y[point]!)
  const candidates = labels.map(({ text, point }) => ({
    text,
    ...at(point),
    radius: radius(point),
    width: measureText(text, theme.font)
  }))
  const spots = visible.map(at)
  const right = frame.left + frame.width
  const bottom = frame.top + frame.height
  const placed = placeLabels(
    candidates,
    { left: frame.left, top: frame.top, right, bottom },
    { x: spots.map((p) => p.x), y: spots.map((p) => p.y), radius: (i) => radius(visible[i]!) }
  )
  return placed.map((place) => {
    const { text, point } = labels[place.candidate]!
    return {
      text: escapeText(text),
      x: model.x[point]!,
      y: model.y[point]!,
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

/** Names come from files; Plotly reads some tags and entities in texts. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The drawing of a scatter plot: ellipses below, all marks, the selected ones again above with an edge, labels, lasso. */
export function drawScatter(model: ScatterModel, look: ScatterLook, theme: PlotTheme, size: Size): ScatterDrawing {
  const { frame, step } = layOut(model, look, size, theme.font)
  const nPoints = model.x.length
  const type = nPoints > WEBGL_FROM ? 'scattergl' : 'scatter'
  const selected = new Set(look.selected)
  const dimmed = selected.size > 0
  const data: Record<string, unknown>[] = ellipseTraces(model, look, theme)
  const hits: (readonly number[] | null)[] = data.map(() => null)
  const usual = nPoints > CROWDED_POINTS ? 0.5 : 0.75
  const edge = nPoints > CROWDED_POINTS ? CROWDED_EDGE : SELECTED_EDGE
  const opacity = !dimmed ? usual : nPoints > MANY_POINTS ? theme.dim : 0.5
  const coordinates = (members: readonly number[]): Record<string, unknown> => ({
    x: members.map((point) => model.x[point]!),
    y: members.map((point) => model.y[point]!)
  })
  const shown = model.groups.filter((group) => !look.hidden.has(group.name))
  for (const group of shown) {
    data.push({
      type,
      mode: 'markers',
      name: group.name,
      ...coordinates(group.members),
      marker: { ...markerOf(model, group, group.members, 0, theme), opacity },
      selected: { marker: { opacity: usual } },
      unselected: { marker: { opacity: 0.3 } },
      hoverinfo: 'none'
    })
    hits.push(group.members)
  }
  for (const group of dimmed ? shown : []) {
    const members = group.members.filter((point) => selected.has(point))
    if (members.length === 0) continue
    data.push({
      type,
      mode: 'markers',
      ...coordinates(members),
      marker: { ...markerOf(model, group, members, 1.2, theme), opacity: 1, line: { width: edge, color: theme.ink } },
      hoverinfo: 'skip'
    })
    hits.push(null)
  }
  const lasso = { color: theme.accent, width: 1.25, dash: '4px 3px' }
  const layout = {
    ...baseLayout(theme, size, { l: frame.left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom }),
    dragmode: look.tool,
    xaxis: axis(theme, frame.x, step),
    yaxis: { ...axis(theme, frame.y, step), scaleanchor: 'x', scaleratio: 1 },
    annotations: [
      ...axisNames(model.axisNames, frame.left, MARGIN.bottom, theme),
      ...labelAnnotations(model, look, theme, frame)
    ],
    shapes: look.outline ? [outlineShape(look.outline, theme)] : [],
    newselection: { line: lasso, mode: 'immediate' },
    activeselection: { fillcolor: theme.accent, opacity: 0.08 }
  }
  return { data, layout, frame, hits }
}

function outlineShape(outline: { x: number[]; y: number[] }, theme: PlotTheme): Record<string, unknown> {
  const path = outline.x.map((x, i) => `${i === 0 ? 'M' : 'L'}${x},${outline.y[i]!}`).join('')
  return {
    type: 'path',
    path: `${path}Z`,
    line: { color: theme.accent, width: 1.25, dash: '4px 3px' },
    fillcolor: withOpacity(theme.accent, 0.08),
    layer: 'above'
  }
}
