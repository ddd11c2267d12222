import { normalEllipse } from '../../analyses/pca/figures.ts'
import { escapeHtml, writeNumber } from './html.ts'

/** Drawings of the report: plain SVG, the same text for the same numbers. Colours and shapes are those of the app in its
 * light theme (renderer/tokens.css), so that a group looks the same in both. */

const WIDTH = 640
const MARK = '#4b6584'
const STRONG = '#2f4259'
const GRID = '#e8ebef'
const ZERO = '#aab2bd'
const CATEGORIES = ['#0067a3', '#cf8000', '#00916a', '#b65c8f', '#b83a00', '#3d99d0', '#463b00']
const OTHER = '#5d6572'
/** Groups that have a colour and a shape; of more the rest is one. */
export const MOST_GROUPS = CATEGORIES.length

const at = (value: number): string => String(Math.round(value * 100) / 100)

function svg(height: number, label: string, content: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeHtml(label)}">
${content}
</svg>`
}

const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escapeHtml(words)}</text>`
const line = (x1: number, y1: number, x2: number, y2: number, colour: string, width = 1): string =>
  `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${colour}" stroke-width="${width}"/>`

/** 1, 2 or 5 times a power of ten: about so many steps over a span. */
function roundStep(span: number, wanted: number): number {
  const rough = span / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const first = rough / power
  return (first > 5 ? 10 : first > 2 ? 5 : first > 1 ? 2 : 1) * power
}

function ticks(low: number, high: number, step: number): number[] {
  const from = Math.ceil(low / step - 1e-9)
  const to = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => (from + i) * step)
}

const tickText = (value: number, step: number): string =>
  writeNumber(value, Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9))))

/** What bars stand for, and what they are shares of. */
interface ScreeWords {
  name: string
  share: string
  of: string
}

/** Shares as bars from zero, their sum as a line. */
export function screeSvg(
  shares: readonly number[],
  words: ScreeWords = { name: 'PC', share: 'the variance', of: 'component' }
): string {
  const [height, left, right, top, bottom] = [240, 40, 12, 24, 28]
  const slot = (WIDTH - left - right) / shares.length
  const y = (share: number): number => top + (1 - share) * (height - top - bottom)
  const each = Math.max(1, Math.ceil(36 / slot))
  let sum = 0
  const points: string[] = []
  // In a bar that has room, above it otherwise: the line of the sums begins at the top of the first.
  const label = (x: number, top: number, foot: number, words: string): string =>
    foot - top > 22
      ? `<text x="${at(x)}" y="${at(top + 15)}" text-anchor="middle" style="fill: #fff; font-weight: 600">${words}</text>`
      : text(x, top - 4, words, 'middle')
  const bars = shares.map((share, k) => {
    const width = Math.min(40, slot * 0.56)
    const middle = left + (k + 0.5) * slot
    sum += share
    points.push(`${at(middle)},${at(y(Math.min(1, sum)))}`)
    return [
      `<rect x="${at(middle - width / 2)}" y="${at(y(share))}" width="${at(width)}" height="${at(y(0) - y(share))}" fill="${MARK}"/>`,
      k % each === 0 ? text(middle, height - 10, `${words.name}${k + 1}`, 'middle') : '',
      slot >= 34 ? label(middle, y(share), y(0), (100 * share).toFixed(1)) : ''
    ].join('')
  })
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      line(left, y(share), WIDTH - right, y(share), GRID) + text(left - 6, y(share) + 4, String(100 * share), 'end')
  )
  return svg(
    height,
    `Share of ${words.share} of each ${words.of}, and their running sum`,
    [
      ...grid,
      ...bars,
      `<polyline points="${points.join(' ')}" fill="none" stroke="${STRONG}" stroke-width="1.5"/>`,
      text(0, 12, `↑ share of ${words.share}, %; line: cumulative`)
    ].join('\n')
  )
}

export interface ScorePlot {
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** group of each point, −1 for none; null where points have none; outlined (unless false) by their ellipses */
  groups: { names: readonly string[]; of: ArrayLike<number>; outlined?: boolean } | null
  xName: string
  yName: string
}

const shapes: ((x: number, y: number) => string)[] = [
  (x, y) => `M${at(x - 3)} ${at(y)}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`,
  (x, y) => `M${at(x)} ${at(y - 3.6)}l3.4 6h-6.8z`,
  (x, y) => `M${at(x - 2.7)} ${at(y - 2.7)}h5.4v5.4h-5.4z`,
  (x, y) => `M${at(x)} ${at(y - 3.8)}l3.8 3.8l-3.8 3.8l-3.8 -3.8z`,
  (x, y) =>
    `M${at(x - 3.6)} ${at(y - 2.2)}l1.4 -1.4l2.2 2.2l2.2 -2.2l1.4 1.4l-2.2 2.2l2.2 2.2l-1.4 1.4l-2.2 -2.2l-2.2 2.2l-1.4 -1.4l2.2 -2.2z`,
  (x, y) => `M${at(x)} ${at(y + 3.6)}l3.4 -6h-6.8z`,
  (x, y) => `M${at(x - 3.4)} ${at(y - 1)}h2.4v-2.4h2v2.4h2.4v2h-2.4v2.4h-2v-2.4h-2.4z`
]

/** Rows on two components, in equal units on both axes, with 95 % ellipses of the groups. */
export function scoresSvg({ x, y, groups, xName, yName }: ScorePlot): string {
  const [left, right, bottom] = [48, 16, 34]
  const legend = groups ? 20 : 0
  const top = 24 + legend
  const range = (values: ArrayLike<number>): [number, number] => {
    let [low, high] = [Infinity, -Infinity]
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i]!)
      high = Math.max(high, values[i]!)
    }
    const pad = (high - low) * 0.06 || 1
    return [low - pad, high + pad]
  }
  const [xLow, xHigh] = range(x)
  const [yLow, yHigh] = range(y)
  const scale = (WIDTH - left - right) / (xHigh - xLow)
  // Equal units, unless one component has next to no spread.
  const height = Math.max(120, Math.min(560, (yHigh - yLow) * scale))
  const unit = Math.min(scale, height / (yHigh - yLow))
  const middleX = (xLow + xHigh) / 2
  const middleY = (yLow + yHigh) / 2
  const px = (value: number): number => left + (WIDTH - left - right) / 2 + (value - middleX) * unit
  const py = (value: number): number => top + height / 2 - (value - middleY) * unit
  const step = roundStep((WIDTH - left - right) / unit, 7)
  const span = [middleX - (WIDTH - left - right) / 2 / unit, middleX + (WIDTH - left - right) / 2 / unit] as const
  const rise = [middleY - height / 2 / unit, middleY + height / 2 / unit] as const
  const parts: string[] = []
  for (const value of ticks(...span, step)) {
    parts.push(line(px(value), top, px(value), top + height, value === 0 ? ZERO : GRID))
    parts.push(text(px(value), top + height + 14, tickText(value, step), 'middle'))
  }
  for (const value of ticks(...rise, step)) {
    parts.push(line(left, py(value), WIDTH - right, py(value), value === 0 ? ZERO : GRID))
    parts.push(text(left - 6, py(value) + 4, tickText(value, step), 'end'))
  }
  const shown = groups ? Math.min(groups.names.length, MOST_GROUPS) : 1
  const members: number[][] = Array.from({ length: shown + 1 }, () => [])
  for (let i = 0; i < x.length; i++) {
    const group = groups ? groups.of[i]! : 0
    members[group >= 0 && group < shown ? group : shown]!.push(i)
  }
  members.forEach((rows, group) => {
    const colour = groups ? (group < shown ? CATEGORIES[group]! : OTHER) : MARK
    const shape = shapes[group < shown ? group % shapes.length : 0]!
    const outline = groups && groups.outlined !== false && group < shown ? normalEllipse(x, y, rows) : null
    if (outline) {
      const path = outline.x.map((value, i) => `${at(px(value))},${at(py(outline.y[i]!))}`).join(' ')
      parts.push(`<polygon points="${path}" fill="${colour}" fill-opacity="0.06" stroke="${colour}"/>`)
    }
    const path = rows.map((row) => shape(px(x[row]!), py(y[row]!))).join('')
    if (path !== '') parts.push(`<path d="${path}" fill="${colour}" fill-opacity="0.7"/>`)
  })
  if (groups) {
    let from = left
    members.forEach((rows, group) => {
      if (rows.length === 0) return
      const name = `${group < shown ? groups.names[group]! : 'other or missing'} ${rows.length}`
      parts.push(
        `<path d="${shapes[group < shown ? group % shapes.length : 0]!(from + 4, 10)}" fill="${group < shown ? CATEGORIES[group]! : OTHER}"/>`
      )
      parts.push(text(from + 12, 14, name))
      from += 28 + 6.5 * name.length
    })
  }
  parts.push(text(0, top - 10, `↑ ${yName}`))
  parts.push(text(WIDTH - right, top + height + 30, `${xName} →`, 'end'))
  return svg(top + height + bottom, `Scores on ${xName} and ${yName}`, parts.join('\n'))
}

/** Loadings of some columns on one or two components as signed bars: solid above zero, hollow below. */
export function loadingsSvg(
  names: readonly string[],
  panels: readonly { title: string; values: readonly number[] }[]
): string {
  const [row, top] = [18, 24]
  const left = Math.min(220, 24 + 6.4 * Math.max(...names.map((name) => name.length)))
  const most = Math.floor((left - 16) / 6.4)
  const width = (WIDTH - left - 24 * panels.length) / panels.length
  const limit = Math.max(...panels.flatMap(({ values }) => values.map(Math.abs))) || 1
  const parts = names.map((name, i) =>
    text(0, top + i * row + 13, name.length > most ? `${name.slice(0, most - 1)}…` : name)
  )
  panels.forEach(({ title, values }, panel) => {
    const from = left + panel * (width + 24)
    const zero = from + width / 2
    parts.push(text(from, 12, title), line(zero, top, zero, top + names.length * row, ZERO))
    values.forEach((value, i) => {
      const length = (Math.abs(value) / limit) * (width / 2 - 34)
      const y = top + i * row + 4
      const fill = value < 0 ? 'none' : MARK
      parts.push(
        `<rect x="${at(value < 0 ? zero - length : zero)}" y="${y}" width="${at(length)}" height="10" fill="${fill}" stroke="${MARK}"/>`,
        text(
          value < 0 ? zero - length - 4 : zero + length + 4,
          y + 9,
          writeNumber(value, 2),
          value < 0 ? 'end' : 'start'
        )
      )
    })
  })
  return svg(top + names.length * row + 8, 'Loadings', parts.join('\n'))
}
