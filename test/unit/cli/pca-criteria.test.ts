import { describe, expect, test } from 'vitest'
import { pcaStudyRuns } from '../../../core/analyses/pca/studies/runs.ts'
import type { PcaStudyKind } from '../../../core/contract/study.ts'
import { pcaStudySpecs } from '../../../core/analyses/pca/studies/specs.ts'
import { criteriaPiece } from '../../../core/cli/pca/criteria.ts'
import { writeJsonObject } from '../../../core/cli/json-stream.ts'
import type { PcaOutcome } from '../../../core/cli/pca/piece.ts'
import { paramsFor, pcaOfTable, tableOf, unwatchedRun } from '../pca/fit-rows.ts'
import { factorTable } from '../stats/prepared-tables.ts'

/** What is printed of a fit, with studies that run at once. */
async function printed(rows: number[][], values: PcaOutcome['values']): Promise<Record<string, unknown>> {
  const table = tableOf(rows)
  const { result, summary } = pcaOfTable(table, { scale: 'unit' })
  const arrays = { ...result.arrays }
  const params = paramsFor(table, { scale: 'unit' })
  const outcome: PcaOutcome = {
    dataset: {} as PcaOutcome['dataset'],
    params,
    summary,
    values,
    array: (name) => Promise.resolve(arrays[name]!),
    has: (name) => name in arrays,
    column: () => Promise.reject(new Error('no column is read')),
    compare: () => Promise.reject(new Error('no run is compared')),
    study: (kind, asked) => {
      const spec = pcaStudySpecs[kind as PcaStudyKind]
      const complete = spec.params.parse(spec.defaults({ params, summary } as never, asked))
      const run = pcaStudyRuns[kind as PcaStudyKind]
      const input = { table, params, summary, array: (name: string) => arrays[name] }
      const found = run(input as never, complete as never, unwatchedRun)
      for (const [name, array] of Object.entries(found.arrays)) arrays[`${kind}.${name}`] = array
      const plain = JSON.parse(JSON.stringify(found.summary)) as Record<string, never>
      return Promise.resolve({
        kind,
        params: complete as Record<string, never>,
        summary: plain,
        milliseconds: 1,
        createdAt: ''
      })
    }
  }
  let text = ''
  writeJsonObject(await criteriaPiece.entries(outcome), (part) => (text += part))
  return JSON.parse(text) as Record<string, unknown>
}

const rows = factorTable(50, 5, 2, 0.4, 9)

describe('how many components, on the command line', () => {
  test('KMO and Bartlett stand there unasked, and are null where there are none', async () => {
    const found = await printed(rows, {})
    expect(Object.keys(found)).toEqual(['kmo', 'bartlett'])
    expect(Object.keys(found['bartlett'] as object)).toEqual(['chiSquare', 'df', 'p'])
    expect((found['kmo'] as { columns: number[] }).columns.length).toBe(5)
    expect(await printed(rows.slice(0, 4), {})).toEqual({ kmo: null, bartlett: null })
  })

  test('--criteria: a number for each rule, the curves beside them', async () => {
    const { criteria, criteriaCurves } = await printed(rows, { criteria: true, permutations: '20', folds: '5' })
    expect(Object.keys(criteria as object)).toEqual(['kaiser', 'brokenStick', 'parallel', 'gcv', 'press', 'mle'])
    expect(criteria).toMatchObject({ kaiser: 2, press: 2, parallel: { suggested: 2 } })
    expect((criteria as { parallel: { percentiles: number[] } }).parallel.percentiles.length).toBe(5)
    expect(criteriaCurves).toMatchObject({ parallel: { permutations: 20 }, press: { folds: 5 }, reasons: {} })
    const wide = (await printed(rows.slice(0, 4), { criteria: true }))['criteria']
    expect(wide).toMatchObject({ mle: null })
  })

  test('--bootstrap N: intervals of variances, shares and loadings', async () => {
    const found = (await printed(rows, { bootstrap: '30', align: 'permutation', seed: '3' }))['bootstrap']
    expect(found).toMatchObject({ resamples: 30, alignment: 'permutation', seed: 3, confidence: 95 })
    const { loadings, explainedVariance } = found as {
      loadings: { lower: number[][]; upper: number[][] }
      explainedVariance: { lower: number[] }
    }
    expect([loadings.lower.length, loadings.upper[0]!.length]).toEqual([5, 5])
    expect(explainedVariance.lower.length).toBe(5)
  })
})
