import { expect, test } from 'vitest'
import type { RatingsSummary } from '../../../core/contract/ratings-summary.ts'
import { barsText, ratingsLines } from '../../../renderer/analyses/factorization/ratings-words.ts'

const summary: RatingsSummary = {
  nUsers: 943,
  nItems: 1682,
  nRatings: 100_000,
  density: 100_000 / (943 * 1682),
  duplicates: 0,
  leftOut: 0,
  scale: {
    min: 1,
    max: 5,
    mean: 3.52986,
    step: 1,
    distinct: 5,
    histogram: [6110, 11370, 27145, 34174, 21201].map((count, j) => ({ from: j + 1, to: j + 1, count }))
  },
  fewUsers: 0,
  fewItems: 464,
  userActivity: [],
  itemPopularity: [],
  popularShares: { top1: 0.0764, top10: 0.4234, top50: 0.9463 },
  // first and last rating of MovieLens 100K: 20 September 1997 and 22 April 1998
  time: { from: 874724710, to: 893286638, unknown: 0 },
  warnings: []
}
const valueOf = (name: string, of: RatingsSummary, timeIsDate = false): string | undefined =>
  ratingsLines(of, timeIsDate).find((line) => line.name === name)?.value

test('counts, density, scale and days are said as a person says them', () => {
  expect(valueOf('Users', summary)).toBe('943')
  expect(valueOf('Ratings', summary)).toBe('100,000')
  expect(valueOf('Cells filled', summary)).toBe('6.30\u00a0%')
  expect(valueOf('Scale', summary)).toBe('1 to 5, in steps of 1')
  expect(valueOf('Mean', summary)).toBe('3.53')
  expect(valueOf('Most popular tenth of the items', summary)).toBe('42.3\u00a0% of ratings')
  expect(valueOf('Rated', summary)).toBe('20 Sept 1997 to 22 Apr 1998')
  expect(valueOf('Rows left out', summary)).toBeUndefined()
  expect(valueOf('Rows left out', { ...summary, leftOut: 3 })).toBe('3')
  expect(barsText(summary.scale!)).toBe('1: 6,110, 2: 11,370, 3: 27,145, 4: 34,174, 5: 21,201')
})

test('a column of dates is days whatever the number, one of years stays a number', () => {
  expect(valueOf('Rated', { ...summary, time: { from: 0, to: 86_400_000, unknown: 0 } }, true)).toBe(
    '1 Jan 1970 to 2 Jan 1970'
  )
  expect(valueOf('Rated', { ...summary, time: { from: 1997, to: 1998, unknown: 0 } })).toBe('1997 to 1998')
  expect(valueOf('Rated', { ...summary, time: { from: 1e30, to: 1e30, unknown: 0 } })).toBe('1e30')
})

test('likes have no scale, one value no range, and next to nothing is not 0 %', () => {
  expect(valueOf('Likes', { ...summary, scale: null })).toBe('100,000')
  expect(valueOf('Scale', { ...summary, scale: null })).toBeUndefined()
  const one = { ...summary.scale!, min: 4, max: 4, mean: 4, step: null, distinct: 1 }
  expect(valueOf('Scale', { ...summary, scale: one })).toBe('only 4')
  expect(valueOf('Mean', { ...summary, scale: one })).toBeUndefined()
  expect(valueOf('Cells filled', { ...summary, density: 1e-6 })).toBe('< 0.01\u00a0%')
})
