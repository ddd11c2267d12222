import { mkdirSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { toErrorData, type ErrorData } from '../contract/errors.ts'
import { SESSION_EXTENSION } from '../contract/host.ts'
import type { SessionInfo } from '../contract/session.ts'
import { Library } from '../session/library.ts'
import { removeLargeSessionFile, type CopyWatch } from '../session/copy.ts'
import { SessionFile } from '../session/session-file.ts'
import type { JobQueue } from './jobs.ts'

/** How often the session to begin with is tried where it is in use, and how long between two tries. Where the library says that
 * its window did not end as windows do, an engine that was killed holds it, and on a busy machine is some time about its end. */
const BEGIN_ATTEMPTS = 5
const BEGIN_ATTEMPTS_AFTER_KILL = 25
const BEGIN_PAUSE_MS = 200

/** The session to begin with: a new one, the one used last, or a certain one. */
export type Beginning = { how: 'new' | 'last' } | { how: 'path'; path: string }

export interface DeskOptions {
  userDataDir: string
  beginning?: Beginning
  onSession?: (open: { path: string; isEmpty: boolean }) => void
  onBusy?: (path: string) => void
  /** hears, at a first start, of the other sessions that windows held when the app was killed */
  onLeftOpen?: (paths: string[]) => void
}

/** The one session that is open, and what the application remembers beside it. */
export class Desk {
  readonly library: Library
  readonly #untitledDir: string
  #session: SessionFile
  #startupError: ErrorData | null = null

  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    const { userDataDir, beginning = { how: 'last' } } = options
    this.#options = options
    this.#untitledDir = join(userDataDir, 'sessions')
    mkdirSync(this.#untitledDir, { recursive: true })
    this.library = new Library(join(userDataDir, 'library.sqlite'))
    this.#session = this.#begin(beginning)
    this.library.remember(this.#session)
    this.#tellSession()
    const left = beginning.how === 'last' ? this.library.leftOpen(this.#session.path) : []
    if (left.length > 0) options.onLeftOpen?.(left)
  }

  /** A new session also where there is none to reopen or it cannot be read; the reason is told once. */
  #begin(beginning: Beginning): SessionFile {
    const last = beginning.how === 'last' ? this.library.lastPath() : undefined
    const path = beginning.how === 'path' ? beginning.path : last
    if (path === undefined) return this.#createUntitled()
    try {
      return openPatiently(path, this.library.isOpen(path) ? BEGIN_ATTEMPTS_AFTER_KILL : BEGIN_ATTEMPTS)
    } catch (thrown) {
      const error = toErrorData(thrown)
      this.#startupError = error
      this.library.release(path)
      return this.#createUntitled()
    }
  }

  #createUntitled(): SessionFile {
    return SessionFile.create(this.#untitledPath())
  }

  #untitledPath(): string {
    return join(this.#untitledDir, `${randomUUID()}.${SESSION_EXTENSION}`)
  }

  get session(): SessionFile {
    return this.#session
  }

  startNew(): void {
    this.#replace(this.#createUntitled())
  }

  /** Opens first, closes the old one after: where the new one is refused nothing has changed. Returns whether another
   * session is open now. */
  open(path: string): boolean {
    if (this.#session.isAt(path)) return false
    this.#replace(this.#openFile(path))
    return true
  }

  /** The same of a file of an older version, of which a copy is made first: the others need not wait for it. */
  async openOlder(path: string, watch: CopyWatch): Promise<boolean> {
    if (this.#session.isAt(path)) return false
    this.#replace(await SessionFile.openOlder(path, watch).catch((thrown: unknown) => this.#refuse(path, thrown)))
    return true
  }

  #openFile(path: string): SessionFile {
    try {
      return SessionFile.open(path)
    } catch (thrown) {
      return this.#refuse(path, thrown)
    }
  }

  #refuse(path: string, thrown: unknown): never {
    if (toErrorData(thrown).code === 'SESSION_BUSY') this.#options.onBusy?.(path)
    throw thrown
  }

  /** What the session holds has changed: said to whom it concerns, so that it is known also after a crash. */
  noteChange(): void {
    this.#updateLibrary()
    this.#tellSession()
  }

  #tellSession(): void {
    const { path, isEmpty } = this.#session
    this.#options.onSession?.({ path, isEmpty })
  }

  /** Goes on in a file of that name. An untitled session moves there; a named one stays where it was, too. */
  async saveAs(path: string, watch: CopyWatch): Promise<void> {
    if (this.#session.isAt(path)) return
    const { untitled } = this.#session
    const before = await this.#session.moveTo(path, watch)
    // Before the old file goes: at no moment does the library lead nowhere.
    this.library.remember(this.#session)
    this.#tellSession()
    if (!untitled) return this.library.release(before)
    this.library.forgetPath(before)
    await removeLargeSessionFile(before)
  }

  /** Goes on in a copy without a name of its own; the session stays as it is. */
  async duplicate(watch: CopyWatch): Promise<void> {
    const path = this.#untitledPath()
    await this.#session.duplicateTo(path, watch)
    this.#replace(SessionFile.openCopy(path))
  }

  #replace(next: SessionFile): void {
    this.#leave()
    this.#session = next
    this.library.remember(next)
    this.#tellSession()
  }

  /** What the library says of a session is a convenience: on a full disk the session is left all the same. */
  #updateLibrary(): void {
    this.#tryLibrary(() => this.library.update(this.#session))
  }

  #tryLibrary(write: () => void): void {
    try {
      write()
    } catch (thrown) {
      if (toErrorData(thrown).code === 'INTERNAL') throw thrown
    }
  }

  /** The window ends as windows do, and need not come back. Said before anything that takes time: who waits for the end of an
   * engine does not wait for long. */
  release(): void {
    this.#tryLibrary(() => this.library.release(this.#session.path))
  }

  /** Closes the open session; an untitled one that holds nothing leaves no file. */
  #leave(): void {
    this.#updateLibrary()
    this.release()
    if (this.#session.untitled && this.#session.isEmpty) {
      this.library.forgetPath(this.#session.path)
      this.#session.discard()
    } else this.#session.close()
  }

  describe(jobs: JobQueue): SessionInfo {
    const { id, name, untitled, view } = this.#session
    const startupError = this.#startupError
    this.#startupError = null
    return {
      id,
      name,
      untitled,
      view,
      datasets: this.#session.datasets.list(),
      analyses: this.#session.analyses.list(),
      jobs: jobs.list(),
      history: this.#session.history.state,
      startupError
    }
  }

  close(): void {
    // A further window leaves nothing behind where nothing was put into it.
    if (this.#options.beginning?.how === 'new') this.#leave()
    else {
      this.#updateLibrary()
      this.release()
      this.#session.close()
    }
    this.library.close()
  }
}

/** Opens the session to begin with. An engine before this one, whose application was killed, may need a moment to end. */
function openPatiently(path: string, attempts: number): SessionFile {
  for (let attempt = 1; ; attempt++) {
    try {
      return SessionFile.open(path)
    } catch (thrown) {
      if (attempt === attempts || toErrorData(thrown).code !== 'SESSION_BUSY') throw thrown
      Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, BEGIN_PAUSE_MS)
    }
  }
}
