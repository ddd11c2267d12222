import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  brokenStick,
  brokenStickShares,
  countAbove,
  generalizedCrossValidation,
  kaiser,
  minka
} from '../../../core/stats/component-criteria.ts'

const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)

/** decathlon2 by FactoMineR: the ten variances published with the issue this answers */
const decathlon = [
  4.1242133, 1.8385309, 1.2391403, 0.8194402, 0.7015528, 0.4228828, 0.3025817, 0.274447, 0.1552169, 0.121971
]
const spectra = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 12 })

describe('rules for the number of components', () => {
  it('of the ten events of a decathlon: three above the mean, one above the stick', () => {
    // shares 41.2, 18.4, 12.4 %; the stick: 29.3, 19.3, 14.3 %
    expect(kaiser(decathlon, 10, 10)).toBe(3)
    expect(brokenStick(decathlon, 10, 10)).toBe(1)
  })

  it('find nothing where nothing stands out, whatever rounding does', () => {
    const flat = [1 + 4e-16, 1, 1, 1 - 4e-16]
    expect(kaiser(flat, 4, 4)).toBe(0)
    expect(brokenStick(flat, 4, 4)).toBe(0)
    expect(countAbove([1, 1], [1, 1])).toBe(0)
  })

  it('stop counting at the first component that does not pass', () => {
    expect(countAbove([5, 1, 2], [3, 1.5, 1])).toBe(1)
    expect(countAbove([5, 4], [3])).toBe(1)
  })

  it('know the broken stick of three pieces: 11/18, 5/18, 2/18', () => {
    expect([...brokenStickShares(3)]).toEqual(
      [11 / 18, 5 / 18, 2 / 18].map((share): unknown => expect.closeTo(share, 15))
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (n) => {
        expect(sumOf(brokenStickShares(n))).toBeCloseTo(1, 12)
      })
    )
  })

  it('do not depend on the unit', () => {
    fc.assert(
      fc.property(spectra, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (given, factor) => {
        const spectrum = [...given].sort((a, b) => b - a)
        // what lies within rounding of the mean may fall on either side
        fc.pre(spectrum.every((v) => Math.abs(v / (sumOf(spectrum) / spectrum.length) - 1) > 1e-6))
        const scaled = spectrum.map((value) => value * factor)
        const p = spectrum.length
        expect(kaiser(scaled, sumOf(scaled), p)).toBe(kaiser(spectrum, sumOf(spectrum), p))
      })
    )
  })

  it('answer for fewer rows than columns, and for constant columns', () => {
    const four = [3, 2, 1, 0.5]
    expect(generalizedCrossValidation(four, 6.5, 5, 40)!.values.every((value) => Number.isFinite(value))).toBe(true)
    expect(generalizedCrossValidation([1], 1, 2, 1)).toBeNull()
    // a column without spread has no variance: Minka never keeps it
    const { suggested, values } = minka([5, 4, 1, 0, 0], 50)
    expect(suggested).toBeLessThanOrEqual(3)
    expect(values.every((value) => !Number.isNaN(value))).toBe(true)
  })

  it('weigh the evidence as scikit-learn 1.2.1 does', () => {
    const noise = Array.from({ length: 8 }, (_, k) => 1 + 0.01 * (8 - k))
    const { suggested, values } = minka([20, 15, ...noise], 500)
    // sklearn.decomposition._pca._assess_dimension of the same variances, ranks 1, 2, 7 and 9
    const expected = { 1: -2927.762127123966, 2: -1582.4012904838407, 7: -1573.0985585902272, 9: -1574.9344197516778 }
    for (const [rank, value] of Object.entries(expected)) expect(values[Number(rank)]).toBeCloseTo(value, 9)
    expect(suggested).toBe(7)
  })
})
