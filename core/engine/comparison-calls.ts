import type { comparisonCalls } from '../contract/comparison-calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import { askOf } from './ask-worker.ts'
import { COMPARED_ARRAYS } from './compare-runs-task.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
import { referToResult } from './session-requests.ts'
import { SlowWork } from './slow-work.ts'

/** Calls that put two results beside each other. */
export function comparisonHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool
): Pick<Handlers, keyof typeof comparisonCalls> {
  const work = new SlowWork(jobs)
  const ask = askOf(pool)
  return {
    'analysis.compare': ({ analysisId, otherId, nComponents }) => {
      const { session } = desk
      const [one, other] = [session.analyses.get(analysisId), session.analyses.get(otherId)]
      for (const { kind } of [one, other]) {
        if (kind !== 'pca')
          throw new EigendeskError('INVALID_CALL', { reason: `a comparison of a result of kind ${kind}` })
      }
      const task = {
        task: 'look' as const,
        look: 'runs' as const,
        first: referToResult(session, analysisId, COMPARED_ARRAYS),
        second: referToResult(session, otherId, COMPARED_ARRAYS),
        nComponents,
        sameRows: one.datasetId === other.datasetId
      }
      const about = { name: `Compare ${one.name} and ${other.name}`, datasetId: one.datasetId }
      return work.run('compare-runs', about, (control) => ask(task, control, session))
    }
  }
}
