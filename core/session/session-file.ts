import { randomUUID } from 'node:crypto'
import { basename, extname } from 'node:path'
import { emptyViewState, viewStateSchema, type ViewState } from '../contract/session.ts'
import { AnalysisStore } from './analyses.ts'
import { CellReader } from './cell-reader.ts'
import { CheckpointStore } from './checkpoints.ts'
import { removeSessionFile, writeCopy, type CopyWatch } from './copy.ts'
import type { Connection, OpenFile } from './database.ts'
import { DatasetStore } from './datasets.ts'
import { PreparationStore } from './preparations.ts'
import { isSameFile } from './sole-use.ts'
import { FindingStore } from './findings.ts'
import { History } from './history.ts'
import { StudyStore } from './studies.ts'
import { createSessionFile, openOlderFile, openOwnCopy, openSessionFile, refuseSessionInUse } from './open.ts'

const UNTITLED = 'Untitled session'

/** Room that nothing stands in is given back from so many bytes on, where what stands in the rest is soon written anew. */
const ROOM_BYTES = 4 * 2 ** 20
const SOON_WRITTEN_BYTES = 64 * 2 ** 20

/** One session: one SQLite file, every finished step committed. */
export class SessionFile {
  readonly datasets: DatasetStore
  readonly analyses: AnalysisStore
  readonly studies: StudyStore
  readonly preparations: PreparationStore
  readonly findings: FindingStore
  readonly history: History
  readonly cells: CellReader
  readonly checkpoints: CheckpointStore
  readonly #file: OpenFile
  #path: string

  private constructor(path: string, db: Connection) {
    this.#path = path
    this.#file = { db }
    this.datasets = new DatasetStore(this.#file)
    this.analyses = new AnalysisStore(this.#file)
    this.studies = new StudyStore(this.#file)
    this.preparations = new PreparationStore(this.#file)
    this.findings = new FindingStore(this.#file)
    this.history = new History(this.#file)
    this.cells = new CellReader(this.#file)
    this.checkpoints = new CheckpointStore(this.#file, this.history)
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

  /** @throws what openSessionFile throws */
  static open(path: string): SessionFile {
    return new SessionFile(path, openSessionFile(path))
  }

  /** The same without others having to wait for the copy that is put beside a file of an older version.
   * @throws what openOlderFile throws */
  static async openOlder(path: string, watch: CopyWatch): Promise<SessionFile> {
    return new SessionFile(path, await openOlderFile(path, watch))
  }

  /** Opens what duplicateTo has just written. */
  static openCopy(path: string): SessionFile {
    return new SessionFile(path, openOwnCopy(path))
  }

  get id(): string {
    return this.#meta('id') ?? ''
  }

  get untitled(): boolean {
    return this.#meta('untitled') === '1'
  }

  /** A saved session is called like its file, a copy without a file of its own after the session it was made of. */
  get name(): string {
    return this.untitled ? (this.#meta('title') ?? UNTITLED) : basename(this.path, extname(this.path))
  }

  /** Whether nothing is in sight in it. */
  get isEmpty(): boolean {
    return this.#db.prepare('SELECT 1 FROM dataset WHERE complete = 1 AND alive = 1 LIMIT 1').get() === undefined
  }

  /** Whether a path leads to the file of this session. */
  isAt(path: string): boolean {
    return isSameFile(path, this.path)
  }

  get view(): ViewState {
    const parsed = viewStateSchema.safeParse(parseJson(this.#meta('view')))
    return parsed.success ? parsed.data : structuredClone(emptyViewState)
  }

  set view(view: ViewState) {
    this.#setMeta('view', JSON.stringify(view))
  }

  /** Writes the whole session to another file and goes on there, work under way included, also what is stored while it
   * is written. Returns the path left. The target is whole or unchanged.
   * @throws FILE_NOT_WRITABLE | DISK_FULL | CANCELLED | SESSION_BUSY where the target is a session open elsewhere */
  async moveTo(target: string, watch: CopyWatch): Promise<string> {
    refuseSessionInUse(target)
    await this.#copyTo(target, watch, (meta) => meta('untitled', '0'))
    // No turn of the event loop lies between the last page of the copy and this.
    const db = openOwnCopy(target)
    const before = this.#path
    this.#db.close()
    this.#file.db = db
    this.#path = target
    return before
  }

  /** Writes a copy that has no name of its own yet: the whole session, with what can be undone and gone back to.
   * @throws FILE_NOT_WRITABLE | DISK_FULL | CANCELLED */
  async duplicateTo(target: string, watch: CopyWatch): Promise<void> {
    const title = `Copy of ${this.name}`
    await this.#copyTo(target, watch, (meta) => {
      meta('untitled', '1')
      meta('title', title)
    })
  }

  async #copyTo(
    target: string,
    watch: CopyWatch,
    describe: (meta: (key: string, value: string) => void) => void
  ): Promise<void> {
    await writeCopy(this.#db, target, watch, (temporary) => {
      // It may have been opened elsewhere while the copy was written.
      refuseSessionInUse(target)
      const db = openOwnCopy(temporary)
      try {
        const meta = (key: string, value: string): void => putMeta(db, key, value)
        meta('id', randomUUID())
        describe(meta)
      } finally {
        db.close()
      }
    })
  }

  /** Closes; the write-ahead log is folded in, so that one file is left. */
  close(): void {
    this.#finishHeld()
    this.#purge()
    this.#db.close()
  }

  /** Who has seen a result finds it again. Where there is no room for it, there is nobody left to be told. */
  #finishHeld(): void {
    try {
      this.analyses.finishHeld()
    } catch {
      return
    }
  }

  /** What could not be deleted now (a full disk, a read-only folder) is deleted the next time. */
  #purge(): void {
    try {
      this.datasets.removeIncomplete()
      this.history.purge()
      this.#giveRoomBack()
    } catch {
      return
    }
  }

  /** A file that was read and not imported leaves a session as large as it was. */
  #giveRoomBack(): void {
    const [page, pages, free] = ['page_size', 'page_count', 'freelist_count'].map((name) =>
      Number(this.#db.pragma(name, { simple: true }))
    ) as [number, number, number]
    if (free * page >= ROOM_BYTES && (pages - free) * page <= SOON_WRITTEN_BYTES) this.#db.exec('VACUUM')
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
    putMeta(this.#db, key, value)
  }
}

function putMeta(db: Connection, key: string, value: string): void {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    value
  )
}

/** undefined for what is no JSON: how a session was looked at is not worth refusing it. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
