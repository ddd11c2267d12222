import { SeededRandom } from '../../../../linalg/random.ts'
import type { MethodKey } from '../../methods.ts'
import { valueAt, type SearchRange } from './ranges.ts'

export type TrialParams = Partial<Record<MethodKey, number>>

/** Points of a grid with at most so many: every range gets another place in turn while they do not become too many. The places
 * are spread evenly over a range, its ends included; a single one is its middle. */
export function gridOf(ranges: readonly SearchRange[], most: number): TrialParams[] {
  if (ranges.length === 0) return []
  const levels = ranges.map(() => 1)
  const size = (): number => levels.reduce((product, level) => product * level, 1)
  for (let tried = 0, turn = 0; tried < ranges.length; turn = (turn + 1) % ranges.length) {
    levels[turn]! += 1
    if (size() <= most) tried = 0
    else {
      levels[turn]! -= 1
      tried += 1
    }
  }
  return ranges.reduce<TrialParams[]>(
    (points, range, place) =>
      points.flatMap((point) =>
        Array.from({ length: levels[place]! }, (_, level) => ({
          ...point,
          [range.key]: valueAt(range, levels[place] === 1 ? 0.5 : level / (levels[place]! - 1))
        }))
      ),
    [{}]
  )
}

/** Points drawn evenly over the ranges, on their scales. More of them begin with the same ones. */
export function randomPoints(ranges: readonly SearchRange[], count: number, seed: number): TrialParams[] {
  if (ranges.length === 0) return []
  const random = new SeededRandom(seed)
  return Array.from({ length: count }, () =>
    Object.fromEntries(ranges.map((range) => [range.key, valueAt(range, random.uniform())]))
  )
}

/** Of the trials of a rung of successive halving so many go on: one in three. */
export const KEPT = 3
/** The first rung works at least so long. */
const LEAST = 2

/** How long is worked at each rung of successive halving: a third of the next one, the last the whole.
 * Source: Jamieson & Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016. */
export function rungsOf(whole: number): number[] {
  const rungs = [whole]
  while (Math.round(rungs[0]! / KEPT) >= LEAST) rungs.unshift(Math.round(rungs[0]! / KEPT))
  return rungs
}

/** With how many trials the first rung begins, so that all rungs together are at most so many fits. */
export function firstRung(nRungs: number, fits: number): number {
  const total = (first: number): number => {
    let [left, sum] = [first, 0]
    for (let rung = 0; rung < nRungs; rung++) {
      sum += left
      left = Math.max(1, Math.floor(left / KEPT))
    }
    return sum
  }
  let first = 1
  while (total(first + 1) <= fits) first += 1
  return first
}
