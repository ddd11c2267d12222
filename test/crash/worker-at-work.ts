/** A process that imports, analyses, exports and saves without end, to be killed in the middle of something.
 * Arguments: user-data folder, CSV file, folder to write into. Each finished step is told on stdout. */
import { join } from 'node:path'
import { createEngine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'

const [userDataDir, table, folder] = process.argv.slice(2) as [string, string, string]
const engine = createEngine({
  userDataDir,
  resourcesDir: folder,
  computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
})
const client = new LocalClient(engine)
const told = (step: string): void => void process.stdout.write(`${step}\n`)
told('started')

const file = client.grant(table, 'read')
const { dialect, ragged } = await client.call('import.preview', { file })
for (;;) {
  const imported = await client.call('import.commit', { file, name: 'table', dialect, columns: null, ragged })
  const { datasetId } = await client.finish(imported.jobId)
  told(`dataset ${datasetId}`)
  const run = await client.call('analysis.run', { datasetId: datasetId!, kind: 'pca', params: {} })
  const { analysisId } = await client.finish(run.jobId)
  told(`analysis ${analysisId}`)
  const scores = client.grant(join(folder, 'scores.csv'), 'write')
  const written = await client.call('export.table', {
    analysisId: analysisId!,
    table: 'scores',
    format: 'csv',
    file: scores
  })
  await client.finish(written.jobId)
  await client.call('session.saveAs', { file: client.grant(join(folder, 'saved.eigendesk'), 'write') })
  told('saved')
}
