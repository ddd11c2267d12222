import { roundStep, tickText, ticksIn, within, type Range } from './axes.ts'
import { measureText } from './labels.ts'
import { logTicks } from './log-ticks.ts'
import { wholeExtent } from './regions.ts'
import type { PlotFrame, ScatterLook, ScatterModel, Size } from './scatter-model.ts'

/** Ticks of one axis. */
export interface AxisTicks {
  values: number[]
  texts: string[]
  /** its zero is one of what it measures, not of logarithms */
  hasZero: boolean
}

/** px between ticks at least; a wide plot spaces them more */
const TICK_DISTANCE = 52
const MOST_TICKS = 12

/** Frame and ticks of a plot whose axes measure different things: each fills its side. The vertical one begins at zero where nothing
 * lies below.
 * @param edge px between the left edge and the names of the vertical ticks */
export function layOutOwnUnits(
  model: ScatterModel,
  look: ScatterLook,
  size: Size,
  { top, right, bottom, edge }: { top: number; right: number; bottom: number; edge: number },
  font: string
): { frame: PlotFrame; ticks: { x: AxisTicks; y: AxisTicks } } {
  const whole = wholeExtent(model)
  const upward: Range = whole.y[0] > 0 ? [-0.03 * whole.y[1], whole.y[1]] : whole.y
  const x: Range = look.range?.x ?? within(whole.x, look.limits?.x)
  const y: Range = look.range?.y ?? within(upward, look.limits?.y)
  const height = Math.max(40, size.height - top - bottom)
  const vertical = roundTicks(y, height)
  const widest = Math.max(0, ...vertical.texts.map((text) => measureText(text, font)))
  const left = Math.round(Math.max(36, widest + edge + 4))
  const width = Math.max(40, size.width - left - right)
  const horizontal = model.ownUnits?.logX
    ? { ...logTicks(x, width, distanceOn(width)), hasZero: false }
    : roundTicks(x, width)
  return { frame: { left, top, width, height, x, y }, ticks: { x: horizontal, y: vertical } }
}

const distanceOn = (pixels: number): number => Math.max(TICK_DISTANCE, pixels / MOST_TICKS)

function roundTicks(range: Range, pixels: number): AxisTicks {
  const step = roundStep(((range[1] - range[0]) / pixels) * distanceOn(pixels))
  const values = ticksIn(range, step)
  return { values, texts: values.map((value) => tickText(value, step)), hasZero: true }
}
