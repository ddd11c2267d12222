import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadRows } from '../../../../core/analyses/pca/figures/spread-rows.ts'

test('the first row of each place, and no more', () => {
  // A grid of 2 × 2 from 0 to 10: the second row shares the place of the first, the last that of the third.
  expect(spreadRows([1, 2, 9, 1, 10], [1, 4, 1, 9, 0], 2)).toEqual([0, 2, 3])
  expect(spreadRows([0, 0, 0], [0, 0, 0], 8)).toEqual([0])
  expect(spreadRows([1, NaN, 2], [1, 1, Infinity], 4)).toEqual([0])
  expect(spreadRows([], [], 4)).toEqual([])
})

test('near every row, within a place of the grid, one is chosen', () => {
  // Not so small that a place of the grid rounds to nothing.
  const value = (max: number) => fc.double({ min: 0, max, noNaN: true }).map((drawn) => (drawn < 1e-300 ? 0 : drawn))
  const values = fc.array(fc.tuple(value(1e6), value(3)), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 12 }), (pairs, side) => {
      const [x, y] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)]
      const chosen = spreadRows(x, y, side)
      expect(chosen.length).toBeLessThanOrEqual(side * side)
      const reach = { x: (Math.max(...x) || 1) / side, y: (Math.max(...y) || 1) / side }
      for (const [row, value] of x.entries()) {
        const isNear = (other: number): boolean =>
          Math.abs(x[other]! - value) <= reach.x * 1.000001 && Math.abs(y[other]! - y[row]!) <= reach.y * 1.000001
        expect(chosen.some(isNear)).toBe(true)
      }
    })
  )
})
