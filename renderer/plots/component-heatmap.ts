import { inkOn } from './heatmap.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, tickGap, type Size } from './scatter.ts'
import { shortenNames } from './short-names.ts'
import type { PlotTheme } from './theme.ts'

/** Columns against components: one number a cell. */
export interface ComponentHeatmapModel {
  /** top to bottom */
  rows: readonly string[]
  /** left to right */
  columns: readonly string[]
  /** rows × columns, row-major */
  values: readonly number[]
  /** the value of full colour */
  limit: number
  format: (value: number) => string
  /** numbers of rows that are highlighted */
  chosen: ReadonlySet<number>
}

const EDGE = 16
const TOP = 26
/** A cell this wide and high has room for its number. */
const NUMBER_WIDTH = 36
const NUMBER_HEIGHT = 13
const MOST_NAME_SHARE = 0.36
const MOST_CELL_WIDTH = 84
/** never 0: cells without any gap are drawn as one picture with a style attribute, which our policy refuses */
const LEAST_GAP = 0.01

/** Rows of a heatmap whose names stay readable in a height. */
export const heatmapRowsThatFit = (height: number): number => Math.max(1, Math.floor((height - TOP - 12) / 15))

/** Columns of a heatmap whose numbers can be read in a width, whatever the names of the rows take. */
export const heatmapColumnsThatFit = (width: number): number =>
  Math.max(1, Math.floor((width * (1 - MOST_NAME_SHARE) - 2 * EDGE) / NUMBER_WIDTH))

/** Numbers as cells whose colour runs from −limit over nothing to limit; the number is printed where it fits. */
export function drawComponentHeatmap(model: ComponentHeatmapModel, theme: PlotTheme, size: Size): Figure {
  const { rows, columns, values, limit, format, chosen } = model
  const widest = Math.max(0, ...rows.map((name) => measureText(name, theme.font)))
  const left = Math.round(EDGE + Math.min(widest, size.width * MOST_NAME_SHARE) + 10)
  const cellWidth = Math.min(MOST_CELL_WIDTH, (size.width - left - EDGE) / Math.max(1, columns.length))
  const cellHeight = Math.min(28, (size.height - TOP - 8) / Math.max(1, rows.length))
  const matrix = rows.map((_, i) => columns.map((_, j) => values[i * columns.length + j]!))
  const [low, softLow, zero, softHigh, high] = theme.diverging
  const axis = {
    ...tickGap,
    tickangle: 0,
    showgrid: false,
    zeroline: false,
    showline: false,
    fixedrange: true
  }
  const printed = cellWidth >= NUMBER_WIDTH && cellHeight >= NUMBER_HEIGHT
  return {
    data: [
      {
        type: 'heatmap',
        z: matrix,
        zmin: -limit,
        zmax: limit,
        colorscale: [
          [0, low],
          [0.25, softLow],
          [0.5, zero],
          [0.75, softHigh],
          [1, high]
        ],
        showscale: false,
        xgap: cellWidth > 8 ? 1 : LEAST_GAP,
        ygap: cellHeight > 8 ? 1 : LEAST_GAP,
        hoverinfo: 'none'
      },
      ...(printed ? [numbersOf(matrix, limit, format, theme)] : [])
    ],
    layout: {
      ...baseLayout(theme, size, {
        l: left,
        t: TOP,
        r: Math.max(0, size.width - left - cellWidth * columns.length),
        b: Math.max(0, size.height - TOP - cellHeight * rows.length)
      }),
      dragmode: false,
      xaxis: {
        ...axis,
        side: 'top',
        range: [-0.5, columns.length - 0.5],
        tickvals: columns.map((_, j) => j),
        ticktext: columns.map((name) => escapeText(name)),
        tickfont: { size: 11, color: theme.textMuted }
      },
      yaxis: {
        ...axis,
        range: [rows.length - 0.5, -0.5],
        tickvals: [],
        showticklabels: false
      },
      annotations: shortenNames(rows, left - EDGE - 8, theme.font).map((name, i) => ({
        text: escapeText(name),
        xref: 'paper',
        x: 0,
        y: i,
        xanchor: 'left',
        yanchor: 'middle',
        xshift: EDGE - left,
        showarrow: false,
        borderpad: 0,
        font: {
          size: 11,
          color: chosen.has(i) ? theme.text : theme.textSecondary,
          weight: chosen.has(i) ? 600 : 400
        }
      }))
    }
  }
}

/** The numbers, each in the ink that can be read on its cell. */
function numbersOf(
  rows: readonly (readonly number[])[],
  limit: number,
  format: (value: number) => string,
  theme: PlotTheme
): Record<string, unknown> {
  const cells = rows.flatMap((row, i) => row.map((value, j) => ({ x: j, y: i, value })))
  return {
    type: 'scatter',
    mode: 'text',
    x: cells.map(({ x }) => x),
    y: cells.map(({ y }) => y),
    text: cells.map(({ value }) => format(value)),
    textfont: { size: 11, color: cells.map(({ value }) => inkOn(value / limit, theme)) },
    hoverinfo: 'skip'
  }
}
