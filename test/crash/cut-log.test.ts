import fc from 'fast-check'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SessionFile } from '../../core/session/session-file.ts'
import { addAnalysis, importDataset } from '../unit/session/fill.ts'

/** What the log looked like after each commit: what is in sight, and how long it was. */
interface Commit {
  bytes: number
  contents: string
}

let folder: string
let commits: Commit[]
let log: string
let database: string

const describeContents = (session: SessionFile): string =>
  JSON.stringify([
    session.datasets.list().map(({ id, name }) => [id, name, [...session.datasets.view(id, ['x']).lines]]),
    session.analyses.list().map(({ id }) => [id, [...session.analyses.array(id, 'scores').data]]),
    session.history.state,
    session.checkpoints.list().map(({ name }) => name)
  ])

/** A session at work whose log was never folded in: file and log as a crash leaves them, and the state after each step. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cut-log-'))
  const path = join(folder, 's.eigendesk')
  database = join(folder, 'kept')
  log = join(folder, 'kept-wal')
  const session = SessionFile.create(path)
  commits = []
  const noteCommit = (): void => {
    commits.push({ bytes: statSync(`${path}-wal`).size, contents: describeContents(session) })
  }
  noteCommit()
  const steps = [
    () => importDataset(session, 'd'),
    () => session.history.record('run a', () => addAnalysis(session, 'a', 'd')),
    () => session.checkpoints.save('one'),
    () => session.history.record('remove d', () => session.datasets.remove('d')),
    () => session.history.undo(),
    () => importDataset(session, 'e'),
    () => session.history.record('rename', () => session.datasets.rename('e', 'f'))
  ]
  for (const step of steps) {
    step()
    noteCommit()
  }
  copyFileSync(path, database)
  copyFileSync(`${path}-wal`, log)
  session.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens the file with a log in whatever state, and returns what is in it. */
function openWith(change: (path: string) => void): string {
  const path = join(folder, 'cut.eigendesk')
  copyFileSync(database, path)
  copyFileSync(log, `${path}-wal`)
  change(`${path}-wal`)
  const session = SessionFile.open(path)
  const contents = describeContents(session)
  session.close()
  const db = new Database(path)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  rmSync(path)
  return contents
}

describe('a log that was cut off', () => {
  it('opens to exactly the commits that lie whole before the cut, wherever it is (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: statSync(log).size }), (bytes) => {
        const contents = openWith((wal) => truncateSync(wal, bytes))
        const whole = commits.filter((commit) => commit.bytes <= bytes)
        // Between two steps an import stores chunks that nobody sees, so what is in sight is that of the step before.
        expect(contents).toBe((whole.at(-1) ?? commits[0]!).contents)
      }),
      { numRuns: 60, examples: commits.flatMap(({ bytes }): [number][] => [[bytes], [Math.max(0, bytes - 1)]]) }
    )
  })

  it('opens to a prefix of the commits where a part of it is overwritten, too (property)', () => {
    const size = statSync(log).size
    fc.assert(
      fc.property(
        fc.integer({ min: 32, max: size - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        (at, junk) => {
          const contents = openWith((wal) => {
            const bytes = readFileSync(wal)
            bytes.set(junk.subarray(0, size - at), at)
            writeFileSync(wal, bytes)
          })
          expect(commits.map((commit) => commit.contents)).toContain(contents)
        }
      ),
      { numRuns: 40 }
    )
  })
})
