import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngine, type EngineOptions } from '../../../core/engine/engine.ts'
import { LocalClient } from '../../../core/engine/local-client.ts'
import { repository, temporaryFolder } from './open-engine.ts'

/** The engine of one window of several over one folder, and what it told main. */
function openWindow(userDataDir: string, beginning: NonNullable<EngineOptions['beginning']>) {
  const sessions: { path: string; isEmpty: boolean }[] = []
  const busy: string[] = []
  const leftOpen: string[][] = []
  const engine = createEngine({
    userDataDir,
    resourcesDir: join(repository, 'resources'),
    computeUrl: new URL('../../../core/engine/compute.ts', import.meta.url),
    beginning,
    onSession: (open) => sessions.push(open),
    onBusy: (path) => busy.push(path),
    onLeftOpen: (paths) => leftOpen.push(paths)
  })
  return { engine, client: new LocalClient(engine), sessions, busy, leftOpen }
}

async function openSample(client: LocalClient): Promise<void> {
  await client.finish((await client.call('sample.open', { sample: 'iris' })).jobId)
}

describe('engines of two windows', () => {
  it('hold two sessions, share the list of recent ones, and refuse each other the session that is open', async () => {
    const folder = temporaryFolder()
    const one = openWindow(folder, { how: 'last' })
    await openSample(one.client)
    const path = join(folder, 'flowers.eigendesk')
    await one.client.call('session.saveAs', { file: one.client.grant(path, 'write') })
    const two = openWindow(folder, { how: 'new' })
    expect((await two.client.call('session.get', {})).datasets).toEqual([])
    await openSample(two.client)

    const [recent] = await two.client.call('recent.list', {})
    expect(recent).toMatchObject({ name: 'flowers', nDatasets: 1, nAnalyses: 1 })
    await expect(two.client.call('recent.open', { id: recent!.id })).rejects.toMatchObject({
      data: { code: 'SESSION_BUSY', message: expect.stringContaining('is open in another window') as string }
    })
    expect(two.busy).toEqual([path])
    expect(one.sessions.at(-1)).toEqual({ path, isEmpty: false })
    expect(two.sessions.map((open) => open.isEmpty)).toEqual([true, false, false])

    await one.engine.close()
    expect((await two.client.call('recent.open', { id: recent!.id })).name).toBe('flowers')
    await two.engine.close()
  })

  it('know of an untitled session of the other also where that one crashed before it closed anything', async () => {
    const folder = temporaryFolder()
    const one = openWindow(folder, { how: 'last' })
    const two = openWindow(folder, { how: 'new' })
    await openSample(two.client)
    // Nothing was closed: what the list says was written as it happened.
    const recents = await one.client.call('recent.list', {})
    expect(recents.map(({ name, nDatasets }) => [name, nDatasets])).toEqual([['Untitled session', 1]])
    await two.engine.close()
    await one.engine.close()
  })

  it('do not come back where they ended as windows do', async () => {
    const folder = temporaryFolder()
    const one = openWindow(folder, { how: 'last' })
    await openSample(one.client)
    const two = openWindow(folder, { how: 'new' })
    await openSample(two.client)
    await two.engine.close()
    await one.engine.close()
    const next = openWindow(folder, { how: 'last' })
    expect(next.leftOpen).toEqual([])
    await next.engine.close()
  })

  it('leave no file where nothing was put into a further window', async () => {
    const folder = temporaryFolder()
    const one = openWindow(folder, { how: 'last' })
    const two = openWindow(folder, { how: 'new' })
    const { path } = two.sessions[0]!
    expect(existsSync(path)).toBe(true)
    await two.engine.close()
    expect(existsSync(path)).toBe(false)
    await one.engine.close()
    expect(readdirSync(join(folder, 'sessions')).filter((name) => name.endsWith('.eigendesk'))).toHaveLength(1)
  })

  it('go on in the session they had when they are started again', async () => {
    const folder = temporaryFolder()
    const one = openWindow(folder, { how: 'new' })
    await openSample(one.client)
    const { path } = one.sessions.at(-1)!
    await one.engine.close()
    const other = openWindow(folder, { how: 'new' })
    const again = openWindow(folder, { how: 'path', path })
    expect((await again.client.call('session.get', {})).datasets).toHaveLength(1)
    await again.engine.close()
    await other.engine.close()
  })
})
