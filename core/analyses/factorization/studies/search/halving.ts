import type { SearchRange } from './ranges.ts'
import type { SearchPlan, SearchTrial } from './spec.ts'
import { firstRung, KEPT, randomPoints, rungsOf } from './trials.ts'
import type { Trials } from './try-out.ts'

/** Successive halving: many trials work a short while, the best third of them three times as long, and so on until one works
 * as long as the result. Each rung fits anew, so that a trial says the same whatever was tried before it. Where there are trials
 * already, others are drawn than before; a plan that was not finished is gone through again, and its trials are there.
 * @param whole iterations or samples of the result
 * @returns whether the plan was finished */
export function halve(
  trials: Trials,
  whole: number,
  ranges: readonly SearchRange[],
  { after, fits }: SearchPlan,
  seed: number
): boolean {
  const rungs = rungsOf(whole)
  let points = randomPoints(ranges, after + firstRung(rungs.length, fits), seed).slice(after)
  for (const worked of rungs) {
    const made: { point: (typeof points)[number]; trial: SearchTrial }[] = []
    for (const point of points) {
      const trial = trials.tryOut(point, worked)
      if (trial === null) return false
      made.push({ point, trial })
    }
    const order = trials.order(made.map(({ trial }) => trial))
    const kept = Math.max(1, Math.floor(made.length / KEPT))
    points = order.slice(0, kept).map((trial) => made.find((one) => one.trial === trial)!.point)
  }
  return true
}
