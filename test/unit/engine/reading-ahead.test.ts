import Database from 'better-sqlite3'
import { appendFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ComputePool } from '../../../core/engine/compute-pool.ts'
import type { ImportTask, PreviewTask } from '../../../core/engine/compute-protocol.ts'
import { JobQueue } from '../../../core/engine/jobs.ts'
import { ReadingAhead } from '../../../core/engine/reading-ahead.ts'
import { SessionFile } from '../../../core/session/session-file.ts'
import { openEngine, temporaryFolder } from './open-engine.ts'

const N_ROWS = 200_000

/** A file large enough to be read ahead: its columns say their own row. */
function writeLarge(): string {
  const path = join(temporaryFolder(), 'large.csv')
  const lines = Array.from({ length: N_ROWS }, (_, i) => `${i},${i / 8},${-i}.25,${i % 7}`)
  writeFileSync(path, `a,b,c,d\n${lines.join('\n')}\n`)
  expect(statSync(path).size).toBeGreaterThan(4 * 2 ** 20)
  return path
}

/** Everything reading ahead is made of, on a session of its own. */
function openReading() {
  const pool = new ComputePool(new URL('../../../core/engine/compute.ts', import.meta.url))
  onTestFinished(() => pool.close())
  const path = join(temporaryFolder(), 's.eigendesk')
  const session = SessionFile.create(path)
  onTestFinished(() => {
    if (session.isOpen) session.close()
  })
  const jobs = new JobQueue(() => undefined)
  const ahead = new ReadingAhead(pool, jobs)
  const started = vi.spyOn(pool, 'start')
  /** A preview that is made, and what is called when its answer is there: that plans what follows. */
  const previewing = async (file: string, changed: Partial<PreviewTask> = {}) => {
    const task: PreviewTask = { task: 'preview', path: file, dialect: {}, types: {}, ragged: 'leaveOut', ...changed }
    const previewed = await ahead.beforePreview(session, task)
    const message = await pool.start(task, () => undefined).done
    if (message.type !== 'previewed') throw new Error('no preview')
    const { dialect, ragged } = message.preview
    const { types } = task
    const answered = (): ImportTask => {
      previewed(message.preview)
      return { task: 'import', path: file, dialect, columns: null, types, ragged }
    }
    return answered
  }
  /** As a page asks: a preview, and what is planned with it. */
  const preview = async (file: string, changed: Partial<PreviewTask> = {}) => (await previewing(file, changed))()
  const begun = (): number => started.mock.calls.filter(([task]) => task.task === 'import').length
  const reading = (): Promise<void> => vi.waitUntil(() => begun() > 0, { timeout: 10_000 }).then(() => undefined)
  /** the end of the task begun last */
  const over = async (): Promise<void> => {
    const last = started.mock.results.at(-1)
    if (last?.type === 'return') await last.value.done
  }
  const begins = vi.spyOn(session.datasets, 'begin')
  const discards = vi.spyOn(session.datasets, 'discard')
  /** datasets that were begun and have not been given up */
  const left = (): string[] => {
    const gone = new Set(discards.mock.calls.map(([id]) => id))
    return begins.mock.calls.map(([id]) => id).filter((id) => !gone.has(id))
  }
  return { session, path, jobs, ahead, preview, previewing, begun, reading, over, left }
}

/** Rows of the tables of a session, seen from outside, once it is closed. */
function countStored(path: string): { datasets: number; chunks: number } {
  const db = new Database(path, { readonly: true })
  const count = (table: string): number => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  const counted = { datasets: count('dataset'), chunks: count('column_chunk') }
  db.close()
  return counted
}

describe('a file whose preview is looked at', () => {
  it('is read meanwhile, into a dataset nobody sees, and given to the import of just that', async () => {
    const { session, ahead, preview, reading } = openReading()
    const task = await preview(writeLarge())
    await reading()
    expect(session.datasets.list()).toEqual([])
    expect(session.isEmpty).toBe(true)
    const begun = (await ahead.take(session, task))!
    expect((await begun.read).nRows).toBe(N_ROWS)
    expect(await ahead.take(session, task)).toBeNull()
  })

  it.each<[string, (task: ImportTask) => ImportTask]>([
    ['of other types', (task) => ({ ...task, types: { 0: 'category' } })],
    ['of another dialect', (task) => ({ ...task, dialect: { ...task.dialect, delimiter: ';' } })],
    ['with other rows', (task) => ({ ...task, ragged: 'pad' })]
  ])('is given up where it is imported %s: it is not read twice at once', async (_, change) => {
    const { session, ahead, preview, reading, left } = openReading()
    const task = await preview(writeLarge())
    await reading()
    expect(left()).toHaveLength(1)
    expect(await ahead.take(session, change(task))).toBeNull()
    expect(left()).toEqual([])
  })

  it('is not read ahead where it is small, or while other work is done', async () => {
    const { preview, begun, jobs } = openReading()
    const small = join(temporaryFolder(), 'small.csv')
    writeFileSync(small, 'a,b\n1,2\n')
    await preview(small)
    await wait(300)
    jobs.add({ kind: 'import', name: 'other' }, () => new Promise(() => undefined))
    await preview(writeLarge())
    await wait(300)
    expect(begun()).toBe(0)
  })

  it('goes on while other lines of it are looked at, and begins anew where something is changed', async () => {
    const { session, ahead, preview, begun, reading } = openReading()
    const path = writeLarge()
    await preview(path)
    await reading()
    await preview(path, { fromLine: 5000 })
    await wait(300)
    expect(begun()).toBe(1)
    const other = await preview(path, { types: { 3: 'category' } })
    await vi.waitUntil(() => begun() === 2)
    const { columns } = await (await ahead.take(session, other))!.read
    expect(columns.map(({ type }) => type)).toEqual(['number', 'number', 'number', 'category'])
  })

  it('leaves nothing where the preview is left, whether its reading was under way or over', async () => {
    for (const isOver of [false, true]) {
      const { session, path, ahead, preview, reading, over } = openReading()
      const task = await preview(writeLarge())
      await reading()
      if (isOver) await over()
      await ahead.dismiss(task.path)
      session.close()
      expect(countStored(path)).toEqual({ datasets: 0, chunks: 0 })
    }
  })

  it('leaves nothing where its session is closed, and the file of the session as small as it was', async () => {
    const { session, path, preview, reading, over } = openReading()
    await preview(writeLarge())
    await reading()
    await over()
    session.close()
    expect(countStored(path)).toEqual({ datasets: 0, chunks: 0 })
    expect(statSync(path).size).toBeLessThan(2 ** 20)
  })

  it('is read anew where it was changed in between', async () => {
    const { session, ahead, preview, reading } = openReading()
    const path = writeLarge()
    const task = await preview(path)
    await reading()
    appendFileSync(path, '1,2,3,4\n')
    expect(await ahead.take(session, task)).toBeNull()
  })

  it('is read once at a time where somebody writes to it while its lines are looked at', async () => {
    const { session, ahead, preview, begun, reading, left } = openReading()
    const path = writeLarge()
    await preview(path)
    await reading()
    for (const line of [5000, 6000]) {
      const before = begun()
      appendFileSync(path, '1,2,3,4\n')
      await preview(path, { fromLine: line })
      await vi.waitUntil(() => begun() > before, { timeout: 10_000 })
      expect(left()).toHaveLength(1)
    }
    const { nRows } = await (await ahead.take(session, await preview(path, { fromLine: 6000 })))!.read
    expect(nRows).toBe(N_ROWS + 2)
  })

  it('is not read once more for a preview that is answered after its import has begun', async () => {
    const { session, ahead, preview, begun, reading, previewing } = openReading()
    const path = writeLarge()
    const task = await preview(path)
    await reading()
    const late = await previewing(path, { fromLine: 5000 })
    await (await ahead.take(session, task))!.read
    late()
    await wait(300)
    expect(begun()).toBe(1)
  })
})

describe('an import', () => {
  /** Imports a file after a look of so long at its preview, and says what came of it. */
  async function importAfter(path: string, lookMs: number) {
    const { engine, client } = openEngine(temporaryFolder())
    onTestFinished(() => engine.close())
    const file = client.grant(path, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    await wait(lookMs)
    const { jobId } = await client.call('import.commit', { file, name: 'a name', dialect, columns: null, ragged })
    const { datasetId } = await client.finish(jobId)
    await client.call('import.dismiss', { file })
    const { datasets, history } = await client.call('session.get', {})
    const rows = [0, 77_777, N_ROWS - 1]
    const { lines, columns } = await client.call('dataset.rows', { datasetId: datasetId!, rows })
    const about = datasets.map((dataset) => ({ ...dataset, id: '', createdAt: '' }))
    return { about, history, lines, columns }
  }

  it('of what was read ahead is the same as of what was not', async () => {
    const path = writeLarge()
    const ahead = await importAfter(path, 1500)
    expect(ahead).toEqual(await importAfter(path, 0))
    expect(ahead.about).toMatchObject([{ name: 'a name', nRows: N_ROWS }])
    expect(ahead.history.undo).toBe('import a name')
    expect(ahead.columns[2]!.values[1]).toBe(-77777.25)
  })
})
