import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { preparedMatrix, type PcaStudyInput } from '../../../core/analyses/pca/prepared.ts'
import { SCALES } from '../../../core/analyses/pca/scales.ts'
import type { PcaParams } from '../../../core/analyses/pca/spec.ts'
import type { TableView } from '../../../core/contract/table.ts'
import { paramsFor, pcaOfTable, tableOf, type Fitted } from './fit-rows.ts'
import { close, measurements, spread } from './generated-rows.ts'

describe('the prepared matrix of a stored result', () => {
  const inputOf = (table: TableView, params: PcaParams, fit: Fitted): PcaStudyInput => ({
    table,
    params,
    summary: fit.summary,
    array: (name) => fit.result.arrays[name]
  })

  test('its projection on the components are the scores, whatever was asked for', () => {
    fc.assert(
      fc.property(
        measurements,
        fc.constantFrom(...SCALES),
        fc.constantFrom('mean', 'median', 'none'),
        fc.constantFrom('mean', 'iterative', 'drop'),
        fc.boolean(),
        (given, scale, centre, missing, hasWeights) => {
          const rows = spread(given).map((row, i) => [...row, 1 + (i % 3)])
          rows[2]![1] = NaN
          const table = tableOf(rows, ['a', 'b', 'c', 'd', 'w'])
          const params = paramsFor(table, {
            columns: ['a', 'b', 'c', 'd'],
            nComponents: 3,
            scale,
            centre,
            missing,
            weight: hasWeights ? 'w' : null,
            supplementaryRows: '1'
          })
          const fit = pcaOfTable(table, params)
          const { z } = preparedMatrix(inputOf(table, params, fit))
          expect([z.rows, z.columns]).toEqual([fit.scores.length, 4])
          const projected = fit.scores.flatMap((_, i) =>
            fit.components.map((component) => component.reduce((sum, v, j) => sum + v * z.data[i * 4 + j]!, 0))
          )
          close(projected, fit.scores.flat(), 1e-8)
        }
      ),
      { numRuns: 80 }
    )
  })
})
