import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

const first = 'size;kind;code\n1,5;a;007\n2,5;b;008\n3,5;a;009\n'

/** A folder with a file that was imported with its column "code" as text, as a person chose. */
async function imported() {
  const folder = temporaryFolder()
  const path = join(folder, 'table.csv')
  writeFileSync(path, first)
  const { engine, client } = openEngine(join(folder, 'user'))
  const file = client.grant(path, 'read')
  const types = { 2: 'text' as const }
  const { dialect, ragged, columns } = await client.call('import.preview', { file, types })
  const { jobId } = await client.call('import.commit', {
    file,
    name: 'table',
    dialect,
    columns: columns.map(({ name, type }, index) => ({ index, name, type })),
    types,
    ragged
  })
  const { datasetId } = await client.finish(jobId)
  return { folder, path, engine, client, datasetId: datasetId! }
}

async function readAgain(client: LocalClient, datasetId: string, file?: string): Promise<string | undefined> {
  const { state, jobId } = await client.call('reimport.start', file ? { datasetId, file } : { datasetId })
  expect(state).toBe('reading')
  return (await client.finish(jobId!)).comparisonId
}

describe('a file that is imported again', () => {
  it('is read to where its first table ends now', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'two.csv')
    const write = (rows: string[]): void =>
      writeFileSync(path, ['a,b', ...rows, '', 'town,sum', 'x,1', 'y,2'].join('\n'))
    write(['1,2', '3,4', '5,6'])
    const { engine, client } = openEngine(join(folder, 'user'))
    const file = client.grant(path, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    expect(dialect.lastDataRow).toBe(4)
    const order = { file, name: 'two', dialect, columns: null, ragged }
    const { datasetId } = await client.finish((await client.call('import.commit', order)).jobId)
    write(['1,2', '3,4', '5,6', '7,8'])
    const comparisonId = (await readAgain(client, datasetId!))!
    const { rows } = await client.call('reimport.difference', { comparisonId })
    expect(rows).toEqual({ before: 3, after: 4 })
    await engine.close()
  })

  it('is said to be the same where nobody touched it, and where only its time changed', async () => {
    const { path, engine, client, datasetId } = await imported()
    expect(await client.call('reimport.start', { datasetId })).toEqual({ state: 'same' })
    utimesSync(path, 1, 1)
    expect(await readAgain(client, datasetId)).toBeUndefined()
    expect((await client.call('session.get', {})).datasets).toHaveLength(1)
    await engine.close()
  })

  it('shows what changed, takes the place of the old one, and that comes back with its result by an undo', async () => {
    const { path, engine, client, datasetId } = await imported()
    const run = await client.call('analysis.run', { datasetId, kind: 'pca', params: {} })
    const { analysisId } = await client.finish(run.jobId)
    await client.call('dataset.rename', { datasetId, name: 'mine' })
    writeFileSync(path, 'kind;size;code;more\na;1,5;007;x\nb;2,75;008;y\na;3,5;009;x\na;4,5;010;y\n')
    const comparisonId = (await readAgain(client, datasetId))!
    expect(await client.call('reimport.difference', { comparisonId })).toEqual({
      rows: { before: 3, after: 4 },
      rowsAdded: 1,
      rowsRemoved: 0,
      rowsChanged: 1,
      cellsChanged: 1,
      columnsAdded: ['more'],
      columnsRemoved: [],
      columnsRetyped: [{ name: 'kind', before: 'text', after: 'category' }],
      examples: [{ line: 3, column: 'size', before: '2.5', after: '2.75' }]
    })
    // Nothing has happened yet.
    expect((await client.call('session.get', {})).datasets.map((d) => d.id)).toEqual([datasetId])

    await client.call('reimport.accept', { comparisonId })
    const after = await client.call('session.get', {})
    expect(after.datasets.map(({ id, name, nRows }) => [id, name, nRows])).toEqual([[comparisonId, 'mine', 4]])
    expect(after.datasets[0]!.columns.map(({ name, type }) => [name, type])).toContainEqual(['code', 'text'])
    expect(after.analyses).toEqual([])
    const undone = await client.call('history.undo', {})
    expect(undone.session.datasets.map((d) => d.id)).toEqual([datasetId])
    expect(undone.session.analyses.map((a) => a.id)).toEqual([analysisId])
    await engine.close()
  })

  it('leaves nothing where the new version is not taken', async () => {
    const { folder, path, engine, client, datasetId } = await imported()
    writeFileSync(path, `${first}4,5;b;010\n`)
    const comparisonId = (await readAgain(client, datasetId))!
    await client.call('reimport.discard', { comparisonId })
    await expect(client.call('reimport.accept', { comparisonId })).rejects.toMatchObject({
      data: { code: 'DATASET_UNKNOWN' }
    })
    const session = join(folder, 's.eigendesk')
    await client.call('session.saveAs', { file: client.grant(session, 'write') })
    await engine.close()
    const db = new Database(session, { readonly: true })
    expect(db.prepare('SELECT id FROM dataset').pluck().all()).toEqual([datasetId])
    db.close()
  })

  it('is asked for where it moved', async () => {
    const { folder, path, engine, client, datasetId } = await imported()
    const moved = join(folder, 'moved.csv')
    renameSync(path, moved)
    expect(await client.call('reimport.start', { datasetId })).toEqual({ state: 'missing' })
    writeFileSync(moved, first.replace('2,5', '9,5'))
    const comparisonId = (await readAgain(client, datasetId, client.grant(moved, 'read')))!
    expect(await client.call('reimport.difference', { comparisonId })).toMatchObject({ cellsChanged: 1 })
    rmSync(moved)
    await engine.close()
  })

  it('is not named by its folder in the session, which may be given to anybody', async () => {
    const { folder, engine, client } = await imported()
    const session = join(folder, 's.eigendesk')
    await client.call('session.saveAs', { file: client.grant(session, 'write') })
    await engine.close()
    const db = new Database(session, { readonly: true })
    const texts = db.prepare('SELECT about FROM dataset').pluck().all() as string[]
    expect(texts.join()).toContain('table.csv')
    expect(texts.join()).not.toContain(folder)
    db.close()
  })
})
