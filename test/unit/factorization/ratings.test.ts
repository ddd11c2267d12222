import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError, type ErrorData } from '../../../core/contract/errors.ts'
import type { TableView } from '../../../core/contract/table.ts'
import { readRatings, type LayoutParams } from '../../../core/analyses/factorization/ratings.ts'
import { buildTable, longLayout } from './build.ts'

const long: LayoutParams = { ...longLayout, items: [] }
const wide = (items: string[], user: string | null = 'user'): LayoutParams => ({
  layout: 'wide',
  user,
  item: null,
  rating: null,
  items
})

function errorOf(table: TableView, params: LayoutParams): ErrorData {
  try {
    readRatings(table, params)
  } catch (thrown) {
    if (thrown instanceof EigendeskError) return thrown.data
    throw thrown
  }
  throw new Error('nothing was thrown')
}

describe('one rating a row', () => {
  test('names users and items in first-seen order, integers without decimals', () => {
    const table = buildTable(
      ['user', 'item', 'rating'],
      [
        [196, 'Shrek', 3],
        [7, 'Heat', 4.5],
        [196, 'Heat', 1]
      ]
    )
    const read = readRatings(table, long)
    expect(read.users).toEqual(['196', '7'])
    expect(read.items).toEqual(['Shrek', 'Heat'])
    expect([...read.userIndex]).toEqual([0, 1, 0])
    expect([...read.itemIndex]).toEqual([0, 1, 1])
    expect([...read.values]).toEqual([3, 4.5, 1])
    expect([...read.lines]).toEqual([2, 3, 4])
    expect(read).toMatchObject({ duplicates: 0, leftOut: [], notes: [] })
  })

  test('reads codes as their words', () => {
    const table: TableView = {
      fileName: 'r.csv',
      nRows: 3,
      lines: Int32Array.of(2, 3, 4),
      columns: [
        { kind: 'codes', name: 'user', codes: Int32Array.of(1, 0, -1), dictionary: ['ann', 'bob'] },
        { kind: 'codes', name: 'item', codes: Int32Array.of(0, 0, 0), dictionary: ['x'] },
        { kind: 'codes', name: 'rating', codes: Int32Array.of(0, 1, 1), dictionary: ['4', '2.5'] }
      ]
    }
    const read = readRatings(table, long)
    expect(read.users).toEqual(['bob', 'ann'])
    expect([...read.values]).toEqual([4, 2.5])
    expect(read.leftOut).toEqual([{ row: 2, line: 4, reason: 'user is missing' }])
  })

  test('a missing user, item or rating leaves the row out with its line and reason', () => {
    const rows = [
      [1, 'a', 5],
      [null, 'a', 4],
      [2, null, 4],
      [3, 'b', null]
    ]
    const read = readRatings(buildTable(['user', 'item', 'rating'], rows), long)
    expect(read.leftOut).toEqual([
      { row: 1, line: 3, reason: 'user is missing' },
      { row: 2, line: 4, reason: 'item is missing' },
      { row: 3, line: 5, reason: 'rating is missing' }
    ])
    expect([read.users, read.items]).toEqual([['1'], ['a']])
  })

  test('more left-out rows than the list holds are counted', () => {
    const rows = [[1, 'a', 5], ...Array.from({ length: 1500 }, () => [null, 'a', 1])]
    const read = readRatings(buildTable(['user', 'item', 'rating'], rows), long)
    expect(read.leftOut).toHaveLength(1000)
    expect(read.nLeftOut).toBe(1500)
    expect(read.notes).toEqual(['1500 rows were left out; the first 1000 are listed.'])
  })

  test('repeated pairs become their mean at the place of the first, counted and said', () => {
    const rows = [
      [1, 'a', 5],
      [2, 'a', 1],
      [1, 'a', 2],
      [1, 'b', 3],
      [1, 'a', 2]
    ]
    const read = readRatings(buildTable(['user', 'item', 'rating'], rows), long)
    expect([...read.values]).toEqual([3, 1, 3])
    expect([...read.lines]).toEqual([2, 3, 5])
    expect(read.duplicates).toBe(2)
    expect(read.notes).toEqual(['2 ratings repeat a user and item already rated. Each pair takes the mean.'])
  })

  test('without a rating column every row is a like', () => {
    const table = buildTable(
      ['user', 'item'],
      [
        [1, 'a'],
        [2, 'a']
      ]
    )
    expect([...readRatings(table, { ...long, rating: null }).values]).toEqual([1, 1])
  })

  test('names such as __proto__ and constructor are only names', () => {
    const rows = [
      ['__proto__', 'constructor', 1],
      ['toString', '__proto__', 2],
      ['__proto__', '__proto__', 3]
    ]
    const table = buildTable(['__proto__', 'constructor', 'hasOwnProperty'], rows)
    const read = readRatings(table, {
      layout: 'long',
      user: '__proto__',
      item: 'constructor',
      rating: 'hasOwnProperty',
      items: []
    })
    expect(read.users).toEqual(['__proto__', 'toString'])
    expect(read.items).toEqual(['constructor', '__proto__'])
    expect([...read.values]).toEqual([1, 2, 3])
  })

  test('averaging agrees with a table of pairs, for any rows', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const pairs = new Map<string, number[]>()
        for (const [user, item, value] of rows) {
          const key = `${user}/${item}`
          pairs.set(key, [...(pairs.get(key) ?? []), value])
        }
        const read = readRatings(buildTable(['user', 'item', 'rating'], rows), long)
        const found = Array.from(read.values, (value, t) => [
          `${read.users[read.userIndex[t]!]}/${read.items[read.itemIndex[t]!]}`,
          value
        ])
        expect(found).toEqual([...pairs].map(([key, values]) => [key, values.reduce((a, b) => a + b) / values.length]))
        expect(read.duplicates).toBe(rows.length - pairs.size)
      }),
      { numRuns: 100, seed: 20242 }
    )
  })
})

describe('one user a row', () => {
  test('a blank is unknown; items keep the order of the columns', () => {
    const table = buildTable(
      ['user', 'a', 'b', 'c'],
      [
        ['u', null, 2, 5],
        ['v', 1, null, null]
      ]
    )
    const read = readRatings(table, wide(['a', 'b', 'c']))
    expect([read.users, read.items]).toEqual([
      ['u', 'v'],
      ['a', 'b', 'c']
    ])
    expect([...read.userIndex]).toEqual([0, 0, 1])
    expect([...read.itemIndex]).toEqual([1, 2, 0])
    expect([...read.values]).toEqual([2, 5, 1])
  })

  test('without a user column rows are numbered', () => {
    const read = readRatings(
      buildTable(
        ['a', 'b'],
        [
          [1, 2],
          [3, null]
        ]
      ),
      wide(['a', 'b'], null)
    )
    expect(read.users).toEqual(['row 1', 'row 2'])
  })

  test('a row without ratings and an item without ratings are left out, and said', () => {
    const table = buildTable(
      ['user', 'a', 'b', 'c'],
      [
        ['u', 4, null, 2],
        ['v', null, null, null],
        [null, 3, null, 1]
      ]
    )
    const read = readRatings(table, wide(['a', 'b', 'c']))
    expect([read.users, read.items]).toEqual([['u'], ['a', 'c']])
    expect([...read.itemIndex]).toEqual([0, 1])
    expect(read.leftOut).toEqual([
      { row: 1, line: 3, reason: 'no item is rated' },
      { row: 2, line: 4, reason: 'user is missing' }
    ])
    expect(read.notes).toEqual(['1 item has no rating and is left out.'])
  })

  test('two rows of one user are averaged where they overlap', () => {
    const read = readRatings(
      buildTable(
        ['user', 'a', 'b'],
        [
          ['u', 4, null],
          ['u', 2, 1]
        ]
      ),
      wide(['a', 'b'])
    )
    expect([...read.values]).toEqual([3, 1])
    expect(read.duplicates).toBe(1)
    expect(read.notes).toEqual(['1 rating repeats a user and item already rated. The pair takes the mean.'])
  })
})

describe('what cannot be read', () => {
  const table = buildTable(
    ['user', 'item', 'rating'],
    [
      [1, 'a', '5'],
      [2, 'b', null],
      [3, 'c', 'good'],
      [4, 'd', 'bad']
    ]
  )

  test('a rating that is not a number is named with file, line, field and value', () => {
    expect(errorOf(table, long)).toMatchObject({
      code: 'RATING_NOT_NUMERIC',
      message: 'The rating "good" is not a number.',
      where: { file: 'ratings.csv', line: 4, field: 'rating' }
    })
    expect(
      errorOf(
        buildTable(
          ['user', 'a'],
          [
            ['u', 1],
            ['v', 'x']
          ]
        ),
        wide(['a'])
      )
    ).toMatchObject({
      code: 'RATING_NOT_NUMERIC',
      where: { line: 3, field: 'a' }
    })
  })

  test('an infinite rating is named', () => {
    const infinite = buildTable(
      ['user', 'item', 'rating'],
      [
        [1, 'a', 5],
        [2, 'b', -Infinity]
      ]
    )
    expect(errorOf(infinite, long)).toMatchObject({ code: 'NON_FINITE', where: { line: 3, field: 'rating' } })
  })

  test.each([
    ['no user', { ...long, user: null }, 'RATINGS_COLUMNS'],
    ['no item', { ...long, item: null }, 'RATINGS_COLUMNS'],
    ['one column for both', { ...long, item: 'user' }, 'RATINGS_COLUMNS'],
    ['no item columns', wide([]), 'RATINGS_COLUMNS'],
    ['only the user as item', wide(['user']), 'RATINGS_COLUMNS'],
    ['an unknown user column', { ...long, user: 'person' }, 'COLUMN_UNKNOWN'],
    ['an unknown rating column', { ...long, rating: 'stars' }, 'COLUMN_UNKNOWN'],
    ['an unknown item column', wide(['film']), 'COLUMN_UNKNOWN']
  ])('%s', (_, params, code) => {
    const error = errorOf(table, params)
    expect(error.code).toBe(code)
    expect(error.hint).toContain('user, item, rating')
  })

  test('a table without any rating', () => {
    expect(errorOf(buildTable(['user', 'item', 'rating'], [[1, 'a', null]]), long).code).toBe('NO_RATINGS')
    expect(errorOf(buildTable(['user', 'item', 'rating'], []), long).code).toBe('NO_RATINGS')
    expect(errorOf(buildTable(['a'], [[null], [null]]), wide(['a'], null)).code).toBe('NO_RATINGS')
  })
})
