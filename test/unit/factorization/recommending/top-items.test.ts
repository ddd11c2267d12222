import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowedItems, topItems } from '../../../../core/analyses/factorization/recommending/top-items.ts'

test('the top of a list is that of a sort of all, equal scores in the order of the table', () => {
  const drawn = fc.record({
    scores: fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 60 }),
    n: fc.integer({ min: 1, max: 70 }),
    seen: fc.array(fc.nat(59))
  })
  fc.assert(
    fc.property(drawn, ({ scores, n, seen }) => {
      const allowed = allowedItems(
        { seen: 'exclude' },
        scores.map(() => 1),
        seen
      )
      const sorted = scores
        .map((score, item) => ({ score, item }))
        .filter(({ item }) => !seen.includes(item))
        .sort((a, b) => b.score - a.score || a.item - b.item)
      expect(Array.from(topItems(Float64Array.from(scores), allowed, n))).toEqual(
        sorted.slice(0, n).map(({ item }) => item)
      )
    })
  )
})

test('a list holds what its filter lets pass', () => {
  const counts = [0, 3, 9, 40, 5]
  expect(Array.from(allowedItems({ seen: 'exclude', minRatings: 3, maxRatings: 9 }, counts, [1]))).toEqual([
    0, 0, 1, 0, 1
  ])
  expect(Array.from(allowedItems({ seen: 'include', items: [1, 3, 99] }, counts, [1]))).toEqual([0, 1, 0, 1, 0])
})
