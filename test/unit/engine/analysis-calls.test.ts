import { describe, expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

async function openSample(client: LocalClient): Promise<{ datasetId: string; analysisId: string }> {
  const { jobId } = await client.call('sample.open', { sample: 'iris' })
  const { datasetId, analysisId } = await client.finish(jobId)
  return { datasetId: datasetId!, analysisId: analysisId! }
}

describe('a run in the place of another', () => {
  it('keeps the name a person gave, and renews the one the program gave', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const { datasetId, analysisId } = await openSample(client)
    let shown = analysisId
    const rerun = async (scale: string): Promise<string> => {
      const request = { datasetId, kind: 'pca' as const, params: { scale }, replaces: shown }
      const outcome = await client.finish((await client.call('analysis.run', request)).jobId)
      expect(outcome.replaced).toBe(shown)
      shown = outcome.analysisId!
      return (await client.call('analysis.get', { analysisId: shown })).name
    }
    expect(await rerun('none')).toBe('PCA, unscaled')
    await client.call('analysis.rename', { analysisId: shown, name: 'Flowers' })
    expect(await rerun('unit')).toBe('Flowers')
    await client.call('analysis.rename', { analysisId: shown, name: 'PCA, unit variance of 1936' })
    expect(await rerun('none')).toBe('PCA, unit variance of 1936')
    await engine.close()
  })
})

describe('parameters that are not allowed', () => {
  it.each([
    [{ columns: [] }, 'Columns: choose at least one column.'],
    [{ nComponents: 1.5 }, 'Components: must be a whole number.'],
    [{ nComponents: 0 }, 'Components: must be at least 1.'],
    [{ nComponents: 'two' }, 'Components: must be a number.'],
    [{ scale: 'twice' }, 'Scale: must be one of none, unit, pareto, range, robust.'],
    [{ seed: 1e20 }, 'seed: must be at most 9007199254740991.']
  ])('%j is refused in plain words', async (params, message) => {
    const { engine, client } = openEngine(temporaryFolder())
    const { datasetId } = await openSample(client)
    await expect(client.call('analysis.run', { datasetId, kind: 'pca', params })).rejects.toMatchObject({
      data: { code: 'INVALID_PARAMETER', message }
    })
    await engine.close()
  })
})
