import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cornerOf, GAP, productsOf } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import { pcaOfRows } from '../fit-rows.ts'

describe('the corner of a long list', () => {
  test('is all of few', () => {
    expect(cornerOf(4, 6)).toEqual([0, 1, 2, 3])
    expect(cornerOf(0, 6)).toEqual([])
  })
  test('shows the first, those wanted and the last, and where others are left out', () => {
    expect(cornerOf(150, 4, [117])).toEqual([0, 1, GAP, 117, GAP, 149])
    expect(cornerOf(150, 4, [1])).toEqual([0, 1, 2, GAP, 149])
    expect(cornerOf(7, 6, [6])).toEqual([0, 1, 2, 3, 4, GAP, 6])
    expect(cornerOf(150, 4, [-1, 200])).toEqual([0, 1, 2, GAP, 149])
  })
  test('has the number of places asked for, ascending, each once', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 3, max: 12 }), fc.array(fc.nat(300)), (total, most, wanted) => {
        const shown = cornerOf(total, most, wanted).filter((position) => position !== GAP)
        expect(shown).toHaveLength(Math.min(total, most))
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b))
        expect(shown.every((position) => position < total)).toBe(true)
      })
    )
  })
})

describe('products of rows', () => {
  test('are divided, and weighted where weights are given', () => {
    expect(
      productsOf(
        [
          [1, 2],
          [3, 4]
        ],
        2
      )
    ).toEqual([
      [2.5, 5.5],
      [5.5, 12.5]
    ])
    expect(productsOf([[1, 2]], 1, [2, 0.5])).toEqual([[4]])
  })
})

test('the covariance matrix is made again from all components: V Λ Vᵀ', () => {
  const rows = [
    [1, 2, 0],
    [2, 1, 5],
    [4, 3, 1],
    [0, 7, 2],
    [3, 3, 3]
  ]
  const { components, summary } = pcaOfRows(rows)
  const loadings = [0, 1, 2].map((j) =>
    summary.explainedVariance.map((variance, k) => components[k]![j]! * Math.sqrt(variance))
  )
  const centred = [0, 1, 2].map((j) => rows.map((row) => row[j]! - summary.mean[j]!))
  const direct = productsOf(centred, rows.length - 1)
  productsOf(loadings, 1).forEach((row, i) => row.forEach((entry, j) => expect(entry).toBeCloseTo(direct[i]![j]!, 12)))
})
