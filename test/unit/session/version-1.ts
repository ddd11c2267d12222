import Database from 'better-sqlite3'
import { APPLICATION_ID, migrations } from '../../../core/session/schema.ts'
import { encodeChunk } from '../../../core/table/chunks.ts'

/** What the first version wrote of a file it had read: its dialect knew nothing of escapes, thousands, footers. */
const about = {
  ratings: null,
  source: {
    fileName: 'old.csv',
    bytes: 42,
    sha256: 'a'.repeat(64),
    dialect: {
      delimiter: ';',
      quote: '"',
      encoding: 'windows-1252',
      decimal: ',',
      newline: '\r\n',
      headerRow: 1,
      firstDataRow: 2,
      missingTokens: ['', 'NA']
    }
  },
  problems: { kept: [], counts: {}, total: 0 },
  nRowsLeftOut: 0
}

/** Makes a session file as the first version left it: its migration alone, one dataset x = 1, 2, 3 with one result. */
export function writeVersion1(path: string): void {
  const db = new Database(path)
  db.exec(migrations[0]!)
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma('user_version = 1')
  db.pragma('journal_mode = WAL')
  const at = '2026-01-02T03:04:05.000Z'
  const meta = db.prepare('INSERT INTO meta VALUES (?, ?)')
  meta.run('id', 'session of version 1')
  meta.run('untitled', '0')
  db.prepare('INSERT INTO dataset VALUES (?, 1, 1, ?, 3, ?, ?)').run('d', 'old', JSON.stringify(about), at)
  const column = { name: 'x', type: 'number', missing: 0 }
  db.prepare('INSERT INTO dataset_column VALUES (?, 0, ?, ?, ?, NULL)').run('d', 'x', 'number', JSON.stringify(column))
  const chunk = db.prepare('INSERT INTO column_chunk VALUES (?, ?, 0, ?)')
  chunk.run('d', 0, encodeChunk({ kind: 'number', values: Float64Array.of(1, 2, 3) }))
  chunk.run('d', -1, encodeChunk({ kind: 'codes', codes: Int32Array.of(2, 3, 4) }))
  db.prepare('INSERT INTO analysis VALUES (?, ?, 1, ?, ?, ?, ?, 3.5, ?)').run('a', 'd', 'pca', 'PCA', '{}', '{}', at)
  db.prepare('INSERT INTO result_array VALUES (?, ?, ?, ?)').run('a', 'scores', 'float64', '[3,1]')
  db.prepare('INSERT INTO result_chunk VALUES (?, ?, 0, ?)').run('a', 'scores', Buffer.from(new Float64Array(3).buffer))
  db.close()
}
