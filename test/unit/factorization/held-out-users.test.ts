import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupRatings, joinRows } from '../../../core/analyses/factorization/cells.ts'
import { judgeList } from '../../../core/analyses/factorization/judging/list-quality.ts'
import { methodSchema, purposeOf, type Method } from '../../../core/analyses/factorization/methods.ts'
import { prepareRatings } from '../../../core/analyses/factorization/prepare.ts'
import { ratingsOf } from '../../../core/analyses/factorization/recommending/known-model.ts'
import { placePerson, placeUser } from '../../../core/analyses/factorization/recommending/place.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { buildParams, drawRatings, noPace, quiet, tableOfCells } from './build.ts'
import { fitKnown } from './recommending/known.ts'
import { studyOf } from './studies/run-study.ts'

const table = tableOfCells(drawRatings(24, 15, 0.5, 7))
const few = {
  nFactors: 2,
  iterations: 3,
  samples: 3,
  burnIn: 1,
  cutoff: 4,
  split: 'strong',
  testFraction: 0.25
} as const

const prepare = (method: Method) => {
  const params = buildParams({ method, ...few })
  return { params, ...prepareRatings(table, params, new SeededRandom(params.seed), {}, noPace, quiet.checkpoint) }
}

test('nobody who is held out has a training rating; what is given and what is asked for are apart', () => {
  const { split, training, heldOut } = prepare('als')
  const held = new Set(split.test!.userIndex)
  expect(held.size).toBe(6)
  for (const user of held) {
    expect(ratingsOf(training.byUser, user).items).toHaveLength(0)
    const given = ratingsOf(heldOut!.given, user).items
    expect(given.length).toBeGreaterThan(0)
    expect(ratingsOf(heldOut!.histories, user).items).toEqual(given)
    split.test!.userIndex.forEach((one, t) => {
      if (one === user) expect(given).not.toContain(split.test!.itemIndex[t])
    })
  }
  expect(split.train.values.length + split.given!.values.length + split.test!.values.length).toBe(table.nRows)
})

describe.each(methodSchema.options)('%s', (method) => {
  const { params, split, training, heldOut } = prepare(method)
  const { summary, arrays } = runFactorization(table, params, quiet, {})
  const known = fitKnown(table, { method, ...few })
  const nItems = known.items.length
  const scoresOf = (user: number): Float64Array => {
    const scores = new Float64Array(nItems)
    placePerson(known, ratingsOf(heldOut!.given, user)).scoreItems(scores)
    return scores
  }
  const { userIndex, itemIndex, values } = split.test!
  const held = [...new Set(userIndex)]

  test('its errors are those of each person placed by hand', () => {
    const [low, high] = purposeOf(method) === 'ratings' ? summary.ratingRange : [-Infinity, Infinity]
    const isLike = !['wals'].includes(method) && purposeOf(method) === 'preferences'
    const errors = Array.from(values, (value, t) => {
      const score = scoresOf(userIndex[t]!)[itemIndex[t]!]!
      return (isLike ? 1 : value) - Math.min(high, Math.max(low, score))
    })
    const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
    expect(summary.metrics.test!.rmse).toBeCloseTo(rmse, 10)
    expect(summary.history.map(({ testRmse }) => testRmse)).toEqual(summary.history.map(() => null))
    expect(summary.nTrain).toBe(training.cells.values.length)
  })

  test('its lists are those of each person placed by hand, without what is given', () => {
    const ndcg = held.map((user) => {
      const scores = scoresOf(user)
      const given = ratingsOf(heldOut!.given, user).items
      const wanted = new Set(itemIndex.filter((_, t) => userIndex[t] === user))
      const list = Array.from({ length: nItems }, (_, item) => item)
        .filter((item) => !given.includes(item))
        .sort((a, b) => (Math.abs(scores[b]! - scores[a]!) < 1e-9 ? a - b : scores[b]! - scores[a]!))
      return judgeList(Int32Array.from(list.slice(0, 4)), (item) => wanted.has(item), wanted.size, 4).ndcg
    })
    expect(summary.ranking!.model.nUsers).toBe(held.length)
    expect(summary.ranking!.model.ndcg).toBeCloseTo(ndcg.reduce((sum, one) => sum + one, 0) / ndcg.length, 10)
  })

  test('they are stored where they were placed, score from the result as they did, and their terms sum to the score', () => {
    for (const user of held) {
      const scores = scoresOf(user)
      const taste = placeUser(known, user)
      const { nFactors } = known.model
      const stored = arrays['userFactors']!.data.slice(user * nFactors, (user + 1) * nFactors)
      if (taste.factors) expect(Array.from(stored)).toEqual(Array.from(taste.factors))
      for (let item = 0; item < nItems; item++) {
        expect(known.scorer.predict(user, item)).toBeCloseTo(scores[item]!, 10)
        const sum = taste.explain(item).reduce((total, { value }) => total + value, 0)
        expect(sum).toBeCloseTo(scores[item]!, 9)
      }
    }
  })
})

test('a baseline of biases places them too: of users unlike the mean it errs less than the mean', () => {
  // Everybody gives the same number everywhere, each another: the mean is far off, five ratings say enough.
  const cells = drawRatings(20, 30, 0.9, 3)
  const alike = tableOfCells({ ...cells, values: Float64Array.from(cells.userIndex, (user) => 1 + (user % 5)) })
  const { baselines } = runFactorization(alike, buildParams({ method: 'bias', ...few }), quiet, {}).summary
  // Of 20 and more given ratings the damping of 5 takes at most a fifth.
  expect(baselines.bias.rmse).toBeLessThan(0.35 * baselines.globalMean.rmse)
})

test('a user who is given is not unknown', () => {
  const { summary } = runFactorization(table, buildParams({ method: 'als', ...few }), quiet, {})
  expect(summary.lint!.map(({ code }) => code)).not.toContain('unknown-users')
  expect(summary.coldTest).toBe(0)
  expect(summary.errorsBy!.userActivity[0]!.from).toBeGreaterThan(0)
})

test('models are compared on held-out users, each with the figures of its own run', () => {
  const { summary } = studyOf('models', { method: 'als', ...few }, { methods: ['ease', 'itemknn', 'svdpp'], folds: 0 })
  expect(summary.models.filter(({ failed }) => failed !== null)).toEqual([])
  const preferences = studyOf('models', { method: 'ease', ...few }, { methods: ['itemknn'], folds: 0 }).summary
  expect(preferences.models.map(({ key }) => key)).toEqual(['popularity', 'own', 'itemknn'])
  const ndcg = (of: typeof summary, key: string) => of.models.find((model) => model.key === key)!.ranking!.ndcg
  expect(ndcg(summary, 'itemknn')).toBeCloseTo(ndcg(preferences, 'itemknn'), 12)
})

test('rows of two sets are joined in order', () => {
  const sets = fc.array(fc.tuple(fc.nat(4), fc.nat(9), fc.double({ noNaN: true })), { maxLength: 30 })
  fc.assert(
    fc.property(sets, sets, (first, second) => {
      const group = (set: [number, number, number][]) =>
        groupRatings(
          Int32Array.from(set, ([row]) => row),
          Int32Array.from(set, ([, column]) => column),
          Float64Array.from(set, ([, , value]) => value),
          5
        )
      const joined = joinRows(group(first), group(second))
      expect(joined).toEqual(group([...first, ...second]))
      expect(joined.columns).toHaveLength(first.length + second.length)
    })
  )
})
