import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import { SESSION_EXTENSION } from '../contract/host.ts'
import type { Connection } from './database.ts'

/** Writes what a connection sees to a new file, whole or not at all, on the disk when it returns.
 * @param prepare changes the copy while it still has its temporary name
 * @throws DISK_FULL | FILE_NOT_WRITABLE; what was at target is unchanged then */
export function writeCopy(
  db: Connection,
  target: string,
  prepare: (temporary: string) => void = () => undefined
): void {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    removeLeftovers(target)
    db.prepare('VACUUM INTO ?').run(temporary)
    prepare(temporary)
    syncToDisk(temporary)
    // A write-ahead log left beside an older file of this name must not be applied to the new one.
    for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true })
    renameSync(temporary, target)
    syncFolder(target)
  } catch (thrown) {
    removeSessionFile(temporary)
    if (thrown instanceof EigendeskError) throw thrown
    if (toErrorData(thrown).code === 'DISK_FULL') throw new EigendeskError('DISK_FULL')
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(target), reason })
  }
}

/** Where the file of an older version is kept when it is migrated: beside it, under a name that is still free. */
export function backupPath(path: string, version: number): string {
  const stem = join(dirname(path), basename(path, extname(path)))
  for (let n = 1; ; n++) {
    const candidate = `${stem}.v${version}.backup${n === 1 ? '' : ` ${n}`}.${SESSION_EXTENSION}`
    if (!existsSync(candidate)) return candidate
  }
}

/** Deletes a session file with what SQLite keeps beside it. */
export function removeSessionFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
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
