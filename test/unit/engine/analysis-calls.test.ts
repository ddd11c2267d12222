import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

describe('a large result', () => {
  it('is looked at while it is stored, and calls that change it wait for that', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const file = join(folder, 'large.csv')
    const lines = Array.from({ length: 150_000 }, (_, i) => `${(i * 7919) % 1009},${(i * 104729) % 997},${i % 13},${i}`)
    writeFileSync(file, `a,b,c,d\n${lines.join('\n')}\n`)
    const token = client.grant(file, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file: token })
    const imported = await client.call('import.commit', { file: token, name: 'large', dialect, columns: null, ragged })
    const { datasetId } = await client.finish(imported.jobId)
    const events: string[] = []
    client.onEvent((event) => {
      if (event.event === 'job.finished') events.push('finished')
      if (event.event !== 'job.shown') return
      events.push('shown')
      const analysisId = event.outcome.analysisId!
      expect(event.job).toMatchObject({ phase: 'Storing', shown: true })
      void client.call('analysis.array', { analysisId, name: 'scores', columns: [0] }).then(({ data }) => {
        expect(data).toHaveLength(150_000)
        events.push('read')
      })
      void client.call('analysis.rename', { analysisId, name: 'Called so at once' }).then(() => events.push('renamed'))
    })
    const { jobId } = await client.call('analysis.run', { datasetId: datasetId!, kind: 'pca', params: {} })
    const { analysisId } = await client.finish(jobId)
    await expect.poll(() => events.toSorted()).toEqual(['finished', 'read', 'renamed', 'shown'])
    expect(events.slice(0, 2)).toEqual(['shown', 'read'])
    expect(await client.call('analysis.get', { analysisId: analysisId! })).toMatchObject({ name: 'Called so at once' })
    expect((await client.call('session.get', {})).history.undo).toContain('rename')
    await engine.close()
  })
})
