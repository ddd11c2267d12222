import { describe, expect, test } from 'vitest'
import { correlationWithScores } from '../../../../core/analyses/pca/figures/column-correlation.ts'
import { pointsInside } from '../../../../core/analyses/pca/figures/points-inside.ts'
import { pcaOfRows } from '../fit-rows.ts'

describe('a column that was not fitted', () => {
  const rows = [
    [7, 26, 6],
    [1, 29, 15],
    [11, 56, 8],
    [11, 31, 8],
    [7, 52, 6]
  ]
  const { result, scores } = pcaOfRows(rows, { scale: 'unit' })
  const rowsUsed = result.arrays['rowsUsed']!.data
  const first = scores.map((row) => row[0]!)

  test('a fitted column, taken as supplementary, has the correlation of its loading', () => {
    for (const j of [0, 1, 2]) {
      const values = rows.map((row) => row[j]!)
      const r = correlationWithScores(values, rowsUsed, first, null)
      expect(r).toBeCloseTo(result.arrays['loadings']!.data[j * 3]!, 12)
    }
  })

  test('rows without a value are left out, and a weight counts as so many rows', () => {
    const values = [60, NaN, 20, 47, 33]
    const present = [0, 2, 3, 4]
    const alone = correlationWithScores(
      present.map((i) => values[i]!),
      [0, 1, 2, 3],
      present.map((i) => first[i]!),
      null
    )
    expect(correlationWithScores(values, rowsUsed, first, null)).toBeCloseTo(alone, 14)
    const twice = [0, 0, 2, 3, 4]
    const repeated = correlationWithScores(
      twice.map((i) => values[i]!),
      [0, 1, 2, 3, 4],
      twice.map((i) => first[i]!),
      null
    )
    expect(correlationWithScores(values, rowsUsed, first, [2, 1, 1, 1, 1])).toBeCloseTo(repeated, 12)
  })

  test('what does not vary has no correlation', () => {
    expect(correlationWithScores([5, 5, 5, 5, 5], rowsUsed, first, null)).toBe(0)
    expect(correlationWithScores([NaN, NaN, NaN, NaN, NaN], rowsUsed, first, null)).toBe(0)
    expect(correlationWithScores([NaN, 3, NaN, NaN, NaN], rowsUsed, first, null)).toBe(0)
  })
})

describe('points inside an outline', () => {
  test('a square, and an outline that turns inwards', () => {
    const x = [0, 0.5, 2, 0.5, 0.9]
    const y = [0.5, 0.5, 0.5, 2, 0.1]
    expect(pointsInside(x, y, { x: [-1, 1, 1, -1], y: [-1, -1, 1, 1] })).toEqual([0, 1, 4])
    // An arrow head pointing left, with a notch at its right side.
    expect(pointsInside([0.1, 0.9], [0.5, 0.5], { x: [0, 1, 0.4, 1], y: [0.5, 0, 0.5, 1] })).toEqual([0])
  })
})
