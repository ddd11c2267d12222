import { mkdirSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { toErrorData, type ErrorData } from '../contract/errors.ts'
import { SESSION_EXTENSION } from '../contract/host.ts'
import type { SessionInfo } from '../contract/session.ts'
import { Library } from '../session/library.ts'
import { removeSessionFile } from '../session/copy.ts'
import { SessionFile } from '../session/session-file.ts'
import type { JobQueue } from './jobs.ts'

/** The one session that is open, and what the application remembers beside it. */
export class Desk {
  readonly library: Library
  readonly #untitledDir: string
  #session: SessionFile
  #startupError: ErrorData | null = null

  constructor(userDataDir: string) {
    this.#untitledDir = join(userDataDir, 'sessions')
    mkdirSync(this.#untitledDir, { recursive: true })
    this.library = new Library(join(userDataDir, 'library.sqlite'))
    this.#session = this.#reopenLast()
    this.library.remember(this.#session)
  }

  /** The session used last, or a new one where there is none or it cannot be read; the reason is told once. */
  #reopenLast(): SessionFile {
    const path = this.library.lastPath()
    if (path === undefined) return this.#createUntitled()
    try {
      return SessionFile.open(path)
    } catch (thrown) {
      const error = toErrorData(thrown)
      this.#startupError = error
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
    this.#replace(SessionFile.open(path))
    return true
  }

  /** Goes on in a file of that name. An untitled session moves there; a named one stays where it was, too. */
  saveAs(path: string): void {
    if (this.#session.isAt(path)) return
    const { untitled } = this.#session
    const before = this.#session.moveTo(path)
    // Before the old file goes: at no moment does the library lead nowhere.
    this.library.remember(this.#session)
    if (!untitled) return
    this.library.forgetPath(before)
    removeSessionFile(before)
  }

  /** Goes on in a copy without a name of its own; the session stays as it is. */
  duplicate(): void {
    const path = this.#untitledPath()
    this.#session.duplicateTo(path)
    this.#replace(SessionFile.open(path))
  }

  #replace(next: SessionFile): void {
    this.#leave()
    this.#session = next
    this.library.remember(next)
  }

  /** What the library says of a session is a convenience: on a full disk the session is left all the same. */
  #updateLibrary(): void {
    try {
      this.library.update(this.#session)
    } catch (thrown) {
      if (toErrorData(thrown).code === 'INTERNAL') throw thrown
    }
  }

  /** Closes the open session; an untitled one that holds nothing leaves no file. */
  #leave(): void {
    this.#updateLibrary()
    if (this.#session.untitled && this.#session.datasets.list().length === 0) {
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
    this.#updateLibrary()
    this.#session.close()
    this.library.close()
  }
}
