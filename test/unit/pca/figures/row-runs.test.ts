import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRowRuns, parseRowRuns } from '../../../../core/analyses/pca/figures/row-runs.ts'

describe('rows named by a text', () => {
  test('are what they were written from, whatever rows they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40), { maxLength: 20 }), (chosen) => {
        const rows = [...chosen].sort((a, b) => a - b)
        expect(Array.from(parseRowRuns(formatRowRuns(rows), 41, 'Rows'))).toEqual(rows)
      })
    )
    expect(formatRowRuns([23, 24, 25, 26, 29])).toBe('24-27,30')
  })
})
