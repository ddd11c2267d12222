export type Range = readonly [number, number]

/** Ends of an axis that a person chose; null: as the data needs. */
export type Limits = readonly [low: number | null, high: number | null]
export interface AxisLimits {
  x: Limits
  y: Limits
  own?: AxisChoices
}

/** What a person chose of one axis; null: as it is by itself. */
export interface AxisChoice {
  name: string | null
  low: number | null
  high: number | null
}
/** The choices of a drawing that has more axes than two, by what an axis is called by itself. */
export type AxisChoices = Readonly<Record<string, AxisChoice>>

/** What axes are called where some have another name now. */
export const calledNow = (names: readonly string[], choices: AxisChoices = {}): string[] =>
  names.map((name) => choices[name]?.name ?? name)

/** The ends that were chosen, axis by axis. */
export const limitsOf = (names: readonly string[], choices: AxisChoices = {}): Limits[] =>
  names.map((name) => [choices[name]?.low ?? null, choices[name]?.high ?? null])

/** Numbers of which those beyond chosen ends have no place; the same ones where none were chosen. */
export function cutBeyond(values: ArrayLike<number>, [low, high]: Limits): ArrayLike<number> {
  if (low === null && high === null) return values
  const [least, most] = [low ?? -Infinity, high ?? Infinity]
  return Float64Array.from(values, (value) => (value >= least && value <= most ? value : NaN))
}

/** A range with the ends that were chosen. Where the one that was not would lie on the wrong side of the other, the range
 * keeps its length. */
export function within([low, high]: Range, limits: Limits | undefined): [number, number] {
  const [least, most] = limits ?? [null, null]
  if (least !== null && most !== null) return [least, most]
  const length = high > low ? high - low : 1
  if (least !== null) return [least, high > least ? high : least + length]
  if (most !== null) return [low < most ? low : most - length, most]
  return [low, high]
}

/** Whether anything of an axis was chosen: marks beyond its ends are then cut off. */
export const isChosen = (limits: Limits | undefined): boolean =>
  limits !== undefined && limits.some((end) => end !== null)

/** Smallest and largest finite value of some numbers; [−1, 1] where there is none. */
export function extentOf(...lists: ArrayLike<number>[]): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!
      if (!Number.isFinite(value)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : [-1, 1]
}

/** A range widened on both sides by a share of its length; a point becomes an interval round it, zero −1 to 1. */
export function padRange([low, high]: Range, share: number): [number, number] {
  const length = high - low
  const alone = Math.abs(low) > 1e-12 ? Math.abs(low) * 0.5 : 1
  const room = length > 0 ? length * share : alone
  return [low - room, high + room]
}

/** Ranges that show both extents with one unit equally long on both axes: the tighter axis decides, the other grows
 * on both sides. width and height of the drawing area in px. */
export function equalRanges(
  x: Range,
  y: Range,
  width: number,
  height: number
): { x: [number, number]; y: [number, number] } {
  const unitsPerPixel = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
  const grow = ([low, high]: Range, pixels: number): [number, number] => {
    const room = (unitsPerPixel * pixels - (high - low)) / 2
    return [low - room, high + room]
  }
  return { x: grow(x, width), y: grow(y, height) }
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not below a length: the step between round ticks. */
export function roundStep(atLeast: number): number {
  if (!(atLeast > 0) || !Number.isFinite(atLeast)) return 1
  const power = 10 ** Math.floor(Math.log10(atLeast))
  const ratio = atLeast / power
  const factor = ratio <= 1 + 1e-9 ? 1 : ratio <= 2 + 1e-9 ? 2 : ratio <= 5 + 1e-9 ? 5 : 10
  return factor * power
}

/** Multiples of step inside a range. */
export function ticksIn([low, high]: Range, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}

/** Decimals that multiples of a step need: 8 at most. */
export function decimalsOf(step: number): number {
  return Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)))
}

/** A tick with as many decimals as its step needs, thousands grouped, a true minus. */
export function tickText(value: number, step: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e7 || step < 1e-5)) {
    const digits = Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(step) + 1e-9)
    const text = value.toExponential(Math.max(0, Math.min(12, digits)))
    return text.replace('e+', 'e').replaceAll('-', '−')
  }
  const decimals = value === 0 && step < 1e-5 ? 0 : decimalsOf(step)
  const text = Math.abs(value).toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals
  })
  return value < -step * 1e-9 ? `−${text}` : text
}
