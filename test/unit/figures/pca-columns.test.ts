import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arrowScale,
  BIPLOT_SCALINGS,
  biplotFactors,
  supplementaryScale
} from '../../../core/analyses/pca/figures/biplot.ts'
import { largestOn, strongestColumns } from '../../../core/analyses/pca/figures/column-choice.ts'
import {
  columnContributions,
  columnCorrelations,
  columnCos2,
  communalities,
  jointContributions
} from '../../../core/analyses/pca/figures/column-measures.ts'
import { pcaOfRows } from '../pca/fit-rows.ts'

const rows = [
  [7, 26, 6, 60],
  [1, 29, 15, 52],
  [11, 56, 8, 20],
  [11, 31, 8, 47],
  [7, 52, 6, 33],
  [11, 55, 9, 22],
  [3, 71, 17, 6]
]
const { result, summary } = pcaOfRows(rows)
const loadings = result.arrays['loadings']!.data
const means = summary.mean
const deviations = means.map((mean, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / 6))
const nonZero = fc.double({ min: 1e-150, max: 1e150, noNaN: true })

describe('measures of columns', () => {
  test('a correlation is that of the cells with the scores', () => {
    const correlations = columnCorrelations(loadings, 4, deviations)
    const scores = result.arrays['scores']!.data
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        const product = rows.reduce((sum, row, i) => sum + (row[j]! - means[j]!) * scores[i * 4 + k]!, 0)
        const expected = product / 6 / deviations[j]! / Math.sqrt(summary.explainedVariance[k]!)
        // The last component has hardly any variance: its correlation is known to fewer digits.
        expect(correlations[j * 4 + k]!).toBeCloseTo(expected, 8)
      }
    }
  })

  test('all components hold all of a column: cos² sums to 1, and so does the communality', () => {
    const correlations = columnCorrelations(loadings, 4, deviations)
    const cos2 = columnCos2(correlations)
    for (let j = 0; j < 4; j++) {
      expect(cos2.subarray(j * 4, j * 4 + 4).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    }
    communalities(correlations, 4, 4).forEach((value) => expect(value).toBeCloseTo(1, 12))
    const two = communalities(correlations, 4, 2)
    two.forEach((value, j) => expect(value).toBeCloseTo(cos2[j * 4]! + cos2[j * 4 + 1]!, 12))
    expect(communalities(correlations, 4, 9)).toEqual(communalities(correlations, 4, 4))
  })

  test('contributions of any columns sum to 100 whatever their size', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nonZero, nonZero), { minLength: 1, maxLength: 30 }), (pairs) => {
        const contributions = columnContributions(pairs.flat(), 2)
        for (const k of [0, 1]) {
          const sum = pairs.reduce((total, _, j) => total + contributions[j * 2 + k]!, 0)
          expect(Math.abs(sum - 100)).toBeLessThan(1e-11)
        }
      })
    )
  })

  test('a plane is made of its components by their variance, and sums to 100', () => {
    const contributions = columnContributions(loadings, 4)
    const plane = jointContributions(contributions, 4, summary.explainedVariance, [0, 1])
    const [first, second] = summary.explainedVariance as [number, number]
    expect(plane[2]!).toBeCloseTo((first * contributions[8]! + second * contributions[9]!) / (first + second), 12)
    expect(plane.reduce((sum, value) => sum + value, 0)).toBeCloseTo(100, 11)
  })

  test('a constant column and a component without variance give zeros, never NaN', () => {
    const flat = [0.5, 0, 0.5, 0, 0, 0]
    expect([...columnCorrelations(flat, 2, [0.5, 1, 0])]).toEqual([1, 0, 0.5, 0, 0, 0])
    expect([...columnContributions(flat, 2)]).toEqual([50, 0, 50, 0, 0, 0])
    expect([...jointContributions([0, 0], 1, [0], [0])]).toEqual([0, 0])
    expect([...columnContributions([], 0), ...communalities([], 0, 2)]).toEqual([])
  })

  test('a correlation that rounding lifts above 1 is 1', () => {
    expect([...columnCorrelations([1.0000000000000002, -1.0000000000000002], 1, [1, 1])]).toEqual([1, -1])
  })
})

describe('choosing columns', () => {
  test('the strongest that reach the threshold, and how many do', () => {
    const strengths = [0.2, 0.9, 0.5, 0.9, 0.4]
    expect(strongestColumns(strengths, 0.4, 3)).toEqual({ columns: [1, 3, 2], reaching: 4 })
    expect(strongestColumns(strengths, 1, 3)).toEqual({ columns: [], reaching: 0 })
    // A constant column has no direction, and none of its own among those that reach the threshold.
    expect(strongestColumns([0.2, 0, 0.4], 0, 3, new Set([1]))).toEqual({ columns: [2, 0], reaching: 2 })
  })

  test('strength on several components is the largest there', () => {
    expect([...largestOn([0.1, -0.8, 0.3, 0.2, 0.1, 0.9], 3, [0, 1])]).toEqual([0.8, 0.2])
  })
})

describe('biplot', () => {
  test.each(BIPLOT_SCALINGS)('%s: over all components row · column is the centred cell', (scaling) => {
    const factors = biplotFactors(summary.explainedVariance, scaling)
    const scores = result.arrays['scores']!.data
    rows.forEach((row, i) => {
      row.forEach((cell, j) => {
        let product = 0
        for (let k = 0; k < 4; k++) {
          product += scores[i * 4 + k]! * factors.rows[k]! * loadings[j * 4 + k]! * factors.columns[k]!
        }
        expect(product).toBeCloseTo(cell - means[j]!, 10)
      })
    })
  })

  test('form keeps distances of rows, covariance the deviations of columns', () => {
    expect(biplotFactors([4, 1], 'form')).toEqual({ rows: [1, 1], columns: [0.5, 1] })
    expect(biplotFactors([4, 1], 'covariance')).toEqual({ rows: [0.5, 1], columns: [1, 1] })
    expect(biplotFactors([16, 0], 'symmetric')).toEqual({ rows: [0.5, 0], columns: [0.5, 0] })
  })

  test('the longest arrow reaches nearly as far as the rows; two digits are told', () => {
    // three quarters of the furthest row, over the longest arrow, to two digits
    expect(arrowScale(3, 0.7)).toBe(3.2)
    expect(arrowScale(3, 0)).toBe(1)
    expect(arrowScale(0, 1)).toBe(1)
    expect(arrowScale(2e6, 1)).toBe(1_500_000)
  })

  test('supplementary columns in units of their own are brought to the length of the fitted ones, others are left', () => {
    expect(supplementaryScale(4, 300)).toBe(0.013) // 4/300 to two digits
    expect(supplementaryScale(4, 8)).toBe(1)
    expect(supplementaryScale(4, 0)).toBe(1)
    expect(supplementaryScale(0, 5)).toBe(1)
  })
})
