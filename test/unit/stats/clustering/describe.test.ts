import { describe, expect, test } from 'vitest'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { describeCategories } from '../../../../core/stats/clustering/describe-categories.ts'
import { describeNumbers } from '../../../../core/stats/clustering/describe-numbers.ts'
import { typicalRows } from '../../../../core/stats/clustering/typical-rows.ts'
import { compareMeans } from '../../../../core/analyses/pca/figures.ts'
import { countVTest } from '../../../../core/stats/hypergeometric.ts'

const rows = [0, 1, 2, 3, 4, 5]
const halves = Int32Array.of(0, 0, 0, 1, 1, 1)

describe('numbers', () => {
  test('a cluster is compared as a selection is, missing cells left out', () => {
    const values = [1e6 + 3, 1e6 + 1, NaN, 1e6 + 9, 1e6 + 4, 1e6 + 7]
    const [low, high] = describeNumbers(values, rows, halves, 2, null, unwatched)
    const [wanted] = compareMeans([{ name: 'x', values }], new Set([0, 1, 2]), rows)
    expect(low!.vTest).toBeCloseTo(wanted!.vTest, 8)
    expect(high!.vTest).toBeCloseTo(-wanted!.vTest, 8)
    expect(low!.clusterMean).toBe(1e6 + 2)
  })

  test('a column that is constant, or that one cluster has all values of, says nothing', () => {
    expect(describeNumbers(new Float64Array(6).fill(0.1), rows, halves, 2, null, unwatched)).toEqual([null, null])
    expect(describeNumbers([1, 2, 3, NaN, NaN, NaN], rows, halves, 2, null, unwatched)).toEqual([null, null])
  })

  test('a row of weight 2 counts as two', () => {
    const twice = describeNumbers([1, 1, 2, 5, 5, 7], rows, halves, 2, null, unwatched)
    const weighted = describeNumbers(
      [1, 2, 5, 7],
      [0, 1, 2, 3],
      Int32Array.of(0, 0, 1, 1),
      2,
      Float64Array.of(2, 1, 2, 1),
      unwatched
    )
    expect(weighted[0]!.vTest).toBeCloseTo(twice[0]!.vTest, 12)
    expect(weighted[1]!.clusterSd).toBeCloseTo(twice[1]!.clusterSd, 12)
  })
})

describe('categories', () => {
  test('shares of a value, and missing cells as a value of their own', () => {
    const [first] = describeCategories([0, 0, 1, 1, -1, -1], 3, rows, halves, 2)
    expect(first!.map(({ code }) => code)).toEqual([-1, 0, 1])
    expect(first![1]).toMatchObject({ shareOfCluster: 2 / 3, shareOfAll: 1 / 3, shareOfValue: 1 })
    // 2 P(X > 2) + P(X = 2) with X hypergeometric: 3 of 6 drawn, 2 marked: P(X = 2) = 1/5
    expect(first![1]!.p).toBeCloseTo(0.2, 12)
    expect(first![0]).toMatchObject({ shareOfCluster: 0, vTest: -first![1]!.vTest })
  })
})

describe('the v-test of a count', () => {
  test('is 0 where the count is what chance makes most likely, and turns its sign with the mark', () => {
    expect(countVTest(3, 6, 10, 20).vTest).toBeCloseTo(0, 12)
    expect(countVTest(5, 6, 10, 20).vTest).toBeCloseTo(-countVTest(1, 6, 10, 20).vTest, 12)
  })

  test('stays a number where the probability is none any more', () => {
    const far = countVTest(400_000, 500_000, 400_000, 1_000_000)
    expect(far.p).toBe(0)
    // All that are marked are drawn: log p = log C(600000, 100000) − log C(1000000, 500000) = −422809.9 (Python's lgamma),
    // and −z²/2 − log z − ½ log 2π = log p − log 2
    expect(far.vTest).toBeCloseTo(919.5682, 3)
    const [near, beyond] = [countVTest(1300, 2000, 2000, 4000), countVTest(1700, 2000, 2000, 4000)]
    expect(beyond.vTest).toBeGreaterThan(near.vTest)
    expect(Number.isFinite(beyond.vTest)).toBe(true)
  })
})

test('of one cluster no row is specific, and its paragons come nearest first', () => {
  const [only] = typicalRows(Float64Array.of(5, 1, 2, 9), 1, new Int32Array(4), Float64Array.of(2), 3, unwatched)
  expect(only!.paragons.map(({ point }) => point)).toEqual([2, 1, 0])
  expect(only!.paragons.map(({ distance }) => distance)).toEqual([0, 1, 3])
  expect(only!.specific).toEqual([])
})
