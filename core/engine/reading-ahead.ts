import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { dialectSchema, type Preview } from '../contract/table.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ComputePool } from './compute-pool.ts'
import type { ImportTask, PreviewTask } from './compute-protocol.ts'
import { beginImport, type BegunImport } from './import-table.ts'
import type { JobQueue } from './jobs.ts'

/** A smaller file is read before anybody could press a button; with a larger one too much would be stored for nothing. */
const SMALLEST_BYTES = 4 * 2 ** 20
const LARGEST_BYTES = 256 * 2 ** 20
/** How long the window has to show the preview before anything is read beside it, ms. */
const SHOWING_MS = 100

/** A file as it was when its reading began. */
interface FileState {
  inode: number
  bytes: number
  modified: number
}

interface Ahead {
  file: FileState
  session: SessionFile
  begun: BegunImport
}

/** Reads a file while a person looks at its preview, as it will be imported if they change nothing: into a dataset that nobody
 * sees and that is gone when they change something, cancel, or leave the session. One at a time. */
export class ReadingAhead {
  readonly #pool: ComputePool
  readonly #jobs: JobQueue
  /** what the newest preview was asked for */
  #asked: { path: string; key: string } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ahead: Ahead | undefined

  constructor(pool: ComputePool, jobs: JobQueue) {
    this.#pool = pool
    this.#jobs = jobs
  }

  /** A preview is asked for: what is read for another is given up first, so that its worker is free. Returns what is to be
   * called with the preview. */
  async beforePreview(session: SessionFile, task: PreviewTask): Promise<(preview: Preview) => void> {
    const { path, dialect, types, ragged } = task
    const asked = { path, key: JSON.stringify({ path, dialect, types, ragged }) }
    // Where it is the same, other lines of the same table are looked at.
    const isOther = asked.key !== this.#asked?.key || (this.#ahead && this.#ahead.session !== session)
    this.#asked = asked
    if (isOther) await this.#giveUp()
    return (preview) => {
      if (this.#asked === asked && isWorthwhile(preview))
        this.#plan(session, {
          task: 'import',
          path,
          dialect: dialectSchema.parse(preview.dialect),
          columns: null,
          types,
          ragged: preview.ragged
        })
    }
  }

  #plan(session: SessionFile, task: ImportTask): void {
    if (this.#isFor(session, task)) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#begin(session, task), SHOWING_MS).unref()
  }

  async #begin(session: SessionFile, task: ImportTask): Promise<void> {
    const asked = this.#asked
    // What was read of the file as it was before somebody wrote to it.
    await this.#giveUp()
    if (this.#asked !== asked || !session.isOpen || this.#jobs.list().length > 0) return
    const file = stateOf(task.path)
    if (!file) return
    let begun: BegunImport
    try {
      begun = beginImport(this.#pool, session, task, basename(task.path))
    } catch {
      // What is in the way (a full disk) the import will say.
      return
    }
    const ahead = { file, session, begun }
    this.#ahead = ahead
    begun.read.catch(() => {
      if (this.#ahead === ahead) this.#ahead = undefined
    })
  }

  /** The file is imported: what was begun for just this task on the file as it is now is the caller's to finish. What was read
   * of it otherwise is given up first, so that no file is read twice at once; null then. */
  async take(session: SessionFile, task: ImportTask): Promise<BegunImport | null> {
    clearTimeout(this.#timer)
    const ahead = this.#ahead
    // A preview that is still under way shall not have it read once more.
    if (this.#asked?.path === task.path) this.#asked = undefined
    if (ahead && this.#isFor(session, task)) {
      this.#ahead = undefined
      return ahead.begun
    }
    if (ahead?.begun.task.path === task.path) await this.#giveUp()
    return null
  }

  #isFor(session: SessionFile, task: ImportTask): boolean {
    const ahead = this.#ahead
    return (
      ahead?.session === session &&
      isDeepStrictEqual(ahead.begun.task, task) &&
      isDeepStrictEqual(ahead.file, stateOf(task.path))
    )
  }

  /** The preview of a file is left: resolved once nothing is left of what was read of it. */
  async dismiss(path: string): Promise<void> {
    // Another one may be in its place already.
    if (this.#asked?.path !== path) return
    this.#asked = undefined
    await this.#giveUp()
  }

  async #giveUp(): Promise<void> {
    clearTimeout(this.#timer)
    const ahead = this.#ahead
    if (!ahead) return
    this.#ahead = undefined
    ahead.begun.cancel()
    // Where it was read to its end there is nothing to cancel. What cannot be deleted now goes when the session is closed.
    await ahead.begun.read
      .then(() => {
        if (ahead.session.isOpen) ahead.session.datasets.discard(ahead.begun.datasetId)
      })
      .catch(() => undefined)
  }
}

/** Where all of the file was looked at, or types stand in it, there is little to wait for. */
function isWorthwhile({ typed, fileBytes, bytesRead, nRows }: Preview): boolean {
  return (
    typed === undefined &&
    bytesRead < fileBytes &&
    fileBytes >= SMALLEST_BYTES &&
    fileBytes <= LARGEST_BYTES &&
    nRows > 0
  )
}

function stateOf(path: string): FileState | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && { inode: found.ino, bytes: found.size, modified: found.mtimeMs }
}
