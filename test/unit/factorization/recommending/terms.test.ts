import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits } from '../../../../core/analyses/factorization/fits.ts'
import { methodSchema } from '../../../../core/analyses/factorization/methods.ts'
import { explain, recommend } from '../../../../core/analyses/factorization/recommending/answers.ts'
import { fitDrawn, noTimes } from './known.ts'

const methods = methodSchema.options.filter((method) => method in fits)

describe.each(methods)('%s', (method) => {
  test('the terms of an explanation sum to the score that the list shows', () => {
    const drawn = fc.record({
      seed: fc.integer({ min: 1, max: 50 }),
      nFactors: fc.integer({ min: 1, max: 8 }),
      user: fc.nat(8),
      item: fc.nat(6),
      given: fc.uniqueArray(fc.record({ item: fc.nat(6), value: fc.integer({ min: 1, max: 5 }) }), {
        selector: ({ item }) => item,
        maxLength: 6
      })
    })
    fc.assert(
      fc.property(drawn, ({ seed, nFactors, user, item, given }) => {
        const known = fitDrawn({ method, nFactors, iterations: 6, samples: 6, burnIn: 2 }, seed)
        for (const who of [{ user }, { ratings: given }]) {
          const all = { seen: 'include' as const }
          const { list } = recommend(known, who, known.items.length, all, noTimes)
          const shown = list.find((one) => one.item === item)!.score
          const { score, terms } = explain(known, who, item)
          const scale = Math.max(1, ...terms.map(({ value }) => Math.abs(value)))
          const sum = terms.reduce((total, { value }) => total + value, 0)
          expect(score).toBe(shown)
          expect(Math.abs(sum - shown)).toBeLessThan(1e-9 * scale)
          for (const { value, label } of terms) {
            expect(value).not.toBeNaN()
            expect(label).not.toBe('')
          }
        }
      }),
      { numRuns: 25 }
    )
  })
})
