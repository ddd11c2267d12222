import { cumulate } from '../../core/analyses/pca/figures.ts'
import { isChosen, roundStep, tickText, ticksIn, within, type AxisLimits } from './axes.ts'
import { fixed, note } from './bars.ts'
import type { Figure } from './plotly.ts'
import { baseLayout, tickGap, Y_NAME, type PlotMargin, type Size } from './scatter.ts'
import { inkOver, withOpacity, type PlotTheme } from './theme.ts'

/** width of the word at the line of sums */
const SUM_NAME_PX = 60
const MARGIN = { l: 44, r: 16, t: 26, b: 28 }
/** per cent of the variance, with room for the last mark of the sums */
const WHOLE = [0, 101] as const
/** px between ticks at least */
const TICK_PX = 34
/** px above a bar for its number */
const LABEL_ROOM = 22

/** What is drawn on a scree beside the bars. Shares are of the total variance. */
export interface ScreeMarks {
  /** components kept: the others are drawn softly, behind a line; left out, all are alike */
  cut?: number
  /** shares that chance alone stays below, and what the line is called at its end */
  chance?: { shares: readonly number[]; name: string } | undefined
  /** intervals of the shares */
  intervals?: Bounds | undefined
  /** intervals of their running sums */
  sums?: Bounds | undefined
  /** what bars and axis are called: components and variance unless told */
  words?: { bar: (number: number) => string; axis: string }
}

const COMPONENTS = { bar: (number: number): string => `PC${number}`, axis: '↑ share of variance, %' }

interface Bounds {
  lower: readonly number[]
  upper: readonly number[]
}

/** Where the bars stand: the left edge of the first slot and the width of each, in px. */
export function screeSlots(
  width: number,
  nBars: number,
  margin: Pick<PlotMargin, 'l' | 'r'> = MARGIN
): { left: number; slot: number } {
  return { left: margin.l, slot: (width - margin.l - margin.r) / Math.max(1, nBars) }
}

/** Explained variance: a bar a component from zero, its share printed, and the running sum as a line.
 * @param shares of the total variance, descending; as many as are to be drawn */
export function drawScree(
  shares: readonly number[],
  marks: ScreeMarks,
  theme: PlotTheme,
  size: Size,
  limits?: AxisLimits
): Figure {
  const height = Math.max(40, size.height - MARGIN.t - MARGIN.b)
  const { slot } = screeSlots(size.width, shares.length)
  const range = within(WHOLE, limits?.y)
  const step = isChosen(limits?.y) ? roundStep(((range[1] - range[0]) / height) * TICK_PX) : 25
  const ticks = ticksIn(range, step)
  const barPixels = Math.min(40, slot * 0.56)
  const room: Bars = { slot, barPixels, height, unit: (100 * height) / (range[1] - range[0]), foot: range[0] / 100 }
  const last = shares.length
  const words = marks.words ?? COMPONENTS
  const number = shares.map((_, i) => i + 1)
  const each = Math.max(1, Math.ceil(40 / slot))
  const labelled = number.filter((k) => (k - 1) % each === 0)
  const isKept = (i: number): boolean => i < (marks.cut ?? last)
  const data: Figure['data'] = [bars(shares, marks, isKept, room, theme)]
  const annotations = numbersOf(shares, marks, room, theme)
  if (marks.intervals) data.push(intervalBars(marks.intervals, last, barPixels, theme))
  const chance = marks.chance?.shares.slice(0, last) ?? []
  if (marks.chance && chance.length > 0) {
    data.push(lineOf(chance, { color: theme.textSecondary, width: 1.25, dash: '2px 3px' }))
    const tops = shares.map((share, i) => topOf(share, i, marks, room.unit))
    annotations.push(chanceName(marks.chance.name, chance, tops, { slot, cut: marks.cut }, theme))
  }
  if (last > 1) {
    const sums = cumulate(shares)
    if (marks.sums) data.push(bandOf(marks.sums, last, theme))
    data.push({
      ...lineOf(sums, { color: theme.markStrong, width: 1.5 }),
      mode: last > 40 ? 'lines' : 'lines+markers',
      marker: {
        size: 5.5 * (theme.points ?? 1),
        color: theme.surface,
        opacity: 1,
        line: { color: theme.markStrong, width: 1.5 }
      },
      cliponaxis: isChosen(limits?.y)
    })
    // Below the line where the word begins, as it may still climb.
    const under = Math.floor(SUM_NAME_PX / slot)
    annotations.push({
      ...note(theme),
      text: 'cumulative',
      x: last,
      y: 100 * sums[Math.max(0, last - 1 - under)]!,
      yanchor: 'top',
      yshift: -8,
      ...{ xanchor: 'right', xshift: barPixels / 2 }
    })
  }
  return {
    data,
    layout: {
      ...baseLayout(theme, size, MARGIN),
      dragmode: false,
      xaxis: {
        range: [0.5, last + 0.5],
        tickvals: labelled,
        ticktext: labelled.map(words.bar),
        ...tickGap,
        tickangle: 0,
        tickfont: { size: 11, color: theme.textMuted },
        showgrid: false,
        zeroline: false,
        fixedrange: true,
        showline: true,
        linecolor: theme.axis,
        linewidth: 1
      },
      yaxis: {
        range: [...range],
        tickvals: ticks,
        ticktext: ticks.map((value) => tickText(value, step)),
        ...tickGap,
        tickfont: { size: 11, color: theme.textMuted },
        gridcolor: theme.grid,
        zeroline: false,
        fixedrange: true
      },
      shapes: marks.cut === undefined ? [] : [cutLine(Math.min(last, marks.cut), theme)],
      annotations: [axisName(words.axis, theme), ...annotations]
    }
  }
}

interface Bars {
  /** px from bar to bar, of a bar, of the whole height, and of the whole variance */
  slot: number
  barPixels: number
  height: number
  unit: number
  /** the share at which the axis begins */
  foot: number
}

/** px of a share above the foot of the axis */
const riseOf = (share: number, { unit, foot }: Bars): number => (share - foot) * unit

const isInside = (share: number, room: Bars): boolean =>
  riseOf(share, room) > 22 && riseOf(share, room) <= room.height && room.barPixels >= 28

function bars(
  shares: readonly number[],
  { intervals }: ScreeMarks,
  isKept: (i: number) => boolean,
  room: Bars,
  theme: PlotTheme
): Record<string, unknown> {
  const printed = room.slot >= 30
  return {
    type: 'bar',
    x: shares.map((_, i) => i + 1),
    y: shares.map((share) => 100 * share),
    width: room.barPixels / room.slot,
    ...(printed && {
      text: shares.map((share, i) => (isInside(share, room) && !intervals ? fixed(100 * shares[i]!, 1) : '')),
      textposition: 'inside',
      insidetextanchor: 'end',
      textangle: 0,
      constraintext: 'none',
      insidetextfont: {
        size: 11,
        color: shares.map((_, i) => inkOver(isKept(i) ? theme.mark : theme.markSoft, theme)),
        weight: 600
      }
    }),
    marker: { color: shares.map((_, i) => (isKept(i) ? theme.mark : theme.markSoft)), line: { width: 0 } },
    hoverinfo: 'none'
  }
}

/** An interval a bar, where it lies: that of a small variance may lie below the variance. */
function intervalBars(
  { lower, upper }: Bounds,
  last: number,
  barPixels: number,
  theme: PlotTheme
): Record<string, unknown> {
  const number = lower.slice(0, last).map((_, i) => i + 1)
  return {
    type: 'scatter',
    mode: 'markers',
    x: number,
    y: number.map((k) => 50 * (lower[k - 1]! + upper[k - 1]!)),
    marker: { size: 1, opacity: 0 },
    error_y: {
      type: 'data',
      array: number.map((k) => 50 * Math.max(0, upper[k - 1]! - lower[k - 1]!)),
      color: theme.text,
      thickness: 1.25,
      width: Math.min(5, barPixels / 4)
    },
    hoverinfo: 'none'
  }
}

/** The interval of each running sum as one band behind their line. */
function bandOf({ lower, upper }: Bounds, last: number, theme: PlotTheme): Record<string, unknown> {
  const there = upper.slice(0, last).map((_, i) => i)
  const back = [...there].reverse()
  return {
    type: 'scatter',
    mode: 'lines',
    x: [...there, ...back].map((i) => i + 1),
    y: [...there.map((i) => 100 * upper[i]!), ...back.map((i) => 100 * lower[i]!)],
    fill: 'toself',
    fillcolor: withOpacity(theme.markStrong, 0.16),
    line: { width: 0 },
    hoverinfo: 'skip'
  }
}

/** The height, as a share, from which a number stands free: over the bar, its interval, and the line of chance where that runs
 * through where the number would be. */
function topOf(share: number, i: number, { intervals, chance }: ScreeMarks, unit: number): number {
  const top = Math.max(share, intervals?.upper[i] ?? share)
  const line = chance?.shares[i] ?? 0
  const isThrough = line > top - 4 / unit && line < top + LABEL_ROOM / unit
  return isThrough ? line : top
}

/** The shares that do not stand inside of their bars. Where intervals are drawn, their ends would run through them: they stand
 * above those. */
function numbersOf(
  shares: readonly number[],
  marks: ScreeMarks,
  room: Bars,
  theme: PlotTheme
): Record<string, unknown>[] {
  if (room.slot < 30) return []
  const besideBar = { xanchor: 'left', xshift: room.barPixels / 2 + 4, yanchor: 'top', yshift: -6 }
  return shares.flatMap((share, i) => {
    if (isInside(share, room) && !marks.intervals) return []
    const text = fixed(100 * share, 1)
    const top = topOf(share, i, marks, room.unit)
    // No room above: beside the bar, under the line of the sums.
    if (riseOf(top, room) > room.height - LABEL_ROOM) {
      return [{ ...note(theme), text, x: i + 1, y: 100 * share, ...besideBar }]
    }
    return [{ ...note(theme), text, x: i + 1, y: 100 * top, yanchor: 'bottom', yshift: i === 0 ? 8 : 3 }]
  })
}

const lineOf = (shares: readonly number[], line: Record<string, unknown>): Record<string, unknown> => ({
  type: 'scatter',
  mode: 'lines',
  x: shares.map((_, i) => i + 1),
  y: shares.map((share) => 100 * share),
  line,
  hoverinfo: 'none'
})

/** px of a letter, on the average */
const LETTER_PX = 5.8
/** px between a name and the line of the cut */
const ASIDE_PX = 6

/** Named above its line, where that runs highest over the bars and the line of the cut does not run through the name; else beside that.
 * @param tops of what stands on each bar */
function chanceName(
  name: string,
  chance: readonly number[],
  tops: readonly number[],
  { slot, cut }: { slot: number; cut: number | undefined },
  theme: PlotTheme
): Record<string, unknown> {
  const free = (i: number): number => chance[i]! - Math.max(tops[i]!, tops[i - 1] ?? 0, tops[i + 1] ?? 0)
  const width = (name.length * LETTER_PX + ASIDE_PX) / slot
  const line = cut === undefined ? -Infinity : Math.min(tops.length, cut) + 0.5
  const isLastBar = (i: number): boolean => i === tops.length - 1
  const isCrossed = (i: number): boolean => {
    const end = isLastBar(i) ? i + 1.5 : i + 1 + width / 2
    // On the last line there is nothing behind the name but the edge.
    return line > end - width && line < end - (isLastBar(i) ? 0.01 : 0)
  }
  let at = chance.length - 1
  for (let i = at - 1; i >= 1; i--) {
    const isFreer = free(i) > free(at) + 0.02
    if (isCrossed(at) === isCrossed(i) ? isFreer : isCrossed(at)) at = i
  }
  const isLast = isLastBar(at)
  const beside = isCrossed(at) ? besideCut(line, width, tops.length, slot) : null
  return {
    ...note(theme),
    text: name,
    x: isLast ? at + 1.5 : at + 1,
    y: 100 * Math.max(chance[at]!, tops[at]!),
    xanchor: isLast ? 'right' : 'center',
    yanchor: 'bottom',
    yshift: chance[at]! > tops[at]! ? 5 : LABEL_ROOM,
    ...beside
  }
}

/** At the side of the cut that has room for a name; at neither: null. Lengths in bars. */
function besideCut(line: number, width: number, nBars: number, slot: number): Record<string, unknown> | null {
  const shift = ASIDE_PX / slot
  if (line + width <= nBars + 0.5) return { x: line + shift, xanchor: 'left' }
  if (line - width >= 0.5) return { x: line - shift, xanchor: 'right' }
  return null
}

function cutLine(cut: number, theme: PlotTheme): Record<string, unknown> {
  return {
    type: 'line',
    x0: cut + 0.5,
    x1: cut + 0.5,
    y0: 0,
    y1: 1,
    yref: 'paper',
    line: { color: theme.accent, width: 1.5 }
  }
}

function axisName(text: string, theme: PlotTheme): Record<string, unknown> {
  return {
    ...note(theme, theme.textSecondary),
    name: Y_NAME,
    text,
    xref: 'paper',
    yref: 'paper',
    x: 0,
    y: 1,
    xanchor: 'left',
    yanchor: 'bottom',
    xshift: 16 - MARGIN.l,
    yshift: 7
  }
}
