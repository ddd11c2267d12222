import type { TableView } from '../contract/table.ts'
import type { SessionFile } from '../session/session-file.ts'

/** Further datasets that a run reads, by id: of the columns it reads of its own those that they have. One that cannot be done
 * without is asked for by the run, which knows. */
export function viewOthers(session: SessionFile, ids: string[], columns: string[]): Record<string, TableView> {
  return Object.fromEntries(
    ids.map((id) => {
      const has = new Set(session.datasets.get(id).columns.map(({ name }) => name))
      return [
        id,
        session.datasets.view(
          id,
          columns.filter((name) => has.has(name))
        )
      ]
    })
  )
}
