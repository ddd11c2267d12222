import { describe, expect, test } from 'vitest'
import { groupRatings } from '../../../../core/analyses/factorization/cells.ts'
import { writeDampedMean } from '../../../../core/analyses/factorization/figures/damped-mean.ts'
import { writeNonnegativeStep } from '../../../../core/analyses/factorization/figures/nonnegative-step.ts'
import { writeCosine, writeWeight } from '../../../../core/analyses/factorization/figures/pair-step.ts'
import { writeRatingStep } from '../../../../core/analyses/factorization/figures/rating-step.ts'
import { stepOfPass } from '../../../../core/analyses/factorization/gradient-rule.ts'
import { createModel } from '../../../../core/analyses/factorization/model.ts'
import { passGradient, startGradient } from '../../../../core/analyses/factorization/models/gradient.ts'
import { describeItem } from '../../../../core/analyses/factorization/recommending/similar-items.ts'
import { ratingsOf, type KnownModel } from '../../../../core/analyses/factorization/recommending/known-model.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { buildParams, drawTraining, noPace } from '../build.ts'
import { fitDrawn } from '../recommending/known.ts'

describe('a gradient step for one rating', () => {
  test.each([
    { isSvdpp: false, penaltyScale: undefined },
    { isSvdpp: true, penaltyScale: undefined },
    { isSvdpp: true, penaltyScale: 0.25 }
  ])('is what a pass does with a single rating: %o', ({ isSvdpp, penaltyScale }) => {
    const set = drawTraining(9, 7, 0.5, 3)
    // Where λ was adapted the fit had another than was asked for: 0.4 here.
    const asked = 0.4 / (penaltyScale ?? 1)
    const params = buildParams({ regularization: asked, learningRate: 0.2, iterations: 5 })
    const state = startGradient(createModel(9, 7, 3, set.mean), set, 0.4, isSvdpp, new SeededRandom(2))
    const { model, own, implicit } = state
    const [user, item, value] = [4, set.byUser.columns[set.byUser.offsets[4]!]!, 5]
    model.userBias[user] = 0.3
    model.itemBias[item] = -0.2
    const of = (factors: Float64Array, row: number) => factors.slice(row * 3, row * 3 + 3)
    if (implicit) implicit.set([0.1, -0.3, 0.2], item * 3)
    const countOf = (side: typeof set.byUser, row: number) => side.offsets[row + 1]! - side.offsets[row]!
    const written = writeRatingStep(
      params,
      { deviation: set.deviation, penaltyScale, globalMean: set.mean },
      {
        value,
        userBias: 0.3,
        itemBias: -0.2,
        own: of(own, user),
        implicit: implicit && of(implicit, item),
        item: of(model.itemFactors, item),
        userCount: countOf(set.byUser, user),
        itemCount: countOf(set.byItem, item)
      }
    )!
    const one = groupRatings(Int32Array.of(user), Int32Array.of(item), Float64Array.of(value), 9)
    passGradient(state, one, Int32Array.of(user), stepOfPass(params, 5), noPace)
    const close = (a: Float64Array, b: Float64Array) => a.forEach((x, k) => expect(x).toBeCloseTo(b[k]!, 13))
    close(written.own, of(own, user))
    close(written.item, of(model.itemFactors, item))
    expect(written.userBias).toBeCloseTo(model.userBias[user], 13)
    expect(written.itemBias).toBeCloseTo(model.itemBias[item], 13)
    expect(Math.abs(written.errorAfter)).toBeLessThan(Math.abs(written.error))
    expect(written.implicit === null).toBe(!isSvdpp)
  })

  test('is not written of a result of before', () => {
    const rating = {
      value: 1,
      userBias: 0,
      itemBias: 0,
      own: [1],
      implicit: null,
      item: [1],
      userCount: 1,
      itemCount: 1
    }
    expect(writeRatingStep(buildParams(), { deviation: undefined, globalMean: 0 }, rating)).toBeNull()
  })
})

/** What is known of one user of a model. */
function seatOf(known: KnownModel, user: number) {
  const { model } = known
  const { items, values } = ratingsOf(known.training, user)
  const k = model.nFactors
  return {
    items,
    values,
    itemBias: Float64Array.from(items, (item) => model.itemBias[item]!),
    factors: Float64Array.from(
      { length: items.length * k },
      (_, j) => model.itemFactors[items[Math.floor(j / k)]! * k + (j % k)]!
    ),
    own: model.userFactors.slice(user * k, (user + 1) * k),
    bias: model.userBias[user]!
  }
}

test('a coordinate of NMF is the lowest point of the loss where it may be: below it and above it the loss is higher', () => {
  const known = fitDrawn({ method: 'nmf', nFactors: 3, iterations: 1000, regularization: 0.2 })
  const { deviation, model } = known
  for (const user of [0, 3, 8]) {
    const seat = seatOf(known, user)
    const step = writeNonnegativeStep(
      known.params,
      { deviation, globalMean: model.globalMean },
      { ...seat, nFactors: 3 },
      seat.own,
      seat.bias
    )!
    const adapted = { ...known.params, regularization: known.params.regularization * 4 }
    const told = { deviation, penaltyScale: 0.25, globalMean: model.globalMean }
    expect(writeNonnegativeStep(adapted, told, { ...seat, nFactors: 3 }, seat.own, seat.bias)).toEqual(step)
    // After so many sweeps nothing moves any more.
    expect(step.moved).toBeLessThan(1e-6)
    const lossAt = (k: number, x: number): number => {
      const own = seat.own.slice()
      own[k] = x
      return seat.values.reduce(
        (sum, value, t) => {
          const product = own.reduce((dot, p, a) => dot + p * seat.factors[t * 3 + a]!, 0)
          return sum + (value - model.globalMean - seat.bias - seat.itemBias[t]! - product) ** 2
        },
        step.ridge * own.reduce((sum, p) => sum + p * p, 0)
      )
    }
    step.updates.forEach(({ best }, k) => {
      expect(lossAt(k, best + 1e-3)).toBeGreaterThan(lossAt(k, best))
      if (best > 1e-3) expect(lossAt(k, best - 1e-3)).toBeGreaterThan(lossAt(k, best))
    })
  }
})

test('the damped mean of a user is the bias that is stored', () => {
  const known = fitDrawn({ method: 'bias', iterations: 7 })
  for (const user of [0, 5]) {
    const { values, itemBias, bias } = seatOf(known, user)
    expect(writeDampedMean(values, itemBias, known.model.globalMean).bias).toBeCloseTo(bias, 12)
  }
})

describe('two items', () => {
  test('of EASE: the weight that is stored comes out of the inverse', () => {
    const known = fitDrawn({ method: 'ease', regularization: 2 })
    const n = known.items.length
    const weights = known.array('itemWeights')!
    for (const [i, j] of [
      [0, 1],
      [4, 2],
      [6, 3]
    ] as const) {
      const havers = [i, j].map((item) => describeItem(known, item, 1000, 1).ratedBy)
      const step = writeWeight(havers[0]!, havers[1]!, weights[j * n + i]!, 2)
      expect(step.weight).toBeCloseTo(weights[i * n + j]!, 10)
      // P_ij P_jj⁻¹ and P_jj by their own: −B_ij P_jj is symmetric.
      expect(step.between).toBeCloseTo(-weights[i * n + j]! * step.own, 10)
    }
  })

  test('of neighbours: the cosine that is stored', () => {
    const known = fitDrawn({ method: 'itemknn', neighbours: 5, shrinkage: 3 })
    const facts = describeItem(known, 2, 1000, 1)
    const [{ item, similarity }] = facts.similar as [(typeof facts.similar)[number]]
    const step = writeCosine(facts.ratedBy, describeItem(known, item, 1000, 1).ratedBy, 3)
    expect(step.similarity).toBeCloseTo(similarity, 13)
    expect(step.together).toBeLessThanOrEqual(Math.min(...step.counts))
  })
})
