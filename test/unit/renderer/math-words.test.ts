import { describe, expect, it } from 'vitest'
import { termText } from '../../../renderer/analyses/pca/math/arithmetic.ts'
import { formatEntry, formatFactor, formatSigned, matrixDecimals } from '../../../renderer/analyses/math/math-words.ts'

describe('the numbers of a matrix', () => {
  it('have three decimals where they are near 1, fewer where large, more where small', () => {
    expect([0.5, 5, 500].map((value) => matrixDecimals([value]))).toEqual([3, 3, 3])
    expect([5000, 50_000, 5_000_000].map((value) => matrixDecimals([value]))).toEqual([2, 1, 0])
    expect([0.05, 0.005].map((value) => matrixDecimals([value]))).toEqual([4, 5])
  })
  it('are written in significant digits beyond that', () => {
    expect(formatEntry(1.23456e150, matrixDecimals([1.23456e150]))).toBe('1.235e150')
    expect(formatEntry(-1.5e-9, matrixDecimals([1.5e-9]))).toBe('−1.5e−9')
  })
  it('follow the largest, whatever else is there', () => {
    expect(matrixDecimals([null, 0.001, -2000])).toBe(2)
    expect(matrixDecimals([])).toBe(3)
    expect(matrixDecimals([0, NaN, Infinity])).toBe(3)
  })
})

describe('the arithmetic of a term', () => {
  const term = { cell: 7.7, mean: 5.843333, scale: 0.828066, weight: 0.521066 }
  const as = { centred: true, scaled: true, decimals: 1 }
  it('is what a person would type', () => {
    expect(termText(term, as)).toBe('(7.7 − 5.843) / 0.828 × 0.521')
    expect(termText({ ...term, mean: -5.843333, weight: -0.02449 }, as)).toBe('(7.7 + 5.843) / 0.828 × −0.0245')
  })
  it('leaves out what was not done', () => {
    expect(termText(term, { ...as, scaled: false })).toBe('(7.7 − 5.843) × 0.521')
    expect(termText(term, { centred: false, scaled: false, decimals: undefined })).toBe('7.7 × 0.521')
  })
})

describe('a signed number', () => {
  it('has a plus, but zero has none', () => {
    expect(formatSigned(1.168, 3)).toBe('+1.168')
    expect(formatSigned(-0.459, 3)).toBe('−0.459')
    expect(formatSigned(0.0001, 3)).toBe('0.000')
    expect(formatFactor(0.024492)).toBe('0.0245')
  })
})
