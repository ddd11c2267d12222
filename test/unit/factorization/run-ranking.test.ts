import { expect, test } from 'vitest'
import { methodSchema } from '../../../core/analyses/factorization/methods.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { factorizationSummarySchema } from '../../../core/analyses/factorization/spec.ts'
import { buildParams, drawRatings, quiet, tableOfCells } from './build.ts'

const table = tableOfCells(drawRatings(20, 15, 0.4, 7))
const few = { nFactors: 2, iterations: 3, samples: 2, burnIn: 1, cutoff: 4 }

test.each(methodSchema.options)('%s: lists are judged where ratings were held out', (method) => {
  const { summary } = runFactorization(table, buildParams({ method, ...few, testFraction: 0.3 }), quiet, {})
  const { model, popularity } = summary.ranking!
  expect(model).toMatchObject({ k: 4, nUsers: popularity.nUsers })
  expect(model.nUsers).toBeGreaterThan(5)
  expect(Object.values(model).every(Number.isFinite)).toBe(true)
  if (method === 'popularity') expect(model).toEqual(popularity)
  expect(factorizationSummarySchema.parse(summary).ranking).toEqual(summary.ranking)
})

test('without held-out ratings there is nothing to judge', () => {
  expect(runFactorization(table, buildParams(few), quiet, {}).summary.ranking).toBeNull()
})

test('what is relevant can begin at a rating: fewer users have such', () => {
  const run = (relevantFrom: number | null) =>
    runFactorization(table, buildParams({ method: 'ials', ...few, testFraction: 0.3, relevantFrom }), quiet, {})
  const [all, good] = [run(null), run(5)].map(({ summary }) => summary.ranking!.model)
  expect(good!.nUsers).toBeLessThan(all!.nUsers)
  expect(run(6).summary.ranking).toBeNull()
})
