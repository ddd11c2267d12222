import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseRows, largestRows, meanContribution } from '../../../../core/analyses/pca/figures/choose-rows.ts'

const from = {
  cos2: [0.1, 0.9, 0.3, 0.5],
  contribution: [10, 40, 25, 25],
  distance: [4, 1, 9, 4],
  beyond: [2]
}

describe('rows chosen by what is known of them', () => {
  test('by cos², contribution, distance and limits', () => {
    expect(chooseRows('cos2-below', 0.3, from)).toEqual([0])
    expect(chooseRows('cos2-above', 0.3, from)).toEqual([1, 3])
    expect(chooseRows('contribution', meanContribution(4), from)).toEqual([1])
    expect(chooseRows('distance', 2, from)).toEqual([0, 2])
    expect(chooseRows('distance', 99, from)).toEqual([0, 1, 2, 3])
    expect(chooseRows('limit', 0, from)).toEqual([2])
  })

  test('supplementary ones too, after the fitted ones, but by contribution, which they have none of', () => {
    const more = { ...from, cos2: [...from.cos2, 0.2, 0.95], distance: [...from.distance, 16, 2], beyond: [2, 4] }
    expect(chooseRows('cos2-below', 0.3, more)).toEqual([0, 4])
    expect(chooseRows('cos2-above', 0.8, more)).toEqual([1, 5])
    expect(chooseRows('distance', 2, more)).toEqual([2, 4])
    expect(chooseRows('limit', 0, more)).toEqual([2, 4])
    expect(chooseRows('contribution', 0, more)).toEqual([0, 1, 2, 3])
  })

  test('the largest are those that a full sort puts first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.nat({ max: 45 }), (values, count) => {
        const sorted = values.map((_, row) => row).sort((a, b) => values[b]! - values[a]! || a - b)
        expect(largestRows(values, count)).toEqual(sorted.slice(0, count))
      })
    )
  })

  test('of very many rows too, whether the sample is like the rest or not', () => {
    const n = 50_000
    const scattered = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n)
    expect(largestRows(scattered, 3).map((row) => scattered[row])).toEqual([n - 1, n - 2, n - 3])
    // Every fifth row is looked at first, and those are the large ones here; then they are the small ones.
    for (const sign of [1, -1]) {
      const combed = Float64Array.from({ length: n }, (_, i) => sign * (i % 5 === 0 ? n + i : -i))
      const found = largestRows(combed, 12_000)
      const sorted = Array.from(combed, (_, row) => row).sort((a, b) => combed[b]! - combed[a]! || a - b)
      expect(found).toEqual(sorted.slice(0, 12_000))
    }
  })
})
