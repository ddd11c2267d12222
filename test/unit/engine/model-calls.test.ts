import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pcaModelSchema } from '../../../core/contract/model.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

async function importFile(client: LocalClient, path: string): Promise<string> {
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'flowers', dialect, columns: null, ragged })
  return (await client.finish(jobId)).datasetId!
}

async function fitIris(client: LocalClient): Promise<{ datasetId: string; analysisId: string }> {
  const datasetId = await importFile(client, join(repository, 'resources', 'samples', 'iris.csv'))
  const params = { scale: 'unit', nComponents: 2 }
  const { jobId } = await client.call('analysis.run', { datasetId, kind: 'pca', params })
  return { datasetId, analysisId: (await client.finish(jobId)).analysisId! }
}

describe('the model of a result', () => {
  it('is written as a file, and placing the fitted rows by it returns their scores', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const { datasetId, analysisId } = await fitIris(client)
    const path = join(folder, 'model.json')
    const { bytes } = await client.call('model.write', { analysisId, file: client.grant(path, 'write') })
    const text = readFileSync(path, 'utf8')
    expect(bytes).toBe(Buffer.byteLength(text))
    const model = pcaModelSchema.parse(JSON.parse(text))
    expect(model).toMatchObject({
      name: 'PCA, unit variance',
      columns: ['sepal length', 'sepal width', 'petal length', 'petal width'],
      provenance: {
        dataset: 'flowers',
        source: { fileName: 'iris.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
      }
    })

    const source = { file: client.grant(path, 'read') }
    const { model: summary, match } = await client.call('model.match', { model: source, datasetId })
    expect(summary).toMatchObject({ nComponents: 2, nSamples: 150, dataset: 'flowers' })
    expect(match).toEqual({ matched: model.columns, missing: [], otherType: [], extra: ['species'] })

    const { jobId } = await client.call('model.project', { model: source, datasetId, name: 'flowers projected' })
    const made = (await client.finish(jobId)).datasetId!
    const { data: scores } = await client.call('analysis.array', { analysisId, name: 'scores' })
    for (const [k, column] of ['PC1', 'PC2'].entries()) {
      const projected = (await client.call('dataset.column', { datasetId: made, column })) as { values: Float64Array }
      projected.values.forEach((value, i) => expect(Math.abs(value - scores[i * 2 + k]!)).toBeLessThan(1e-12))
    }
    const { datasets } = await client.call('session.get', {})
    const { preparation, columns } = datasets.find(({ id }) => id === made)!
    expect(columns.map(({ name }) => name).slice(5)).toEqual(['PC1', 'PC2', 'T2', 'Q', 'PC1 cos2', 'PC2 cos2'])
    expect(preparation!.steps[0]!.report.text).toBe('Projected on 2 components of PCA, unit variance')
    await engine.close()
  })

  it('is refused where the columns are not there, where the file is none, and where the result is none', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const { analysisId } = await fitIris(client)
    const other = join(folder, 'other.csv')
    writeFileSync(other, 'sepal length,x\n1,2\n2,3\n')
    const datasetId = await importFile(client, other)
    const { match } = await client.call('model.match', { model: { analysisId }, datasetId })
    expect(match.missing).toEqual(['sepal width', 'petal length', 'petal width'])
    await expect(
      client.call('model.project', { model: { analysisId }, datasetId, name: 'none' })
    ).rejects.toMatchObject({ data: { code: 'MODEL_COLUMNS' } })

    for (const [text, reason] of [
      ['no json', 'it is no JSON'],
      ['{"$schema": "urn:eigendesk:pca-model:1", "kind": "pca"}', 'version']
    ] as const) {
      writeFileSync(join(folder, 'broken.json'), text)
      const file = client.grant(join(folder, 'broken.json'), 'read')
      await expect(client.call('model.match', { model: { file }, datasetId })).rejects.toMatchObject({
        data: { code: 'MODEL_INVALID', message: expect.stringContaining(reason) }
      })
    }
    await expect(client.call('model.match', { model: { analysisId: 'gone' }, datasetId })).rejects.toMatchObject({
      data: { code: 'ANALYSIS_UNKNOWN' }
    })
    await engine.close()
  })
})
