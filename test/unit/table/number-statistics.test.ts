import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnSummary } from '../../../core/contract/table.ts'
import { DISTINCT_LIMIT } from '../../../core/table/distinct-numbers.ts'
import { NumberStatistics } from '../../../core/table/number-statistics.ts'

const describeAll = (chunks: number[][], decimals = 1): ColumnSummary => {
  const statistics = new NumberStatistics()
  for (const chunk of chunks) statistics.add(Float64Array.from(chunk))
  const summary: ColumnSummary = { name: 'x', type: 'number', missing: 0 }
  statistics.describe(summary, decimals)
  return summary
}

describe('NumberStatistics', () => {
  it('has the moments of textbook formulas, however the values are cut into chunks', () => {
    const values = fc.array(
      fc.oneof(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0),
        fc.constant(NaN)
      )
    )
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (chunks) => {
        const present = chunks.flat().filter((value) => !Number.isNaN(value))
        const { min, max, mean, sd, distinct } = describeAll(chunks)
        expect(distinct).toBe(new Set(present).size)
        if (present.length < 2) return
        const middle = present.reduce((sum, value) => sum + value, 0) / present.length
        const squares = present.reduce((sum, value) => sum + (value - middle) ** 2, 0)
        const spread = Math.sqrt(squares / (present.length - 1))
        expect([min, max]).toEqual([Math.min(...present), Math.max(...present)])
        expect(Math.abs(mean! - middle)).toBeLessThanOrEqual(1e-12 * Math.max(1, -min!, max!))
        expect(Math.abs(sd! - spread)).toBeLessThanOrEqual(1e-9 * Math.max(1, spread))
      })
    )
  })
  it('does not overflow where the sum of the values does', () => {
    expect(describeAll([[1.5e308, 1.6e308, 1.7e308]])).toMatchObject({ min: 1.5e308, max: 1.7e308, mean: 1.6e308 })
  })
  it('takes 0 and −0 for one value', () => {
    expect(describeAll([[0, -0, 1, -0]]).distinct).toBe(2)
  })
  it('counts in bins once the values are too many to be told apart, over chunks', () => {
    const chunk = (from: number): number[] => Array.from({ length: 6_000 }, (_, i) => from + i + 0.5)
    const summary = describeAll([chunk(0), chunk(6_000), chunk(12_000)])
    expect(summary).toMatchObject({ distinct: DISTINCT_LIMIT, distinctIsLowerBound: true, min: 0.5, max: 17_999.5 })
    expect(summary.histogram!.reduce((sum, count) => sum + count, 0)).toBe(18_000)
    for (const count of summary.histogram!) expect(Math.abs(count - 18_000 / 14)).toBeLessThan(20)
  })
  it('knows a sequence from 0 or 1 over chunks, and one that is broken', () => {
    const isSequence = (...chunks: number[][]): boolean => {
      const statistics = new NumberStatistics()
      for (const chunk of chunks) statistics.add(Float64Array.from(chunk))
      return statistics.isSequence
    }
    expect(isSequence([1, 2, 3], [4, 5])).toBe(true)
    expect(isSequence([0, 1], [2])).toBe(true)
    expect(isSequence([2, 3])).toBe(false)
    expect(isSequence([1, 2], [4])).toBe(false)
    expect(isSequence([1, NaN, 3])).toBe(false)
    expect(isSequence()).toBe(false)
  })
  it('calls numbers whole only where all are and none was written with decimals', () => {
    expect(describeAll([[1, 2]], 0).integer).toBe(true)
    expect(describeAll([[1, 2]], 1).integer).toBeUndefined()
    expect(describeAll([[1], [0.001]], 0).integer).toBeUndefined()
  })
})
