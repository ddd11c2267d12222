import { factorizationParamsSchema, factorizationSpec } from '../analyses/factorization/spec.ts'
import type { ratingsCalls } from '../contract/ratings-calls.ts'
import type { RatingsSummary } from '../contract/ratings-summary.ts'
import { askOf } from './ask-worker.ts'
import { checkParams } from './complete-params.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
import { SlowWork } from './slow-work.ts'

/** Summaries that are kept: a form goes back and forth between a few choices. */
const KEPT = 20

/** What of the parameters a summary depends on. */
const readParamsSchema = factorizationParamsSchema.pick({
  method: true,
  layout: true,
  user: true,
  item: true,
  rating: true,
  items: true,
  time: true,
  duplicates: true
})

/** Calls about the ratings of a table, before anything is fitted to them. A dataset never changes, so nothing kept is stale. */
export function ratingsHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool
): Pick<Handlers, keyof typeof ratingsCalls> {
  const work = new SlowWork(jobs)
  const ask = askOf(pool)
  const kept = new Map<string, RatingsSummary>()
  return {
    'ratings.summary': async ({ datasetId, params: asked }) => {
      const { session } = desk
      const dataset = session.datasets.get(datasetId)
      const params = checkParams(readParamsSchema, factorizationSpec.defaults(dataset, asked), (key) => key)
      const key = JSON.stringify([session.path, datasetId, params])
      const known = kept.get(key)
      if (known) return known
      const columns = factorizationSpec.columnsNeeded(params as never, dataset)
      const table = session.datasets.view(datasetId, columns)
      const summary = await work.run('ratings', { name: `Ratings of ${dataset.name}`, datasetId }, (control) =>
        ask({ task: 'look', look: 'ratings', table, params }, control)
      )
      if (kept.size === KEPT) kept.delete(kept.keys().next().value!)
      kept.set(key, summary)
      return summary
    }
  }
}
