/** "EIGL": the application's own small database beside the sessions. */
export const LIBRARY_APPLICATION_ID = 0x4549474c

const version1 = `
CREATE TABLE recent (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  untitled INTEGER NOT NULL,
  datasets INTEGER NOT NULL,
  analyses INTEGER NOT NULL,
  opened_at TEXT NOT NULL
);
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

/** Version 2: where the file of a dataset lies on this machine. It stands here and not in the session, so that a session given
 * to somebody does not tell about the folders of whoever made it. */
const version2 = `
CREATE TABLE source (
  dataset_id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified REAL NOT NULL
) WITHOUT ROWID;
`

/** Version 3: which sessions a window holds now, so that after a crash of the whole app their windows come back. */
const version3 = `
ALTER TABLE recent ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
`

export const libraryMigrations: readonly string[] = [version1, version2, version3]
