import {
  close,
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  open,
  openSync,
  readdirSync,
  renameSync,
  rmSync
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import { SESSION_EXTENSION } from '../contract/host.ts'
import type { Connection } from './database.ts'

/** Bytes of pages copied before others have a turn: about a millisecond. */
const STEP_BYTES = 2 ** 20
/** Bytes copied ahead of the disk at most: what is behind at the end is waited for. */
const AHEAD_BYTES = 32 * 2 ** 20
/** How long the copying rests where the disk is behind, ms. */
const REST_MS = 2

/** How a copy under way is followed and stopped. */
export interface CopyWatch {
  /** throws CANCELLED */
  checkpoint: () => void
  progress: (fraction: number) => void
}

/** Writes what a connection sees to a new file, whole or not at all, on the disk when it returns. In steps: other work is done
 * in between, and what it writes through this connection is in the copy too. When the promise is fulfilled nothing was
 * written since.
 * @param prepare changes the copy while it still has its temporary name
 * @throws CANCELLED, also where the connection is closed meanwhile | DISK_FULL | FILE_NOT_WRITABLE; what was at target is
 * unchanged then */
export async function writeCopy(
  db: Connection,
  target: string,
  watch: CopyWatch,
  prepare: (temporary: string) => void = () => undefined
): Promise<void> {
  const temporary = temporaryOf(target)
  try {
    removeLeftovers(target)
    await copyPages(db, temporary, watch)
    putInPlace(temporary, target, prepare)
  } catch (thrown) {
    removeSessionFile(temporary)
    throw db.open ? asCopyError(thrown, target) : new EigendeskError('CANCELLED')
  }
}

/** The same before the engine answers anybody, in one step.
 * @throws DISK_FULL | FILE_NOT_WRITABLE; what was at target is unchanged then */
export function writeCopyAtOnce(db: Connection, target: string): void {
  const temporary = temporaryOf(target)
  try {
    removeLeftovers(target)
    db.prepare('VACUUM INTO ?').run(temporary)
    putInPlace(temporary, target, () => undefined)
  } catch (thrown) {
    removeSessionFile(temporary)
    throw asCopyError(thrown, target)
  }
}

const temporaryOf = (target: string): string => join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)

async function copyPages(db: Connection, temporary: string, { checkpoint, progress }: CopyWatch): Promise<void> {
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  const pages = Math.max(1, Math.floor(STEP_BYTES / pageBytes))
  const disk = new Flusher(temporary)
  await db.backup(temporary, {
    progress: ({ totalPages, remainingPages }) => {
      checkpoint()
      progress(1 - remainingPages / Math.max(1, totalPages))
      if (disk.keepsUp((totalPages - remainingPages) * pageBytes)) return pages
      rest()
      return 0
    }
  })
}

const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
const rest = (): unknown => Atomics.wait(sleeper, 0, 0, REST_MS)

/** Has a file that grows written to the disk on the way: otherwise all of it is waited for at its end. */
class Flusher {
  readonly #path: string
  #flushed = 0
  #isBusy = false

  constructor(path: string) {
    this.#path = path
  }

  /** @returns whether more may be written now */
  keepsUp(written: number): boolean {
    if (written - this.#flushed < AHEAD_BYTES) return true
    if (!this.#isBusy) this.#flush(written)
    return written - this.#flushed < 2 * AHEAD_BYTES
  }

  /** A failure shows in the last, decisive flush. */
  #flush(written: number): void {
    this.#isBusy = true
    const done = (): void => {
      this.#flushed = written
      this.#isBusy = false
    }
    open(this.#path, 'r+', (failure, handle) => {
      if (failure) done()
      else fsync(handle, () => close(handle, done))
    })
  }
}

/** Gives a finished copy its name. */
function putInPlace(temporary: string, target: string, prepare: (temporary: string) => void): void {
  prepare(temporary)
  syncToDisk(temporary)
  // A write-ahead log left beside an older file of this name must not be applied to the new one.
  for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true })
  renameSync(temporary, target)
  syncFolder(target)
}

function asCopyError(thrown: unknown, target: string): EigendeskError {
  if (thrown instanceof EigendeskError) return thrown
  if (toErrorData(thrown).code === 'DISK_FULL') return new EigendeskError('DISK_FULL')
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return new EigendeskError('FILE_NOT_WRITABLE', { file: basename(target), reason })
}

/** Where the file of an older version is kept when it is migrated: beside it, under a name that is still free. */
export function backupPath(path: string, version: number): string {
  const stem = join(dirname(path), basename(path, extname(path)))
  for (let n = 1; ; n++) {
    const candidate = `${stem}.v${version}.backup${n === 1 ? '' : ` ${n}`}.${SESSION_EXTENSION}`
    if (!existsSync(candidate)) return candidate
  }
}

/** What SQLite keeps beside a file. */
const BESIDE = ['-wal', '-shm', '-journal']

/** Deletes a session file with what SQLite keeps beside it. */
export function removeSessionFile(path: string): void {
  for (const suffix of ['', ...BESIDE]) rmSync(path + suffix, { force: true })
}

/** The same of a file that may be large: the system takes a moment for every gigabyte, in which others have a turn. */
export async function removeLargeSessionFile(path: string): Promise<void> {
  for (const suffix of ['', ...BESIDE]) await rm(path + suffix, { force: true })
}

/** Temporary copies of this target that a process left which was killed at its work. */
function removeLeftovers(target: string): void {
  const stem = `.${basename(target)}.`
  for (const name of readdirSync(dirname(target))) {
    const processId = name.startsWith(stem) ? /^(\d+)\.tmp$/.exec(name.slice(stem.length))?.[1] : undefined
    if (processId === undefined || (Number(processId) !== process.pid && isRunning(Number(processId)))) continue
    removeSessionFile(join(dirname(target), name))
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename is durable once its folder is; Windows has no such call and does not need it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dirname(path), 'r')
  try {
    fsyncSync(handle)
  } catch {
    // Some network file systems refuse it; the file itself is on the disk.
    return
  } finally {
    closeSync(handle)
  }
}
