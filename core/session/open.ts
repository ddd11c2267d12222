import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import { checkContents } from './check-contents.ts'
import { backupPath, writeCopy, writeCopyAtOnce, type CopyWatch } from './copy.ts'
import { connect, expectedObjects, makeDurable, migrate, schemaObjects, type Connection } from './database.ts'
import { APPLICATION_ID, CURRENT_VERSION, migrations } from './schema.ts'
import { holdForSoleUse, refuseSecondUse } from './sole-use.ts'

const SQLITE_MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100
/** Offset of application_id in a database header (sqlite.org/fileformat2.html, §1.3). */
const APPLICATION_ID_OFFSET = 68
/** Offset of user_version there. */
const USER_VERSION_OFFSET = 60

/** Of new files. Chunks of columns are half a megabyte: storing them takes a third of the time it takes on pages of
 * 4 KiB, while an empty session still is less than a megabyte. */
const PAGE_BYTES = 16_384

/** Makes a new, empty session file. */
export function createSessionFile(path: string): Connection {
  const db = connect(path, { mustExist: false, soleUse: true })
  db.pragma(`page_size = ${PAGE_BYTES}`)
  // Before the write-ahead log begins: what says whose file this is must lie in the file itself, also after a crash.
  migrate(db, migrations, APPLICATION_ID)
  makeDurable(db)
  holdForSoleUse(path, db)
  return db
}

/** Opens a session file that may come from anybody. One made by an older version is migrated, in one transaction with the
 * check of what it holds, after a copy of it was put beside it; where that fails the file is as it was.
 * @throws FILE_NOT_FOUND | FILE_IS_FOLDER | SESSION_FOREIGN | SESSION_NEWER | SESSION_CORRUPT | SESSION_BUSY | FILE_NOT_WRITABLE | DISK_FULL */
export function openSessionFile(path: string): Connection {
  const { db, version } = beginOpening(path)
  try {
    if (version < CURRENT_VERSION) writeCopyAtOnce(db, backupPath(path, version))
    bringUpToDate(db, basename(path))
    return db
  } catch (thrown) {
    db.close()
    throw asSessionError(thrown, basename(path))
  }
}

/** The same where it takes long and other calls wait: the copy of an older version is made in steps.
 * @throws what openSessionFile throws | CANCELLED */
export async function openOlderFile(path: string, watch: CopyWatch): Promise<Connection> {
  const { db, version } = beginOpening(path)
  try {
    if (version < CURRENT_VERSION) await writeCopy(db, backupPath(path, version), watch)
    bringUpToDate(db, basename(path))
    return db
  } catch (thrown) {
    db.close()
    throw asSessionError(thrown, basename(path))
  }
}

/** A copy that was just made of a session that is open: what it holds was checked there. */
export function openOwnCopy(path: string): Connection {
  const db = connect(path, { mustExist: true, soleUse: true })
  try {
    makeDurable(db)
    holdForSoleUse(path, db)
    return db
  } catch (thrown) {
    db.close()
    throw asSessionError(thrown, basename(path))
  }
}

/** Whether the file says that it is a session of an older version; false for anything else, which opening it will tell. */
export function isOlderVersion(path: string): boolean {
  try {
    const header = readHeader(path, basename(path))
    const version = header.readInt32BE(USER_VERSION_OFFSET)
    return version >= 1 && version < CURRENT_VERSION
  } catch {
    return false
  }
}

function beginOpening(path: string): { db: Connection; version: number } {
  const file = basename(path)
  refuseSecondUse(path)
  checkHeader(path, file)
  checkWritable(path, file)
  let db: Connection | undefined
  try {
    db = connect(path, { mustExist: true, soleUse: true })
    const version = checkForm(db, file)
    makeDurable(db)
    holdForSoleUse(path, db)
    return { db, version }
  } catch (thrown) {
    db?.close()
    throw asSessionError(thrown, file)
  }
}

/** Saving over a session that is open elsewhere would take the file from under it. Anything else may be replaced: the
 * dialog has asked.
 * @throws SESSION_BUSY */
export function refuseSessionInUse(path: string): void {
  if (!existsSync(path)) return
  refuseSecondUse(path)
  let db: Connection | undefined
  try {
    db = connect(path, { mustExist: true, soleUse: true })
    db.pragma('schema_version')
  } catch (thrown) {
    const refusal = asSessionError(thrown, basename(path))
    if (refusal instanceof EigendeskError && refusal.data.code === 'SESSION_BUSY') throw refusal
  } finally {
    db?.close()
  }
}

/** Reads the header before SQLite sees the file, so that a foreign file is never written to. */
function checkHeader(path: string, file: string): void {
  const header = readHeader(path, file)
  if (header.toString('latin1', 0, SQLITE_MAGIC.length) !== SQLITE_MAGIC) {
    throw new EigendeskError('SESSION_FOREIGN', { file, reason: 'it is not a database' })
  }
  if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== APPLICATION_ID) {
    throw new EigendeskError('SESSION_FOREIGN', { file, reason: 'it belongs to another program' })
  }
}

function readHeader(path: string, file: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  try {
    const stat = statSync(path)
    if (stat.isDirectory()) throw new EigendeskError('FILE_IS_FOLDER', { file })
    if (!stat.isFile()) throw new EigendeskError('FILE_UNREADABLE', { file, reason: 'it is not a regular file' })
    const handle = openSync(path, 'r')
    try {
      const read = readSync(handle, header, 0, HEADER_BYTES, 0)
      if (read < HEADER_BYTES) throw new EigendeskError('SESSION_FOREIGN', { file, reason: 'it is too short' })
    } finally {
      closeSync(handle)
    }
  } catch (thrown) {
    throw fromSystemError(thrown, file)
  }
  return header
}

/** SQLite opens a file that may only be read, and fails at its first lock with an error that says nothing of it. */
function checkWritable(path: string, file: string): void {
  try {
    accessSync(path, constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
  } catch {
    const reason = 'it may only be read here; copy it to a folder that may be written to, and open the copy'
    throw new EigendeskError('FILE_NOT_WRITABLE', { file, reason })
  }
}

function bringUpToDate(db: Connection, file: string): void {
  db.transaction(() => {
    migrate(db, migrations, APPLICATION_ID)
    checkContents(db, file)
  })()
}

/** Returns the version of a file whose tables are ours. */
function checkForm(db: Connection, file: string): number {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > CURRENT_VERSION) {
    throw new EigendeskError('SESSION_NEWER', { file, value: version, limit: CURRENT_VERSION })
  }
  if (version < 1) throw new EigendeskError('SESSION_FOREIGN', { file, reason: 'it has no format version' })
  const health = db.pragma('quick_check(1)', { simple: true })
  if (health !== 'ok') throw new EigendeskError('SESSION_CORRUPT', { file, reason: String(health) })
  // Only our own tables and indexes: no view, trigger or virtual table of a stranger is ever run.
  const expected = new Set(expectedObjects(migrations.slice(0, version)))
  const found = schemaObjects(db)
  const strange = found.find((object) => !expected.has(object))
  if (strange !== undefined || found.length !== expected.size) {
    const what = strange?.split(' ').slice(0, 2).join(' ') ?? 'a table is missing'
    throw new EigendeskError('SESSION_FOREIGN', { file, reason: `its tables are not ours (${what})` })
  }
  return version
}

function asSessionError(thrown: unknown, file: string): unknown {
  if (thrown instanceof EigendeskError) return thrown
  const code = thrown instanceof Error ? ((thrown as NodeJS.ErrnoException).code ?? '') : ''
  if (code.startsWith('SQLITE_BUSY')) return new EigendeskError('SESSION_BUSY', { file })
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new EigendeskError('SESSION_CORRUPT', { file, reason: (thrown as Error).message })
  }
  if (code === 'SQLITE_FULL') return new EigendeskError('DISK_FULL')
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
    return new EigendeskError('FILE_NOT_WRITABLE', { file, reason: 'the system refused to write beside it' })
  }
  return fromSystemError(thrown, file)
}
