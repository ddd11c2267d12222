import { describe, expect, test } from 'vitest'
import { describeItem } from '../../../../core/analyses/factorization/recommending/similar-items.ts'
import { rowsOfItems, shareOfItems } from '../../../../core/analyses/factorization/recommending/item-tables.ts'
import { buildColumn, buildTable } from '../build.ts'
import { fitDrawn, fitKnown } from './known.ts'

describe('items like one', () => {
  const known = fitDrawn({ method: 'als', nFactors: 3 })
  const { itemFactors } = known.model
  const vector = (item: number) => Array.from(itemFactors.subarray(3 * item, 3 * item + 3))
  const dot = (a: number[], b: number[]): number => a.reduce((sum, value, k) => sum + value * b[k]!, 0)

  test.each([0, 0.5, 1])('α = %d: the dot product over the lengths to the power α', (exponent) => {
    const { similar } = describeItem(known, 2, 10, exponent)
    expect(similar.map(({ item }) => item).sort()).toEqual([0, 1, 3, 4, 5, 6])
    for (const { item, similarity } of similar) {
      const [q, r] = [vector(2), vector(item)]
      const lengths = Math.sqrt(dot(q, q)) * Math.sqrt(dot(r, r))
      expect(similarity).toBeCloseTo(dot(q, r) / lengths ** exponent, 12)
    }
    const values = similar.map(({ similarity }) => similarity)
    expect(values).toEqual([...values].sort((a, b) => b - a))
  })

  test('who rated it stands by what they gave, who did not by what is predicted', () => {
    const { ratedBy, wouldLike, nRatings, meanRating } = describeItem(known, 2, 50, 1)
    expect(ratedBy.length).toBe(nRatings)
    expect(meanRating).toBeCloseTo(ratedBy.reduce((sum, { value }) => sum + value, 0) / nRatings, 12)
    const values = ratedBy.map(({ value }) => value)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    const all = [...ratedBy, ...wouldLike].map(({ user }) => user).sort((a, b) => a - b)
    expect(all).toEqual(Array.from({ length: 9 }, (_, user) => user))
    for (const { user, score } of wouldLike) expect(score).toBe(known.scorer.predict(user, 2))
  })
})

test('without factors items are alike that the same users have', () => {
  const rows: [string, string, number][] = [
    ['a', 'x', 5],
    ['a', 'y', 4],
    ['b', 'x', 3],
    ['b', 'y', 3],
    ['b', 'z', 1],
    ['c', 'z', 2],
    ['c', 'w', 2]
  ]
  const known = fitKnown(buildTable(['user', 'item', 'rating'], rows), { method: 'bias' })
  const { similar, popularityRank } = describeItem(known, 0, 5, 1)
  // x and y: both users have both, 2 / √(2·2); x and z: one has both, 1 / √(2·2); nobody has x and w.
  expect(similar).toEqual([
    { item: 1, similarity: 1, nRatings: 2 },
    { item: 2, similarity: 0.5, nRatings: 2 }
  ])
  expect(popularityRank).toBe(1)
  expect(describeItem(known, 3, 5, 1).popularityRank).toBe(4)
  expect(describeItem(known, 0, 5, 0).similar.map(({ similarity }) => similarity)).toEqual([2, 1])
})

test('items are found in a column by their names, numbers as they are written', () => {
  const items = ['10', '007', '9', 'never']
  const numbers = buildColumn('id', [9, 10, 10, null])
  expect(shareOfItems(numbers, 4, items)).toBe(0.5)
  expect(Array.from(rowsOfItems(numbers, 4, items))).toEqual([1, -1, 0, -1])
  const texts = buildColumn('id', ['007', null, '9', '007'])
  expect(Array.from(rowsOfItems(texts, 4, items))).toEqual([-1, 0, 2, -1])
  expect(shareOfItems(texts, 4, [])).toBe(0)
})
