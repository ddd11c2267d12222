import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EigendeskError, type ErrorCode } from '../../../core/contract/errors.ts'
import { pcaSummarySchema } from '../../../core/analyses/pca/spec.ts'
import type { Reply } from '../../../core/contract/wire.ts'
import type { LocalClient } from '../../../core/engine/local-client.ts'
import { openEngine, repository, temporaryFolder } from './open-engine.ts'

const iris = join(repository, 'resources/samples/iris.csv')

const codeOf = async (step: Promise<unknown>): Promise<ErrorCode | 'none'> =>
  step.then(
    () => 'none' as const,
    (thrown: unknown) => {
      if (thrown instanceof EigendeskError) return thrown.data.code
      throw thrown
    }
  )

async function importFile(client: LocalClient, path: string): Promise<string> {
  const file = client.grant(path, 'read')
  const preview = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', {
    file,
    name: 'table',
    dialect: preview.dialect,
    columns: null,
    ragged: preview.ragged
  })
  return (await client.finish(jobId)).datasetId!
}

const write = (folder: string, name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('the engine', () => {
  it('opens a CSV, finds its components, and has them again after it was closed', async () => {
    const folder = temporaryFolder()
    const first = openEngine(folder)
    const datasetId = await importFile(first.client, iris)
    const { jobId } = await first.client.call('analysis.run', { datasetId, kind: 'pca', params: {} })
    const { analysisId } = await first.client.finish(jobId)
    await first.engine.close()

    const second = openEngine(folder)
    const info = await second.client.call('session.get', {})
    expect(info.datasets.map((d) => [d.nRows, d.columns.length])).toEqual([[150, 5]])
    const record = await second.client.call('analysis.get', { analysisId: analysisId! })
    const summary = pcaSummarySchema.parse(record.summary)
    // Fisher's iris, unscaled: scikit-learn's and R's published ratios.
    const published = [0.9246187232, 0.0530664831, 0.0171026098, 0.0052121839]
    summary.explainedVarianceRatio.forEach((ratio, k) => expect(ratio).toBeCloseTo(published[k]!, 9))
    const scores = await second.client.call('analysis.array', {
      analysisId: analysisId!,
      name: 'scores',
      columns: [1, 0]
    })
    expect(scores.shape).toEqual([150, 2])
    await second.engine.close()
  })

  it('opens a sample with its analysis already run', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    for (const sample of ['iris', 'four-by-five'] as const) {
      const { jobId } = await client.call('sample.open', { sample })
      const { analysisId } = await client.finish(jobId)
      expect((await client.call('analysis.get', { analysisId: analysisId! })).kind).toBe(
        sample === 'iris' ? 'pca' : 'factorization'
      )
    }
    await engine.close()
  })

  it('stores a run that replaces another in its place, where an undo finds the old one, and keeps both otherwise', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const datasetId = await importFile(client, iris)
    const run = async (params: Record<string, unknown>, replaces?: string): Promise<string> => {
      const request = { datasetId, kind: 'pca' as const, params }
      const { jobId } = await client.call('analysis.run', replaces ? { ...request, replaces } : request)
      return (await client.finish(jobId)).analysisId!
    }
    const first = await run({})
    const second = await run({ scale: 'unit' })
    const third = await run({ scale: 'none' }, first)
    const { analyses } = await client.call('session.get', {})
    expect(analyses.map((a) => [a.id, a.params['scale']])).toEqual([
      [third, 'none'],
      [second, 'unit']
    ])
    const undone = await client.call('history.undo', {})
    expect(undone.session.analyses.map((a) => a.id)).toEqual([first, second])
    expect(undone.revealed).toEqual([{ type: 'analysis', id: first }])
    await engine.close()
  })

  it('exports whole files or none', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const { jobId } = await client.call('sample.open', { sample: 'iris' })
    const { analysisId } = await client.finish(jobId)
    const tables = await client.call('export.tables', { analysisId: analysisId! })
    const names = tables.map((t) => t.name)
    expect(names.slice(0, 4)).toEqual(['scores', 'loadings', 'components', 'explained-variance'])
    expect(names).toEqual(expect.arrayContaining(['diagnostics', 'row-cos2', 'column-contributions']))
    const path = join(folder, 'scores.csv')
    const file = client.grant(path, 'write')
    const request = { analysisId: analysisId!, table: 'scores', format: 'csv' as const }
    const exported = await client.call('export.table', { ...request, file })
    const { bytes } = await client.finish(exported.jobId)
    const text = readFileSync(path, 'utf8')
    expect(Buffer.byteLength(text)).toBe(bytes)
    expect(text.trimEnd().split(/\r?\n/)).toHaveLength(151)

    const nowhere = client.grant(join(folder, 'no-folder', 'x.csv'), 'write')
    const failing = await client.call('export.table', { ...request, file: nowhere })
    expect(await codeOf(client.finish(failing.jobId))).toBe('FILE_NOT_WRITABLE')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
    await engine.close()
  })
})

describe('a call that does not match the contract', () => {
  it('is refused with a typed error and harms nothing', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const replies: Reply[] = []
    let send: (message: unknown) => void = () => undefined
    engine.attach({ post: (reply) => replies.push(reply), onRequest: (listener) => (send = listener) })
    const messages: unknown[] = [
      null,
      'session.get',
      { id: 'x', call: 'session.get', params: {} },
      { id: 1, call: 'no.such.call', params: {} },
      { id: 2, call: '__proto__', params: {} },
      { id: 3, call: 'dataset.rows', params: { datasetId: 'd', rows: [-1] } },
      { id: 4, call: 'dataset.rows', params: { datasetId: 'd', rows: Array(501).fill(0) } },
      { id: 5, call: 'session.open', params: { file: '/etc/passwd' } }
    ]
    for (const message of messages) send(message)
    await client.call('session.get', {})
    expect(replies.map((r) => ('ok' in r && !r.ok ? r.error.code : r))).toEqual(messages.map(() => 'INVALID_CALL'))
    await engine.close()
  })

  it('cannot name a file main did not grant, nor write where reading was granted', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect(await codeOf(client.call('session.open', { file: unknown }))).toBe('FILE_NOT_GRANTED')
    const readOnly = client.grant(write(folder, 'x.csv', 'a\n1\n'), 'read')
    expect(await codeOf(client.call('session.saveAs', { file: readOnly }))).toBe('FILE_NOT_GRANTED')
    await engine.close()
  })
})

describe('a bad file', () => {
  const preview = async (make: (folder: string) => string): Promise<ErrorCode | 'none'> => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const code = await codeOf(client.call('import.preview', { file: client.grant(make(folder), 'read') }))
    expect((await client.call('session.get', {})).datasets).toEqual([])
    await engine.close()
    return code
  }

  it.each<[string, ErrorCode, (folder: string) => string]>([
    ['an empty file', 'FILE_EMPTY', (f) => write(f, 'x.csv', '')],
    ['a header alone', 'NO_ROWS', (f) => write(f, 'x.csv', 'a,b,c\n')],
    [
      'a binary file',
      'FILE_BINARY',
      (f) => write(f, 'x.csv', Buffer.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 10, 0, 0, 0]))
    ],
    [
      'a picture that is cut',
      'FILE_CORRUPT',
      (f) => write(f, 'x.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]))
    ],
    ['a folder', 'FILE_IS_FOLDER', (f) => (mkdirSync(join(f, 'x.csv')), join(f, 'x.csv'))],
    ['a file that is not there', 'FILE_NOT_FOUND', (f) => join(f, 'x.csv')]
  ])('%s is refused as %s', async (_what, code, make) => {
    expect(await preview(make)).toBe(code)
  })

  it('that shrinks between preview and import leaves nothing', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const path = write(folder, 'x.csv', `a,b\n${'1,2\n'.repeat(1000)}`)
    const file = client.grant(path, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    writeFileSync(path, '')
    const { jobId } = await client.call('import.commit', { file, name: 'x', dialect, columns: null, ragged })
    expect(await codeOf(client.finish(jobId))).toBe('FILE_EMPTY')
    expect((await client.call('session.get', {})).datasets).toEqual([])
    await engine.close()
  })
})

describe('a file larger than its preview', () => {
  it('tells the types nobody chose from every row, and keeps those a person chose', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const rows = Array.from({ length: 1_800_000 }, (_, i) => `${i % 9},${i < 1_500_000 ? i % 7 : 'late'},${i % 3}`)
    const file = client.grant(write(folder, 'large.csv', `a,b,c\n${rows.join('\n')}\n`), 'read')
    const preview = await client.call('import.preview', { file, types: { 2: 'category' } })
    expect(preview.bytesRead).toBeLessThan(preview.fileBytes)
    expect(preview.columns.map((c) => c.type)).toEqual(['number', 'number', 'category'])
    const { dialect, ragged } = preview
    const request = { file, name: 'large', dialect, columns: null, types: { 2: 'category' as const }, ragged }
    const { jobId } = await client.call('import.commit', request)
    await client.finish(jobId)
    const [dataset] = (await client.call('session.get', {})).datasets
    expect(dataset?.columns.map((c) => [c.name, c.type, c.missing])).toEqual([
      ['a', 'number', 0],
      ['b', 'category', 0],
      ['c', 'category', 0]
    ])
    await engine.close()
  })
})

describe('cancelling', () => {
  it('stops an import and leaves nothing of it', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${Math.sin(i)},x${i % 7}`).join('\n')
    const file = client.grant(write(folder, 'big.csv', `n,s,c\n${rows}\n`), 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const { jobId } = await client.call('import.commit', { file, name: 'big', dialect, columns: null, ragged })
    client.onEvent((event) => {
      if (event.event === 'job.progress' && event.job.fraction > 0) void client.call('job.cancel', { jobId })
    })
    expect(await codeOf(client.finish(jobId))).toBe('CANCELLED')
    const info = await client.call('session.get', {})
    expect([info.datasets, info.jobs]).toEqual([[], []])
    await engine.close()
  })

  it('stops a run between two sweeps', async () => {
    const { engine, client } = openEngine(temporaryFolder())
    const sample = await client.call('sample.open', { sample: 'four-by-five' })
    const { datasetId } = await client.finish(sample.jobId)
    const params = { iterations: 1000, nFactors: 200 }
    const { jobId } = await client.call('analysis.run', { datasetId: datasetId!, kind: 'factorization', params })
    client.onEvent((event) => {
      if (event.event === 'job.progress' && event.job.points.length > 0) void client.call('job.cancel', { jobId })
    })
    expect(await codeOf(client.finish(jobId))).toBe('CANCELLED')
    expect((await client.call('session.get', {})).analyses).toHaveLength(1)
    await engine.close()
  })
})

describe('sessions', () => {
  it('are saved as one file, opened again, and listed as recent', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const sample = await client.call('sample.open', { sample: 'four-by-five' })
    await client.finish(sample.jobId)
    const path = join(folder, 'movies.eigendesk')
    const saved = await client.call('session.saveAs', { file: client.grant(path, 'write') })
    expect([saved.name, saved.untitled, saved.datasets.length]).toEqual(['movies', false, 1])
    expect(readdirSync(join(folder, 'sessions'))).toEqual([])

    await client.call('session.new', {})
    expect(existsSync(`${path}-wal`)).toBe(false)
    const recents = await client.call('recent.list', {})
    expect(recents.map((r) => [r.name, r.nDatasets, r.nAnalyses, r.missing])).toEqual([['movies', 1, 1, false]])
    const opened = await client.call('recent.open', { id: recents[0]!.id })
    expect(opened.analyses).toHaveLength(1)
    await engine.close()
  })

  it('keep the open one where another cannot be opened', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    await importFile(client, iris)
    const foreign = client.grant(write(folder, 'x.eigendesk', 'not a session '.repeat(20)), 'read')
    expect(await codeOf(client.call('session.open', { file: foreign }))).toBe('SESSION_FOREIGN')
    expect((await client.call('session.get', {})).datasets).toHaveLength(1)
    await engine.close()
  })

  it('start anew and say why where the last one is damaged', async () => {
    const folder = temporaryFolder()
    const first = openEngine(folder)
    await importFile(first.client, iris)
    const path = join(folder, 'mine.eigendesk')
    await first.client.call('session.saveAs', { file: first.client.grant(path, 'write') })
    await first.engine.close()
    writeFileSync(path, 'gone')
    const second = openEngine(folder)
    const info = await second.client.call('session.get', {})
    expect([info.startupError?.code, info.datasets.length, info.untitled]).toEqual(['SESSION_FOREIGN', 0, true])
    expect((await second.client.call('session.get', {})).startupError).toBeNull()
    expect(readFileSync(path, 'utf8')).toBe('gone')
    await second.engine.close()
  })

  it('take an import under way along when they are saved under a name', async () => {
    const folder = temporaryFolder()
    const { engine, client } = openEngine(folder)
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i},${i * 2}`).join('\n')
    const file = client.grant(write(folder, 'big.csv', `n,m\n${rows}\n`), 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const { jobId } = await client.call('import.commit', { file, name: 'big', dialect, columns: null, ragged })
    await client.call('session.saveAs', { file: client.grant(join(folder, 's.eigendesk'), 'write') })
    await client.finish(jobId)
    const { datasets } = await client.call('session.get', {})
    expect(datasets.map((d) => d.nRows)).toEqual([150_000])
    await engine.close()
  })
})
