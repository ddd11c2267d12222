import { formatCount } from '../ui/format.ts'

/** A whole number as it is typed; null where it is none. */
export function readWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null
}

/** What is wrong with a whole number that is typed, with the range that is allowed; undefined where nothing is. */
export function wholeProblem(text: string, least: number, most = Infinity): string | undefined {
  const value = readWhole(text)
  if (value !== null && value >= least && value <= most) return undefined
  return most === Infinity
    ? `A whole number, ${formatCount(least)} or more`
    : `${formatCount(least)} to ${formatCount(most)}`
}
