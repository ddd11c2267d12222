import { describe, expect, test } from 'vitest'
import { columnCorrelations } from '../../../core/analyses/pca/figures/column-measures.ts'
import { SCALES } from '../../../core/analyses/pca/scales.ts'
import { pcaParamsSchema } from '../../../core/analyses/pca/spec.ts'
import { pcaOfTable, tableOf } from './fit-rows.ts'

const rows = [
  [7, 26, 6, 5],
  [1, 29, 15, 5],
  [11, 56, 8, 5],
  [11, 31, 8, 5],
  [7, 52, 6, 5],
  [2, 55, 9, 5]
]
const table = { ...tableOf(rows), columns: [...tableOf(rows).columns] }
table.columns.push({ kind: 'number', name: 'w', values: Float64Array.from([1, 2, 1, 3, 1, 2]) })

describe.each(pcaParamsSchema.shape.centre.options)('centre %s', (centre) => {
  const cases = SCALES.flatMap((scale) =>
    (['n-1', 'n'] as const).flatMap((divisor) => [null, 'w'].map((weight) => ({ scale, divisor, weight })))
  )
  test.each(cases)(
    '$scale, $divisor, weight $weight: the squares of all loadings of a column sum to its deviation’s',
    (given) => {
      const columns = ['a', 'b', 'c', 'd']
      const { result, loadings } = pcaOfTable(table, { columns, nComponents: 4, centre, ...given })
      const deviations = result.arrays['deviations']!.data
      loadings.forEach((row, j) => {
        const squares = row.reduce((sum, value) => sum + value * value, 0)
        expect(Math.sqrt(squares)).toBeCloseTo(deviations[j]!, 9)
      })
      // The fourth column is constant: about the mean it has no spread, and correlates with nothing.
      if (centre !== 'none') expect(deviations[3]).toBe(0)
      const correlations = columnCorrelations(loadings.flat(), 4, deviations)
      expect(correlations.every((value) => Math.abs(value) <= 1)).toBe(true)
      if (given.scale === 'unit' && centre === 'mean') expect(deviations[0]).toBe(1)
    }
  )
})
