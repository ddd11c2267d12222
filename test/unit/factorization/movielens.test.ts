import { describe, expect, test } from 'vitest'
import { firstRise } from './build.ts'
import { fitFold, foldsAbsent, foldsAreThere } from './movielens-folds.ts'

describe.skipIf(!foldsAreThere)(`MovieLens 100K, fold u1 as given, defaults${foldsAbsent}`, () => {
  // Over the five given folds the means are 0.9106 / 0.7169 (RMSE / MAE) for the defaults and 0.9438 / 0.7475 for the
  // bias baseline, which agrees with the published 0.944 / 0.748 of Surprise's BaselineOnly (surpriselib.com, its own
  // five random folds). u1 is the hardest of the five. Defaults were chosen on inner splits of u1.base, without u1.test.
  const summary = foldsAreThere ? fitFold(1).summary : null

  test('has the fold’s size', () => {
    // u1.base: 80,000 ratings by 943 users of 1,650 films (README of MovieLens 100K: 100,000 in all, 20 % held out)
    expect(summary).toMatchObject({
      nUsers: 943,
      nItems: 1650,
      nTrain: 80000,
      nTest: 20000,
      duplicates: 0,
      ratingRange: [1, 5]
    })
  })

  test('the baselines are where they should be', () => {
    // Both computed independently with numpy on u1: global mean 1.15368; damped means by 5, items first, clipped to
    // 1 … 5: 0.95734 / 0.75865.
    expect(summary!.baselines.globalMean.rmse).toBeCloseTo(1.15368, 5)
    expect(summary!.baselines.bias.rmse).toBeCloseTo(0.95734, 5)
    expect(summary!.baselines.bias.mae).toBeCloseTo(0.75865, 5)
  })

  test('the model is clearly better than the bias baseline', () => {
    expect(summary!.metrics.test!.rmse).toBeLessThan(0.925)
    expect(summary!.metrics.test!.mae).toBeLessThan(0.73)
    expect(firstRise(summary!.history.map((sweep) => sweep.loss))).toBe(-1)
  })
})
