import { normalEllipse } from '../../core/analyses/pca/figures.ts'
import { extentOf, padRange } from './axes.ts'
import { OTHER_COLOUR } from './categories.ts'
import { colourOf, diameterOf, type ScatterModel, type ScatterRegion } from './scatter-model.ts'
import { withOpacity, type PlotTheme } from './theme.ts'

const regions = new WeakMap<ScatterModel, ScatterRegion[]>()

/** All regions of a model, the ellipses it asks for among them; computed once. "other" and "missing" are leftovers, not
 * groups, and have none; nor have points that took no part. */
function regionsOf(model: ScatterModel): ScatterRegion[] {
  let known = regions.get(model)
  if (known) return known
  known = []
  for (const { name, colour, members, aside } of model.groups) {
    if (!model.ellipses || colour === OTHER_COLOUR || aside) continue
    const ellipse = normalEllipse(model.x, model.y, members)
    if (ellipse) known.push({ group: name, colour, kind: 'area', outlines: [ellipse] })
  }
  known.push(...(model.regions ?? []))
  regions.set(model, known)
  return known
}

interface Extent {
  x: [number, number]
  y: [number, number]
}

const extents = new WeakMap<ScatterModel, Extent>()

/** What of the data is shown at first: every point with some air, and every region whole. Computed once for a model, so
 * that hiding a group moves nothing. */
export function wholeExtent(model: ScatterModel): Extent {
  let known = extents.get(model)
  if (known) return known
  known = pointsExtent(model)
  for (const { outlines } of regionsOf(model)) {
    for (const outline of outlines) {
      const [x, y] = [extentOf(outline.x), extentOf(outline.y)]
      known.x = [Math.min(known.x[0], x[0]), Math.max(known.x[1], x[1])]
      known.y = [Math.min(known.y[0], y[0]), Math.max(known.y[1], y[1])]
    }
  }
  extents.set(model, known)
  return known
}

const pointsExtents = new WeakMap<object, { y: ArrayLike<number>; framed: ScatterModel['framed']; extent: Extent }>()

/** That of the points alone, which other names leave as it is. */
function pointsExtent({ x, y, framed }: ScatterModel): Extent {
  const last = pointsExtents.get(x)
  if (last?.y === y && last.framed === framed) return { ...last.extent }
  const of = (values: ArrayLike<number>): ArrayLike<number> => (framed ? partOf(values, framed) : values)
  const extent = { x: padRange(extentOf(of(x)), 0.06), y: padRange(extentOf(of(y)), 0.06) }
  pointsExtents.set(x, { y, framed, extent })
  return { ...extent }
}

function partOf(values: ArrayLike<number>, points: ArrayLike<number>): Float64Array {
  const part = new Float64Array(points.length)
  for (let i = 0; i < part.length; i++) part[i] = values[points[i]!]!
  return part
}

const FILL = { area: 0.06, contour: 0.08 }

/** One trace a region; several outlines of one are parted by a gap. */
export function regionTraces(
  model: ScatterModel,
  hidden: ReadonlySet<string>,
  theme: PlotTheme
): Record<string, unknown>[] {
  return regionsOf(model).flatMap((region) => {
    if (hidden.has(region.group) || region.outlines.length === 0) return []
    const colour = colourOf(region, theme)
    const { kind } = region
    return {
      type: 'scatter',
      mode: 'lines',
      x: joined(region.outlines.map(({ x }) => x)),
      y: joined(region.outlines.map(({ y }) => y)),
      ...((kind === 'area' || kind === 'contour') && { fill: 'toself', fillcolor: withOpacity(colour, FILL[kind]) }),
      line: {
        color: withOpacity(colour, kind === 'mean' ? 0.95 : 0.55),
        width: kind === 'mean' ? 1.5 : 1,
        ...(kind === 'mean' && { dash: '3px 2px' })
      },
      hoverinfo: 'skip',
      showlegend: false
    }
  })
}

function joined(lists: readonly number[][]): (number | null)[] {
  return lists.flatMap((list, i) => (i === 0 ? list : [null, ...list]))
}

/** Group means as crosses in the colour of the group, edged so that they stand out of its points. */
export function centroidTrace(
  model: ScatterModel,
  hidden: ReadonlySet<string>,
  theme: PlotTheme
): Record<string, unknown> | null {
  const shown = (model.centroids ?? []).filter(({ group }) => !hidden.has(group))
  if (shown.length === 0) return null
  return {
    type: 'scatter',
    mode: 'markers',
    x: shown.map(({ x }) => x),
    y: shown.map(({ y }) => y),
    marker: {
      symbol: 'cross',
      size: 11,
      opacity: 1,
      color: shown.map((centroid) => colourOf(centroid, theme)),
      line: { width: 1.5, color: theme.surface }
    },
    hoverinfo: 'skip',
    showlegend: false
  }
}

const RING_GROWS = 5

/** Rings round points about which something is to be known. */
export function ringTrace(model: ScatterModel, theme: PlotTheme): Record<string, unknown> | null {
  const ringed = model.ringed ?? []
  if (ringed.length === 0) return null
  return {
    type: 'scatter',
    mode: 'markers',
    x: ringed.map((point) => model.x[point]!),
    y: ringed.map((point) => model.y[point]!),
    marker: {
      symbol: 'circle-open',
      size: ringed.map((point) => diameterOf(model, point, theme) + RING_GROWS),
      color: theme.textMuted,
      line: { width: 1, color: theme.textMuted }
    },
    hoverinfo: 'skip',
    showlegend: false
  }
}
