import type { SearchRange } from './ranges.ts'
import type { SearchParams, SearchTrial } from './spec.ts'
import { firstRung, KEPT, randomPoints, rungsOf } from './trials.ts'
import type { Trials } from './try-out.ts'

/** Successive halving: many trials work a short while, the best third of them three times as long, and so on until one works
 * as long as the result. Each rung fits anew. Where there are trials already, others are drawn than before.
 * @param whole iterations or samples of the result */
export function halve(trials: Trials, whole: number, ranges: readonly SearchRange[], { seed }: SearchParams): void {
  const rungs = rungsOf(whole)
  const before = trials.list.length - 1
  let points = randomPoints(ranges, before + firstRung(rungs.length, trials.left), seed).slice(before)
  for (const worked of rungs) {
    const made: { point: (typeof points)[number]; trial: SearchTrial }[] = []
    for (const point of points) {
      const trial = trials.tryOut(point, worked)
      if (trial === null) return
      made.push({ point, trial })
    }
    const order = trials.order(made.map(({ trial }) => trial))
    const kept = Math.max(1, Math.floor(made.length / KEPT))
    points = order.slice(0, kept).map((trial) => made.find((one) => one.trial === trial)!.point)
  }
}
