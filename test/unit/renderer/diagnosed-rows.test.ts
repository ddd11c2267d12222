import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterEachOther,
  excessOf,
  orderBy,
  projectedCos2,
  rowsWithValue,
  seenShare
} from '../../../renderer/analyses/pca/diagnosed-rows.ts'

describe('rows with their diagnostics', () => {
  test('supplementary rows are counted on after the fitted ones', () => {
    const fitted = Float64Array.of(1, 2)
    expect(afterEachOther(fitted, [3])).toEqual(Float64Array.of(1, 2, 3))
    expect(afterEachOther(fitted, [])).toBe(fitted)
  })

  test('a row is as far beyond its limits as beyond the nearer one; without limits T² leads', () => {
    const rows = { t2: Float64Array.of(2, 12), q: Float64Array.of(9, 1) }
    expect(excessOf(rows, { t2Limit: 6, qLimit: 3 })).toEqual(Float64Array.of(3, 2))
    expect(excessOf(rows, { t2Limit: 6, qLimit: null })).toEqual(Float64Array.of(1 / 3, 2))
    expect(excessOf(rows, { t2Limit: null, qLimit: null })).toBe(rows.t2)
  })

  test('what a measure is not defined for stands last in either direction', () => {
    const value = fc.oneof(fc.constant(NaN), fc.integer({ min: -9, max: 9 }))
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 30 }),
        fc.constantFrom<('ascending' | 'descending')[]>('ascending', 'descending'),
        (values, direction) => {
          const order = orderBy(values, direction, values.length)
          expect(new Set(order).size).toBe(values.length)
          const defined = values
            .filter((one) => !Number.isNaN(one))
            .sort((a, b) => (direction === 'ascending' ? a - b : b - a))
          // −0 and 0 are one place
          expect(order.map((point) => values[point]! + 0).slice(0, defined.length)).toEqual(
            defined.map((one) => one + 0)
          )
        }
      )
    )
  })

  test('of rows of another dataset those with scores count, and what is seen of them on the shown components', () => {
    const [first, second] = [Float64Array.of(3, NaN, 0, 2), Float64Array.of(0, NaN, 0, 1)]
    const distances = Float64Array.of(18, NaN, 0, 4)
    expect([...rowsWithValue(distances)]).toEqual([0, 2, 3])
    // Nothing represents a row at the centre; rounding never makes a share more than all.
    expect([...seenShare([first], distances)]).toEqual([0.5, NaN, 0, 1])
    expect([...seenShare([first, second], distances)]).toEqual([0.5, NaN, 0, 1])
  })

  test('the share of a projected row on some components, of its distance in all columns', () => {
    // (3, 4) of a row at distance 50: the other half lies outside of both.
    const rows = { scores: [3, 4, 0, 0], distances: [50, 0] }
    expect(projectedCos2(rows, [0], 2)).toEqual(Float64Array.of(9 / 50, 0))
    expect(projectedCos2(rows, [0, 1], 2)).toEqual(Float64Array.of(0.5, 0))
  })
})
