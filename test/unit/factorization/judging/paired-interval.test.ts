import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RatingCells } from '../../../../core/analyses/factorization/cells.ts'
import { dealFolds, partsOfFold } from '../../../../core/analyses/factorization/judging/folds.ts'
import {
  comparePaired,
  errorOf,
  gatherErrors,
  noErrors
} from '../../../../core/analyses/factorization/judging/paired-interval.ts'
import { PART } from '../../../../core/analyses/factorization/judging/parts.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { noPace } from '../build.ts'

const N_USERS = 6
/** Student's t at 0.975 with 5 degrees of freedom, from the table of any textbook. */
const T5 = 2.570582

/** Thirty test ratings of six users, and the errors of two models that predict by item. */
function drawErrors(seed: number) {
  const random = new SeededRandom(seed)
  const test: RatingCells = {
    userIndex: Int32Array.from({ length: 30 }, (_, t) => (t < N_USERS ? t : random.integer(N_USERS))),
    itemIndex: Int32Array.from({ length: 30 }, (_, t) => t),
    values: Float64Array.from({ length: 30 }, () => 1 + random.integer(5))
  }
  const gathered = [0.9, 0.4].map((share) => {
    const noise = Float64Array.from({ length: 30 }, () => random.normal())
    const scorer = {
      nUsers: N_USERS,
      nItems: 30,
      predict: (_user: number, item: number) => test.values[item]! + share * noise[item]!,
      scoreItems: () => undefined
    }
    const errors = noErrors(N_USERS)
    gatherErrors(scorer, test, null, errors, noPace)
    return errors
  })
  return { one: gathered[0]!, other: gathered[1]! }
}

/** The difference where each user counts w times. */
function weighted({ one, other }: ReturnType<typeof drawErrors>, weights: number[], what: 'squares' | 'absolutes') {
  const mean = (errors: typeof one): number => {
    const sum = (values: Float64Array) => weights.reduce((total, w, u) => total + w * values[u]!, 0)
    return sum(errors[what]) / sum(errors.counts)
  }
  return what === 'squares' ? Math.sqrt(mean(one)) - Math.sqrt(mean(other)) : mean(one) - mean(other)
}

test('an interval is Student’s around the difference, by how it changes with the weight of each user', () => {
  for (const seed of [1, 2, 3]) {
    const errors = drawErrors(seed)
    const found = comparePaired(errors.one, errors.other)!
    for (const [name, what] of [
      ['rmse', 'squares'],
      ['mae', 'absolutes']
    ] as const) {
      const ones = new Array<number>(N_USERS).fill(1)
      // The infinitesimal jackknife: ∂D/∂w_u by central differences, not by the formula that is tested.
      const slopes = ones.map((_, u) => {
        const [above, below] = [1e-4, -1e-4].map((h) => weighted(errors, ones.with(u, 1 + h), what))
        return (above! - below!) / 2e-4
      })
      const half = T5 * Math.sqrt((N_USERS / (N_USERS - 1)) * slopes.reduce((sum, z) => sum + z * z, 0))
      const difference = weighted(errors, ones, what)
      expect(found[name].difference).toBeCloseTo(difference, 12)
      expect(found[name].low).toBeCloseTo(difference - half, 5)
      expect(found[name].high).toBeCloseTo(difference + half, 5)
    }
    const { rmse, mae } = errorOf(errors.one)
    expect(found.rmse.difference).toBeCloseTo(rmse - errorOf(errors.other).rmse, 12)
    expect(mae).toBeLessThanOrEqual(rmse)
  }
})

test('a model does not differ from itself, and the order of two only turns the sign', () => {
  const { one, other } = drawErrors(4)
  expect(comparePaired(one, one)!.rmse).toEqual({ difference: 0, low: 0, high: 0 })
  const [there, back] = [comparePaired(one, other)!, comparePaired(other, one)!]
  expect(back.rmse.low).toBeCloseTo(-there.rmse.high, 12)
  expect(back.mae.high).toBeCloseTo(-there.mae.low, 12)
})

test('one user has no interval, and perfect predictions no undefined one', () => {
  const lonely = { counts: Float64Array.of(3, 0), squares: Float64Array.of(2, 0), absolutes: Float64Array.of(2, 0) }
  expect(comparePaired(lonely, lonely)).toBeNull()
  const perfect = { counts: Float64Array.of(3, 2), squares: new Float64Array(2), absolutes: new Float64Array(2) }
  expect(comparePaired(perfect, perfect)!.rmse).toEqual({ difference: 0, low: 0, high: 0 })
})

test('folds deal every rating once, as equally as can be, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 9 }), fc.nat(99), (count, nFolds, seed) => {
      const folds = dealFolds(count, nFolds, new SeededRandom(seed))
      const sizes = Array.from({ length: nFolds }, (_, fold) => folds.filter((f) => f === fold).length)
      expect(sizes.reduce((a, b) => a + b)).toBe(count)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(dealFolds(count, nFolds, new SeededRandom(seed))).toEqual(folds)
      const held = partsOfFold(folds, 1)
      expect([...held].every((part, t) => (part === PART.test) === (folds[t] === 1))).toBe(true)
    }),
    { numRuns: 100, seed: 67 }
  )
})
