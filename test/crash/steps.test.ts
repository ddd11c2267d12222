import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'
import { Library } from '../../core/session/library.ts'
import { SessionFile } from '../../core/session/session-file.ts'
import { writeVersion1 } from '../unit/session/version-1.ts'
import type { Operation } from './one-operation.ts'

/** Kills in all, spread over the operations and over the steps of each: 22 in the short form, part of `npm test`; KILLS=200
 * is the long one, KILLS=10000 kills at every step there is. */
const KILLS = Number(process.env['KILLS'] ?? 22)
const ROWS = 40

/** What is in sight: names of datasets and analyses. Before the operation, and after it. */
interface Contents {
  datasets: string[]
  analyses: number
}
const full: Contents = { datasets: ['table'], analyses: 1 }
const empty: Contents = { datasets: [], analyses: 0 }

/** What the session opened next holds once the operation came to its end. */
const outcomes: Record<Operation, Contents> = {
  import: { datasets: ['table', 'again'], analyses: 1 },
  prepare: { datasets: ['table', 'prepared'], analyses: 1 },
  'save as': full,
  'save over': full,
  duplicate: full,
  migrate: { datasets: ['old'], analyses: 1 },
  delete: empty,
  undo: { datasets: ['table'], analyses: 0 },
  checkpoint: full,
  revert: empty,
  export: full,
  leave: empty
}

let root: string
let wholeExport: string
const work = (): string => join(root, 'work')
const at = (name: string): string => join(work(), name)

/** What each kill begins with, made once: a saved session with a dataset, a result and a checkpoint of before both; a
 * session of the first version; another session that is saved over. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'steps-'))
  const rows = Array.from({ length: ROWS }, (_, i) => `${i % 7},${Math.sin(i).toFixed(6)},word ${i % 5}`)
  await makeWork(`a,b,c\n${rows.join('\n')}\n`)
  cpSync(work(), join(root, 'template'), { recursive: true })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function makeWork(table: string): Promise<void> {
  mkdirSync(work())
  writeFileSync(at('table.csv'), table)
  writeVersion1(at('old.eigendesk'))
  SessionFile.create(at('other.eigendesk')).close()
  const engine = createEngine({
    userDataDir: at('user'),
    resourcesDir: work(),
    computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
  })
  const client = new LocalClient(engine)
  const { checkpointId } = await client.call('checkpoint.save', { name: 'empty' })
  const file = client.grant(at('table.csv'), 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const imported = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(imported.jobId)
  const run = await client.call('analysis.run', { datasetId: datasetId!, kind: 'pca', params: {} })
  const { analysisId } = await client.finish(run.jobId)
  const scores = client.grant(join(root, 'whole.csv'), 'write')
  const request = { analysisId: analysisId!, table: 'scores', format: 'csv' as const, file: scores }
  await client.finish((await client.call('export.table', request)).jobId)
  wholeExport = readFileSync(join(root, 'whole.csv'), 'utf8')
  await client.call('session.saveAs', { file: client.grant(at('session.eigendesk'), 'write') })
  writeFileSync(at('ids.json'), JSON.stringify({ datasetId, analysisId, checkpointId }))
  await engine.close()
}

/** Carries the operation out on a fresh copy, killed at a step. Returns the steps where it came to its end. */
async function carryOut(operation: Operation, killAt: number): Promise<number | undefined> {
  rmSync(work(), { recursive: true })
  cpSync(join(root, 'template'), work(), { recursive: true })
  const script = join(import.meta.dirname, 'one-operation.ts')
  const preload = pathToFileURL(join(import.meta.dirname, 'count-in-threads.ts')).href
  const child = spawn(process.execPath, ['--import', preload, script, work(), operation, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let told = ''
  child.stdout.on('data', (text: Buffer) => (told += text.toString()))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  const done = /^done (\d+)$/m.exec(told)
  return done ? Number(done[1]) : undefined
}

/** Opens a session, reads all it holds, and has its integrity checked. */
function look(path: string): Contents {
  const session = SessionFile.open(path)
  const datasets = session.datasets.list()
  for (const { id, columns, nRows } of datasets) {
    const names = columns.map((column) => column.name)
    expect(session.datasets.view(id, names).lines).toHaveLength(nRows)
  }
  const analyses = session.analyses.list()
  for (const { id } of analyses) expect(session.analyses.array(id, 'scores').data.length).toBeGreaterThan(0)
  session.close()
  const db = new Database(path)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(db.prepare('SELECT count(*) FROM dataset WHERE complete = 0').pluck().get()).toBe(0)
  db.close()
  return { datasets: datasets.map((d) => d.name), analyses: analyses.length }
}

/** The session that the next start would open. */
function lookAtLast(): Contents {
  const library = new Library(join(at('user'), 'library.sqlite'))
  const last = library.lastPath()
  library.close()
  expect(last).toBeDefined()
  return look(last!)
}

function expectNothingHalf(operation: Operation, done: boolean): void {
  const after = outcomes[operation]
  const contents = lookAtLast()
  if (done) expect(contents).toEqual(after)
  else expect([full, after]).toContainEqual(contents)
  // The session that was open is whole, whatever was on the way elsewhere.
  const changesIt = ['import', 'prepare', 'delete', 'undo', 'revert'].includes(operation)
  expect(changesIt ? [full, after] : [full]).toContainEqual(look(at('session.eigendesk')))
  const old = { datasets: ['old'], analyses: 1 }
  expect(look(at('old.eigendesk'))).toEqual(old)
  for (const name of readdirSync(work()).filter((file) => file.startsWith('old.v1.backup'))) {
    expect(look(at(name))).toEqual(old)
  }
  expect([empty, full]).toContainEqual(look(at('other.eigendesk')))
  if (existsSync(at('saved.eigendesk'))) expect(look(at('saved.eigendesk'))).toEqual(full)
  if (existsSync(at('scores.csv'))) expect(readFileSync(at('scores.csv'), 'utf8')).toBe(wholeExport)
  else if (operation === 'export') expect(done).toBe(false)
}

/** The steps of an operation at which it is killed: all of them, or a few spread over it. */
function chosenSteps(total: number): number[] {
  const count = Math.min(total, Math.max(1, Math.round(KILLS / Object.keys(outcomes).length)))
  return Array.from({ length: count }, (_, i) => 1 + Math.floor(((i + 0.5) / count) * total))
}

describe('killed just before one of its steps, nothing committed is lost and nothing is half:', () => {
  it.each(Object.keys(outcomes) as Operation[])(
    '%s',
    async (operation) => {
      const total = await carryOut(operation, 0)
      expect(total).toBeGreaterThan(0)
      expectNothingHalf(operation, true)
      for (const step of chosenSteps(total!)) {
        const done = await carryOut(operation, step)
        expectNothingHalf(operation, done !== undefined)
      }
    },
    60_000 + 3000 * KILLS
  )
})
