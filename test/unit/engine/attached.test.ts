import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

async function clusterIris(client: LocalClient): Promise<{ datasetId: string; analysisId: string }> {
  const file = client.grant(join(repository, 'resources', 'samples', 'iris.csv'), 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const commit = await client.call('import.commit', { file, name: 'iris', dialect, columns: null, ragged })
  const datasetId = (await client.finish(commit.jobId)).datasetId!
  const params = { scale: 'unit', nComponents: 3, supplementaryRows: '1-10' }
  const run = await client.call('analysis.run', { datasetId, kind: 'pca', params })
  const analysisId = (await client.finish(run.jobId)).analysisId!
  const study = await client.call('study.run', { analysisId, kind: 'clusters' })
  await client.finish(study.jobId)
  return { datasetId, analysisId }
}

it('scores, clusters and a selection become columns of a dataset, which can be taken back', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const { datasetId, analysisId } = await clusterIris(client)
  const { createdAt } = (await client.call('study.get', { analysisId, kind: 'clusters' }))!
  const of = { analysisId, analysisName: 'PCA, unit variance' }
  const steps = [
    { kind: 'attach' as const, what: 'scores' as const, ...of, computedAt: '', nComponents: 2, column: 'PC' },
    {
      kind: 'attach' as const,
      what: 'clusters' as const,
      ...of,
      computedAt: createdAt,
      nComponents: 1,
      column: 'Cluster'
    },
    { kind: 'mark' as const, column: 'Selection', runs: [0, 3], chosen: 'selected', rest: 'rest' }
  ]
  const { reports, failure } = await client.call('preparation.preview', { datasetId, steps })
  expect(failure).toBeNull()
  expect(reports.map(({ text }) => text)).toEqual([
    'Scores of PCA, unit variance as PC1 to PC2',
    'Clusters of PCA, unit variance as Cluster; 10 rows had no part in it',
    'Marked 3 rows as selected in Selection'
  ])
  const { jobId } = await client.call('preparation.derive', { datasetId, steps, name: 'iris with clusters' })
  const made = (await client.finish(jobId)).datasetId!

  const scores = (await client.call('analysis.array', { analysisId, name: 'scores' })).data
  const beside = (await client.call('analysis.array', { analysisId, name: 'supplementaryScores' })).data
  const column = (await client.call('dataset.column', { datasetId: made, column: 'PC2' })) as { values: Float64Array }
  // Rows 1 to 10 were only projected: their scores are there too.
  expect(column.values[0]).toBe(beside[1])
  expect(column.values[10]).toBe(scores[1])
  const clusters = (await client.call('analysis.array', { analysisId, name: 'clusters.assignment' })).data
  const kept = (await client.call('dataset.column', { datasetId: made, column: 'Cluster' })) as { codes: Int32Array }
  expect(Array.from(kept.codes.slice(10))).toEqual(Array.from(clusters))
  expect(Array.from(kept.codes.slice(0, 10))).toEqual(Array(10).fill(-1))

  await client.call('history.undo', {})
  expect((await client.call('session.get', {})).datasets.map(({ name }) => name)).toEqual(['iris'])
  await engine.close()
})

it('clusters that were computed again are other clusters: the step says so', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const { datasetId, analysisId } = await clusterIris(client)
  const step = {
    kind: 'attach' as const,
    what: 'clusters' as const,
    analysisId,
    analysisName: 'PCA',
    computedAt: '2020-01-01',
    nComponents: 1,
    column: 'Cluster'
  }
  const { failure } = await client.call('preparation.preview', { datasetId, steps: [step] })
  expect(failure).toMatchObject({ step: 0, error: { code: 'RESULT_GONE' } })
  await engine.close()
})

it('the columns of a fit with its filled cells, and its rotated factors, become columns too', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const folder = temporaryFolder()
  const path = join(folder, 'gaps.csv')
  writeFileSync(path, 'a,b,c\n1,2,9\n2,,7\n4,8,5\n5,9,\n7,15,1\n3,5,6\n')
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const commit = await client.call('import.commit', { file, name: 'gaps', dialect, columns: null, ragged })
  const datasetId = (await client.finish(commit.jobId)).datasetId!
  const params = { scale: 'unit', missing: 'iterative', columns: ['a', 'b', 'c'], label: null }
  const run = await client.call('analysis.run', { datasetId, kind: 'pca', params })
  const analysisId = (await client.finish(run.jobId)).analysisId!
  const study = await client.call('study.run', { analysisId, kind: 'rotation', params: { nComponents: 2 } })
  await client.finish(study.jobId)
  const { createdAt } = (await client.call('study.get', { analysisId, kind: 'rotation' }))!
  const of = { kind: 'attach' as const, analysisId, analysisName: 'PCA' }
  const steps = [
    { ...of, what: 'filled' as const, computedAt: '', nComponents: 1, column: 'filled', columns: ['b', 'c'] },
    { ...of, what: 'factors' as const, computedAt: createdAt, nComponents: 2, column: 'RC' }
  ]
  const { jobId } = await client.call('preparation.derive', { datasetId, steps, name: 'gaps filled' })
  const made = (await client.finish(jobId)).datasetId!
  const values = async (column: string) =>
    Array.from(((await client.call('dataset.column', { datasetId: made, column })) as { values: Float64Array }).values)
  const filled = (await client.call('analysis.array', { analysisId, name: 'imputedValue' })).data
  expect(await values('b filled')).toEqual([2, filled[0], 8, 9, 15, 5])
  expect(await values('c filled')).toEqual([9, 7, 5, filled[1], 1, 6])
  expect(await client.call('dataset.imputed', { datasetId: made, rows: [0, 1, 2, 3] })).toEqual({
    'b filled': [1],
    'c filled': [3]
  })
  const factors = (await client.call('analysis.array', { analysisId, name: 'rotation.scores' })).data
  expect((await values('RC2'))[1]).toBe(factors[3])

  // The table itself, whole, is a table of the result.
  const tables = await client.call('export.tables', { analysisId })
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['imputed-table', 'imputed']))
  const out = join(folder, 'whole.csv')
  const job = await client.call('export.table', {
    analysisId,
    table: 'imputed-table',
    format: 'csv',
    file: client.grant(out, 'write')
  })
  await client.finish(job.jobId)
  expect(readFileSync(out, 'utf-8').split('\r\n')[2]).toBe(`2,${filled[0]},7`)
  await engine.close()
})
