import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  inSentence,
  measureText,
  missingWords,
  shareDecimals,
  writeMeasures
} from '../../../renderer/analyses/pca/measure-words.ts'

describe('T², Q, scores, their limits and their parts', () => {
  test('are written alike: a small Q beside its limit and the sum of its parts', () => {
    const { q, t2, score } = writeMeasures({ t2: 6.2, q: 0.0286, score: 1.7 })
    expect([q(0.02918), q(0.0286), q(0.00613), q(-0.00002)]).toEqual(['0.0292', '0.0286', '0.0061', '0.0000'])
    expect([t2(9.954), t2(0.004), score(-2.264)]).toEqual(['9.95', '0.00', '−2.26'])
  })

  test('of large and of tiny cells have the figures that say something', () => {
    expect(writeMeasures({ t2: 6, q: 12345, score: 900 }).q(20345.6)).toBe('20346')
    expect(writeMeasures({ t2: 6, q: 2.5e6, score: 1 }).q(2_512_345)).toBe('2,512,000')
    expect(writeMeasures({ t2: 6, q: 3e-9, score: 1 }).q(2.512e-9)).toBe('2.51e−9')
    expect(writeMeasures({ t2: 6, q: 1, score: 0.0123 }).score(0.004567)).toBe('0.0046')
    // Where there is no limit nothing is left over, or rows are too few.
    expect(writeMeasures({ t2: NaN, q: NaN, score: NaN }).t2(2.345)).toBe('2.35')
    expect(measureText(NaN, 2)).toBe('–')
  })

  test('a value and the same value as a sum of parts are one text, whatever the size', () => {
    const size = fc.double({ min: 1e-12, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(size, fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 }), (limit, shares) => {
        const parts = shares.map((share) => share * limit)
        const total = parts.reduce((sum, part) => sum + part, 0)
        const { q } = writeMeasures({ t2: 1, q: limit, score: 1 })
        // Three figures of the limit at least: what is written is off by less than a hundredth of it.
        const written = Number(q(total).replaceAll(',', '').replace('e−', 'e-'))
        expect(Math.abs(written - total)).toBeLessThanOrEqual(0.01 * Math.max(limit, total))
      })
    )
  })
})

test('shares of very many rows keep two figures of what each would have', () => {
  // A leverage over two components of 150 rows is 0.013 on average, over eleven of a million 0.000011.
  expect([shareDecimals(2 / 150, 3), shareDecimals(11 / 1e6, 3)]).toEqual([3, 6])
  expect([shareDecimals(100 / 23, 2), shareDecimals(100 / 1e6, 2)]).toEqual([2, 5])
  expect([shareDecimals(NaN, 2), shareDecimals(0, 3), shareDecimals(1e-30, 3)]).toEqual([2, 3, 8])
})

test('what stands for missing cells is said', () => {
  expect(missingWords(['size'], 1)).toBe('size is missing and counts as the centre')
  expect(missingWords(['size', 'age'], 2)).toBe('size and age are missing and count as the centre')
  expect(missingWords(['size'], 0)).toBe('size is missing and is filled in by the fit')
  expect(missingWords(['a', 'b', 'c'], 1)).toBe(
    '3 cells are missing and are filled in by the fit, 1 of them with the centre'
  )
})

test('the number of a row is written small after other words; a name of its own stays as it is', () => {
  expect(['Row 1,101', 'Rowan 5', 'x1', 'Row A'].map(inSentence)).toEqual(['row 1,101', 'Rowan 5', 'x1', 'Row A'])
})
