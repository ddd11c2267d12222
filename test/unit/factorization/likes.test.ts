import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { buildParams, buildTable, quiet, type Cell } from './build.ts'

const run = (rows: Cell[][], over: Parameters<typeof buildParams>[0] = {}) =>
  runFactorization(buildTable(['user', 'item', 'rating'], rows), buildParams({ method: 'ials', ...over }), quiet, {})

function errorOf(work: () => unknown): EigendeskError {
  try {
    work()
  } catch (error) {
    if (error instanceof EigendeskError) return error
  }
  throw new Error('nothing of the catalogue was thrown')
}

const plays: Cell[][] = [
  ['a', 'x', 3],
  ['a', 'y', 0],
  ['b', 'x', 1],
  ['b', 'z', 0],
  ['c', 'y', 7]
]

describe('what counts as a like', () => {
  test('a zero is none: left out and counted', () => {
    const { summary, lists } = run(plays)
    expect(summary).toMatchObject({ nRatings: 3, nUsers: 3, nItems: 2, globalMean: 1, ratingRange: [1, 7] })
    expect(lists['items']).toEqual(['x', 'y'])
    expect(summary.notes).toContain('2 ratings are zero: no like, and left out.')
    expect(summary.notes).toContain('Each filled cell counts as one like, whatever number stands in it.')
  })

  test('from a value on', () => {
    const { summary, lists } = run(plays, { likedFrom: 3 })
    expect(lists).toEqual({ users: ['a', 'c'], items: ['x', 'y'] })
    expect(summary.notes).toContain('3 ratings are below 3: no like, and left out.')
  })

  test('a negative count names its line and column', () => {
    const error = errorOf(() => run([...plays, ['c', 'x', -2]]))
    expect(error.data).toMatchObject({
      code: 'NEGATIVE_COUNT',
      message: 'A like cannot be counted -2.',
      where: { file: 'ratings.csv', line: 7, column: 3, field: 'rating' }
    })
    expect(run([...plays, ['c', 'x', -2]], { likedFrom: 1 }).summary.nRatings).toBe(3)
  })

  test('a table without a like is refused', () => {
    expect(errorOf(() => run(plays, { likedFrom: 8 })).data.code).toBe('NO_LIKES')
    expect(errorOf(() => run([['a', 'x', 0]])).data.message).toBe('None of the 1 ratings is a like: all are zero.')
  })

  test('zeros and negative numbers are ratings to a method of ratings', () => {
    expect(run([...plays, ['c', 'x', -2]], { method: 'als' }).summary).toMatchObject({
      nRatings: 6,
      ratingRange: [-2, 7]
    })
  })

  test.each(['popularity', 'ials', 'ease', 'itemknn'] as const)('%s does not look at the numbers', (method) => {
    const ones = plays.map(([user, item, value]) => [user!, item!, value === 0 ? 0 : 1])
    const [counted, binary] = [run(plays, { method }), run(ones, { method })]
    expect(counted.arrays).toEqual(binary.arrays)
    expect(counted.summary.metrics).toEqual(binary.summary.metrics)
  })

  test('hkv does: what is played more is liked more surely', () => {
    const arrays = (rows: Cell[][]) => run(rows, { method: 'hkv', nFactors: 1, alpha: 1 }).summary.metrics.train.rmse
    expect(arrays(plays)).not.toBe(arrays(plays.map(([user, item, value]) => [user!, item!, value === 0 ? 0 : 1])))
  })
})

describe('little and strange tables', () => {
  const methods = ['popularity', 'wals', 'ials', 'hkv', 'ease', 'itemknn'] as const
  const tables: Record<string, Cell[][]> = {
    'one item': [
      ['a', 'x', 1],
      ['b', 'x', 1]
    ],
    'one cell': [['a', 'x', 2]],
    'everybody has everything': ['a', 'b', 'c'].flatMap((user) => ['x', 'y'].map((item) => [user, item, 1]))
  }
  for (const method of methods) {
    test.each(Object.keys(tables))(`${method}: %s`, (name) => {
      for (const testFraction of [0, 0.4]) {
        const { summary, arrays } = run(tables[name]!, { method, nFactors: 5, testFraction })
        expect(JSON.stringify(summary)).not.toContain('null,"mae"')
        for (const array of Object.values(arrays)) expect(array.data.every(Number.isFinite)).toBe(true)
        expect(Number.isFinite(summary.metrics.train.rmse)).toBe(true)
      }
    })
    test(`${method}: the same seed, the same bits`, () => {
      expect(run(plays, { method }).arrays).toEqual(run(plays, { method }).arrays)
    })
  }
})
