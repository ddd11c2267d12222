import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

async function saveSample(client: LocalClient, path: string): Promise<string> {
  const { datasetId } = await client.finish((await client.call('sample.open', { sample: 'four-by-five' })).jobId)
  await client.call('session.saveAs', { file: client.grant(path, 'write') })
  return datasetId!
}

describe('the session that is open', () => {
  it('goes on working where its own file is opened again', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const path = join(folder, 's.eigendesk')
    const datasetId = await saveSample(client, path)
    const { jobId } = await client.call('analysis.run', { datasetId, kind: 'factorization', params: {} })
    await client.call('session.open', { file: client.grant(path, 'read') })
    const { analysisId } = await client.finish(jobId)
    expect((await client.call('session.get', {})).analyses.map((a) => a.id)).toContain(analysisId)
    await engine.close()
  })

  it('is left by what was under way without a fault, whenever another is begun', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const outcomes: string[] = []
    client.onEvent((event) => {
      if (event.event === 'job.finished') outcomes.push(event.outcome.state)
    })
    for (const delay of [0, 5, 20, 60, 120]) {
      await client.call('sample.open', { sample: 'iris' })
      await new Promise((resolve) => setTimeout(resolve, delay))
      const info = await client.call('session.new', {})
      expect([info.datasets, info.analyses]).toEqual([[], []])
    }
    while (outcomes.length < 5) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(outcomes).not.toContain('failed')
    await engine.close()
  })
})

describe('an application that starts', () => {
  it('begins a new library where the old one is damaged, and keeps that aside', async () => {
    const folder = temporaryFolder()
    const library = join(folder, 'library.sqlite')
    writeFileSync(library, 'no database '.repeat(400))
    const { engine, client } = openEngine(folder)
    expect((await client.call('session.get', {})).datasets).toEqual([])
    await client.call('setting.set', { key: 'theme', value: 'dark' })
    await engine.close()
    expect(existsSync(`${library}.damaged`)).toBe(true)
    const second = openEngine(folder)
    expect(await second.client.call('setting.get', { key: 'theme' })).toEqual({ value: 'dark' })
    await second.engine.close()
  })

  it('begins a new session where the descriptions in the last one are damaged, as often as it is started', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 's.eigendesk')
    const first = openEngine(folder)
    await saveSample(first.client, path)
    await first.engine.close()
    const db = new Database(path)
    db.exec(`UPDATE dataset SET about = '{'`)
    db.close()
    for (const code of ['SESSION_CORRUPT', undefined]) {
      const { engine, client } = openEngine(folder)
      const info = await client.call('session.get', {})
      expect([info.startupError?.code, info.untitled, info.datasets]).toEqual([code, true, []])
      await engine.close()
    }
  })
})

it('tells a page that is gone nothing more', async () => {
  const { engine, client } = openEngine(temporaryFolder())
  let told = 0
  let leave: () => void = () => undefined
  engine.attach({ post: () => told++, onRequest: () => undefined, onClose: (listener) => (leave = listener) })
  const open = async (): Promise<unknown> =>
    client.finish((await client.call('sample.open', { sample: 'four-by-five' })).jobId)
  await open()
  const before = told
  expect(before).toBeGreaterThan(0)
  leave()
  await open()
  expect(told).toBe(before)
  await engine.close()
})
