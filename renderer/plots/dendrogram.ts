import type { DrawnLeaf, DrawnMerge } from '../../core/analyses/pca/figures/dendrogram.ts'
import { isChosen, roundStep, tickText, ticksIn, within, type AxisLimits, type Range } from './axes.ts'
import { OTHER_COLOUR, type Category } from './categories.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { axisNames, baseLayout, escapeText, tickGap, type PlotFrame, type Size } from './scatter.ts'
import { colourOf } from './scatter-model.ts'
import { shortenNames } from './short-names.ts'
import { withOpacity, type PlotTheme } from './theme.ts'

/** A tree of clusters, whatever size it is drawn in. */
export interface DendrogramModel {
  ends: readonly DrawnLeaf[]
  merges: readonly DrawnMerge[]
  /** mark of each cluster, by its number */
  marks: readonly Pick<Category, 'colour' | 'symbol'>[]
  /** what stands below each end; '' for nothing */
  names: readonly string[]
  /** ends whose rows are all selected, and whether anything is */
  selected: ReadonlySet<number>
  anySelected: boolean
  axisName: string
}

/** Names stand below the ends where each has so much room; px. */
const NAME_ROOM = 11
const LONGEST_NAME = 84
const TOP = 22
const LEFT_LEAST = 36
const RIGHT = 16
const DIM = 0.5
/** Diameters of marks, px: less where ends are close. */
const LARGEST_MARK = 8
const SMALLEST_MARK = 3.5

export interface DendrogramDrawing extends Figure {
  frame: PlotFrame
}

/** Where the tree lies on a picture of a size. */
function frameOf(model: DendrogramModel, size: Size, font: string, limits: AxisLimits | undefined): PlotFrame {
  const top = Math.max(...model.merges.map(({ height }) => height), 0) || 1
  const y = within([0, top * 1.06], limits?.y)
  const step = heightStep(y, size)
  const widest = Math.max(0, ...ticksIn(y, step).map((tick) => measureText(tickText(tick, step), font)))
  const left = Math.max(LEFT_LEAST, Math.ceil(widest) + 20)
  const width = Math.max(40, size.width - left - RIGHT)
  const bottom = namesFit(model, width) ? 10 + longestName(model, font) : 14
  const height = Math.max(40, size.height - TOP - bottom)
  return { left, top: TOP, width, height, x: [-0.6, model.ends.length - 0.4], y }
}

const heightStep = ([low, high]: Range, size: Size): number =>
  roundStep(((high - low) / Math.max(80, size.height - 60)) * 48)
const namesFit = ({ names, ends }: DendrogramModel, width: number): boolean =>
  names.some((name) => name !== '') && width / Math.max(1, ends.length) >= NAME_ROOM
const longestName = ({ names }: DendrogramModel, font: string): number =>
  Math.min(LONGEST_NAME, Math.ceil(Math.max(0, ...names.map((name) => measureText(name, font)))))

/** The tree from the top down: lines in the colour of their cluster, above the cut in grey; a mark in the cluster's shape at
 * each end, larger where rows are folded. */
export function drawDendrogram(
  model: DendrogramModel,
  theme: PlotTheme,
  size: Size,
  limits?: AxisLimits
): DendrogramDrawing {
  const frame = frameOf(model, size, theme.font, limits)
  const { ends, merges, marks } = model
  const named = namesFit(model, frame.width)
  const step = heightStep(frame.y, size)
  const mark = Math.max(SMALLEST_MARK, Math.min(LARGEST_MARK, frame.width / ends.length - 1.5))
  const tick = { size: 11, color: theme.textMuted }
  const groups: (number | null)[] = [null, ...marks.keys()]
  const colour = (cluster: number | null): string =>
    cluster === null ? theme.axis : colourOf(marks[cluster] ?? { colour: OTHER_COLOUR }, theme)
  const lines = groups.map((cluster) => ({
    type: 'scatter',
    mode: 'lines',
    ...pathOf(merges.filter((one) => one.cluster === cluster)),
    line: { color: colour(cluster), width: 1.25 },
    hoverinfo: 'skip'
  }))
  const points = {
    type: 'scatter',
    mode: 'markers',
    x: ends.map((_, at) => at),
    y: ends.map(({ height }) => height),
    marker: {
      size: ends.map(
        ({ rows }, at) => (rows > 1 ? mark : 0.75 * mark) * (theme.points ?? 1) + (model.selected.has(at) ? 0.6 : 0)
      ),
      symbol: ends.map(({ cluster }) => (cluster === null ? 'circle-open' : (marks[cluster]?.symbol ?? 'circle'))),
      color: ends.map(({ cluster }, at) =>
        model.anySelected && !model.selected.has(at) ? withOpacity(colour(cluster), DIM) : colour(cluster)
      ),
      opacity: 1,
      line: {
        width: ends.map((_, at) => (model.selected.has(at) ? 1.25 : 0)),
        color: theme.ink
      }
    },
    cliponaxis: isChosen(limits?.y),
    hoverinfo: 'none'
  }
  const bottom = size.height - frame.top - frame.height
  return {
    frame,
    data: [...lines, points],
    layout: {
      ...baseLayout(theme, size, { l: frame.left, r: RIGHT, t: frame.top, b: bottom }),
      dragmode: false,
      xaxis: {
        range: [...frame.x],
        tickvals: named ? ends.map((_, at) => at) : [],
        ticktext: shortenNames(model.names, LONGEST_NAME, theme.font).map(escapeText),
        tickangle: -90,
        ...tickGap,
        ticklen: 6,
        tickfont: { size: 11, color: theme.textSecondary },
        showgrid: false,
        zeroline: false,
        fixedrange: true
      },
      yaxis: {
        range: [...frame.y],
        tickvals: ticksIn(frame.y, step),
        ticktext: ticksIn(frame.y, step).map((value) => tickText(value, step)),
        ...tickGap,
        tickfont: tick,
        gridcolor: theme.grid,
        zeroline: false,
        fixedrange: true
      },
      annotations: axisNames(['', model.axisName], frame.left, bottom, theme).slice(0, 1)
    }
  }
}

/** The lines of merges as one path: up from the left part, across, down to the right one. */
function pathOf(merges: readonly DrawnMerge[]): { x: (number | null)[]; y: (number | null)[] } {
  return {
    x: merges.flatMap(({ left, right }) => [left, left, right, right, null]),
    y: merges.flatMap(({ height, leftHeight, rightHeight }) => [leftHeight, height, height, rightHeight, null])
  }
}
