import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

it('two runs are compared: angles of their spaces, and scores laid on each other', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  const importIris = async (): Promise<string> => {
    const file = client.grant(join(repository, 'resources', 'samples', 'iris.csv'), 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const { jobId } = await client.call('import.commit', { file, name: 'iris', dialect, columns: null, ragged })
    return (await client.finish(jobId)).datasetId!
  }
  const run = async (datasetId: string, params: Record<string, unknown>): Promise<string> => {
    const { jobId } = await client.call('analysis.run', { datasetId, kind: 'pca', params })
    return (await client.finish(jobId)).analysisId!
  }
  const datasetId = await importIris()
  const plain = await run(datasetId, { nComponents: 2 })
  const fewer = await run(datasetId, { nComponents: 2, supplementaryRows: '1-10' })
  const same = await client.call('analysis.compare', { analysisId: plain, otherId: plain, nComponents: 2 })
  for (const angle of same.angles) expect(angle).toBeLessThan(1e-12)
  expect(same.aligned).toMatchObject({ rows: 150, agreement: expect.closeTo(1, 12), scale: expect.closeTo(1, 12) })

  const other = await client.call('analysis.compare', { analysisId: plain, otherId: fewer, nComponents: 10 })
  expect(other).toMatchObject({ nComponents: 2, columns: { shared: 4, onlyFirst: [], onlySecond: [] } })
  expect(other.aligned!.rows).toBe(140)
  expect(other.aligned!.agreement).toBeGreaterThan(0.99)
  expect(other.angles[1]!).toBeGreaterThan(other.angles[0]!)

  // Two disjoint sets of columns have nothing in common: right angles.
  const apart = await Promise.all([
    run(datasetId, { columns: ['sepal length', 'sepal width'], nComponents: 2 }),
    run(datasetId, { columns: ['petal length', 'petal width'], nComponents: 2 })
  ])
  const none = await client.call('analysis.compare', { analysisId: apart[0], otherId: apart[1], nComponents: 2 })
  for (const angle of none.angles) expect(angle).toBeCloseTo(Math.PI / 2, 12)
  expect(none.columns).toEqual({
    shared: 0,
    onlyFirst: ['sepal length', 'sepal width'],
    onlySecond: ['petal length', 'petal width']
  })

  // Rows of another dataset cannot be matched.
  const elsewhere = await run(await importIris(), { nComponents: 2 })
  const across = await client.call('analysis.compare', { analysisId: plain, otherId: elsewhere, nComponents: 2 })
  expect(across.aligned).toBeNull()
  for (const angle of across.angles) expect(angle).toBeLessThan(1e-12)
  await engine.close()
})
