import { expect, test } from 'vitest'
import { limitTails } from '../../../../../core/analyses/factorization/models/bayes/limit-tails.ts'
import { runFactorization } from '../../../../../core/analyses/factorization/run.ts'
import { SeededRandom } from '../../../../../core/linalg/random.ts'
import { buildParams, drawRatings, noPace, quiet, tableOfCells, trainingOf } from '../../build.ts'

const [N_USERS, N_ITEMS] = [200, 150]
const cells = drawRatings(N_USERS, N_ITEMS, 0.3, 4)
/** Counts as plays are: lognormal, the largest some thousands of times the middle one. */
const counts = (() => {
  const random = new SeededRandom(6)
  return { ...cells, values: cells.values.map(() => Math.ceil(Math.exp(3 + 2.2 * random.normal()))) }
})()

test('stars and points are left alone, the same set is given back', () => {
  const set = trainingOf(cells, N_USERS, N_ITEMS)
  expect(limitTails(set, noPace)).toEqual({ set, limited: 0 })
  const equal = trainingOf({ ...cells, values: cells.values.map(() => 3) }, N_USERS, N_ITEMS)
  expect(limitTails(equal, noPace).set).toBe(equal)
})

test('counts are drawn in to two deviations, both ways round; what is given is not changed', () => {
  const set = trainingOf(counts, N_USERS, N_ITEMS)
  const before = set.byUser.values.slice()
  const { set: drawn, limited } = limitTails(set, noPace)
  const high = set.mean + 2 * set.deviation
  expect(limited).toBeGreaterThan(0)
  expect(limited).toBe(counts.values.filter((value) => value > high).length)
  for (const side of [drawn.byUser, drawn.byItem]) expect(Math.max(...side.values)).toBe(high)
  expect(set.byUser.values).toEqual(before)
})

test.each(['bpmf', 'bsvdpp'] as const)('%s: not much worse than the mean on counts that follow nothing', (method) => {
  const params = buildParams({ method, nFactors: 8, samples: 60, burnIn: 20, testFraction: 0.2 })
  // As they are, 'bpmf' had 1.45 of the error of the mean, 'bsvdpp' 1.39.
  const { metrics, baselines, notes } = runFactorization(tableOfCells(counts), params, quiet, {}).summary
  expect(metrics.test!.rmse).toBeLessThan(1.2 * baselines.globalMean.rmse)
  expect(notes).toContainEqual(expect.stringMatching(/^\d+ training ratings lie more than 2 standard deviations/))
})
