import type { CallResult, EngineEvent } from '../contract/calls.ts'
import type { keepCalls } from '../contract/keep-calls.ts'
import type { Revealed } from '../session/history.ts'
import type { Copying } from './copying.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'

/** Calls about what has been done in a session, and keeping it. */
export function keepHandlers(
  desk: Desk,
  jobs: JobQueue,
  copying: Copying,
  emit: (event: EngineEvent) => void
): Pick<Handlers, keyof typeof keepCalls> {
  /** Work on a dataset that went out of sight ends: its result would be nobody's. */
  const cancelOrphans = (): void => {
    const inSight = new Set(desk.session.datasets.list().map((dataset) => dataset.id))
    for (const { id, datasetId } of jobs.list()) if (datasetId !== undefined && !inSight.has(datasetId)) jobs.cancel(id)
  }
  const step = (take: () => Revealed[]): CallResult<'history.undo'> => {
    const revealed = take()
    cancelOrphans()
    emit({ event: 'session.changed' })
    return { session: desk.describe(jobs), revealed }
  }
  return {
    'history.undo': () => step(() => desk.session.history.undo()),
    'history.redo': () => step(() => desk.session.history.redo()),
    'checkpoint.list': () => desk.session.checkpoints.list(),
    'checkpoint.save': ({ name }) => ({ checkpointId: desk.session.checkpoints.save(name) }),
    'checkpoint.revert': ({ checkpointId }) => step(() => desk.session.checkpoints.revertTo(checkpointId)),
    'checkpoint.remove': ({ checkpointId }) => {
      desk.session.checkpoints.remove(checkpointId)
      return {}
    },
    'session.duplicate': async () => {
      await copying.run(`Duplicate ${desk.session.name}`, async (watch) => {
        await desk.duplicate(watch)
        jobs.cancelAll()
      })
      return desk.describe(jobs)
    }
  }
}
