import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortenName, shortenNames } from '../../../renderer/plots/short-names.ts'

/** As if every letter were 6 px wide. */
const measure = (text: string): number => 6 * text.length
const shorten = (name: string, most: number): string => shortenName(name, most, 'any', measure)

it('keeps both ends of a name, so that names that begin alike stay apart', () => {
  expect(shorten('gene_expression_level_401', 100)).toBe('gene_exp…vel_401')
  expect(shorten('gene_expression_level_476', 100)).toBe('gene_exp…vel_476')
})

it('is the name itself where there is room, and no wider than allowed but for its ends', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 300 }), (name, most) => {
      const short = shorten(name, most)
      if (measure(name) <= most) expect(short).toBe(name)
      else if (short.length > 3) expect(measure(short)).toBeLessThanOrEqual(most)
    })
  )
})

describe('names of one picture', () => {
  const together = (names: string[], most: number): string[] => shortenNames(names, most, 'any', measure)

  it('keep what tells them apart where the usual cut makes them equal', () => {
    const names = ['Temperature at the inlet (°C)', 'Temperature at the outlet (°C)', 'pH']
    expect(together(names, 100)).toEqual(['Tempe…inlet (°C)', 'Temp…outlet (°C)', 'pH'])
    // The usual cut: Tempe…(°C) of both.
    expect(new Set(names.map((name) => shorten(name, 60))).size).toBe(2)
    expect(together(names, 60)).toEqual(['Tem…inlet…', 'Tem…outle…', 'pH'])
  })

  it('keep the words in which they differ, where these are several', () => {
    const names = ['phosphate', 'nitrate'].flatMap((what) =>
      ['surface', 'bottom'].map((where) => `Concentration of dissolved ${what} in the ${where} layer (µmol/l)`)
    )
    expect(together(names, 128)).toEqual([
      '…phosphate…surface…',
      '…phosphate…bottom…',
      '…nitrate…surface…',
      '…nitrate…bottom…'
    ])
    // 12 letters: as many of each word as have room.
    expect(together(names, 72)).toEqual(['…phos…surf…', '…phos…bott…', '…nitr…surf…', '…nitr…bott…'])
  })

  it('are cut one by one where that keeps them apart, and equal names stay equal', () => {
    const names = ['gene_expression_level_401', 'gene_expression_level_476', 'gene_expression_level_476']
    expect(together(names, 100)).toEqual(names.map((name) => shorten(name, 100)))
  })

  it('are never wider than allowed but for their ends', () => {
    const name = fc
      .array(fc.constantFrom('ab', 'c', ' ', 'long middle'), { maxLength: 9 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), fc.integer({ min: 20, max: 200 }), (names, most) => {
        for (const [at, text] of together(names, most).entries()) {
          if (measure(names[at]!) <= most) expect(text).toBe(names[at])
          else if (text.length > 3) expect(measure(text)).toBeLessThanOrEqual(most)
        }
      })
    )
  })
})
