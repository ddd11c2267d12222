import { expect, test } from 'vitest'
import { searchSummarySchema } from '../../../core/analyses/factorization/studies/search/spec.ts'
import { StoredSoFar } from '../../../core/engine/stored-so-far.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** The stored search; null where none is. */
async function storedSearch(client: LocalClient, analysisId: string) {
  const stored = await client.call('study.get', { analysisId, kind: 'search' })
  return stored && { createdAt: stored.createdAt, ...searchSummarySchema.parse(stored.summary) }
}

/** Starts a search that would take long, and waits for so many of its trials to be stored. */
async function beginSearch(client: LocalClient, analysisId: string, trials: number, continues: boolean) {
  const params = { kind: 'random', fits: 1000, continues }
  const { jobId } = await client.call('study.run', { analysisId, kind: 'search', params })
  for (;;) {
    const stored = await storedSearch(client, analysisId)
    if (stored && stored.trials.length >= trials) return jobId
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('a search that is stopped, or whose engine is closed, keeps its trials, and another goes on from them', async () => {
  const folder = temporaryFolder()
  const first = openEngine(folder)
  const { jobId: opening } = await first.client.call('sample.open', { sample: 'four-by-five' })
  const { analysisId: opened } = await first.client.finish(opening)
  const { datasetId } = await first.client.call('analysis.get', { analysisId: opened! })
  const asked = { method: 'als', nFactors: 2, iterations: 500 }
  const { jobId: run } = await first.client.call('analysis.run', { datasetId, kind: 'factorization', params: asked })
  const analysisId = (await first.client.finish(run)).analysisId!

  const jobId = await beginSearch(first.client, analysisId, 2, false)
  await first.client.call('job.cancel', { jobId })
  await expect(first.client.finish(jobId)).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
  const stopped = (await storedSearch(first.client, analysisId))!
  expect(stopped.ended).toBe('stopped')
  expect(stopped.trials.length).toBeGreaterThanOrEqual(2)
  expect(stopped.trials.length).toBeLessThan(1000)
  expect(stopped.best).not.toBeNull()

  await beginSearch(first.client, analysisId, stopped.trials.length + 1, true)
  await first.engine.close()
  const second = openEngine(folder)
  const cutOff = (await storedSearch(second.client, analysisId))!
  expect(cutOff.trials.length).toBeGreaterThan(stopped.trials.length)
  expect(cutOff.trials.slice(0, stopped.trials.length)).toEqual(stopped.trials)

  const params = { kind: 'random', fits: 2, continues: true }
  const { jobId: on } = await second.client.call('study.run', { analysisId, kind: 'search', params })
  await second.client.finish(on)
  const whole = (await storedSearch(second.client, analysisId))!
  expect(whole.ended).toBe('fits')
  expect(whole.trials).toHaveLength(cutOff.trials.length + 2)
  expect(new Set(whole.trials.map(({ params: tried }) => JSON.stringify(tried))).size).toBe(whole.trials.length)
  expect(whole.createdAt > cutOff.createdAt).toBe(true)
  await second.engine.close()
})

test('what is found fast is stored now and then, the last of it always', async () => {
  const stored: number[] = []
  const soFar = new StoredSoFar<number>(
    (found) => stored.push(found),
    () => undefined
  )
  for (const found of [1, 2, 3]) soFar.put(found)
  expect(stored).toEqual([1])
  soFar.flush()
  expect(stored).toEqual([1, 3])
  soFar.put(4)
  soFar.drop()
  soFar.flush()
  expect(stored).toEqual([1, 3])
  soFar.put(5)
  await expect.poll(() => stored).toEqual([1, 3, 5])
})

test('what cannot be stored is told, not thrown where nobody listens', () => {
  const told: unknown[] = []
  const full = new Error('disk full')
  const soFar = new StoredSoFar<number>(
    () => {
      throw full
    },
    (thrown) => told.push(thrown)
  )
  soFar.put(1)
  expect(told).toEqual([full])
})
