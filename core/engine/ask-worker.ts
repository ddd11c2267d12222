import { EigendeskError } from '../contract/errors.ts'
import type { ComputePool } from './compute-pool.ts'
import type { LookAnswers, LookTask } from './look-task.ts'
import type { WorkControl } from './slow-work.ts'

/** Asks a worker, and follows what it does. */
export type Ask = <T extends LookTask>(task: T, control: WorkControl) => Promise<LookAnswers[T['look']]>

/** @throws CANCELLED; what the worker throws */
export function askOf(pool: ComputePool): Ask {
  return async (task, control) => {
    const running = pool.start(task, (message) => {
      if (message.type === 'progress') control.progress(message.phase, message.fraction)
    })
    control.follow(running)
    const message = await running.done
    if (message.type !== 'looked') throw new EigendeskError('INTERNAL', { reason: `look answered ${message.type}` })
    return message.answer as never
  }
}
