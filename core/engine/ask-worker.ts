import { EigendeskError } from '../contract/errors.ts'
import type { ComputePool } from './compute-pool.ts'
import type { LookAnswers, LookTask } from './look-request.ts'
import { serveSession } from './session-requests.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { WorkControl } from './slow-work.ts'

/** Asks a worker, and follows what it does.
 * @param session answers what the worker asks of it; for tasks that read results */
export type Ask = <T extends LookTask>(
  task: T,
  control: WorkControl,
  session?: SessionFile
) => Promise<LookAnswers[T['look']]>

/** @throws CANCELLED; what the worker throws */
export function askOf(pool: ComputePool): Ask {
  return async (task, control, session) => {
    const running = pool.start(task, (message) => {
      if (message.type === 'progress') control.progress(message.phase, message.fraction)
      else if (message.type === 'reading' && session) serveSession(session, message.requests)
    })
    control.follow(running)
    const message = await running.done
    if (message.type !== 'looked') throw new EigendeskError('INTERNAL', { reason: `look answered ${message.type}` })
    return message.answer as never
  }
}
