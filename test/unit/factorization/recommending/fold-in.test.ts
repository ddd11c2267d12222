import { describe, expect, test } from 'vitest'
import { ratingsOf } from '../../../../core/analyses/factorization/recommending/known-model.ts'
import { placePerson, placeUser } from '../../../../core/analyses/factorization/recommending/place.ts'
import { drawRatings, solveWeightedRidge, tableOfCells } from '../build.ts'
import { fitDrawn, fitKnown } from './known.ts'

// Alternating least squares ends with the users, so that each of them is the exact solution for the items as stored.
describe.each(['als', 'wals', 'ials', 'hkv'] as const)('%s', (method) => {
  test.each([1, 2, 5])('folding a training user in returns that user: %d factors', (nFactors) => {
    const known = fitDrawn({ method, nFactors, iterations: 5, testFraction: 0.2 }, 3, 12, 9)
    for (let user = 0; user < known.users.length; user++) {
      const folded = placePerson(known, ratingsOf(known.training, user))
      const stored = placeUser(known, user)
      expect(folded.bias).toBeCloseTo(stored.bias, 9)
      folded.factors!.forEach((value, k) => expect(value).toBeCloseTo(stored.factors![k]!, 9))
    }
  })
})

test('als: somebody new is where a dense ridge regression on the item factors puts them', () => {
  const known = fitDrawn({ method: 'als', nFactors: 3 })
  const given = { items: Int32Array.of(0, 4, 5), values: Float64Array.of(5, 1, 3) }
  const { model, deviation } = known
  const rows = Array.from(given.items, (item) => [...model.itemFactors.subarray(3 * item, 3 * item + 3), 1])
  const targets = Array.from(given.items, (item, t) => given.values[t]! - model.globalMean - model.itemBias[item]!)
  // λ n^ν with λ = 0.1 standard deviations and ν = ½; the bias as if by two more ratings at the mean.
  const ridge = 0.1 * deviation * Math.sqrt(3)
  const solution = solveWeightedRidge(rows, targets, [1, 1, 1], [ridge, ridge, ridge, 2])
  const { factors, bias } = placePerson(known, given)
  solution.slice(0, 3).forEach((value, k) => expect(factors![k]).toBeCloseTo(value, 10))
  expect(bias).toBeCloseTo(solution[3]!, 10)
})

test('svdpp: somebody new is moved by what they rated at all, and by how', () => {
  const known = fitDrawn({ method: 'svdpp', nFactors: 3, iterations: 10 })
  const { model, deviation, array } = known
  const items = [1, 2, 6]
  const values = [4, 2, 5]
  const y = array('implicitFactors')!
  const implicit = [0, 1, 2].map((k) => items.reduce((sum, item) => sum + y[3 * item + k]!, 0) / Math.sqrt(3))
  const rows = items.map((item) => [...model.itemFactors.subarray(3 * item, 3 * item + 3), 1])
  const targets = items.map((item, t) => {
    const already = implicit.reduce((sum, value, k) => sum + value * rows[t]![k]!, 0)
    return values[t]! - model.globalMean - model.itemBias[item]! - already
  })
  const ridge = 0.1 * deviation * Math.sqrt(3)
  const solution = solveWeightedRidge(rows, targets, [1, 1, 1], [ridge, ridge, ridge, 2])
  const { factors, bias } = placePerson(known, { items: Int32Array.from(items), values: Float64Array.from(values) })
  implicit.forEach((value, k) => expect(factors![k]).toBeCloseTo(value + solution[k]!, 10))
  expect(bias).toBeCloseTo(solution[3]!, 10)
})

test('bias alone: somebody new has the damped mean of what they give beyond the items', () => {
  const known = fitDrawn({ method: 'bias' })
  const { bias, factors } = placePerson(known, { items: Int32Array.of(2), values: Float64Array.of(5) })
  expect(factors).toBeNull()
  // Shrunk as if by ten more ratings at the mean.
  expect(bias).toBeCloseTo((5 - known.model.globalMean - known.model.itemBias[2]!) / 11, 12)
})

test('who has rated nothing stands where everybody begins', () => {
  for (const method of [
    'mean',
    'bias',
    'als',
    'nmf',
    'sgd',
    'svdpp',
    'wals',
    'ials',
    'hkv',
    'ease',
    'itemknn'
  ] as const) {
    const known = fitDrawn({ method })
    const { factors, bias } = placePerson(known, { items: new Int32Array(0), values: new Float64Array(0) })
    expect(bias).toBe(0)
    expect(factors === null || factors.every((value) => value === 0)).toBe(true)
  }
})

test.each(['ease', 'itemknn', 'popularity'] as const)(
  '%s: a user taken for somebody new has the same scores',
  (method) => {
    const known = fitDrawn({ method, regularization: 2, neighbours: 4 })
    const [stored, folded] = [new Float64Array(7), new Float64Array(7)]
    for (let user = 0; user < known.users.length; user++) {
      known.scorer.scoreItems(user, stored)
      placePerson(known, ratingsOf(known.training, user)).scoreItems(folded)
      folded.forEach((value, item) => expect(value).toBeCloseTo(stored[item]!, 12))
    }
  }
)

test('nmf: somebody new is at the least squares among factors that are not negative', () => {
  const known = fitDrawn({ method: 'nmf', nFactors: 3, iterations: 30 })
  const { model, deviation } = known
  const given = { items: Int32Array.of(0, 3, 4, 6), values: Float64Array.of(5, 1, 4, 2) }
  const { factors, bias } = placePerson(known, given)
  const ridge = 0.1 * deviation * Math.sqrt(4)
  const errors = Array.from(given.items, (item, t) => {
    const predicted = factors!.reduce(
      (sum, p, k) => sum + p * model.itemFactors[3 * item + k]!,
      bias + model.globalMean
    )
    return given.values[t]! - predicted - model.itemBias[item]!
  })
  // Karush–Kuhn–Tucker: a factor above zero has no slope, one at zero none that would lead further down.
  factors!.forEach((p, k) => {
    const slope = ridge * p - errors.reduce((sum, e, t) => sum + e * model.itemFactors[3 * given.items[t]! + k]!, 0)
    if (p > 0) expect(slope).toBeCloseTo(0, 9)
    else expect(slope).toBeGreaterThan(-1e-9)
  })
  expect(2 * bias - errors.reduce((sum, e) => sum + e, 0)).toBeCloseTo(0, 9)
})

describe.each(['bpmf', 'bsvdpp'] as const)('%s', (method) => {
  const known = fitDrawn({ method, nFactors: 2, samples: 30, burnIn: 10 }, 5, 40, 20)

  test('a user taken for somebody new is near where they were fitted, within what the draws leave open', () => {
    let [apart, spread] = [0, 0]
    for (let user = 0; user < 40; user++) {
      const folded = placePerson(known, ratingsOf(known.training, user))
      const stored = placeUser(known, user)
      const [one, other] = [new Float64Array(20), new Float64Array(20)]
      folded.scoreItems(one)
      stored.scoreItems(other)
      for (let item = 0; item < 20; item++) {
        apart += (one[item]! - other[item]!) ** 2
        const [low, high] = stored.interval!(item, other[item]!)
        spread += ((high - low) / 2) ** 2
      }
    }
    expect(apart).toBeLessThan(0.05 * spread)
  })

  test('an interval lies about its score, and is narrower the more is known of somebody', () => {
    const nobody = placePerson(known, { items: new Int32Array(0), values: new Float64Array(0) })
    const somebody = placePerson(known, ratingsOf(known.training, 3))
    const width = (taste: typeof nobody): number => {
      const [low, high] = taste.interval!(7, 3)
      expect((low + high) / 2).toBeCloseTo(3, 9)
      return high - low
    }
    expect(width(somebody)).toBeLessThan(width(nobody))
    expect(width(somebody)).toBeGreaterThan(0)
  })

  test('on another scale somebody new is predicted the same on that scale, and as surely', () => {
    const cells = drawRatings(12, 9, 0.5, 5)
    const scaled = (value: number): number => 20 * value - 7
    const tasteOf = (scale: (value: number) => number) => {
      const values = cells.values.map(scale)
      const model = fitKnown(tableOfCells({ ...cells, values }), { method, nFactors: 2, samples: 10, burnIn: 5 })
      return placePerson(model, { items: Int32Array.of(1, 4), values: Float64Array.of(5, 2).map(scale) })
    }
    const [plain, other] = [tasteOf((value) => value), tasteOf(scaled)]
    const scores = [plain, other].map((taste) => {
      const of = new Float64Array(9)
      taste.scoreItems(of)
      return of
    })
    for (let item = 0; item < 9; item++) {
      expect(scores[1]![item]).toBeCloseTo(scaled(scores[0]![item]!), 6)
      const reach = (taste: typeof plain): number => taste.interval!(item, 0)[1]
      expect(reach(other)).toBeCloseTo(20 * reach(plain), 6)
    }
  })
})
