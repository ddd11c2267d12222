import { expect, it, onTestFinished } from 'vitest'
import { join } from 'node:path'
import { ComputePool } from '../../../core/engine/compute-pool.ts'
import { repository } from './open-engine.ts'

it('ends work that finished in the moment it was cancelled as cancelled', async () => {
  const pool = new ComputePool(new URL('../../../core/engine/compute.ts', import.meta.url))
  onTestFinished(() => pool.close())
  // A preview never looks at the stop button, so it always comes to its end.
  const path = join(repository, 'resources', 'samples', 'iris.csv')
  const running = pool.start({ task: 'preview', path, dialect: {}, types: {}, ragged: 'pad' }, () => undefined)
  running.cancel()
  await expect(running.done).rejects.toMatchObject({ data: { code: 'CANCELLED' } })
})
