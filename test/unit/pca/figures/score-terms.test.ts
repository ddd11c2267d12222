import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreTerms, termBars } from '../../../../core/analyses/pca/figures/score-terms.ts'

// Row 118 of iris, unit variance: means and standard deviations as R's scale() gives them, weights as prcomp's.
const mean = [5.843333, 3.057333, 3.758, 1.199333]
const sd = [0.8280661, 0.4358663, 1.7652982, 0.7622377]
const weights = [0.5210659, -0.2693474, 0.5804131, 0.5648565]

describe('the terms of a score', () => {
  test('of row 118 of iris sum to 2.418, the largest first', () => {
    const { terms, rest, total } = scoreTerms([7.7, 3.8, 6.7, 2.2], mean, sd, weights, 20)
    expect(terms.map((term) => term.column)).toEqual([0, 2, 3, 1])
    expect(terms.map((term) => term.value.toFixed(3))).toEqual(['1.168', '0.967', '0.742', '-0.459'])
    expect(total).toBeCloseTo(2.418, 3)
    expect(rest).toBeNull()
  })

  test('the small ones of many are summed', () => {
    const { terms, rest } = scoreTerms([1, 2, 3, 4], [0, 0, 0, 0], [1, 1, 1, 1], [0.1, 0.1, 0.1, -0.1], 2)
    expect(terms.map((term) => term.column)).toEqual([3, 2])
    expect(rest?.count).toBe(2)
    expect(rest?.sum).toBeCloseTo(0.3, 12)
  })

  test('no column at all sums to 0', () => {
    expect(scoreTerms([], [], [], [], 20)).toEqual({ terms: [], rest: null, total: 0 })
  })

  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  test('those named and the rest make the total, which is the scalar product', () => {
    const columns = fc.array(fc.tuple(value, value, fc.double({ min: 0.01, max: 100, noNaN: true }), value))
    fc.assert(
      fc.property(columns, fc.nat(30), (table, most) => {
        const column = (at: 0 | 1 | 2 | 3): number[] => table.map((values) => values[at])
        const found = scoreTerms(column(0), column(1), column(2), column(3), most)
        const parts = table.map(([cell, middle, divisor, weight]) => ((cell - middle) / divisor) * weight)
        const product = parts.reduce((sum, part) => sum + part, 0)
        const size = parts.reduce((sum, part) => sum + Math.abs(part), 0)
        const named = found.terms.reduce((sum, term) => sum + term.value, 0)
        expect(Math.abs(found.total - product)).toBeLessThanOrEqual(1e-12 * size)
        expect(Math.abs(named + (found.rest?.sum ?? 0) - found.total)).toBeLessThanOrEqual(1e-12 * size)
        expect(found.terms.length + (found.rest?.count ?? 0)).toBe(table.length)
      })
    )
  })
})

describe('the bars of the terms', () => {
  test('stand on one zero', () => {
    expect(termBars([3, -1])).toEqual({
      zero: 0.25,
      bars: [
        { from: 0.25, to: 1 },
        { from: 0, to: 0.25 }
      ]
    })
  })
  test('of nothing but zeros are empty', () => {
    expect(termBars([0, 0])).toEqual({
      zero: 0,
      bars: [
        { from: 0, to: 0 },
        { from: 0, to: 0 }
      ]
    })
  })
})
