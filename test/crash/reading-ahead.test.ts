import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'

const ROWS = 200_000

let folder: string
let table: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'looking-'))
  table = join(folder, 'table.csv')
  const rows = Array.from({ length: ROWS }, (_, i) => `${i},${i / 8},${-i}.25,${i % 7}`)
  writeFileSync(table, `a,b,c,d\n${rows.join('\n')}\n`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Rows of the only session of a user-data folder. */
function countStored(): { path: string; datasets: number; chunks: number } {
  const [name] = readdirSync(join(folder, 'user', 'sessions')).filter((file) => file.endsWith('.eigendesk'))
  const path = join(folder, 'user', 'sessions', name!)
  const db = new Database(path)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const count = (of: string): number => db.prepare(`SELECT count(*) FROM ${of}`).pluck().get() as number
  const counted = { path, datasets: count('dataset'), chunks: count('column_chunk') }
  db.close()
  return counted
}

it.each(['begun', 'over'])(
  'of a file that is read while its preview is looked at a kill leaves nothing, its reading being %s',
  async (when) => {
    const userDataDir = join(folder, 'user')
    const script = join(import.meta.dirname, 'looking-at-work.ts')
    const child = spawn(process.execPath, [script, userDataDir, table, when], {
      stdio: ['ignore', 'ignore', 'inherit']
    })
    const [, signal] = (await once(child, 'close')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    const left = countStored()
    expect(left.datasets).toBe(1)
    expect(left.chunks).toBeGreaterThan(0)

    const engine = createEngine({
      userDataDir,
      resourcesDir: folder,
      computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
    })
    const client = new LocalClient(engine)
    const session = await client.call('session.get', {})
    expect(session).toMatchObject({ datasets: [], analyses: [], history: { undo: null }, startupError: null })
    const file = client.grant(table, 'read')
    const { dialect, ragged } = await client.call('import.preview', { file })
    const { jobId } = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
    const { datasetId } = await client.finish(jobId)
    const { columns } = await client.call('dataset.rows', { datasetId: datasetId!, rows: [ROWS - 1] })
    expect(columns.map(({ values }) => values[0])).toEqual([ROWS - 1, (ROWS - 1) / 8, -ROWS + 1 - 0.25, (ROWS - 1) % 7])
    await engine.close()

    // Nothing beside the import: its columns and the lines, and no room kept for what is gone.
    const { path, datasets, chunks } = countStored()
    expect({ datasets, chunks }).toEqual({ datasets: 1, chunks: 5 * Math.ceil(ROWS / 65_536) })
    expect(statSync(path).size).toBeLessThan(2 * 8 * 5 * ROWS)
  },
  30_000
)
