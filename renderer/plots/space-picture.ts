import { calledNow, isChosen, limitsOf, type AxisLimits } from './axes.ts'
import { scatterPicture } from './points/scatter-picture.ts'
import { spreadOrder } from './points/thin.ts'
import type { Figure } from './plotly.ts'
import { drawScatter, escapeText, type ScatterLook, type ScatterModel, type Size } from './scatter.ts'
import { CANVAS_FROM, colourOf } from './scatter-model.ts'
import { axisLines, partOf, projection, projectPoints, type Turn } from './space.ts'
import type { PlotTheme } from './theme.ts'

/** Points in three dimensions, and how they are looked at. */
export interface SpaceModel {
  /** its x and y are not used */
  model: ScatterModel
  coordinates: readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>]
  names: readonly [string, string, string]
  turn: Turn
  /** times the size at which every turn of the points is whole */
  zoomed: number
  hidden: ReadonlySet<string>
  selected: ArrayLike<number>
}

type Values = Record<string, unknown>

/** What stands on the screen, for paper: the points as they are turned, the three axes through the origin with their names. */
export function drawSpace(space: SpaceModel, theme: PlotTheme, size: Size, limits?: AxisLimits): Figure {
  const { coordinates, turn, zoomed, hidden, selected } = space
  const part = partOf(coordinates, limitsOf(space.names, limits?.own))
  const names = calledNow(space.names, limits?.own)
  const n = space.model.x.length
  const flat = { x: new Float32Array(n), y: new Float32Array(n) }
  const matrix = projection(turn)
  projectPoints(matrix, coordinates, flat, part)
  const model = flatModel(space.model, flat)
  const ends = [-part.reach / zoomed, part.reach / zoomed] as const
  const look: ScatterLook = { hidden, selected, outline: null, range: { x: ends, y: ends }, tool: 'pan' }
  const figure = n > CANVAS_FROM ? scatterPicture(model, look, theme, size) : drawScatter(model, look, theme, size)
  const { layout } = figure
  const unseen = { showgrid: false, zeroline: false, showticklabels: false }
  const lines = axisLines(matrix, part)
  return {
    data: figure.data,
    layout: {
      ...layout,
      xaxis: { ...(layout['xaxis'] as Values), ...unseen },
      yaxis: { ...(layout['yaxis'] as Values), ...unseen },
      shapes: lines.map(({ from, to }) => ({
        ...{ type: 'line', x0: from[0], y0: from[1], x1: to[0], y1: to[1], layer: 'below' },
        line: { color: theme.zero, width: 1 }
      })),
      annotations: lines.flatMap(({ to: [x, y] }, k) =>
        names[k] === ''
          ? []
          : {
              ...{ text: escapeText(names[k]!), x, y, showarrow: false, borderpad: 0 },
              yshift: y < 0 ? -10 : 10,
              font: { size: 11, color: theme.textSecondary, weight: 500 }
            }
      )
    }
  }
}

const flatModel = (model: ScatterModel, flat: { x: Float32Array; y: Float32Array }): ScatterModel => {
  const { groups, scale, diameters, shapes, strengths, ringed } = model
  return {
    ...{ ...flat, groups, ellipses: false, axisNames: ['', ''], labels: [] },
    ...(scale && { scale }),
    ...(diameters && { diameters }),
    ...(shapes && { shapes }),
    ...(strengths && { strengths }),
    ...(ringed && { ringed })
  }
}

/** Marks of other programs in three dimensions are few: these come nearest. */
const SOLID: Record<string, string> = {
  'triangle-up': 'diamond',
  diamond: 'diamond',
  square: 'square',
  x: 'x',
  'triangle-down': 'diamond-open',
  cross: 'cross',
  'circle-open': 'circle-open',
  'diamond-open': 'diamond-open',
  'cross-thin-open': 'cross'
}
/** A browser turns so many points without waiting. */
const MOST_POINTS = 50_000

/** The same points as a figure that Plotly turns by itself, seen as they stand on the screen. */
export function drawTurnable(space: SpaceModel, theme: PlotTheme, size: Size, limits?: AxisLimits): Figure {
  const { model, coordinates, turn, hidden } = space
  const names = calledNow(space.names, limits?.own)
  const chosen = limitsOf(space.names, limits?.own)
  const { ends, kept } = partOf(coordinates, chosen)
  const [x, y, z] = coordinates
  const sample = sampleOf(model.x.length)
  const larger = theme.points ?? 1
  const data = model.groups
    .filter(({ name }) => !hidden.has(name))
    .map((group) => {
      const members = Array.from(group.members).filter((point) => sample?.[point] !== 0 && kept?.[point] !== 0)
      const of = (values: ArrayLike<number>): number[] => members.map((point) => values[point]!)
      const { scale } = model
      return {
        type: 'scatter3d',
        mode: 'markers',
        name: group.name,
        ...{ x: of(x), y: of(y), z: of(z) },
        marker: {
          symbol: SOLID[group.symbol] ?? 'circle',
          size: model.diameters ? of(model.diameters).map((px) => px * larger) : 4 * larger,
          opacity: 0.8,
          color: scale ? of(scale.values) : colourOf(group, theme),
          ...(scale && {
            cmin: scale.low,
            cmax: scale.high > scale.low ? scale.high : scale.low + 1,
            colorscale: theme.viridis.map((colour, i) => [i / (theme.viridis.length - 1), colour])
          })
        },
        hoverinfo: 'x+y+z+name'
      }
    })
  const axis = (k: number): Values => ({
    ...(isChosen(chosen[k]) && { range: [...ends[k]!] }),
    title: { text: escapeText(names[k]!), font: { size: 11, color: theme.textSecondary } },
    ...{ gridcolor: theme.grid, zerolinecolor: theme.zero, showbackground: false },
    tickfont: { size: 11, color: theme.textMuted }
  })
  const [s, c, st, ct] = [Math.sin(turn.around), Math.cos(turn.around), Math.sin(turn.tip), Math.cos(turn.tip)]
  return {
    data,
    layout: {
      ...size,
      margin: { l: 16, r: 16, t: 0, b: 0 },
      font: { family: theme.font, size: 11, color: theme.textSecondary },
      ...(sample !== null && { annotations: [sampleNote(model.x.length, theme)] }),
      scene: {
        ...{ xaxis: axis(0), yaxis: axis(1), zaxis: axis(2), aspectmode: 'data' },
        // The second component upwards, no perspective: the eye is where the screen is.
        camera: {
          up: { x: 0, y: 1, z: 0 },
          eye: { x: -2 * s * ct, y: 2 * st, z: 2 * c * ct },
          projection: { type: 'orthographic' }
        }
      }
    }
  }
}

/** 1 by point for an even sample of very many; null: all of them. */
function sampleOf(n: number): Uint8Array | null {
  if (n <= MOST_POINTS) return null
  const keep = new Uint8Array(n)
  for (const point of spreadOrder(n).subarray(0, MOST_POINTS)) keep[point] = 1
  return keep
}

const sampleNote = (n: number, theme: PlotTheme): Values => ({
  ...{ xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'top', showarrow: false },
  text: `${MOST_POINTS.toLocaleString('en')} of ${n.toLocaleString('en')} drawn`,
  font: { size: 11, color: theme.textMuted }
})
