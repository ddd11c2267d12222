import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { Recent } from '../contract/session.ts'
import { connect, makeDurable, migrate, type Connection } from './database.ts'
import { LIBRARY_APPLICATION_ID, libraryMigrations } from './library-schema.ts'
import type { SessionFile } from './session-file.ts'

/** Sessions shown under "Recent". */
const RECENT_LIMIT = 12

interface RecentRow {
  id: string
  path: string
  name: string
  untitled: number
  datasets: number
  analyses: number
  opened_at: string
}

/** A damaged library is put aside and begun anew: it only says where the sessions are, and without this the application
 * would never start again. */
function openLibrary(path: string): Connection {
  try {
    return prepareLibrary(path)
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
    renameSync(path, `${path}.damaged`)
    return prepareLibrary(path)
  }
}

function isDamage(thrown: unknown): boolean {
  if (thrown instanceof EigendeskError) return thrown.data.code === 'SESSION_CORRUPT'
  return thrown instanceof Error && 'code' in thrown && /^SQLITE_(NOTADB|CORRUPT)/.test(String(thrown.code))
}

function prepareLibrary(path: string): Connection {
  const db = connect(path, { mustExist: false, soleUse: false })
  try {
    makeDurable(db)
    migrate(db, libraryMigrations, LIBRARY_APPLICATION_ID)
    // Read once through, so that damage shows now and not in the middle of a session.
    const health = db.pragma('quick_check(1)', { simple: true })
    if (health !== 'ok') throw new EigendeskError('SESSION_CORRUPT', { reason: String(health) })
    return db
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** What the application remembers outside any session: recent sessions and settings. */
export class Library {
  readonly #db: Connection

  constructor(path: string) {
    this.#db = openLibrary(path)
  }

  /** The session open when the application was last used; where it was killed, rather one that holds something. */
  lastPath(): string | undefined {
    return this.#db
      .prepare('SELECT path FROM recent ORDER BY (open = 1 AND datasets > 0) DESC, opened_at DESC, rowid DESC LIMIT 1')
      .pluck()
      .get() as string | undefined
  }

  /** The session was opened now: it stands first, is the one reopened at the next start, and a window holds it. */
  remember(session: SessionFile): void {
    this.#db
      .prepare(
        `INSERT INTO recent (id, path, name, untitled, datasets, analyses, opened_at, open) VALUES (?, ?, '', 0, 0, 0, ?, 1)
         ON CONFLICT (path) DO UPDATE SET opened_at = excluded.opened_at, open = 1`
      )
      .run(randomUUID(), session.path, new Date().toISOString())
    this.update(session)
  }

  /** No window holds the session any more. */
  release(path: string): void {
    this.#db.prepare('UPDATE recent SET open = 0 WHERE path = ?').run(path)
  }

  /** Whether a window holds the session, or held it when the application was killed. */
  isOpen(path: string): boolean {
    return this.#db.prepare('SELECT open FROM recent WHERE path = ?').pluck().get(path) === 1
  }

  /** Sessions with something in them whose windows did not end as windows do, those used last at the end. Asked while no
   * other window is open. */
  leftOpen(exceptPath: string): string[] {
    const paths = this.#db
      .prepare('SELECT path FROM recent WHERE open = 1 AND datasets > 0 AND path <> ? ORDER BY opened_at, rowid')
      .pluck()
      .all(exceptPath) as string[]
    return paths.filter((path) => existsSync(path))
  }

  /** What the session holds by now. */
  update(session: SessionFile): void {
    this.#db
      .prepare('UPDATE recent SET name = ?, untitled = ?, datasets = ?, analyses = ? WHERE path = ?')
      .run(session.name, session.untitled ? 1 : 0, session.datasets.count(), session.analyses.count(), session.path)
  }

  /** Sessions that hold something, newest first. An untitled one is kept until it is forgotten. */
  recents(exceptPath: string): Recent[] {
    const rows = this.#db
      .prepare<[string, number], RecentRow>(
        'SELECT * FROM recent WHERE datasets > 0 AND path <> ? ORDER BY opened_at DESC LIMIT ?'
      )
      .all(exceptPath, RECENT_LIMIT)
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      folder: row.untitled ? '' : dirname(row.path).replace(homedir(), '~'),
      nDatasets: row.datasets,
      nAnalyses: row.analyses,
      openedAt: row.opened_at,
      missing: !existsSync(row.path)
    }))
  }

  pathOf(id: string): string {
    const path = this.#db.prepare('SELECT path FROM recent WHERE id = ?').pluck().get(id) as string | undefined
    if (path === undefined) throw new EigendeskError('FILE_NOT_FOUND')
    return path
  }

  forget(id: string): void {
    this.#db.prepare('DELETE FROM recent WHERE id = ?').run(id)
  }

  forgetPath(path: string): void {
    this.#db.prepare('DELETE FROM recent WHERE path = ?').run(path)
  }

  /** The file of a dataset was just read: where it lies, and how it is told that it changed. A file that has gone by now, or
   * a full disk, is no reason to lose what was read. */
  rememberSource(datasetId: string, path: string): void {
    try {
      const { size, mtimeMs } = statSync(path)
      this.#db
        .prepare('INSERT OR REPLACE INTO source (dataset_id, path, bytes, modified) VALUES (?, ?, ?, ?)')
        .run(datasetId, path, size, mtimeMs)
    } catch {
      return
    }
  }

  /** Where the file of a dataset lay when it was read, on this machine. */
  sourceOf(datasetId: string): { path: string; bytes: number; modified: number } | undefined {
    return this.#db
      .prepare<[string], { path: string; bytes: number; modified: number }>(
        'SELECT path, bytes, modified FROM source WHERE dataset_id = ?'
      )
      .get(datasetId)
  }

  setting(key: string): string | null {
    return (this.#db.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(key) as string | undefined) ?? null
  }

  setSetting(key: string, value: string): void {
    this.#db
      .prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, value)
  }

  close(): void {
    this.#db.close()
  }
}
