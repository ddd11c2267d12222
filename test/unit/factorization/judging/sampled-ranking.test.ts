import { expect, test } from 'vitest'
import { SAMPLED_WARNING } from '../../../../core/analyses/factorization/judgement.ts'
import { askRanking } from '../../../../core/analyses/factorization/judging/ranking.ts'
import { measureSampledRanking } from '../../../../core/analyses/factorization/judging/sampled-ranking.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import type { Scorer } from '../../../../core/analyses/factorization/scorers/scorer.ts'
import { buildParams, drawRatings, noPace, quiet, tableOfCells, trainingOf } from '../build.ts'

const N_ITEMS = 60
const HAD = 0
const WANTED = [10, 30]

/** Everybody scores item i by −i, has item 0 and wants two others: 9 free items are above the first, 28 above the second. */
const scorer = (nUsers: number): Scorer => ({
  nUsers,
  nItems: N_ITEMS,
  predict: (_user, item) => -item,
  scoreItems: (_user, row) => {
    for (let item = 0; item < N_ITEMS; item++) row[item] = -item
  }
})
const cells = (nUsers: number, items: number[]) => {
  const pairs = Array.from({ length: nUsers }, (_, user) => items.map((item) => [user, item] as const)).flat()
  return {
    userIndex: Int32Array.from(pairs, ([user]) => user),
    itemIndex: Int32Array.from(pairs, ([, item]) => item),
    values: new Float64Array(pairs.length).fill(1)
  }
}
const asked = (nUsers: number, cutoff: number) =>
  askRanking(trainingOf(cells(nUsers, [HAD]), nUsers, N_ITEMS), cells(nUsers, WANTED), {
    relevantFrom: null,
    cutoff,
    seed: 1
  })!

/** P(j of `drawn` are above), of `above` among `free`: hypergeometric. */
function hypergeometric(j: number, free: number, above: number, drawn: number): number {
  const logChoose = (n: number, k: number): number => {
    if (k < 0 || k > n) return -Infinity
    let sum = 0
    for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i)
    return sum
  }
  return Math.exp(logChoose(above, j) + logChoose(free - above, drawn - j) - logChoose(free, drawn))
}

test('means over many samples are those of the hypergeometric distribution', () => {
  const [nUsers, negatives, cutoff] = [4000, 20, 5]
  const found = measureSampledRanking(scorer(nUsers), asked(nUsers, cutoff), { negatives, seed: 3 }, noPace)
  // Free are all but the one that is had and the two that are wanted; item 10 is above item 30, but not sampled.
  const expected = { hitRate: 0, ndcg: 0, mrr: 0 }
  for (const above of [9, 28]) {
    for (let j = 0; j <= negatives; j++) {
      const share = hypergeometric(j, N_ITEMS - 3, above, negatives) / 2
      expected.mrr += share / (j + 1)
      if (j >= cutoff) continue
      expected.hitRate += share
      expected.ndcg += share / Math.log2(j + 2)
    }
  }
  // 8000 lists: a mean of what lies in 0 … 1 has a standard error of at most 0.0056.
  for (const name of ['hitRate', 'ndcg', 'mrr'] as const) {
    expect(Math.abs(found[name] - expected[name]), name).toBeLessThan(0.02)
  }
})

test('a sample of all others is the whole list, without what else is wanted', () => {
  const found = measureSampledRanking(scorer(3), asked(3, 10), { negatives: 1000, seed: 1 }, noPace)
  expect(found.hitRate).toBeCloseTo(1 / 2, 12)
  expect(found.ndcg).toBeCloseTo(1 / Math.log2(11) / 2, 12)
  expect(found.mrr).toBeCloseTo((1 / 10 + 1 / 29) / 2, 12)
})

test('it flatters: the same model has more than over the whole catalogue; the same seed draws the same', () => {
  const table = tableOfCells(drawRatings(40, 60, 0.2, 5))
  const run = (sampledNegatives: number | null, seed = 1) =>
    runFactorization(
      table,
      buildParams({ method: 'ials', nFactors: 3, iterations: 3, testFraction: 0.3, cutoff: 5, sampledNegatives, seed }),
      quiet,
      {}
    ).summary.ranking!
  const ranking = run(10)
  expect(ranking.sampled).toMatchObject({ negatives: 10, warning: SAMPLED_WARNING })
  expect(ranking.sampled!.model.hitRate).toBeGreaterThan(ranking.model.recall)
  expect(run(10).sampled).toEqual(ranking.sampled)
  const whole = run(null)
  expect(whole.sampled).toBeUndefined()
  expect(whole.model).toEqual(ranking.model)
})
