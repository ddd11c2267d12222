import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeNumbers, describeWords } from '../../../core/stats/describe-column.ts'
import { fingerprintNumbers, fingerprintWords } from '../../../core/stats/fingerprint.ts'

const unchecked = (): void => undefined
const of = (...values: number[]) => describeNumbers(Float64Array.from(values), unchecked)

describe('statistics of numbers', () => {
  it('say nothing of what is not there', () => {
    expect(of(NaN, NaN)).toEqual({ present: 0, distinct: 0, histogram: [], top: [] })
    expect(of(4)).toMatchObject({ present: 1, distinct: 1, min: 4, max: 4, mean: 4, quantiles: [4, 4, 4, 4, 4] })
    expect(of(4)).not.toHaveProperty('skewness')
  })

  it('of one value, again and again, have no spread and no skewness', () => {
    expect(of(0.1, 0.1, 0.1)).toMatchObject({ mean: 0.1, sd: 0, distinct: 1 })
    expect(of(0.1, 0.1, 0.1)).not.toHaveProperty('skewness')
  })

  it('hold to the ends of the range of doubles', () => {
    // by hand: mean 0, deviations ±1e308, divisor 1
    expect(of(1e308, -1e308).sd).toBeCloseTo(Math.SQRT2 * 1e308, -295)
    const tiny = of(1e-310, 3e-310, 8e-310)
    expect(tiny.mean! / 4e-310).toBeCloseTo(1, 10)
    // G1 does not depend on the unit: that of 1, 3, 8
    expect(tiny.skewness).toBeCloseTo(of(1, 3, 8).skewness!, 10)
  })

  it('count every value in one bin, and the most frequent first', () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })),
      {
        minLength: 1,
        maxLength: 200
      }
    )
    fc.assert(
      fc.property(values, (given) => {
        const found = of(...given)
        expect(found.histogram.reduce((sum, count) => sum + count, 0)).toBe(given.length)
        const counts = found.top.map(({ count }) => count)
        expect(counts).toEqual([...counts].sort((a, b) => b - a))
        const most = Math.max(...given.map((value) => given.filter((other) => other === value).length))
        expect(counts[0]).toBe(most)
        expect(found.distinct).toBe(new Set(given.map((value) => value + 0)).size)
      })
    )
  })
})

describe('statistics of words', () => {
  it('count them, the most frequent first, those of equal count as they are met', () => {
    const codes = Int32Array.of(2, 0, 2, -1, 1)
    expect(describeWords(codes, ['a', 'b', 'c', 'unused'])).toEqual({
      present: 4,
      distinct: 3,
      top: [
        { value: 'c', count: 2 },
        { value: 'a', count: 1 },
        { value: 'b', count: 1 }
      ]
    })
  })
})

describe('fingerprints', () => {
  it('are equal for equal columns alone', () => {
    const numbers = (...values: number[]) => fingerprintNumbers(Float64Array.from(values))
    expect(numbers(1, -0, NaN)).toBe(numbers(1, 0, NaN))
    const different = [
      numbers(1, 2),
      numbers(2, 1),
      numbers(1, 2, NaN),
      numbers(1, NaN),
      numbers(1, 2 + 2 ** -51),
      numbers()
    ]
    expect(new Set(different).size).toBe(different.length)
    expect(fingerprintWords(Int32Array.of(0, 1, -1), ['x', 'y'])).toBe(
      fingerprintWords(Int32Array.of(1, 0, -1), ['y', 'x'])
    )
    expect(fingerprintWords(Int32Array.of(0, 1), ['x', 'y'])).not.toBe(
      fingerprintWords(Int32Array.of(1, 0), ['x', 'y'])
    )
  })
})
