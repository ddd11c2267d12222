import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { Connection } from './database.ts'

/** Session files this process has open, by device and inode. Between processes SQLite's own exclusive lock decides, which
 * the system drops with the process. Within one process that lock says nothing, and worse: POSIX drops all locks a process
 * has on a file as soon as it closes any handle to it (sqlite.org/howtocorrupt.html, §2.2). So a file in this list is
 * not even looked into. */
const open = new Map<string, Connection>()

function keyOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true })
  return `${dev}:${ino}`
}

/** Whether two paths lead to one file, both there. */
export function isSameFile(path: string, other: string): boolean {
  return path === other || (existsSync(path) && existsSync(other) && keyOf(path) === keyOf(other))
}

/** @throws SESSION_BUSY where this process has the file open already */
export function refuseSecondUse(path: string): void {
  if (existsSync(path) && open.get(keyOf(path))?.open)
    throw new EigendeskError('SESSION_BUSY', { file: basename(path) })
}

/** Says that the connection, for as long as it is open, is the one to that file. */
export function holdForSoleUse(path: string, db: Connection): void {
  for (const [key, held] of open) if (!held.open) open.delete(key)
  open.set(keyOf(path), db)
}
