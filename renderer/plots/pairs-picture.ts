import {
  calledNow,
  cutBeyond,
  extentOf,
  limitsOf,
  padRange,
  within,
  type AxisLimits,
  type Limits,
  type Range
} from './axes.ts'
import { groupNames, pointsImage } from './points/scatter-picture.ts'
import type { PointFrame } from './points/scene.ts'
import type { Figure } from './plotly.ts'
import { addMarks, baseLayout, escapeText, type ScatterLook, type ScatterModel, type Size } from './scatter.ts'
import { CANVAS_FROM, plainDiameter } from './scatter-model.ts'
import type { PlotTheme } from './theme.ts'

/** Every pair of a few coordinates, each axis to the scale of its own. */
export interface PairsModel {
  /** its x and y are not used */
  model: ScatterModel
  coordinates: readonly ArrayLike<number>[]
  names: readonly string[]
  hidden: ReadonlySet<string>
  selected: ArrayLike<number>
}

/** px between the small plots, and round them all */
const GAP = 4
const EDGE = 16
/** px of a mark in a small plot, at most */
const SMALL = 4

/** One small plot: the coordinate of its column to the right, that of its row upwards. On the diagonal stands a name. */
export interface PairPanel {
  row: number
  column: number
  frame: PointFrame
}

/** The range of each coordinate, with the ends that were chosen. */
export const rangesOf = (coordinates: PairsModel['coordinates'], limits: readonly Limits[] = []): Range[] =>
  coordinates.map((values, k) => within(padRange(extentOf(values), 0.06), limits[k]))

/** Where the small plots lie, row by row. */
export function layPanels(ranges: readonly Range[], { width, height }: Size): PairPanel[] {
  const k = ranges.length
  const [wide, high] = [(width - 2 * EDGE - GAP * (k - 1)) / k, (height - 2 * EDGE - GAP * (k - 1)) / k]
  return Array.from({ length: k * k }, (_, i): PairPanel => {
    const [row, column] = [Math.floor(i / k), i % k]
    const frame = {
      ...{ left: EDGE + column * (wide + GAP), top: EDGE + row * (high + GAP) },
      ...{ width: wide, height: high, x: ranges[column]!, y: ranges[row]! }
    }
    return { row, column, frame }
  })
}

/** The theme with marks as small as in small plots. */
export function smallMarks({ x }: ScatterModel, theme: PlotTheme): PlotTheme {
  return { ...theme, points: Math.min(1, SMALL / plainDiameter(x.length)) * (theme.points ?? 1) }
}

/** The small plots for paper: marks as lines, or, of very many points, one picture in each. */
export function drawPairs(pairs: PairsModel, theme: PlotTheme, size: Size, limits?: AxisLimits): Figure {
  const { hidden, selected } = pairs
  const names = calledNow(pairs.names, limits?.own)
  const ends = limitsOf(pairs.names, limits?.own)
  const coordinates = pairs.coordinates.map((values, k) => cutBeyond(values, ends[k]!))
  const look: ScatterLook = { hidden, selected, outline: null, range: null, tool: 'pan' }
  const small = smallMarks(pairs.model, theme)
  const many = pairs.model.x.length > CANVAS_FROM
  const panels = layPanels(rangesOf(pairs.coordinates, ends), size)
  const layout: Record<string, unknown> = { ...baseLayout(theme, size, { l: 0, r: 0, t: 0, b: 0 }), dragmode: false }
  const data: Figure['data'] = many ? groupNames(pairs.model, look, theme) : []
  const images: Record<string, unknown>[] = []
  const annotations: Record<string, unknown>[] = []
  const bare = { showgrid: false, showticklabels: false, ticks: '', mirror: true, showline: true }
  panels.forEach(({ row, column, frame }, i) => {
    const place = i === 0 ? '' : String(i + 1)
    const [left, top] = [frame.left / size.width, 1 - frame.top / size.height]
    const [right, bottom] = [left + frame.width / size.width, top - frame.height / size.height]
    const isName = row === column
    const axis = {
      ...{ ...bare, linecolor: theme.grid, linewidth: 1, fixedrange: true },
      ...{ zeroline: !isName, zerolinecolor: theme.zero, zerolinewidth: 1 }
    }
    layout[`xaxis${place}`] = { ...axis, domain: [left, right], range: [...frame.x], anchor: `y${place}` }
    layout[`yaxis${place}`] = { ...axis, domain: [bottom, top], range: [...frame.y], anchor: `x${place}` }
    const onAxes = { xaxis: `x${place}`, yaxis: `y${place}` }
    if (isName) {
      data.push({ type: 'scatter', mode: 'markers', x: [null], y: [null], ...onAxes, hoverinfo: 'skip' })
      if (names[row] === '') return
      annotations.push({
        ...{ text: escapeText(names[row]!), xref: 'paper', yref: 'paper', showarrow: false },
        ...{ x: (left + right) / 2, y: (top + bottom) / 2, xanchor: 'center', yanchor: 'middle' },
        font: { size: 12, color: theme.textSecondary, weight: 500 }
      })
      return
    }
    const model = { ...pairs.model, x: coordinates[column]!, y: coordinates[row]! }
    if (many) {
      const source = pointsImage(model, look, small, frame)
      const where = { x: left, y: top, sizex: right - left, sizey: top - bottom }
      images.push({ source, ...where, xref: 'paper', yref: 'paper', sizing: 'stretch', layer: 'above' })
      data.push({ type: 'scatter', mode: 'markers', x: [null], y: [null], ...onAxes, hoverinfo: 'skip' })
      return
    }
    const traces: Figure['data'] = []
    addMarks(model, look, small, traces, [])
    // One small plot is enough for the legend.
    const isFirst = i === 1
    data.push(
      ...traces.map(({ name, ...trace }) => ({ ...trace, ...(isFirst && name !== undefined && { name }), ...onAxes }))
    )
  })
  return { data, layout: { ...layout, images, annotations } }
}
