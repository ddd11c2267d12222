import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortenName } from '../../../renderer/plots/short-names.ts'

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
