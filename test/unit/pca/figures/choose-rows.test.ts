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

  test('the largest are those that a full sort puts first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), fc.nat({ max: 45 }), (values, count) => {
        const sorted = values.map((_, row) => row).sort((a, b) => values[b]! - values[a]! || a - b)
        expect(largestRows(values, count)).toEqual(sorted.slice(0, count))
      })
    )
  })
})
