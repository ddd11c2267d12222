import { describe, expect, test } from 'vitest'
import { exportPca } from '../../../core/analyses/pca/export.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisResult, StoredResult } from '../../../core/contract/analysis.ts'
import { pcaOfRows, pcaOfTable, tableOf } from './fit-rows.ts'

const stored = (result: AnalysisResult<PcaSummary>): StoredResult<PcaSummary> => ({
  summary: result.summary,
  array: (name) => result.arrays[name]!,
  list: (name) => result.lists[name]!
})

// Worked by hand: the centred rows are ±(2, 1) and ±(1, −2)/2, so that the axes are (2, 1)/√5 and (1, −2)/√5 with
// squared lengths 5 + 5 and 1.25 + 1.25, divided by n − 1 = 3.
const rows = [
  [12, 21],
  [8, 19],
  [10.5, 19],
  [9.5, 21]
]

describe('runPca', () => {
  test('a table worked by hand', () => {
    const { summary, components, scores, loadings } = pcaOfRows(rows)
    expect(summary.mean).toEqual([10, 20])
    expect(summary.scale).toEqual([1, 1])
    expect(summary.explainedVariance[0]).toBeCloseTo(10 / 3, 14)
    expect(summary.explainedVariance[1]).toBeCloseTo(2.5 / 3, 14)
    expect(summary.explainedVarianceRatio[0]).toBeCloseTo(0.8, 14)
    expect(summary.singularValues[0]).toBeCloseTo(Math.sqrt(10), 14)
    expect(summary.totalVariance).toBeCloseTo(12.5 / 3, 14)
    expect(summary.certificate.eigengap).toBeCloseTo(0.75, 14)
    const [two, one] = [2 / Math.sqrt(5), 1 / Math.sqrt(5)]
    // The largest entry is positive: the second axis is (−1, 2)/√5.
    closeTo(components.flat(), [two, one, -one, two])
    closeTo(scores.flat(), [Math.sqrt(5), 0, -Math.sqrt(5), 0, 0, -Math.sqrt(1.25), 0, Math.sqrt(1.25)])
    closeTo(loadings[0]!, [two * Math.sqrt(10 / 3), -one * Math.sqrt(2.5 / 3)])
    expect(summary).toMatchObject({
      signRule: 'largest-positive',
      divisor: 'n-1',
      solver: 'eigh-covariance',
      notes: []
    })
    expect(summary.solverReason).toBe('4 rows and 2 columns: the 2 × 2 covariance matrix is the smaller problem.')
  })

  test('the gap to the first discarded eigenvalue counts', () => {
    const three = rows.map((row, i) => [...row, i % 2 === 0 ? 100 : -100])
    const all = pcaOfRows(three).spectrum
    const { certificate } = pcaOfRows(three, { nComponents: 1 }).summary
    expect(certificate.eigengap).toBeCloseTo((all[0]! - all[1]!) / all[0]!, 14)
  })

  test('loadings of standardized columns are the correlations of columns and scores', () => {
    const { loadings, scores, summary } = pcaOfRows(rows, { scale: 'unit' })
    closeTo(summary.scale, [Math.sqrt(8.5 / 3), Math.sqrt(4 / 3)])
    for (let j = 0; j < 2; j++) {
      for (let k = 0; k < 2; k++) {
        const z = rows.map((row) => (row[j]! - summary.mean[j]!) / summary.scale[j]!)
        const covariance = z.reduce((sum, value, i) => sum + value * scores[i]![k]!, 0) / 3
        expect(loadings[j]![k]).toBeCloseTo(covariance / Math.sqrt(summary.explainedVariance[k]!), 13)
      }
    }
  })

  test('rows with a missing cell are dropped, or the cell takes the mean; both are said', () => {
    const holes = [...rows, [NaN, 1000]]
    const dropped = pcaOfRows(holes)
    expect(dropped.summary.dropped).toEqual([{ row: 4, line: 6, columns: ['a'] }])
    expect(dropped.summary.explainedVariance).toEqual(pcaOfRows(rows).summary.explainedVariance)
    expect(dropped.result.arrays['rowsUsed']!.data).toEqual(Int32Array.of(0, 1, 2, 3))
    expect(dropped.summary.notes).toEqual(['1 row with a missing value was left out.'])
    const filled = pcaOfRows(holes, { missing: 'mean' })
    expect(filled.summary.nSamples).toBe(5)
    expect(filled.summary.mean[0]).toBe(10)
    expect(filled.summary.imputed['a']).toBe(1)
    expect(filled.summary.notes).toEqual(['1 missing cell of a was filled with the column mean.'])
  })

  test('columns are taken in the order chosen, the others are not read', () => {
    const { summary } = pcaOfTable(tableOf(rows.map((row) => [...row, NaN])), { columns: ['b', 'a'], nComponents: 2 })
    expect(summary.columns).toEqual(['b', 'a'])
    expect(summary.mean).toEqual([20, 10])
    expect(summary.dropped).toEqual([])
  })

  test('the reason for the solver holds the numbers', () => {
    const wide = (nColumns: number): string =>
      pcaOfRows([0, 1, 2].map((i) => Array.from({ length: nColumns }, (_, j) => (i * (j + 1)) % 5))).summary
        .solverReason
    expect(wide(65)).toBe(
      '3 rows and 65 columns: the 3 × 3 matrix of inner products of the rows is smaller than the 65 × 65 covariance matrix.'
    )
    expect(wide(64)).toBe('3 rows and 64 columns: the 64 × 64 covariance matrix is small enough to decompose directly.')
  })
})

describe('exportPca', () => {
  const holes = [...rows.slice(0, 2), [NaN, 0], ...rows.slice(2)]
  const { result, components, scores } = pcaOfRows(holes)
  const tables = exportPca(stored(result), ['Ann', 'Bob', 'Cy', 'Di', 'Ed'])
  const columnsOf = (name: string): Record<string, unknown[]> =>
    Object.fromEntries(
      tables.find((table) => table.name === name)!.columns.map((c) => [c.name, Array.from<unknown>(c.values)])
    )

  test('offers scores, loadings, components and explained variance', () => {
    expect(tables.slice(0, 4).map((table) => table.name)).toEqual([
      'scores',
      'loadings',
      'components',
      'explained-variance'
    ])
  })

  test('offers cos², contributions and diagnostics, which fulfil what defines them', () => {
    const withArrays = { ...stored(result), arrays: Object.keys(result.arrays) }
    const more = exportPca(withArrays, null)
    const column = (table: string, name: string): number[] =>
      Array.from<number>(more.find((t) => t.name === table)!.columns.find((c) => c.name === name)!.values as never)
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
    for (const table of ['row-contributions', 'column-contributions']) {
      for (const component of ['PC1', 'PC2']) expect(sum(column(table, component))).toBeCloseTo(100, 10)
    }
    // With every component kept nothing of a row or a column is left over.
    for (const table of ['row-cos2', 'column-cos2']) {
      const [first, second] = [column(table, 'PC1'), column(table, 'PC2')]
      closeTo(
        first.map((value, i) => value + second[i]!),
        first.map(() => 1)
      )
    }
    closeTo(
      column('column-correlations', 'PC1').map((r) => r * r),
      column('column-cos2', 'PC1')
    )
    // Σ T² = (n − 1)·K.
    expect(sum(column('diagnostics', 'T2'))).toBeCloseTo(3 * 2, 10)
    closeTo(column('diagnostics', 'Q'), [0, 0, 0, 0])
    expect(sum(column('diagnostics', 'squared distance'))).toBeCloseTo(3 * result.summary.totalVariance, 10)
  })

  test('scores carry the row of the dataset, counted from 1, and its name', () => {
    expect(columnsOf('scores')).toEqual({
      row: [1, 2, 4, 5],
      label: ['Ann', 'Bob', 'Di', 'Ed'],
      PC1: scores.map((row) => row[0]),
      PC2: scores.map((row) => row[1])
    })
    expect(exportPca(stored(result), null)[0]!.columns.map((column) => column.name)).toEqual(['row', 'PC1', 'PC2'])
  })

  test('loadings and components have a row a column of the data', () => {
    expect(columnsOf('components')).toEqual({ column: ['a', 'b'], PC1: components[0], PC2: components[1] })
    const { explainedVariance } = result.summary
    closeTo(
      columnsOf('loadings')['PC2'] as number[],
      components[1]!.map((value) => value * Math.sqrt(explainedVariance[1]!))
    )
  })

  test('explained variance adds up', () => {
    const variance = columnsOf('explained-variance')
    expect(Object.keys(variance)).toEqual(['component', 'eigenvalue', 'ratio', 'cumulative', 'singular value'])
    expect(variance['component']).toEqual(['PC1', 'PC2'])
    closeTo(variance['cumulative'] as number[], [0.8, 1])
  })
})

function closeTo(ours: number[], expected: number[]): void {
  expect(ours).toHaveLength(expected.length)
  expected.forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 13))
}
