import { expect, test } from 'vitest'
import { workedCosine, workedRating } from '../../../renderer/analyses/factorization/math/worked.ts'

const one = Float64Array.of(0.5)
const rating = (value: number) => ({
  value,
  userBias: 0,
  itemBias: 0,
  own: one,
  implicit: null,
  item: one,
  userCount: 1,
  itemCount: 1
})
const step = (predicted: number, error: number) => ({
  predicted,
  error,
  step: 0.01,
  pull: 0.005,
  userBias: 0,
  itemBias: 0,
  own: one,
  item: one,
  implicit: null,
  errorAfter: 0.5 * error
})
const errorLine = (value: number, predicted: number): string =>
  workedRating(step(predicted, value - predicted), rating(value), 'Fargo', 1).lines[0]!

test('a rating stands in the arithmetic as it was given, and what is subtracted has one sign', () => {
  expect(errorLine(4, 3.25)).toBe('Fargo: e = 4 − 3.250 = +0.750')
  expect(errorLine(3.5, 3.25)).toBe('Fargo: e = 3.5 − 3.250 = +0.250')
  // A mean of several ratings has no end: it is rounded as the rest is.
  expect(errorLine(11 / 3, 3)).toBe('Fargo: e = 3.667 − 3.000 = +0.667')
  expect(errorLine(-7, -2.5)).toBe('Fargo: e = −7 + 2.500 = −4.500')
})

test('what a small step changes can be seen', () => {
  const small = { ...step(1.0031, -0.0031), errorAfter: -0.00305 }
  expect(workedRating(small, rating(1), 'Fargo', 1).answer).toContain('off by −0.00305 instead of −0.0031;')
  expect(workedRating(step(3.25, 0.75), rating(4), 'Fargo', 1).answer).toContain('off by +0.375 instead of +0.750;')
})

test('counts and the shrinkage of a similarity are whole numbers', () => {
  const { lines } = workedCosine({ counts: [4, 9], together: 3, similarity: 3 / 26 }, ['A', 'B'], 20, 3 / 26, '')
  // 3 / (√(4 · 9) + 20) = 3 / 26
  expect(lines[2]).toBe('s_ij = 3 / (√(4 · 9) + 20) = 0.115')
})
