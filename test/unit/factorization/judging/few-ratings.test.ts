import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { dropFewRatings } from '../../../../core/analyses/factorization/judging/few-ratings.ts'
import type { duplicatePolicySchema } from '../../../../core/analyses/factorization/judgement.ts'
import { readRatings } from '../../../../core/analyses/factorization/ratings.ts'
import { buildTable, drawRatings, longLayout, tableOfCells } from '../build.ts'

const long = { ...longLayout, items: [] as string[] }

describe('users and items with few ratings', () => {
  test('go until all that are left have enough; nobody goes who could stay', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (seed, user, item) => {
        const ratings = readRatings(tableOfCells(drawRatings(9, 8, 0.3, seed)), long)
        const limits = { minUserRatings: user, minItemRatings: item }
        // One at a time, in another order than the one tested: the largest such set is the same whatever the order.
        let left = [...ratings.values.keys()]
        for (;;) {
          const count = (index: Int32Array, name: number) => left.filter((t) => index[t] === name).length
          const gone = left.find(
            (t) =>
              count(ratings.userIndex, ratings.userIndex[t]!) < user ||
              count(ratings.itemIndex, ratings.itemIndex[t]!) < item
          )
          if (gone === undefined) break
          left = left.filter((t) => t !== gone)
        }
        if (left.length === 0) {
          expect(() => dropFewRatings(ratings, limits)).toThrow(EigendeskError)
          return
        }
        const kept = dropFewRatings(ratings, limits)
        const named = (r: typeof ratings, t: number) =>
          `${r.users[r.userIndex[t]!]} ${r.items[r.itemIndex[t]!]} ${r.values[t]} ${r.lines[t]}`
        expect([...kept.values.keys()].map((t) => named(kept, t))).toEqual(left.map((t) => named(ratings, t)))
      }),
      { numRuns: 60, seed: 66 }
    )
  })

  test('are counted in a note', () => {
    const rows = [
      ['a', 'x', 1],
      ['a', 'y', 2],
      ['b', 'x', 3],
      ['b', 'y', 4],
      ['c', 'z', 5]
    ]
    const ratings = readRatings(buildTable(['user', 'item', 'rating'], rows), long)
    const kept = dropFewRatings(ratings, { minUserRatings: 2, minItemRatings: 1 })
    expect(kept.notes).toEqual(['1 user and 1 item with fewer than 2 and 1 ratings were left out, with 1 rating.'])
    expect([kept.users, kept.items]).toEqual([
      ['a', 'b'],
      ['x', 'y']
    ])
  })
})

describe('several ratings of one pair', () => {
  // The second row of the pair is older than the first.
  const rows = [
    ['a', 'x', 2, 10],
    ['a', 'x', 5, 5],
    ['b', 'x', 1, 1],
    ['a', 'x', 3, 7]
  ]
  const table = buildTable(['user', 'item', 'rating', 'when'], rows)
  const valueOf = (duplicates: (typeof duplicatePolicySchema.options)[number], time: string | null) => {
    const { values, times, lines } = readRatings(table, { ...long, duplicates, time })
    return { value: values[0], time: times?.[0] ?? null, line: lines[0] }
  }

  test('become what was chosen; first and last go by time', () => {
    expect(valueOf('mean', 'when')).toEqual({ value: 10 / 3, time: 10, line: 2 })
    expect(valueOf('sum', 'when')).toEqual({ value: 10, time: 10, line: 2 })
    expect(valueOf('max', 'when')).toEqual({ value: 5, time: 10, line: 2 })
    expect(valueOf('last', 'when')).toEqual({ value: 2, time: 10, line: 2 })
    expect(valueOf('first', 'when')).toEqual({ value: 5, time: 5, line: 2 })
  })

  test('without times the order of the table decides', () => {
    expect(valueOf('last', null).value).toBe(3)
    expect(valueOf('first', null).value).toBe(2)
  })

  test('the note says which', () => {
    expect(readRatings(table, { ...long, duplicates: 'max' }).notes.join()).toContain('Each pair takes the largest.')
  })
})

test('times are read from numbers, words and dates', () => {
  const rows = [
    ['a', 'x', 1, '2024-02-29'],
    ['a', 'y', 1, '2024-02-28T12:00:00Z'],
    ['b', 'x', 1, null],
    ['b', 'y', 1, 'yesterday']
  ]
  const { times } = readRatings(buildTable(['user', 'item', 'rating', 'when'], rows), { ...long, time: 'when' })
  expect([...times!]).toEqual([Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 28, 12), NaN, NaN])
})
