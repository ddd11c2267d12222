import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logTicks } from '../../../renderer/plots/log-ticks.ts'

const ticked = (low: number, high: number, pixels: number): string[] =>
  logTicks([Math.log10(low), Math.log10(high)], pixels, 50).texts

describe('logTicks', () => {
  it('writes the numbers the logarithms are of, at 1, 2 and 5 where there is room', () => {
    expect(ticked(0.9, 340, 600)).toEqual(['1', '2', '5', '10', '20', '50', '100', '200'])
  })

  it('keeps to powers of ten, and to some of them, where there is not', () => {
    expect(ticked(1, 10_000, 300)).toEqual(['1', '10', '100', '1,000', '10,000'])
    expect(ticked(1, 10_000, 120)).toEqual(['1', '100', '10,000'])
  })

  it('goes in even steps within one power', () => {
    expect(ticked(300, 340, 300)).toEqual(['300', '310', '320', '330', '340'])
  })

  it('never stands closer than asked', () => {
    const ends = fc.tuple(fc.double({ min: -1, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 6, noNaN: true }))
    fc.assert(
      fc.property(ends, fc.integer({ min: 100, max: 1800 }), ([low, span], pixels) => {
        const { values } = logTicks([low, low + span], pixels, 50)
        for (let i = 1; i < values.length; i++)
          expect(((values[i]! - values[i - 1]!) / span) * pixels).toBeGreaterThan(50 - 1e-6)
      })
    )
  })
})
