import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TopItems } from '../../../../core/analyses/factorization/judging/top-items.ts'

test('what is kept is the beginning of a full sort by score, then index, in whatever order it comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(-1, 0, 0.5, 1, 2, -Infinity), { maxLength: 40 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer(),
      (scores, size, turn) => {
        const places = scores.map((_, item) => item)
        const order = places.slice().sort((a, b) => ((a * 7919 + turn) % 97) - ((b * 7919 + turn) % 97))
        const top = new TopItems(size)
        for (const item of order) top.offer(item, scores[item]!)
        const expected = places.sort((a, b) => (scores[b]! === scores[a]! ? a - b : scores[b]! - scores[a]!))
        const { items, scores: kept } = top.take()
        expect([...items]).toEqual(expected.slice(0, size))
        expect([...kept]).toEqual(expected.slice(0, size).map((item) => scores[item]))
      }
    ),
    { numRuns: 300, seed: 20244 }
  )
})

test('it can be used again once its items were taken', () => {
  const top = new TopItems(2)
  for (let round = 0; round < 2; round++) {
    expect(top.least).toBe(-Infinity)
    ;[3, 1, 2].forEach((score, item) => top.offer(item, score))
    expect(top.least).toBe(2)
    expect([...top.take().items]).toEqual([0, 2])
  }
})
