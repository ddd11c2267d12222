import { describe, expect, test } from 'vitest'
import { runRotation } from '../../../core/analyses/pca/studies/rotation/run.ts'
import { rotationParamsSchema, rotationSpec } from '../../../core/analyses/pca/studies/rotation/spec.ts'
import { writeJsonObject, type Printable } from '../../../core/cli/json-stream.ts'
import type { PcaOutcome } from '../../../core/cli/pca/piece.ts'
import { variablesPiece } from '../../../core/cli/pca/variables.ts'
import { errorOf, paramsFor, pcaOfRows, tableOf, unwatchedRun } from '../pca/fit-rows.ts'

const rows = [
  [7, 26, 6, 60],
  [1, 29, 15, 52],
  [11, 56, 8, 20],
  [11, 31, 8, 47],
  [7, 52, 6, 33],
  [11, 55, 9, 22],
  [3, 71, 17, 6]
]
const table = tableOf(rows)

/** What is printed of a fit, with a study that runs at once. */
async function printed(values: PcaOutcome['values']): Promise<Record<string, unknown>> {
  const { result, summary } = pcaOfRows(rows, { scale: 'unit', nComponents: 3 })
  const arrays = { ...result.arrays }
  const params = paramsFor(table, { scale: 'unit', nComponents: 3 })
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
      const complete = rotationParamsSchema.parse(rotationSpec.defaults({ params, summary }, asked))
      const found = runRotation({ table, params, summary, array: (name) => arrays[name] }, complete, unwatchedRun)
      for (const [name, array] of Object.entries(found.arrays)) arrays[`${kind}.${name}`] = array
      const plain = JSON.parse(JSON.stringify(found.summary)) as Record<string, never>
      return Promise.resolve({ kind, params: complete, summary: plain, milliseconds: 1, createdAt: '' })
    }
  }
  const entries: [string, Printable][] = await variablesPiece.entries(outcome)
  let text = ''
  writeJsonObject(entries, (part) => (text += part))
  return JSON.parse(text) as Record<string, unknown>
}

describe('the columns of a fit on the command line', () => {
  test('one row of K values a column: correlations, cos², contributions that sum to 100', async () => {
    const found = await printed({})
    const r = found['correlations'] as number[][]
    expect([r.length, r[0]!.length]).toEqual([4, 3])
    const squares = (found['cos2'] as { columns: number[][] }).columns
    r.forEach((row, j) => row.forEach((value, k) => expect(squares[j]![k]).toBeCloseTo(value * value, 14)))
    const percent = (found['contributions'] as { columns: number[][] }).columns
    for (let k = 0; k < 3; k++) {
      expect(percent.reduce((sum, row) => sum + row[k]!, 0)).toBeCloseTo(100, 11)
    }
    expect(found['rotation']).toBeUndefined()
  })

  test('an orthogonal rotation has loadings, an oblique one pattern and structure', async () => {
    const varimax = (await printed({ rotate: 'varimax' }))['rotation'] as object
    expect(Object.keys(varimax)).toEqual([
      ...['method', 'kaiser', 'nComponents', 'loadings', 'correlations', 'matrix', 'explainedVariance'],
      ...['explainedVarianceRatio', 'scores', 'starts', 'reached', 'notes']
    ])
    expect(varimax).toMatchObject({ method: 'varimax', kaiser: true, nComponents: 3 })
    const oblimin = (await printed({ rotate: 'oblimin', gamma: '-1' }))['rotation'] as object
    expect(Object.keys(oblimin)).toEqual(expect.arrayContaining(['pattern', 'structure']))
    expect(oblimin).toMatchObject({ method: 'oblimin', kaiser: false })
    expect((await printed({ rotate: 'promax', power: '3', starts: '4' }))['rotation']).toMatchObject({
      starts: 4,
      reached: 4
    })
    const turned = (await printed({ rotate: 'oblimin', kaiser: 'yes' }))['rotation']
    expect(turned).toMatchObject({ kaiser: true })
  })

  test('a method that is none is refused with those there are', async () => {
    const thrown: unknown = await printed({ rotate: 'varimin' }).catch((error: unknown) => error)
    const { message } = errorOf(() => {
      throw thrown
    })
    expect(message).toContain('varimax, quartimax, equamax, promax, oblimin')
  })
})
