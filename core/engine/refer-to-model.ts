import { factorizationParamsSchema, factorizationSpec } from '../analyses/factorization/spec.ts'
import { columnsRead, svdParamsSchema } from '../analyses/svd/params.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ModelReference, RatingsReference } from './recommend-request.ts'
import { referToColumns, referToResult, type ResultReference } from './session-requests.ts'

/** What a worker is told of a result and of the tables it was fitted to.
 * @throws ANALYSIS_UNKNOWN | INVALID_CALL where it is no factorization */
export function referToModel(session: SessionFile, analysisId: string): ModelReference {
  const { kind, name, params, datasetId, createdAt } = session.analyses.get(analysisId)
  if (kind !== 'factorization') throw new EigendeskError('INVALID_CALL', { reason: `${name} is no factorization` })
  const asked = factorizationParamsSchema.parse(params)
  const names = factorizationSpec.columnsNeeded(asked, session.datasets.get(datasetId))
  // A test table may lack a column of times.
  const table = (id: string): RatingsReference =>
    referToTable(
      session,
      id,
      names.filter((column) => id === datasetId || session.cells.positionOf(id, column) >= 0)
    )
  return {
    key: `${session.path} ${analysisId} ${createdAt}`,
    result: referToResult(session, analysisId),
    table: table(datasetId),
    others: (factorizationSpec.datasetsNeeded?.(asked) ?? []).map(table)
  }
}

/** What a worker is told of a truncated SVD and of the table it was made from.
 * @throws ANALYSIS_UNKNOWN | INVALID_CALL where it is no SVD */
export function referToSvd(
  session: SessionFile,
  analysisId: string
): { result: ResultReference; table: RatingsReference } {
  const { kind, name, params, datasetId } = session.analyses.get(analysisId)
  if (kind !== 'svd') throw new EigendeskError('INVALID_CALL', { reason: `${name} is no truncated SVD` })
  const names = columnsRead(svdParamsSchema.parse(params))
  return { result: referToResult(session, analysisId), table: referToTable(session, datasetId, names) }
}

const referToTable = (session: SessionFile, datasetId: string, names: readonly string[]): RatingsReference => ({
  datasetId,
  nRows: session.cells.sizeOf(datasetId).nRows,
  columns: referToColumns(session, datasetId, names)
})
