import { factorizationParamsSchema, factorizationSpec } from '../analyses/factorization/spec.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ModelReference, RatingsReference } from './recommend-request.ts'
import { referToColumns, referToResult } from './session-requests.ts'

/** What a worker is told of a result and of the tables it was fitted to.
 * @throws ANALYSIS_UNKNOWN | INVALID_CALL where it is no factorization */
export function referToModel(session: SessionFile, analysisId: string): ModelReference {
  const { kind, name, params, datasetId, createdAt } = session.analyses.get(analysisId)
  if (kind !== 'factorization') throw new EigendeskError('INVALID_CALL', { reason: `${name} is no factorization` })
  const asked = factorizationParamsSchema.parse(params)
  const dataset = session.datasets.get(datasetId)
  const names = factorizationSpec.columnsNeeded(asked, dataset)
  // A test table may lack a column of times.
  const table = (id: string): RatingsReference => ({
    datasetId: id,
    nRows: session.cells.sizeOf(id).nRows,
    columns: referToColumns(
      session,
      id,
      names.filter((column) => id === datasetId || session.cells.positionOf(id, column) >= 0)
    )
  })
  return {
    key: `${session.path} ${analysisId} ${createdAt}`,
    result: referToResult(session, analysisId),
    table: table(datasetId),
    others: (factorizationSpec.datasetsNeeded?.(asked) ?? []).map(table)
  }
}
