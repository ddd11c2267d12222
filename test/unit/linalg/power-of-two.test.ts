import { describe, expect, test } from 'vitest'
import { euclideanNorm } from '../../../core/linalg/norms.ts'
import { exponentOf, timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'

describe('powers of two', () => {
  test.each([
    [1, 0],
    [1.9999999999999998, 0],
    [-2, 1],
    [Number.MAX_VALUE, 1023],
    [2 ** -1022, -1022],
    [Number.MIN_VALUE, -1074],
    [3 * Number.MIN_VALUE, -1073]
  ])('the exponent of %d is %d', (x, exponent) => {
    expect(exponentOf(x)).toBe(exponent)
  })

  test('multiply across the whole range without a detour through infinity', () => {
    expect(timesPowerOfTwo(Number.MIN_VALUE, 2097)).toBe(2 ** 1023)
    expect(timesPowerOfTwo(2 ** 1023, -2097)).toBe(Number.MIN_VALUE)
    expect(timesPowerOfTwo(3, 5)).toBe(96)
  })

  test('a norm whose squares would overflow or vanish', () => {
    expect(euclideanNorm(Float64Array.of(3e300, 4e300))).toBeCloseTo(5e300, -287)
    expect(euclideanNorm(Float64Array.of(3e-300, 4e-300)) / 5e-300).toBeCloseTo(1, 14)
    expect(euclideanNorm(new Float64Array(3))).toBe(0)
  })
})
