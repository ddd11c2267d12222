import { MISSING } from '../ui/format.ts'
import { measureText } from './labels.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, tickGap, type Size } from './scatter.ts'
import { shortenNames } from './short-names.ts'
import { inkOver, type PlotTheme } from './theme.ts'

/** A square of numbers between −1 and 1, row-major; NaN stays empty. */
export interface HeatmapModel {
  /** by position on the picture, from the top and from the left */
  names: readonly string[]
  values: ArrayLike<number>
}

export interface HeatmapDrawing extends Figure {
  /** px of the upper left corner, and of the side of a cell */
  frame: { left: number; top: number; cell: number }
}

const EDGE = 16
/** A name takes this much at the left or at the top, at most; what is longer is cut. Where only some are written, less. */
const MOST_NAME_PX = 132
const MOST_SOME_PX = 76
/** from the end of a tick to its cell: tickGap */
const TICK_PX = 4
/** lines of names that are not those of neighbours need this */
const SOME_NAME_PX = 14
/** A cell this wide has room for its number, this high for the name of its row. */
const NUMBER_PX = 34
const NAME_PX = 11
/** a line of names above the picture */
const NAME_LINE_PX = 20
const LEAST_GAP = 0.01
const MINUS = '−'

/** A number from −1 to 1 in two digits, without the zero before the point: .87, −.12, 1; a dash where there is none. */
export function shortCorrelation(value: number): string {
  if (Number.isNaN(value)) return MISSING
  const text = Math.abs(value).toFixed(2)
  if (text === '1.00') return value < 0 ? `${MINUS}1` : '1'
  const digits = text.slice(1)
  return value < 0 && digits !== '.00' ? MINUS + digits : digits
}

/** The square as cells whose colour runs from −1 over nothing to 1, names at the left and at the top: of many columns some. */
export function drawHeatmap({ names, values }: HeatmapModel, theme: PlotTheme, size: Size): HeatmapDrawing {
  const p = names.length
  const short = (most: number): string[] => shortenNames(names, most, theme.font)
  const roomFor = (written: readonly string[]): number =>
    Math.ceil(written.reduce((most, name) => Math.max(most, measureText(name, theme.font)), 0)) + 8
  const sideFor = (left: number, top: number): number =>
    Math.max(1, Math.min((size.width - left - EDGE) / p, (size.height - top - EDGE) / p))
  const all = short(MOST_NAME_PX)
  const widest = roomFor(all)
  const bare = sideFor(EDGE, EDGE)
  const flat = sideFor(EDGE + widest, EDGE + NAME_LINE_PX)
  const upright = sideFor(EDGE + widest, EDGE + widest)
  const some = short(MOST_SOME_PX)
  const aside = EDGE + roomFor(some) + TICK_PX
  // Of many columns every second or third has its name, and a tick that leads to its cell.
  const layout =
    flat >= widest
      ? { left: EDGE + widest, top: EDGE + NAME_LINE_PX, cell: flat, angle: 0, written: all, every: 1 }
      : upright >= NAME_PX || bare >= 2 * NAME_PX
        ? { left: EDGE + widest, top: EDGE + widest, cell: upright, angle: -90, written: all, every: 1 }
        : {
            left: aside,
            top: aside,
            cell: sideFor(aside, aside),
            angle: -90,
            written: some,
            every: Math.ceil(SOME_NAME_PX / sideFor(aside, aside))
          }
  const { left, top, cell, every } = layout
  const rows = Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => values[i * p + j]!))
  const [low, softLow, zero, softHigh, high] = theme.diverging
  const named = [...names.keys()].filter((at) => at % every === 0)
  const ticks = { tickvals: named, ticktext: named.map((at) => escapeText(layout.written[at]!)) }
  const axis = {
    ...ticks,
    range: [-0.5, p - 0.5],
    ...tickGap,
    ...(every > 1 && { tickcolor: theme.axis }),
    tickfont: { size: 11, color: theme.textSecondary },
    showgrid: false,
    zeroline: false,
    showline: false,
    fixedrange: true
  }
  return {
    data: [
      {
        type: 'heatmap',
        z: rows.map((row) => row.map((value) => (Number.isNaN(value) ? null : value))),
        zmin: -1,
        zmax: 1,
        colorscale: [
          [0, low],
          [0.25, softLow],
          [0.5, zero],
          [0.75, softHigh],
          [1, high]
        ],
        showscale: false,
        // never 0: cells without any gap are drawn as one picture with a style attribute, which our policy refuses
        xgap: cell > 8 ? 1 : LEAST_GAP,
        ygap: cell > 8 ? 1 : LEAST_GAP,
        hoverinfo: 'none'
      },
      ...(cell >= NUMBER_PX ? [numbersOf(rows, theme)] : [])
    ],
    layout: {
      ...baseLayout(theme, size, {
        l: left,
        t: top,
        r: Math.max(0, size.width - left - cell * p),
        b: Math.max(0, size.height - top - cell * p)
      }),
      dragmode: false,
      xaxis: { ...axis, side: 'top', tickangle: layout.angle },
      yaxis: { ...axis, range: [p - 0.5, -0.5] }
    },
    frame: { left, top, cell }
  }
}

/** The numbers, each in the ink that can be read on its cell. */
function numbersOf(rows: readonly (readonly number[])[], theme: PlotTheme): Record<string, unknown> {
  const cells = rows.flatMap((row, i) =>
    row.map((value, j) => ({ x: j, y: i, text: shortCorrelation(value), ink: inkOn(value, theme) }))
  )
  return {
    type: 'scatter',
    mode: 'text',
    x: cells.map(({ x }) => x),
    y: cells.map(({ y }) => y),
    text: cells.map(({ text }) => text),
    textfont: { size: 11, color: cells.map(({ ink }) => ink) },
    hoverinfo: 'skip'
  }
}

/** The ink that can be read on a cell. @param value −1 … 1 */
export function inkOn(value: number, theme: PlotTheme): string {
  if (Number.isNaN(value)) return theme.textMuted
  const at = (value + 1) * 2
  const step = Math.min(3, Math.floor(at))
  const [from, to] = [theme.diverging[step]!, theme.diverging[step + 1]!]
  const parts = [1, 3, 5].map((start) => {
    const [low, high] = [from, to].map((colour) => parseInt(colour.slice(start, start + 2), 16)) as [number, number]
    const mixed = Math.round(low + (high - low) * (at - step))
    return mixed.toString(16).padStart(2, '0')
  })
  return inkOver(`#${parts.join('')}`, theme)
}
