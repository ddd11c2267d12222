import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  lengthsByCount,
  lengthsOf,
  overLength
} from '../../../../core/analyses/factorization/figures/factor-lengths.ts'

describe('lengthsOf', () => {
  it('is the Euclidean length of each row', () => {
    expect(Array.from(lengthsOf([3, 4, 0, 0, -5, 12], 3, 2))).toEqual([5, 0, 13])
  })

  it('is zero for every item of a method without factors', () => {
    expect(Array.from(lengthsOf([], 2, 0))).toEqual([0, 0])
  })
})

describe('lengthsByCount', () => {
  it('has no place for an item that nobody rated', () => {
    const { x, y, placed } = lengthsByCount([100, 0, 1], [2, 0.5, 3])
    expect(Array.from(x)).toEqual([2, NaN, 0])
    expect(Array.from(y)).toEqual([2, 0.5, 3])
    expect(Array.from(placed)).toEqual([0, 2])
  })
})

describe('overLength', () => {
  const vectors = fc.array(
    fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 0.1, max: 9, noNaN: true })),
    {
      minLength: 1,
      maxLength: 20
    }
  )

  it('makes the dot product of two places what the measure says of the pair, for every exponent', () => {
    fc.assert(
      fc.property(vectors, fc.double({ min: 0, max: 1, noNaN: true }), (pairs, exponent) => {
        const lengths = lengthsOf(pairs.flat(), pairs.length, 2)
        const x = overLength(
          pairs.map(([first]) => first),
          lengths,
          exponent
        )
        const y = overLength(
          pairs.map(([, second]) => second),
          lengths,
          exponent
        )
        const [a, b] = [pairs[0]!, pairs.at(-1)!]
        const last = pairs.length - 1
        const measured = (a[0] * b[0] + a[1] * b[1]) / (lengths[0]! * lengths[last]!) ** exponent
        // Against what it can be at most: two long factors have a large product, and as large a rounding error.
        const most = (lengths[0]! * lengths[last]!) ** (1 - exponent)
        expect(Math.abs(x[0]! * x[last]! + y[0]! * y[last]! - measured)).toBeLessThanOrEqual(1e-12 * most)
        // At 1 only the direction is left.
        if (exponent === 1) expect(Math.hypot(x[0]!, y[0]!)).toBeCloseTo(1, 12)
      })
    )
  })

  it('leaves what has no length at the origin', () => {
    expect(Array.from(overLength([0, 2], [0, 2], 1))).toEqual([0, 1])
  })
})
