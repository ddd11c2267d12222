import { factorizationParamsSchema } from '../analyses/factorization/spec.ts'
import type { ItemTable } from '../contract/recommending.ts'
import type { SessionFile } from '../session/session-file.ts'
import { referToColumns, type ColumnReference } from './session-requests.ts'

/** A table of items has about a row for each; what has many times as many is a table of something else, and is not read. */
const MOST_ROWS_PER_ITEM = 20
/** A table that says nothing of most items is no table of them: numbers of users may be numbers of items by chance. */
const LEAST_SHARE = 0.25

/** Columns of other tables of the session in which items may stand.
 * @throws ANALYSIS_UNKNOWN */
export function likelyColumns(session: SessionFile, analysisId: string): ColumnReference[] {
  const { datasetId, lists } = session.analyses.get(analysisId)
  const most = MOST_ROWS_PER_ITEM * (lists['items'] ?? 0)
  return session.datasets
    .list()
    .filter(({ id, nRows }) => id !== datasetId && nRows <= most)
    .flatMap(({ id, columns }) =>
      referToColumns(
        session,
        id,
        columns.map(({ name }) => name)
      )
    )
}

/** One column of each table, that in which most items stand; the best table first, and at the end the ratings themselves, which
 * may say something of their items beside them. */
export function rankTables(
  session: SessionFile,
  analysisId: string,
  columns: readonly ColumnReference[],
  shares: readonly number[]
): ItemTable[] {
  const names = new Map(session.datasets.list().map(({ id, name }) => [id, name]))
  const best = new Map<string, ItemTable>()
  columns.forEach(({ datasetId, name: column }, at) => {
    const share = shares[at]!
    const name = names.get(datasetId)
    // Removed while it was read.
    if (name === undefined || share < LEAST_SHARE || share <= (best.get(datasetId)?.share ?? 0)) return
    best.set(datasetId, { datasetId, name, column, share })
  })
  const { datasetId, params } = session.analyses.get(analysisId)
  const { layout, item } = factorizationParamsSchema.parse(params)
  const own = names.get(datasetId)
  const ranked = [...best.values()].sort((a, b) => b.share - a.share)
  return layout === 'long' && item !== null && own !== undefined
    ? [...ranked, { datasetId, name: own, column: item, share: 1 }]
    : ranked
}
