import { describe, expect, test } from 'vitest'
import type { RatingCells } from '../../../../core/analyses/factorization/cells.ts'
import { errorsBy } from '../../../../core/analyses/factorization/judging/errors-by.ts'
import { lintSplit } from '../../../../core/analyses/factorization/judging/lint.ts'
import { countOlder, countOlderIn } from '../../../../core/analyses/factorization/judging/time-leakage.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { buildParams, buildTable, noPace, quiet } from '../build.ts'

const cells = (triples: [number, number, number][]): RatingCells => ({
  userIndex: Int32Array.from(triples, (t) => t[0]),
  itemIndex: Int32Array.from(triples, (t) => t[1]),
  values: Float64Array.from(triples, (t) => t[2])
})
const quietLint = { older: null, leakedTest: 0, given: null }

describe('time leakage', () => {
  // user 0: trained at 1 and 5, tested at 3 (older) and 9; user 1: trained at 4, tested at an unknown time; user 2: tested only
  const userIndex = Int32Array.of(0, 0, 0, 0, 1, 1, 2)
  const times = Float64Array.of(1, 3, 5, 9, 4, NaN, 1)
  const parts = Uint8Array.of(0, 1, 0, 1, 0, 1, 1)

  test('counts test ratings older than the newest training rating of their user', () => {
    expect(countOlder({ userIndex, times }, parts, 3)).toEqual({ older: 1, timed: 2 })
    expect(countOlder({ userIndex, times: null }, parts, 3)).toBeNull()
    expect(countOlder({ userIndex, times }, new Uint8Array(7), 3)).toBeNull()
  })

  test('the same of a test table', () => {
    const pick = (part: number) => ({
      userIndex: userIndex.filter((_, t) => parts[t] === part),
      times: times.filter((_, t) => parts[t] === part)
    })
    expect(countOlderIn(pick(1), pick(0), 3)).toEqual({ older: 1, timed: 2 })
  })
})

describe('a split', () => {
  test('of few ratings, with unknown users and items, all popular, is named for each', () => {
    const itemCounts = Int32Array.from({ length: 40 }, (_, item) => (item < 4 ? 50 : item === 39 ? 0 : 2))
    const popular = cells(Array.from({ length: 100 }, (_, t) => [t % 3, t % 4, 4]))
    const found = lintSplit({ ...quietLint, test: popular, userCounts: Int32Array.of(5, 5, 5), itemCounts })
    expect(found.map(({ code, count }) => [code, count])).toEqual([
      ['few-test', 100],
      ['popular-test', 100]
    ])
    // 1/√200 = 7.07 %
    expect(found[0]!.text).toContain('about 7 %')
    const strange = cells([
      [-1, 0, 4],
      [1, -1, 4],
      [0, 39, 4],
      [0, 8, 4]
    ])
    const codes = lintSplit({ ...quietLint, test: strange, userCounts: Int32Array.of(5, 0, 5), itemCounts })
    expect(codes.map(({ code, count }) => [code, count])).toEqual([
      ['few-test', 4],
      ['unknown-users', 2],
      ['unknown-items', 2]
    ])
  })

  test('of users whose ratings are given has no unknown users', () => {
    const test = cells([[1, 0, 4]])
    const given = cells([[1, 1, 4]])
    const counts = { userCounts: Int32Array.of(5, 0), itemCounts: Int32Array.of(3, 3) }
    expect(lintSplit({ ...quietLint, ...counts, test, given }).map(({ code }) => code)).toEqual(['few-test'])
  })

  test('that is none has nothing to be said', () => {
    expect(
      lintSplit({ ...quietLint, test: null, userCounts: new Int32Array(1), itemCounts: new Int32Array(1) })
    ).toEqual([])
  })
})

test('errors are told apart by activity and popularity, and the users predicted worst named', () => {
  // Everything is predicted as 3, so that the error is value − 3.
  const scorer = { nUsers: 3, nItems: 2, predict: () => 3, scoreItems: () => undefined }
  const test = cells([
    [0, 0, 4],
    [0, 1, 5],
    [1, 0, 3],
    [-1, 0, 1],
    [2, 1, 5]
  ])
  const found = errorsBy(scorer, test, null, Int32Array.of(3, 12, 4), Int32Array.of(60, 0), noPace)
  expect(found.userActivity).toEqual([
    { from: 0, to: 0, nTest: 1, rmse: 2, mae: 2 },
    { from: 3, to: 4, nTest: 3, rmse: Math.sqrt(3), mae: 5 / 3 },
    { from: 12, to: 12, nTest: 1, rmse: 0, mae: 0 }
  ])
  expect(found.itemPopularity.map(({ from, to, nTest }) => [from, to, nTest])).toEqual([
    [0, 0, 2],
    [60, 60, 3]
  ])
  expect(found.worstUsers).toEqual([
    { user: 2, nTest: 1, rmse: 2 },
    { user: 0, nTest: 2, rmse: Math.sqrt(2.5) },
    { user: 1, nTest: 1, rmse: 0 }
  ])
})

describe('a run', () => {
  const rows = Array.from({ length: 60 }, (_, t) => [`u${t % 6}`, `i${(t * 7) % 10}`, 1 + (t % 5), t])
  const table = buildTable(['user', 'item', 'rating', 'when'], rows)

  test('says what of its split is doubtful, and the groups of its errors hold the whole test set', () => {
    const params = buildParams({ testFraction: 0.3, time: 'when' })
    const { summary } = runFactorization(table, params, quiet, {})
    expect(summary.lint!.map(({ code }) => code)).toEqual(['few-test', 'time-leakage'])
    const squares = (groups: { nTest: number; rmse: number }[]) =>
      groups.reduce((sum, { nTest, rmse }) => sum + nTest * rmse ** 2, 0)
    const expected = summary.nTest * summary.metrics.test!.rmse ** 2
    expect(squares(summary.errorsBy!.userActivity)).toBeCloseTo(expected, 9)
    expect(squares(summary.errorsBy!.itemPopularity)).toBeCloseTo(expected, 9)
  })

  test('by time tells nothing of the future', () => {
    const { summary } = runFactorization(
      table,
      buildParams({ testFraction: 0.3, time: 'when', split: 'time' }),
      quiet,
      {}
    )
    expect(summary.lint!.map(({ code }) => code)).toEqual(['few-test'])
  })
})
