/** "EIGD": SQLite's header field that says whose file this is. */
export const APPLICATION_ID = 0x45494744

/** What is inside a session file, version 1. A column's values are BLOBs of 65,536 rows (core/table/chunks.ts);
 * column −1 holds the file line of each row. A dataset being imported is incomplete until its last chunk is in. */
const version1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dataset (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  name TEXT NOT NULL,
  rows INTEGER NOT NULL,
  about TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE dataset_column (
  dataset_id TEXT NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  summary TEXT NOT NULL,
  dictionary TEXT,
  PRIMARY KEY (dataset_id, position)
) WITHOUT ROWID;
CREATE TABLE column_chunk (
  dataset_id TEXT NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (dataset_id, position, chunk)
);
CREATE TABLE analysis (
  id TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  params TEXT NOT NULL,
  summary TEXT NOT NULL,
  milliseconds REAL NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX analysis_by_dataset ON analysis (dataset_id);
CREATE TABLE result_array (
  analysis_id TEXT NOT NULL REFERENCES analysis(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  dtype TEXT NOT NULL,
  shape TEXT NOT NULL,
  PRIMARY KEY (analysis_id, name)
) WITHOUT ROWID;
CREATE TABLE result_chunk (
  analysis_id TEXT NOT NULL REFERENCES analysis(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  chunk INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (analysis_id, name, chunk)
);
CREATE TABLE result_list (
  analysis_id TEXT NOT NULL REFERENCES analysis(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  length INTEGER NOT NULL,
  items TEXT NOT NULL,
  PRIMARY KEY (analysis_id, name)
);
`

/** Version 2. A dataset or analysis that is not alive is out of sight, and kept for as long as an undo or a checkpoint may
 * bring it back. A change holds what was alive before and after it (JSON, core/session/history.ts). A finding is something
 * computed of a dataset (statistics of its columns, correlations) that would be computed again if it were lost. Chunks of a
 * wide table have fewer rows, so that one of each column fits in memory. */
const version2 = `
ALTER TABLE dataset ADD COLUMN chunk_rows INTEGER NOT NULL DEFAULT 65536;
ALTER TABLE dataset ADD COLUMN parent_id TEXT;
ALTER TABLE dataset ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE dataset ADD COLUMN roles TEXT NOT NULL DEFAULT '{}';
ALTER TABLE dataset ADD COLUMN alive INTEGER NOT NULL DEFAULT 1;
ALTER TABLE analysis ADD COLUMN alive INTEGER NOT NULL DEFAULT 1;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  undone INTEGER NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE checkpoint (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE finding (
  dataset_id TEXT NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (dataset_id, key)
) WITHOUT ROWID;
UPDATE dataset SET about = json_set(about,
  '$.source.dialect.repeated', json('false'),
  '$.source.dialect.escape', '',
  '$.source.dialect.thousands', '',
  '$.source.dialect.headerRows', 1,
  '$.source.dialect.footerRows', 0,
  '$.source.dialect.comment', '',
  '$.source.dialect.dateOrder', NULL)
WHERE complete = 1;
`

/** Version 3. A study is something computed of a result on demand: one of each kind, beside the arrays of the result, in
 * which its own arrays are called "<kind>.<name>". The columns of a large matrix lie together (layout 'columns', chunked.ts). What a PCA can be asked for since then was as it now says before. */
const version3 = `
ALTER TABLE result_array ADD COLUMN layout TEXT NOT NULL DEFAULT 'rows';
CREATE TABLE study (
  analysis_id TEXT NOT NULL REFERENCES analysis(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  params TEXT NOT NULL,
  summary TEXT NOT NULL,
  milliseconds REAL NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (analysis_id, kind)
) WITHOUT ROWID;
UPDATE analysis SET
  params = json_set(params, '$.centre', 'mean', '$.divisor', 'n-1', '$.weight', NULL, '$.imputeComponents', NULL,
    '$.supplementaryRows', '', '$.supplementaryColumns', json('[]'), '$.group', NULL),
  summary = json_set(summary, '$.centre', 'mean', '$.supplementary', json('{"rows":0,"dropped":[]}'),
    '$.imputeComponents', NULL)
WHERE kind = 'pca';
`

/** Migration i brings a file from user_version i to i + 1. Never edited once released: add another. */
export const migrations: readonly string[] = [version1, version2, version3]

export const CURRENT_VERSION = migrations.length
