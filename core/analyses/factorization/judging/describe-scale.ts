import type { RatingsSummary } from '../../../contract/ratings-summary.ts'

/** Different values are counted so far. */
const MOST_DISTINCT = 10_000
/** So many values at most have a bar each. */
const BAR_EACH = 21
const BARS = 20
/** A step is told of a scale that has at most so many of them. */
const MOST_STEPS = 1000

/** The largest step that every value is a whole number of from the smallest on; null where there is none to speak of.
 * @param values different ones, ascending */
function stepOf(values: number[]): number | null {
  if (values.length < 2) return null
  const [first, last] = [values[0]!, values.at(-1)!]
  const gaps = values.slice(1).map((value, j) => value - values[j]!)
  const step = Math.min(...gaps)
  if ((last - first) / step > MOST_STEPS) return null
  const isWhole = (ratio: number): boolean => Math.abs(ratio - Math.round(ratio)) < 1e-6
  return values.every((value) => isWhole((value - first) / step)) ? Number(step.toPrecision(12)) : null
}

function histogramOf(
  numbers: Float64Array,
  distinct: Map<number, number>
): NonNullable<RatingsSummary['scale']>['histogram'] {
  const known = [...distinct].sort(([a], [b]) => a - b)
  if (known.length <= BAR_EACH) return known.map(([value, count]) => ({ from: value, to: value, count }))
  let [min, max] = [Infinity, -Infinity]
  for (const value of numbers) [min, max] = [Math.min(min, value), Math.max(max, value)]
  const width = (max - min) / BARS
  const counts = new Array<number>(BARS).fill(0)
  for (const value of numbers) counts[Math.min(BARS - 1, Math.floor((value - min) / width))]! += 1
  return counts.map((count, bar) => ({
    from: min + bar * width,
    to: bar === BARS - 1 ? max : min + (bar + 1) * width,
    count
  }))
}

/** What the numbers of a table of ratings are like. @param numbers finite, at least one */
export function describeScale(numbers: Float64Array): NonNullable<RatingsSummary['scale']> {
  const distinct = new Map<number, number>()
  let [min, max, sum] = [Infinity, -Infinity, 0]
  for (const value of numbers) {
    const count = distinct.get(value)
    if (count !== undefined || distinct.size < MOST_DISTINCT) distinct.set(value, (count ?? 0) + 1)
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  const values = [...distinct.keys()].sort((a, b) => a - b)
  const step = distinct.size === MOST_DISTINCT ? null : stepOf(values)
  return {
    min,
    max,
    mean: sum / numbers.length,
    step,
    distinct: distinct.size,
    histogram: histogramOf(numbers, distinct)
  }
}
