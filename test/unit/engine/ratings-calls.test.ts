import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEngine, temporaryFolder } from './open-engine.ts'

it('the ratings of a table are summed up before anything is fitted, and not read twice', async () => {
  const folder = temporaryFolder()
  const { engine, client } = openEngine(folder)
  const path = join(folder, 'stars.csv')
  const lines = [
    'user,item,rating',
    ...Array.from({ length: 60 }, (_, t) => `u${t % 6},i${(t * 7) % 10},${1 + (t % 5)}`)
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'stars', dialect, columns: null, ragged })
  const datasetId = (await client.finish(jobId)).datasetId!

  const summary = await client.call('ratings.summary', { datasetId, params: { method: 'als' } })
  // u = t mod 6 and i = 7t mod 10 come together again after 30 rows.
  expect(summary).toMatchObject({
    nUsers: 6,
    nItems: 10,
    nRatings: 30,
    duplicates: 30,
    scale: { min: 1, max: 5, step: 1 }
  })
  expect(await client.call('ratings.summary', { datasetId, params: { method: 'als' } })).toBe(summary)
  await expect(client.call('ratings.summary', { datasetId, params: { layout: 'tall' } })).rejects.toThrow('layout')
  await expect(client.call('ratings.summary', { datasetId, params: { user: 'nobody' } })).rejects.toThrow('nobody')
  await engine.close()
})
