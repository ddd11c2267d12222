import fc from 'fast-check'
import { expect, it } from 'vitest'
import { filledShare, onScale, ratingAt, starScale } from '../../../renderer/ui/star-scale.ts'

it('halves where the lowest rating is one, whole stars else', () => {
  expect(starScale([0.5, 5])).toMatchObject({ step: 0.5, stars: 5, decimals: 1 })
  expect(starScale([1, 5])).toMatchObject({ step: 1, stars: 5, decimals: 0 })
  expect(starScale([1, 10])).toMatchObject({ step: 1, stars: 5 })
})

it('a long scale, or one below zero, goes in round steps', () => {
  expect(starScale([0, 100])).toMatchObject({ step: 5, stars: 5 })
  expect(starScale([-10, 10])).toMatchObject({ step: 1, stars: 5 })
})

it('a press on the left half of a star means the half, on the right half the star', () => {
  const scale = starScale([0.5, 5])
  expect(ratingAt(scale, 0.45)).toBe(2.5)
  expect(ratingAt(scale, 0.55)).toBe(3)
  expect(ratingAt(scale, 0)).toBe(0.5)
  expect(ratingAt(scale, 1)).toBe(5)
  expect(ratingAt(starScale([1, 5]), 0.45)).toBe(3)
})

it('what is drawn is what was pressed, on every scale', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (low, reach, share) => {
        const scale = starScale([low, low + reach])
        const rating = ratingAt(scale, share)
        expect(rating).toBeGreaterThanOrEqual(low)
        expect(rating).toBeLessThanOrEqual(low + reach)
        expect(onScale(scale, rating)).toBe(rating)
        expect(filledShare(scale, rating)).toBeGreaterThanOrEqual(0)
        expect(filledShare(scale, rating)).toBeLessThanOrEqual(1)
      }
    )
  )
})
