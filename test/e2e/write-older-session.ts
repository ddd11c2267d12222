/** Writes a session of iris with a PCA as version 2 left it, for a test to open: run on Electron's Node, with the file to write.
 * Version 2 knew no studies, no divisors, no supplementary rows, and kept less of a result. */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createEngine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'

const root = resolve(import.meta.dirname, '..', '..')
const path = process.argv[2]!

/** Everything in which version 3 differs, taken out again. */
const toVersion2 = `
DELETE FROM result_chunk WHERE name IN ('residualSquares', 'squaredDistances', 'deviations');
DELETE FROM result_array WHERE name IN ('residualSquares', 'squaredDistances', 'deviations');
DROP TABLE study;
ALTER TABLE result_array DROP COLUMN layout;
UPDATE analysis SET
  params = json_remove(params, '$.centre', '$.divisor', '$.weight', '$.imputeComponents', '$.supplementaryRows',
    '$.supplementaryColumns', '$.group'),
  summary = json_remove(summary, '$.centre', '$.supplementary', '$.imputeComponents');
PRAGMA user_version = 2;
`

const folder = mkdtempSync(join(tmpdir(), 'older-session-'))
const engine = createEngine({
  userDataDir: folder,
  resourcesDir: join(root, 'resources'),
  computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
})
const client = new LocalClient(engine)
const file = client.grant(join(root, 'resources', 'samples', 'iris.csv'), 'read')
const { dialect, ragged } = await client.call('import.preview', { file })
const imported = await client.call('import.commit', { file, name: 'iris', dialect, columns: null, ragged })
const { datasetId } = await client.finish(imported.jobId)
const run = await client.call('analysis.run', { datasetId: datasetId!, kind: 'pca', params: { scale: 'unit' } })
await client.finish(run.jobId)
await client.call('session.saveAs', { file: client.grant(path, 'write') })
await engine.close()
rmSync(folder, { recursive: true, force: true })

const database = new Database(path)
database.exec(toVersion2)
database.close()
