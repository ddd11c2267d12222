import { randomUUID } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import { emptyViewState, viewStateSchema, type ViewState } from '../contract/session.ts'
import { AnalysisStore } from './analyses.ts'
import { CellReader } from './cell-reader.ts'
import { checkContents } from './check-contents.ts'
import type { Connection, OpenFile } from './database.ts'
import { DatasetStore } from './datasets.ts'
import { PreparationStore } from './preparations.ts'
import { FindingStore } from './findings.ts'
import { History } from './history.ts'
import { createSessionFile, openSessionFile } from './open.ts'

const UNTITLED = 'Untitled session'

/** One session: one SQLite file, every finished step committed. */
export class SessionFile {
  readonly datasets: DatasetStore
  readonly analyses: AnalysisStore
  readonly preparations: PreparationStore
  readonly findings: FindingStore
  readonly history: History
  readonly cells: CellReader
  readonly #file: OpenFile
  #path: string

  private constructor(path: string, db: Connection) {
    this.#path = path
    this.#file = { db }
    this.datasets = new DatasetStore(this.#file)
    this.analyses = new AnalysisStore(this.#file)
    this.preparations = new PreparationStore(this.#file)
    this.findings = new FindingStore(this.#file)
    this.history = new History(this.#file)
    this.cells = new CellReader(this.#file)
    this.datasets.removeIncomplete()
  }

  get #db(): Connection {
    return this.#file.db
  }

  get path(): string {
    return this.#path
  }

  get isOpen(): boolean {
    return this.#db.open
  }

  static create(path: string): SessionFile {
    const db = createSessionFile(path)
    const session = new SessionFile(path, db)
    session.#setMeta('id', randomUUID())
    session.#setMeta('untitled', '1')
    return session
  }

  /** @throws what openSessionFile throws; SESSION_CORRUPT where its contents are not what we would have written */
  static open(path: string): SessionFile {
    const db = openSessionFile(path)
    try {
      const session = new SessionFile(path, db)
      checkContents(db, session, basename(path))
      return session
    } catch (thrown) {
      db.close()
      throw thrown
    }
  }

  get id(): string {
    return this.#meta('id') ?? ''
  }

  get untitled(): boolean {
    return this.#meta('untitled') === '1'
  }

  /** A saved session is called like its file. */
  get name(): string {
    return this.untitled ? UNTITLED : basename(this.path, extname(this.path))
  }

  get view(): ViewState {
    const parsed = viewStateSchema.safeParse(parseJson(this.#meta('view')))
    return parsed.success ? parsed.data : structuredClone(emptyViewState)
  }

  set view(view: ViewState) {
    this.#setMeta('view', JSON.stringify(view))
  }

  /** Writes the whole session to another file and goes on there, work under way included. Returns the path left.
   * The target is whole or unchanged.
   * @throws FILE_NOT_WRITABLE */
  moveTo(target: string): string {
    this.#copyTo(target)
    const db = openSessionFile(target)
    const before = this.#path
    this.#db.close()
    this.#file.db = db
    this.#path = target
    return before
  }

  #copyTo(target: string): void {
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
    try {
      rmSync(temporary, { force: true })
      this.#db.prepare('VACUUM INTO ?').run(temporary)
      const copy = openSessionFile(temporary)
      copy.prepare("UPDATE meta SET value = '0' WHERE key = 'untitled'").run()
      copy.prepare("UPDATE meta SET value = ? WHERE key = 'id'").run(randomUUID())
      copy.close()
      // A write-ahead log left beside an older file of this name must not be applied to the new one.
      for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true })
      renameSync(temporary, target)
    } catch (thrown) {
      removeSessionFile(temporary)
      if (thrown instanceof EigendeskError) throw thrown
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(target), reason })
    }
  }

  /** Closes; the write-ahead log is folded in, so that one file is left. */
  close(): void {
    this.#purge()
    this.#db.close()
  }

  /** What could not be deleted now (a full disk, a read-only folder) is deleted the next time. */
  #purge(): void {
    try {
      this.history.purge()
    } catch {
      return
    }
  }

  /** Closes and deletes: for an untitled session nobody put anything into. */
  discard(): void {
    this.close()
    removeSessionFile(this.path)
  }

  #meta(key: string): string | undefined {
    return this.#db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined
  }

  #setMeta(key: string, value: string): void {
    this.#db
      .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, value)
  }
}

/** undefined for what is no JSON: how a session was looked at is not worth refusing it. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Deletes a session file with what SQLite keeps beside it. */
export function removeSessionFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}
