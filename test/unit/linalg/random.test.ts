import { describe, expect, test } from 'vitest'
import { nextXoshiro, SeededRandom } from '../../../core/linalg/random.ts'

describe('seeded random numbers', () => {
  test('the generator gives the outputs of the authors’ xoshiro128starstar.c for the state 1, 2, 3, 4', () => {
    const state = Uint32Array.of(1, 2, 3, 4)
    const drawn = Array.from({ length: 10 }, () => nextXoshiro(state))
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804
    ])
  })

  test('the same seed gives the same bits, another seed others', () => {
    const draw = (seed: number): number[] => {
      const random = new SeededRandom(seed)
      return Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? random.uniform() : random.normal()))
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    expect(draw(0).every(Number.isFinite)).toBe(true)
  })

  test('uniform: in [0, 1), mean 1/2 and variance 1/12 within five standard errors', () => {
    const random = new SeededRandom(42)
    const n = 100_000
    const values = Array.from({ length: n }, () => random.uniform())
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0)
    expect(values.every((value) => value < 1)).toBe(true)
    expect(Math.abs(meanOf(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(meanOf(values.map((u) => (u - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n))
  })

  test('normal: moments 0, 1, 0, 3 within five standard errors', () => {
    const random = new SeededRandom(43)
    const n = 100_000
    const values = Array.from({ length: n }, () => random.normal())
    const expected = [0, 1, 0, 3]
    const variance = [1, 2, 15, 96]
    for (let power = 1; power <= 4; power++) {
      const moment = meanOf(values.map((z) => z ** power))
      expect(Math.abs(moment - expected[power - 1]!)).toBeLessThan(5 * Math.sqrt(variance[power - 1]! / n))
    }
  })

  test('integer: every value equally often (χ² with 6 degrees of freedom below its 0.9999 quantile, 27.86)', () => {
    const random = new SeededRandom(44)
    const counts = new Array<number>(7).fill(0)
    const n = 70_000
    for (let k = 0; k < n; k++) counts[random.integer(7)]!++
    expect(counts.reduce((sum, seen) => sum + (seen - n / 7) ** 2 / (n / 7), 0)).toBeLessThan(27.86)
    expect(random.integer(1)).toBe(0)
  })

  test('shuffle: a permutation, and each value as often first (χ² with 4 degrees of freedom below 23.51)', () => {
    const random = new SeededRandom(45)
    const first = new Array<number>(5).fill(0)
    for (let k = 0; k < 10_000; k++) {
      const array = Int32Array.of(0, 1, 2, 3, 4)
      random.shuffle(array)
      expect(array.slice().sort()).toEqual(Int32Array.of(0, 1, 2, 3, 4))
      first[array[0]!]!++
    }
    expect(first.reduce((sum, seen) => sum + (seen - 2000) ** 2 / 2000, 0)).toBeLessThan(23.51)
  })
})

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

test.each([0.3, 1, 7.5, 400])('gamma numbers of shape %d have it as their mean and their variance', (shape) => {
  const random = new SeededRandom(12)
  const count = 40000
  const drawn = Float64Array.from({ length: count }, () => random.gamma(shape))
  const mean = drawn.reduce((sum, x) => sum + x, 0) / count
  const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count
  // five standard errors: √(shape/n) of the mean, and of the variance √((2 + 6/shape)/n) of itself
  expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / count))
  expect(Math.abs(variance / shape - 1)).toBeLessThan(5 * Math.sqrt((2 + 6 / shape) / count))
  expect(drawn.every((x) => x > 0)).toBe(true)
})
