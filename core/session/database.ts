import Database from 'better-sqlite3'

/** How long a writer waits for another before it gives up, ms: the library is shared by all windows. */
const SHARED_TIMEOUT_MS = 2000
/** A session file has one user: it is not worth waiting for another one's end, only for the end of its closing. */
const SOLE_TIMEOUT_MS = 250

export type Connection = Database.Database

/** The connection a session works on at the moment: "Save as" puts another in its place while work goes on. */
export interface OpenFile {
  db: Connection
}

/** Opens with what every database of ours needs: durable commits, foreign keys, no trust in a stranger's schema. */
export function connect(path: string, options: { mustExist: boolean; soleUse: boolean }): Connection {
  const timeout = options.soleUse ? SOLE_TIMEOUT_MS : SHARED_TIMEOUT_MS
  const db = new Database(path, { fileMustExist: options.mustExist, timeout })
  // Before anything is read: the lock taken then is kept until the connection or its process ends, however it ends.
  if (options.soleUse) db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  return db
}

/** Bytes to which the log grows before it is copied into the file. */
const LOG_BYTES = 512 * 2 ** 20

/** WAL with full sync: a finished step survives a power cut. Written only once the file is known to be ours. */
export function makeDurable(db: Connection): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // Copying the log into the file is put off, so that an import does not wait for it every few megabytes.
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  db.pragma(`wal_autocheckpoint = ${Math.ceil(LOG_BYTES / pageBytes)}`)
}

/** Runs the migrations the file has not seen, each with its version bump, in one transaction. */
export function migrate(db: Connection, migrations: readonly string[], applicationId: number): void {
  const from = db.pragma('user_version', { simple: true }) as number
  if (from >= migrations.length) return
  db.transaction(() => {
    for (const step of migrations.slice(from)) db.exec(step)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${migrations.length}`)
  })()
}

interface SchemaObject {
  type: string
  name: string
  sql: string | null
}

/** The objects a database holds, in a form two databases can be compared by. */
export function schemaObjects(db: Connection): string[] {
  const objects = db.prepare<[], SchemaObject>('SELECT type, name, sql FROM sqlite_master').all()
  return objects.map((o) => `${o.type} ${o.name} ${(o.sql ?? '').replace(/\s+/g, ' ')}`).sort()
}

/** The objects the migrations make on an empty database. */
export function expectedObjects(migrations: readonly string[]): string[] {
  const empty = new Database(':memory:')
  try {
    for (const step of migrations) empty.exec(step)
    return schemaObjects(empty)
  } finally {
    empty.close()
  }
}
