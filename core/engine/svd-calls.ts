import type { svdCalls } from '../contract/svd-calls.ts'
import { askOf } from './ask-worker.ts'
import type { Handlers } from './dispatch.ts'
import type { EngineParts } from './parts.ts'
import { referToColumns } from './session-requests.ts'
import { SlowWork } from './slow-work.ts'

/** Calls about truncated SVDs. */
export function svdHandlers({
  desk,
  grants,
  jobs,
  pool
}: Omit<EngineParts, 'emit'>): Pick<Handlers, keyof typeof svdCalls> {
  const work = new SlowWork(jobs)
  const ask = askOf(pool)
  return {
    'svd.place': async ({ model, datasetId }) => {
      const path = await grants.path(model, 'read')
      const { session } = desk
      const dataset = session.datasets.get(datasetId)
      // Lines for what may be wrong; of the columns a worker reads those that the model names.
      const { fileName, nRows, lines } = session.datasets.view(datasetId, [])
      const columns = referToColumns(
        session,
        datasetId,
        dataset.columns.map(({ name }) => name)
      )
      return work.run('place', { name: `Place rows of ${dataset.name}`, datasetId }, (control) =>
        ask({ task: 'look', look: 'place', path, table: { fileName, nRows, lines, columns } }, control, session)
      )
    }
  }
}
