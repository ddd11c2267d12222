import { extentOf, tickText } from './axes.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, escapeText, type Size } from './scatter.ts'
import type { PlotTheme } from './theme.ts'

/** A row whose columns are the pixels of an image, line by line from the upper left. */
export interface PixelsModel {
  width: number
  images: readonly {
    title: string
    values: ArrayLike<number>
    /** a residual: symmetric about zero, in the diverging colours */
    signed: boolean
  }[]
}

const EDGE = 16
const GAP = 12
const TOP = 28
const BOTTOM = 30
/** never 0: cells without any gap are drawn as one picture with a style attribute, which our policy refuses */
const CELL_GAP = 0.01
/** px above which cells stand apart */
const WIDE_CELL = 10

const rangeText = (value: number): string =>
  tickText(value, Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 1 ? 0.1 : 0.01)

interface Layout {
  columns: number
  cell: number
}

/** Side by side, below each other or in between: as the cells are largest. */
function layOut(count: number, width: number, height: number, size: Size): Layout {
  let best: Layout = { columns: 1, cell: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const lines = Math.ceil(count / columns)
    const cell = Math.min(
      (size.width - 2 * EDGE - (columns - 1) * GAP) / columns / width,
      (size.height - lines * (TOP + BOTTOM)) / lines / height
    )
    if (cell > best.cell) best = { columns, cell }
  }
  return { ...best, cell: Math.max(1, best.cell) }
}

/** Images, cells square; under each, what the ends of its colours are. Those that are not signed share theirs. */
export function drawPixels({ width, images }: PixelsModel, theme: PlotTheme, size: Size): Figure {
  const height = Math.ceil((images[0]?.values.length ?? 0) / width)
  const { columns, cell } = layOut(Math.max(1, images.length), width, height, size)
  const [side, tall] = [cell * width, cell * height]
  const plain = extentOf(...images.filter(({ signed }) => !signed).map(({ values }) => values))
  const [inner, down] = [Math.max(1, size.width - 2 * EDGE), Math.max(1, size.height)]
  const layout: Record<string, unknown> = {
    ...baseLayout(theme, size, { l: EDGE, r: EDGE, t: 0, b: 0 }),
    dragmode: false
  }
  const annotations: Record<string, unknown>[] = []
  const data = images.map(({ title, values, signed }, index) => {
    const name = index === 0 ? '' : String(index + 1)
    const from = ((index % columns) * (side + GAP)) / inner
    const top = Math.floor(index / columns) * (tall + TOP + BOTTOM) + TOP
    const upper = 1 - top / down
    const lower = Math.max(0, upper - tall / down)
    const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: '', fixedrange: true }
    layout[`xaxis${name}`] = {
      ...bare,
      anchor: `y${name}`,
      domain: [from, Math.min(1, from + side / inner)],
      range: [-0.5, width - 0.5]
    }
    layout[`yaxis${name}`] = { ...bare, anchor: `x${name}`, domain: [lower, upper], range: [height - 0.5, -0.5] }
    const largest = Math.max(...extentOf(values).map(Math.abs)) || 1
    const [low, high] = signed ? [-largest, largest] : plain[1] > plain[0] ? plain : [plain[0], plain[0] + 1]
    const note = { showarrow: false, borderpad: 0, xref: 'paper', yref: 'paper', x: from, xanchor: 'left' }
    annotations.push(
      {
        ...note,
        text: escapeText(title),
        y: upper,
        yanchor: 'bottom',
        yshift: 6,
        font: { size: 11, color: theme.textSecondary, weight: 500 }
      },
      {
        ...note,
        text: `${rangeText(low)} … ${rangeText(high)}`,
        y: lower,
        yanchor: 'top',
        yshift: -6,
        font: { size: 11, color: theme.textMuted }
      }
    )
    return {
      type: 'heatmap',
      xaxis: `x${name}`,
      yaxis: `y${name}`,
      z: Array.from({ length: height }, (_, row) =>
        Array.from({ length: width }, (_, column) => values[row * width + column] ?? null)
      ),
      zmin: low,
      zmax: high,
      colorscale: signed ? divergingScale(theme) : viridisScale(theme),
      showscale: false,
      xgap: cell > WIDE_CELL ? 1 : CELL_GAP,
      ygap: cell > WIDE_CELL ? 1 : CELL_GAP,
      hoverinfo: 'none'
    }
  })
  layout['annotations'] = annotations
  return { data, layout }
}

const divergingScale = ({ diverging }: PlotTheme): [number, string][] => diverging.map((colour, i) => [i / 4, colour])

const viridisScale = ({ viridis }: PlotTheme): [number, string][] =>
  viridis.map((colour, i) => [i / (viridis.length - 1), colour])
