import type { comparisonCalls } from '../contract/comparison-calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import { askOf } from './ask-worker.ts'
import type { ComparedRun } from './compare-runs-task.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
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
      const about = { name: `Compare ${one.name} and ${other.name}`, datasetId: one.datasetId }
      return work.run('compare-runs', about, async (control) => {
        const first = readRun(session, analysisId)
        control.checkpoint()
        const second = readRun(session, otherId)
        const compared = Math.min(nComponents, first.width, second.width)
        const sameRows = one.datasetId === other.datasetId
        return ask({ task: 'look', look: 'runs', first, second, nComponents: compared, sameRows }, control)
      })
    }
  }
}

function readRun(session: SessionFile, id: string): ComparedRun {
  const { analyses } = session
  const scores = analyses.array(id, 'scores')
  return {
    columns: analyses.get(id).summary['columns'] as string[],
    components: analyses.array(id, 'components').data,
    rowsUsed: analyses.array(id, 'rowsUsed').data,
    scores: scores.data,
    width: scores.shape[1] ?? 1
  }
}
