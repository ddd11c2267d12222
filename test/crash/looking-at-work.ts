/** A process that looks at the preview of a file until it is read ahead, and is killed then.
 * Arguments: user-data folder, CSV file, when: "begun" (its first chunks are stored) or "over" (all of them are). */
import { createEngine } from '../../core/engine/engine.ts'
import { ComputePool } from '../../core/engine/compute-pool.ts'
import { LocalClient } from '../../core/engine/local-client.ts'
import { DatasetStore } from '../../core/session/datasets.ts'

const [userDataDir, table, when] = process.argv.slice(2) as [string, string, 'begun' | 'over']
const die = (): void => void process.kill(process.pid, 'SIGKILL')

if (when === 'begun') {
  const addChunks = Reflect.get<DatasetStore, 'addChunks'>(DatasetStore.prototype, 'addChunks')
  DatasetStore.prototype.addChunks = function (this: DatasetStore, ...given) {
    addChunks.apply(this, given)
    die()
  }
} else {
  const start = Reflect.get<ComputePool, 'start'>(ComputePool.prototype, 'start')
  ComputePool.prototype.start = function (this: ComputePool, task, onMessage) {
    const running = start.call(this, task, onMessage)
    if (task.task === 'import') void running.done.then(die)
    return running
  }
}

const engine = createEngine({
  userDataDir,
  resourcesDir: userDataDir,
  computeUrl: new URL('../../core/engine/compute.ts', import.meta.url)
})
const client = new LocalClient(engine)
await client.call('import.preview', { file: client.grant(table, 'read') })
// What reads ahead keeps no process alive by waiting for its turn.
setInterval(() => undefined, 1000)
