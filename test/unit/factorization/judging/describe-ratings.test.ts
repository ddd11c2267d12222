import { describe, expect, test } from 'vitest'
import { groupByCount, shareOfLargest } from '../../../../core/analyses/factorization/judging/describe-counts.ts'
import { describeRatingsOf } from '../../../../core/analyses/factorization/judging/describe-ratings.ts'
import { describeScale } from '../../../../core/analyses/factorization/judging/describe-scale.ts'
import { ratingsSummarySchema } from '../../../../core/contract/ratings-summary.ts'
import { buildTable, longLayout, type Cell } from '../build.ts'

const long = { ...longLayout, items: [] as string[], method: 'als' } as const
const columns = ['user', 'item', 'rating', 'when']
const codes = (rows: Cell[][], over: object = {}) =>
  describeRatingsOf(buildTable(columns, rows), { ...long, ...over }).warnings.map(({ code, count }) => [code, count])

test('a small table is told by hand-counted figures', () => {
  const rows = [
    ['a', 'x', 4, 30],
    ['a', 'y', 2.5, 10],
    ['b', 'x', 5, null],
    ['b', 'x', 3, 20],
    ['c', null, 3, 20]
  ]
  const found = describeRatingsOf(buildTable(columns, rows), { ...long, time: 'when' })
  expect(ratingsSummarySchema.strict().parse(found)).toEqual(found)
  expect(found).toMatchObject({
    ...{ nUsers: 2, nItems: 2, nRatings: 3, density: 0.75, duplicates: 1, leftOut: 1, fewUsers: 2, fewItems: 2 },
    // (4 + 2.5 + 5 + 3 + 3)/5; every value is a whole number of halves above 2.5
    scale: { min: 2.5, max: 5, mean: 3.5, step: 0.5, distinct: 4 },
    time: { from: 10, to: 30, unknown: 0 },
    // The more popular of two items has two of three ratings.
    popularShares: { top1: 2 / 3, top10: 2 / 3, top50: 2 / 3 }
  })
  expect(found.scale!.histogram.find(({ from }) => from === 3)).toEqual({ from: 3, to: 3, count: 2 })
})

test('a wide table has the same scale and counts', () => {
  const table = buildTable(
    ['name', 'x', 'y'],
    [
      ['a', 4, 2],
      ['b', null, 5],
      ['c', null, null]
    ]
  )
  const params = { layout: 'wide', user: 'name', item: null, rating: null, items: ['x', 'y'], method: 'als' } as const
  const found = describeRatingsOf(table, { ...params, items: ['x', 'y'] })
  expect(found).toMatchObject({ nUsers: 2, nItems: 2, nRatings: 3, leftOut: 1, time: null })
  expect(found.scale).toMatchObject({ min: 2, max: 5, distinct: 3, step: 1 })
})

test('rows without a rating column have no scale', () => {
  const table = buildTable(columns, [
    ['a', 'x', 4, 1],
    ['b', 'x', 4, 1]
  ])
  expect(describeRatingsOf(table, { ...long, rating: null }).scale).toBeNull()
})

describe('a scale', () => {
  test('of many values has bars of equal width that hold them all', () => {
    const numbers = Float64Array.from({ length: 100 }, (_, j) => Math.sqrt(j))
    const { histogram, step, distinct } = describeScale(numbers)
    expect(histogram).toHaveLength(20)
    expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(100)
    expect([histogram[0]!.from, histogram.at(-1)!.to]).toEqual([0, Math.sqrt(99)])
    // √1 … √4 are below 9.95/2 … : ⌊√j/(√99/20)⌋ = 0 for j = 0 alone
    expect(histogram[0]!.count).toBe(1)
    expect([step, distinct]).toEqual([null, 100])
  })

  test('of one value has one bar and no step', () => {
    expect(describeScale(Float64Array.of(3, 3))).toMatchObject({ step: null, distinct: 1, mean: 3 })
    expect(describeScale(Float64Array.of(3, 3)).histogram).toEqual([{ from: 3, to: 3, count: 2 }])
  })
})

test('counts are grouped, and the largest have their share', () => {
  const counts = Int32Array.of(1, 1, 3, 4, 7, 250)
  expect(groupByCount(counts)).toEqual([
    { from: 1, to: 1, members: 2, ratings: 2 },
    { from: 2, to: 4, members: 2, ratings: 7 },
    { from: 5, to: 9, members: 1, ratings: 7 },
    { from: 200, to: 250, members: 1, ratings: 250 }
  ])
  expect(shareOfLargest(counts, 0.5)).toBeCloseTo(261 / 266, 12)
})

describe('warned of is', () => {
  const many = (n: number, row: (user: number, item: number) => Cell[]): Cell[][] =>
    Array.from({ length: n * 6 }, (_, t) => row(Math.floor(t / 6), t % 6))

  test('a column in which some rate up to 5 and others up to 100', () => {
    const mixed = many(20, (user, item) => [`u${user}`, `i${item}`, user < 8 ? 1 + item / 2 : 100 - 5 * item, 0])
    expect(codes(mixed)).toEqual([['mixed-scales', 8]])
    // Numbers of plays go from few to many without a gap, and everybody on one scale of 100 is no mixture.
    const plays = many(20, (user, item) => [`u${user}`, `i${item}`, 1 + user * 5 + (item % 2), 0])
    expect(codes(plays)).toEqual([])
  })

  test('what is only one value, for a method of ratings', () => {
    const likes = many(6, (user, item) => [`u${user}`, `i${item}`, 1, 0])
    expect(codes(likes)).toEqual([['one-value', 36]])
    expect(codes(likes, { method: 'ials' })).toEqual([])
  })

  test('counts below zero, and of zero, for likes', () => {
    const counts = many(6, (user, item) => [`u${user}`, `i${item}`, user - 1, 0])
    expect(codes(counts, { method: 'ials' })).toEqual([
      ['negative', 6],
      ['zeros', 6]
    ])
    expect(codes(counts)).toEqual([])
  })

  test('ids with leading zeros, and users of whom little is known', () => {
    const few = Array.from({ length: 6 }, (_, t) => [`00${t}`, `i${t % 2}`, 1 + (t % 3), 0])
    expect(codes(few)).toEqual([
      ['leading-zeros', 6],
      ['few-users', 6],
      ['few-items', 2]
    ])
  })
})
