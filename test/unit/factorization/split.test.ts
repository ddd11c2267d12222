import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitBiases } from '../../../core/analyses/factorization/baselines.ts'
import { describeRatings, measureErrors, rangeOf } from '../../../core/analyses/factorization/metrics.ts'
import { createModel, predictCell } from '../../../core/analyses/factorization/model.ts'
import { readRatings } from '../../../core/analyses/factorization/ratings.ts'
import { factorScorer } from '../../../core/analyses/factorization/scorers/factor-scorer.ts'
import { countCold, countLeaked, holdOut, matchRatings } from '../../../core/analyses/factorization/split.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { buildTable, drawRatings, groupBothWays, longLayout, noPace } from './build.ts'

const long = { ...longLayout, items: [] as string[] }

describe('holding out', () => {
  test('takes the share asked for, every rating once, in order, and never the whole training set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.nat(1000),
        (count, fraction, seed) => {
          const places = Int32Array.from({ length: count }, (_, t) => t)
          const cells = { userIndex: places, itemIndex: places, values: Float64Array.from(places) }
          const { train, test: held } = holdOut(cells, fraction, new SeededRandom(seed))
          const heldPlaces = held === null ? [] : [...held.userIndex]
          const trainPlaces = [...train.userIndex]
          expect(heldPlaces.length).toBe(Math.min(count - 1, Math.round(fraction * count)))
          expect(trainPlaces.length).toBeGreaterThan(0)
          expect([...trainPlaces, ...heldPlaces].sort((a, b) => a - b)).toEqual([...places])
          expect(trainPlaces).toEqual([...trainPlaces].sort((a, b) => a - b))
        }
      ),
      { numRuns: 100, seed: 20243 }
    )
  })

  test('the same seed holds out the same ratings, another seed others', () => {
    const cells = drawRatings(20, 20, 0.3, 1)
    const held = (seed: number) => [...holdOut(cells, 0.2, new SeededRandom(seed)).test!.userIndex].join()
    expect(held(4)).toBe(held(4))
    expect(held(4)).not.toBe(held(5))
  })
})

describe('a test table', () => {
  const train = readRatings(
    buildTable(
      ['user', 'item', 'rating'],
      [
        ['u', 'a', 5],
        ['u', 'b', 3],
        ['v', 'a', 1]
      ]
    ),
    long
  )
  const other = readRatings(
    buildTable(
      ['user', 'item', 'rating'],
      [
        ['v', 'a', 2],
        ['w', 'a', 4],
        ['v', 'c', 4],
        ['w', 'c', 4]
      ]
    ),
    long
  )
  const matched = matchRatings(other, train)
  const { byUser, byItem } = groupBothWays(train, 2, 2)

  test('is matched by name; who is unknown becomes −1', () => {
    expect([...matched.userIndex]).toEqual([1, -1, 1, -1])
    expect([...matched.itemIndex]).toEqual([0, 0, -1, -1])
  })

  test('cold ratings and leaked pairs are counted', () => {
    expect(countCold(matched, Int32Array.of(2, 1), Int32Array.of(2, 1))).toBe(3)
    expect(countLeaked(matched, byUser, 2)).toBe(1)
    expect(countLeaked(train, byUser, 2)).toBe(3)
  })

  test('is predicted from what is known: the mean and the known bias', () => {
    const model = fitBiases(byUser, byItem, 3, noPace)
    expect(predictCell(model, -1, 0)).toBe(3 + model.itemBias[0]!)
    expect(predictCell(model, 1, -1)).toBe(3 + model.userBias[1]!)
    expect(predictCell(model, -1, -1)).toBe(3)
  })

  test('biases are damped means by 5, items first', () => {
    // b_a = (2 − 2) / 7, b_b = 0 / 6; b_u = (2 + 0) / 7, b_v = −2 / 6
    const model = fitBiases(byUser, byItem, 3, noPace)
    expect([...model.itemBias]).toEqual([0, 0])
    expect([...model.userBias]).toEqual([2 / 7, -2 / 6])
  })
})

describe('errors', () => {
  const cells = { userIndex: Int32Array.of(0, 0), itemIndex: Int32Array.of(0, 1), values: Float64Array.of(1, 4) }

  test('are root mean square and mean absolute, predictions clipped where asked', () => {
    const model = createModel(1, 2, 0, 7)
    expect(measureErrors(factorScorer(model), cells, null)).toEqual({ rmse: Math.sqrt((36 + 9) / 2), mae: 4.5 })
    expect(measureErrors(factorScorer(model), cells, [1, 5])).toEqual({ rmse: Math.sqrt((16 + 1) / 2), mae: 2.5 })
  })

  test('mean, deviation and range', () => {
    expect(describeRatings(Float64Array.of(1, 3))).toEqual({ mean: 2, deviation: 1 })
    expect(rangeOf(Float64Array.of(2, -1, 4))).toEqual([-1, 4])
  })
})
