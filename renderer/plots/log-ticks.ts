import { roundStep, tickText, ticksIn, type Range } from './axes.ts'

/** Digits that are ticked in each power of ten, the most first, with the widest of their gaps in powers. */
const DIGITS = [
  { digits: [1, 2, 5], gap: Math.log10(2) },
  { digits: [1], gap: 1 }
]

/** Round ticks of an axis that holds decimal logarithms, written as the numbers they are of.
 * @param range of the logarithms
 * @param distance px between ticks, at least */
export function logTicks(range: Range, pixels: number, distance: number): { values: number[]; texts: string[] } {
  const perPower = pixels / (range[1] - range[0])
  const ticks = range[1] - range[0] < 1 ? evenTicks(range, perPower, distance) : powerTicks(range, perPower, distance)
  return { values: ticks.map(({ value }) => Math.log10(value)), texts: ticks.map(({ text }) => text) }
}

/** 1, 2, 5, 10, 20 …, or powers of ten, or every so many of them. */
function powerTicks([low, high]: Range, perPower: number, distance: number): { value: number; text: string }[] {
  const { digits } = DIGITS.find(({ gap }) => gap * perPower >= distance) ?? DIGITS.at(-1)!
  const every = digits.length > 1 ? 1 : Math.max(1, Math.ceil(distance / perPower))
  const values: number[] = []
  for (let power = Math.floor(low / every) * every; power <= high; power += every)
    for (const digit of digits) values.push(digit * 10 ** power)
  return values
    .filter((value) => inside(Math.log10(value), [low, high]))
    .map((value) => ({ value, text: textOf(value) }))
}

/** Within one power of ten: even steps, as wide as the narrowest of them, at the upper end, needs. */
function evenTicks(range: Range, perPower: number, distance: number): { value: number; text: string }[] {
  const [low, high] = [10 ** range[0], 10 ** range[1]]
  const step = roundStep(high * (1 - 10 ** (-distance / perPower)))
  return ticksIn([low, high], step)
    .filter((value) => value > 0)
    .map((value) => ({ value, text: tickText(value, step) }))
}

const inside = (value: number, [low, high]: Range): boolean => value >= low - 1e-9 && value <= high + 1e-9

const textOf = (value: number): string => tickText(value, 10 ** Math.floor(Math.log10(value) + 1e-9))
