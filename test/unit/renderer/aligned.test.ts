import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostDecimals, mostWhole, splitFigure } from '../../../renderer/ui/aligned.ts'
import { formatSignificant } from '../../../renderer/ui/format.ts'

describe('numbers below each other', () => {
  it('are cut before the point, or before the exponent where there is none', () => {
    expect(splitFigure('\u221212.50')).toEqual({ whole: '\u221212', rest: '.50' })
    expect(splitFigure('7')).toEqual({ whole: '7', rest: '' })
    expect(splitFigure('1e12')).toEqual({ whole: '1', rest: 'e12' })
    expect(splitFigure('5.175e\u22125')).toEqual({ whole: '5', rest: '.175e\u22125' })
    expect(splitFigure('\u2013')).toEqual({ whole: '\u2013', rest: '' })
  })

  it('lose nothing, and have room for the longest of both sides', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), (values) => {
        const texts = values.map((value) => formatSignificant(value))
        for (const text of texts) {
          const { whole, rest } = splitFigure(text)
          expect(whole + rest).toBe(text)
          expect(whole.length).toBeLessThanOrEqual(mostWhole(texts))
          expect(rest.length).toBeLessThanOrEqual(mostDecimals(texts) + 1)
        }
      }),
      { seed: 26 }
    ))
})
