import { decimalsOf, equalRanges, roundStep, tickText, ticksIn, within, type Range } from './axes.ts'
import { measureText } from './labels.ts'
import { layOutOwnUnits, type AxisTicks } from './own-units.ts'
import type { Figure } from './plotly.ts'
import { SHAPES } from './points/scene.ts'
import { centroidTrace, regionTraces, ringTrace, wholeExtent } from './regions.ts'
import { labelAnnotations } from './scatter-labels.ts'
import {
  colourOf,
  CROWDED_POINTS,
  MANY_POINTS,
  plainDiameter,
  type PlotFrame,
  type ScatterGroup,
  type ScatterLook,
  type ScatterModel,
  type Size
} from './scatter-model.ts'
import { edgesOfPale } from './readable-scale.ts'
import { withOpacity, type PlotTheme } from './theme.ts'

export { escapeText } from './scatter-labels.ts'
export { CANVAS_FROM, plainDiameter, toPixels } from './scatter-model.ts'
export type { PlotFrame, ScatterGroup, ScatterLook, ScatterModel, Size } from './scatter-model.ts'

/** edge of a selected mark, px; the thin one where marks are hardly wider than the usual one */
const SELECTED_EDGE = 1.25
const CROWDED_EDGE = 0.5
/** px a selected mark is wider */
const SELECTED_GROW = 1.2
const CROWDED_GROW = 0.5

export interface ScatterDrawing extends Figure {
  frame: PlotFrame
  /** by curve number: the point numbers of a trace, null for furniture */
  hits: (ArrayLike<number> | null)[]
}

/** px between ticks at least; a wide plot spaces them more, so that there are about a dozen at most */
const TICK_DISTANCE = 52
const MOST_TICKS = 12
const EDGE = 16
export const MARGIN = { top: 22, right: 14, bottom: 38 }

/** Where the axes of a plot lie, and how they are ticked: every step, where one unit is equally long both ways, or each on its own. */
interface Laid {
  frame: PlotFrame
  step: number
  ticks?: { x: AxisTicks; y: AxisTicks }
}

/** Frame, ranges and tick step of an equal-unit plot of a size; of another each axis' own ticks. */
function layOut(model: ScatterModel, look: ScatterLook, size: Size, font: string): Laid {
  if (model.ownUnits) return { ...layOutOwnUnits(model, look, size, { ...MARGIN, edge: EDGE }, font), step: 0 }
  const whole = wholeExtent(model)
  const wanted = look.range ?? { x: within(whole.x, look.limits?.x), y: within(whole.y, look.limits?.y) }
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

/** By these the names of the axes are found among the annotations. */
export const X_NAME = 'name of x'
export const Y_NAME = 'name of y'

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
      name: Y_NAME,
      text: `↑ ${names[1]}`,
      x: 0,
      y: 1,
      xanchor: 'left',
      yanchor: 'bottom',
      xshift: EDGE - left,
      yshift: 7
    },
    {
      ...shared,
      name: X_NAME,
      text: `${names[0]} →`,
      x: 1,
      y: 0,
      xanchor: 'right',
      yanchor: 'bottom',
      yshift: -bottom + 1
    }
  ]
}

/** Invisible tick marks: a little air between the numbers and the drawing. */
export const tickGap = { ticks: 'outside', ticklen: 4, tickcolor: 'rgba(0,0,0,0)' }

/** An axis with round ticks, a zero line and no line of its own. */
export function axis(theme: PlotTheme, range: Range, step: number): Record<string, unknown> {
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

/** The same with given ticks. */
const tickedAxis = (
  theme: PlotTheme,
  range: Range,
  { values, texts, hasZero }: AxisTicks
): Record<string, unknown> => ({
  ...axis(theme, range, 1),
  tickmode: 'array',
  zeroline: hasZero,
  tickvals: values,
  ticktext: texts
})

/** px between the edges of a drawing and of what its axes enclose */
export interface PlotMargin {
  l: number
  r: number
  t: number
  b: number
}

/** What every drawing has in common: no box, no background, no legend of Plotly's own, figures of one font. */
export function baseLayout(theme: PlotTheme, size: Size, margin: PlotMargin): Record<string, unknown> {
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

function markerOf(
  model: ScatterModel,
  group: ScatterGroup,
  members: ArrayLike<number>,
  grow: number,
  theme: PlotTheme
): Record<string, unknown> {
  const { diameters, scale, shapes } = model
  const larger = theme.points ?? 1
  const plain = plainDiameter(model.x.length) * larger
  const thin = group.symbol === 'cross-thin-open'
  const marker: Record<string, unknown> = {
    symbol: shapes ? Array.from(members, (point) => SHAPES[shapes[point]!]!) : group.symbol,
    size: diameters ? Array.from(members, (point) => diameters[point]! * larger + grow) : plain + grow,
    color: scale ? Array.from(members, (point) => scale.values[point]!) : colourOf(group, theme),
    line: { width: 0 }
  }
  if (group.symbol.endsWith('-open') && !thin) marker['line'] = { width: 1.25, color: colourOf(group, theme) }
  if (thin) marker['line'] = { width: 1, color: colourOf(group, theme) }
  if (scale) {
    marker['colorscale'] = theme.viridis.map((colour, i) => [i / (theme.viridis.length - 1), colour])
    marker['cmin'] = scale.low
    marker['cmax'] = scale.high > scale.low ? scale.high : scale.low + 1
    marker['showscale'] = false
    if (plain > 2 && !group.symbol.endsWith('-open')) marker['line'] = edgesOfPale(scale, members, theme)
  }
  return marker
}

/** A drawing without marks has one empty trace: without any, a plot has no axes. */
const NO_MARKS = { type: 'scatter', mode: 'markers', x: [null], y: [null], hoverinfo: 'skip', showlegend: false }

/** The drawing of a scatter plot: ellipses below, all marks, the selected ones again above with an edge, labels, lasso.
 * @param marks 'apart': the marks are drawn by somebody else, between this drawing's grid and its labels */
export function drawScatter(
  model: ScatterModel,
  look: ScatterLook,
  theme: PlotTheme,
  size: Size,
  marks: 'traces' | 'apart' = 'traces'
): ScatterDrawing {
  const laid = layOut(model, look, size, theme.font)
  const { frame } = laid
  const data: Record<string, unknown>[] = regionTraces(model, look.hidden, theme)
  const hits: ScatterDrawing['hits'] = data.map(() => null)
  if (marks === 'apart') {
    data.push(NO_MARKS)
    hits.push(null)
  } else addMarks(model, look, theme, data, hits)
  for (const trace of [centroidTrace(model, look.hidden, theme), ringTrace(model, theme)]) {
    if (!trace) continue
    data.push(trace)
    hits.push(null)
  }
  const layout = planeLayout(model.axisNames, labelAnnotations(model, look, theme, frame), look, laid, theme, size)
  return { data, layout, frame, hits }
}

/** Opacity of points and the edge of selected ones, by how many there are. */
export function emphasis(
  nPoints: number,
  theme: PlotTheme
): { usual: number; dim: number; edge: number; grow: number } {
  return {
    usual: nPoints > CROWDED_POINTS ? 0.5 : 0.75,
    dim: nPoints > MANY_POINTS ? theme.dim : 0.5,
    edge: nPoints > CROWDED_POINTS ? CROWDED_EDGE : SELECTED_EDGE,
    grow: nPoints > CROWDED_POINTS ? CROWDED_GROW : SELECTED_GROW
  }
}

/** Adds the marks of the groups that are shown, and the selected ones again above them, with what each trace holds. */
export function addMarks(
  model: ScatterModel,
  look: ScatterLook,
  theme: PlotTheme,
  data: Record<string, unknown>[],
  hits: ScatterDrawing['hits']
): void {
  const selected = new Set(Array.from(look.selected))
  const dimmed = selected.size > 0
  const { usual, dim, edge, grow } = emphasis(model.x.length, theme)
  const { strengths } = model
  const opacity = (members: ArrayLike<number>, whole: number): number | number[] =>
    strengths ? Array.from(members, (point) => (whole * strengths[point]!) / 255) : whole
  const coordinates = (members: ArrayLike<number>): Record<string, unknown> => ({
    x: Array.from(members, (point) => model.x[point]!),
    y: Array.from(members, (point) => model.y[point]!)
  })
  const shown = model.groups.filter((group) => !look.hidden.has(group.name))
  for (const group of shown) {
    data.push({
      type: 'scatter',
      mode: 'markers',
      name: group.name,
      ...coordinates(group.members),
      marker: {
        ...markerOf(model, group, group.members, 0, theme),
        opacity: opacity(group.members, dimmed ? dim : usual)
      },
      selected: { marker: { opacity: usual } },
      unselected: { marker: { opacity: 0.3 } },
      hoverinfo: 'none'
    })
    hits.push(group.members)
  }
  for (const group of dimmed ? shown : []) {
    const members = Array.from(group.members).filter((point) => selected.has(point))
    if (members.length === 0) continue
    const marker = markerOf(model, group, members, grow, theme)
    data.push({
      type: 'scatter',
      mode: 'markers',
      ...coordinates(members),
      marker: { ...marker, opacity: opacity(members, 1), line: { width: edge, color: theme.ink } },
      hoverinfo: 'skip'
    })
    hits.push(null)
  }
}

/** Layout of a plane: axes with their names, labels, the tools and the lasso. Without ticks of their own one unit is equally long on
 * both axes. */
export function planeLayout(
  names: readonly [string, string],
  labels: readonly Record<string, unknown>[],
  { tool, outline }: Pick<ScatterLook, 'tool' | 'outline'>,
  { frame, step, ticks }: Laid,
  theme: PlotTheme,
  size: Size
): Record<string, unknown> {
  return {
    ...baseLayout(theme, size, { l: frame.left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom }),
    dragmode: tool,
    xaxis: ticks ? tickedAxis(theme, frame.x, ticks.x) : axis(theme, frame.x, step),
    yaxis: ticks
      ? tickedAxis(theme, frame.y, ticks.y)
      : { ...axis(theme, frame.y, step), scaleanchor: 'x', scaleratio: 1 },
    annotations: [...axisNames(names, frame.left, MARGIN.bottom, theme), ...labels],
    shapes: outline ? [outlineShape(outline, theme)] : [],
    newselection: { line: { color: theme.accent, width: 1.25, dash: '4px 3px' }, mode: 'immediate' },
    activeselection: { fillcolor: theme.accent, opacity: 0.08 }
  }
}

/** A lasso or box that stays while its selection does. */
export function outlineShape(outline: { x: number[]; y: number[] }, theme: PlotTheme): Record<string, unknown> {
  const path = outline.x.map((x, i) => `${i === 0 ? 'M' : 'L'}${x},${outline.y[i]!}`).join('')
  return {
    type: 'path',
    path: `${path}Z`,
    line: { color: theme.accent, width: 1.25, dash: '4px 3px' },
    fillcolor: withOpacity(theme.accent, 0.08),
    layer: 'above'
  }
}
