import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { writeVersion1 } from '../session/version-1.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

/** An engine with a table of 40 MB: its copy takes many steps. */
async function openLarge() {
  const folder = temporaryFolder()
  const path = join(folder, 'large.csv')
  writeFileSync(path, `a,b,c,d,e\n${'1.25,2.5,3,4,5\n'.repeat(1_000_000)}`)
  const { engine, client } = openEngine(join(folder, 'user'))
  const file = client.grant(path, 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'large', dialect, columns: null, ragged })
  await client.finish(jobId)
  return { folder, engine, client }
}

/** Resolves with the id of the copy that has begun. That it has is always told; how far it is, only now and then. */
function copyBegun(client: LocalClient): Promise<string> {
  return new Promise((resolve) => {
    const stop = client.onEvent((event) => {
      if (event.event !== 'job.progress' || event.job.kind !== 'copy' || event.job.phase !== 'Copying') return
      stop()
      resolve(event.job.id)
    })
  })
}

it('answers other calls while a session is saved, and has in the new file what they stored', async () => {
  const { folder, engine, client } = await openLarge()
  const path = join(folder, 'saved.eigendesk')
  const answered: string[] = []
  const begun = copyBegun(client)
  const saving = client.call('session.saveAs', { file: client.grant(path, 'write') }).then((info) => {
    answered.push('saved')
    return info
  })
  const copyId = await begun
  const during = await client.call('session.get', {})
  answered.push('asked')
  expect(during.jobs.map(({ id, name }) => [id, name])).toEqual([[copyId, 'Save saved.eigendesk']])
  await client.call('dataset.rename', { datasetId: during.datasets[0]!.id, name: 'renamed' })
  const info = await saving
  expect(answered).toEqual(['asked', 'saved'])
  expect([info.name, info.jobs, info.datasets[0]!.name]).toEqual(['saved', [], 'renamed'])
  await engine.close()

  const again = openEngine(join(folder, 'user'))
  const reopened = await again.client.call('session.get', {})
  expect([reopened.name, reopened.datasets[0]!.name]).toEqual(['saved', 'renamed'])
  await again.engine.close()
})

it('leaves nothing of a copy that is cancelled, and goes on where it was', async () => {
  const { folder, engine, client } = await openLarge()
  const path = join(folder, 'saved.eigendesk')
  const before = await client.call('session.get', {})
  for (const copy of [
    () => client.call('session.saveAs', { file: client.grant(path, 'write') }),
    () => client.call('session.duplicate', {})
  ]) {
    const begun = copyBegun(client)
    const copying = copy()
    void begun.then((jobId) => client.call('job.cancel', { jobId }))
    await expect(copying).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
  }
  expect(await client.call('session.get', {})).toEqual(before)
  expect(existsSync(path)).toBe(false)
  const left = [...readdirSync(folder), ...readdirSync(join(folder, 'user', 'sessions'))]
  expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([])
  await engine.close()
})

it('saves a session before another is begun, however soon that is asked for', async () => {
  const { folder, engine, client } = await openLarge()
  const path = join(folder, 'saved.eigendesk')
  const begun = copyBegun(client)
  const saving = client.call('session.saveAs', { file: client.grant(path, 'write') })
  await begun
  const next = await client.call('session.new', {})
  expect(next.datasets).toEqual([])
  expect((await saving).name).toBe('saved')
  expect((await client.call('recent.list', {})).map(({ name, nDatasets }) => [name, nDatasets])).toEqual([['saved', 1]])
  await engine.close()
})

it('brings an older session up to date as a job that is seen, with a copy of it beside', async () => {
  const folder = temporaryFolder()
  const old = join(folder, 'old.eigendesk')
  writeVersion1(old)
  const { engine, client } = openEngine(join(folder, 'user'))
  const names = new Set<string>()
  client.onEvent((event) => event.event === 'job.progress' && names.add(event.job.name))
  const info = await client.call('session.open', { file: client.grant(old, 'read') })
  expect([info.name, info.jobs]).toEqual(['old', []])
  expect([...names]).toEqual(['Bring old.eigendesk up to date'])
  expect(readdirSync(folder)).toContain('old.v1.backup.eigendesk')
  await engine.close()
})
