import { describe, expect, it } from 'vitest'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { guessPairColumns, wordsOfUnknown } from '../../../renderer/export/pair-columns.ts'
import { readWhole, wholeProblem } from '../../../renderer/export/whole-number.ts'

type Table = Parameters<typeof guessPairColumns>[0]
const table = (names: string[], ratings: DatasetInfo['ratings'] = null): Table => ({
  columns: names.map((name) => ({ name })) as Table['columns'],
  ratings
})
const long = (user: string, item: string): DatasetInfo['ratings'] =>
  ({ form: 'long', user, item, rating: 'stars' }) as DatasetInfo['ratings']

describe('guessPairColumns', () => {
  it('takes the columns named as in the table of the model', () => {
    const pairs = table(['when', 'film', 'who'], long('when', 'film'))
    expect(guessPairColumns(pairs, { user: 'who', item: 'film' })).toEqual({ user: 'who', item: 'film' })
  })

  it('takes what the import took for users and items, else the first two, and of one column that twice', () => {
    const params = { user: 'userId', item: null }
    expect(guessPairColumns(table(['a', 'b', 'c'], long('c', 'b')), params)).toEqual({ user: 'c', item: 'b' })
    expect(guessPairColumns(table(['a', 'b', 'c']), params)).toEqual({ user: 'a', item: 'b' })
    expect(guessPairColumns(table(['b', 'userId']), params)).toEqual({ user: 'userId', item: 'b' })
    expect(guessPairColumns(table(['a']), params)).toEqual({ user: 'a', item: 'a' })
  })
})

describe('wordsOfUnknown', () => {
  it('counts rows of unknown users and items', () => {
    expect(wordsOfUnknown({ users: 0, items: 0 })).toBe('The model knows every user and item in it.')
    expect(wordsOfUnknown({ users: 1, items: 0 })).toMatch(/^1 row names a user the model does not know\. /)
    expect(wordsOfUnknown({ users: 1200, items: 2 })).toMatch(
      /^1,200 rows name a user the model does not know, 2 rows name an item the model does not know\. /
    )
  })
})

describe('wholeProblem', () => {
  it('names the range, and refuses what is no whole number', () => {
    expect(wholeProblem('10', 1, 1000)).toBeUndefined()
    for (const text of ['0', '1001', '', 'ten', '1.5', '-3']) expect(wholeProblem(text, 1, 1000)).toBe('1 to 1,000')
    expect(wholeProblem('x', 0)).toBe('A whole number, 0 or more')
    expect(readWhole(' 7 ')).toBe(7)
  })
})
