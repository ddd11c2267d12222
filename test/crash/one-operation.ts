/** A process that takes up the work of a user-data folder, carries one operation out, and is killed at one of its steps.
 * Arguments: folder, operation, step (0: none). On the end "done" is told with the number of steps. */
import Database from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'
import { armCounter, countCalls, countFileSteps, shareCounter, stepsOf } from './step-counter.ts'

export type Operation =
  | 'import'
  | 'prepare'
  | 'save as'
  | 'save over'
  | 'duplicate'
  | 'migrate'
  | 'delete'
  | 'undo'
  | 'checkpoint'
  | 'revert'
  | 'export'
  | 'leave'

const [folder, operation, killAt] = process.argv.slice(2) as [string, Operation, string]
const at = (name: string): string => join(folder, name)
const { datasetId, analysisId, checkpointId } = JSON.parse(readFileSync(at('ids.json'), 'utf8')) as Record<
  'datasetId' | 'analysisId' | 'checkpointId',
  string
>

// Every statement given to SQLite and every change of a file is a step, in this thread and in those it starts.
const counter = shareCounter()
const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as object
for (const name of ['run', 'get', 'all']) countCalls(counter, statement, name)
for (const name of ['exec', 'pragma', 'backup', 'close']) countCalls(counter, Database.prototype, name)
countFileSteps(counter)

const engine = createEngine({
  userDataDir: at('user'),
  resourcesDir: folder,
  computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
})
const client = new LocalClient(engine)
const write = (name: string): string => client.grant(at(name), 'write')

async function importAgain(): Promise<void> {
  const file = client.grant(at('table.csv'), 'read')
  const { dialect, ragged } = await client.call('import.preview', { file })
  const { jobId } = await client.call('import.commit', { file, name: 'again', dialect, columns: null, ragged })
  await client.finish(jobId)
}

async function prepareTable(): Promise<void> {
  const { jobId } = await client.call('preparation.derive', {
    datasetId,
    name: 'prepared',
    steps: [
      { kind: 'filter', conditions: [{ test: 'compare', column: 'a', operator: '>', value: 1 }] },
      { kind: 'transform', columns: ['b'], function: 'log' },
      { kind: 'impute', columns: ['b'], method: 'median' }
    ]
  })
  await client.finish(jobId)
}

async function exportScores(): Promise<void> {
  const file = write('scores.csv')
  const { jobId } = await client.call('export.table', { analysisId, table: 'scores', format: 'csv', file })
  await client.finish(jobId)
}

const operations: Record<Operation, () => Promise<unknown>> = {
  import: importAgain,
  prepare: prepareTable,
  'save as': () => client.call('session.saveAs', { file: write('saved.eigendesk') }),
  'save over': () => client.call('session.saveAs', { file: write('other.eigendesk') }),
  duplicate: () => client.call('session.duplicate', {}),
  migrate: () => client.call('session.open', { file: client.grant(at('old.eigendesk'), 'read') }),
  delete: () => client.call('dataset.remove', { datasetId }),
  undo: () => client.call('history.undo', {}),
  checkpoint: () => client.call('checkpoint.save', { name: 'another' }),
  revert: () => client.call('checkpoint.revert', { checkpointId }),
  export: exportScores,
  leave: () => client.call('session.new', {})
}

armCounter(counter, Number(killAt))
await operations[operation]()
process.stdout.write(`done ${stepsOf(counter)}\n`)
// No closing: what is done must be stored without it.
process.kill(process.pid, 'SIGKILL')
