import { expect, it, onTestFinished, vi } from 'vitest'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { ComputePool } from '../../../core/engine/compute-pool.ts'
import type { PreviewTask } from '../../../core/engine/compute-protocol.ts'
import { paramsFor } from '../pca/fit-rows.ts'
import { repository } from './open-engine.ts'

const path = join(repository, 'resources', 'samples', 'iris.csv')
/** A preview never looks at the stop button, so it always comes to its end. */
const preview: PreviewTask = { task: 'preview', path, dialect: {}, types: {}, ragged: 'pad' }

function openPool(): ComputePool {
  const pool = new ComputePool(new URL('../../../core/engine/compute.ts', import.meta.url))
  onTestFinished(() => pool.close())
  return pool
}

it('ends work that finished in the moment it was cancelled as cancelled', async () => {
  const running = openPool().start(preview, () => undefined)
  running.cancel()
  await expect(running.done).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
})

it('leaves the worker to the next task where one is cancelled after its end', async () => {
  const pool = openPool()
  const first = pool.start(preview, () => undefined)
  await first.done
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  first.cancel()
  const second = pool.start(preview, () => undefined)
  vi.advanceTimersByTime(60_000)
  await expect(second.done).resolves.toMatchObject({ type: 'previewed' })
})

it('starts another worker where the one that waited has ended', async () => {
  const made = once(process, 'worker')
  const pool = openPool()
  const [worker] = (await made) as [Worker]
  await worker.terminate()
  await expect(pool.start(preview, () => undefined).done).resolves.toMatchObject({ type: 'previewed' })
})

it('does not give a worker that died while its memory was lent to the next task', async () => {
  const made = once(process, 'worker')
  const pool = openPool()
  const [worker] = (await made) as [Worker]
  const columns = ['a', 'b'].map((name, j) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from({ length: 600_000 }, (_, i) => (i * (7 + j)) % 101)
  }))
  const table = { fileName: 'lent.csv', nRows: 600_000, lines: new Int32Array(600_000), columns }
  const params = { ...paramsFor(table) }
  const running = pool.start({ task: 'run', kind: 'pca', params, table, others: {} }, () => undefined)
  await expect(running.done).resolves.toMatchObject({ type: 'ran', lends: true })
  await worker.terminate()
  running.release()
  await expect(pool.start(preview, () => undefined).done).resolves.toMatchObject({ type: 'previewed' })
})
