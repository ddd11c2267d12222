import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Library } from '../../core/session/library.ts'
import { SessionFile } from '../../core/session/session-file.ts'

/** Kills at random times in the short form, part of `npm test`; KILLS=200 is the long one. steps.test.ts adds those at
 * certain steps. */
const KILLS = Number(process.env['KILLS'] ?? 8)
/** Kills fall between 0 and this long after the engine started, ms: preview, import, run, export, save as. */
const LATEST_KILL_MS = 1800
const ROWS = 70_000

let folder: string
let table: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crash-'))
  table = join(folder, 'table.csv')
  const rows = Array.from({ length: ROWS }, (_, i) => `${i % 17},${Math.sin(i).toFixed(6)},word ${i % 5}`)
  writeFileSync(table, `a,b,c\n${rows.join('\n')}\n`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts the engine at its work, kills it, and returns the steps it had told as finished. */
async function killAfter(milliseconds: number, userDataDir: string, output: string): Promise<string[]> {
  const script = join(import.meta.dirname, 'worker-at-work.ts')
  const child = spawn(process.execPath, [script, userDataDir, table, output], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.on('data', (text: Buffer) => (told += text.toString()))
  await once(child.stdout, 'data')
  await wait(milliseconds)
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
  return told.split('\n').slice(0, -1)
}

/** What a session holds, after its integrity was checked. */
function look(path: string): { datasets: string[]; analyses: string[] } {
  const session = SessionFile.open(path)
  const datasets = session.datasets.list()
  for (const { id, nRows } of datasets) {
    const view = session.datasets.view(id, ['a', 'b', 'c'])
    expect([nRows, view.lines[nRows - 1]]).toEqual([ROWS, ROWS + 1])
  }
  const analyses = session.analyses.list().map((a) => a.id)
  for (const id of analyses) expect(session.analyses.array(id, 'scores').shape).toEqual([ROWS, 2])
  session.close()
  const db = new Database(path, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.prepare('SELECT count(*) FROM dataset WHERE complete = 0').pluck().get()).toBe(0)
  db.close()
  return { datasets: datasets.map((d) => d.id), analyses }
}

it(
  `keeps what was finished and nothing half, killed ${KILLS} times in the middle of something`,
  async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      const userDataDir = join(folder, `user-${kill}`)
      const output = join(folder, `out-${kill}`)
      mkdirSync(output)
      const steps = await killAfter((LATEST_KILL_MS * (kill + 0.5)) / KILLS, userDataDir, output)
      const finished = (kind: string): string[] =>
        steps.filter((s) => s.startsWith(`${kind} `)).map((s) => s.slice(kind.length + 1))

      const library = new Library(join(userDataDir, 'library.sqlite'))
      const last = library.lastPath()
      library.close()
      expect(last).toBeDefined()
      const { datasets, analyses } = look(last!)
      expect(datasets).toEqual(expect.arrayContaining(finished('dataset')))
      expect(analyses).toEqual(expect.arrayContaining(finished('analysis')))

      const scores = join(output, 'scores.csv')
      if (existsSync(scores)) expect(readFileSync(scores, 'utf8').trimEnd().split(/\r?\n/)).toHaveLength(ROWS + 1)
      const saved = join(output, 'saved.eigendesk')
      if (existsSync(saved) && saved !== last) look(saved)
      expect(readdirSync(output).filter((name) => !/^(\.|scores\.csv$|saved\.eigendesk)/.test(name))).toEqual([])
      rmSync(userDataDir, { recursive: true, force: true })
    }
  },
  60_000 + 5000 * KILLS
)
