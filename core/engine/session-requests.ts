import type { AnalysisKind, ResultArray } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnType } from '../contract/table.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ArrayHead } from '../session/stored-array.ts'
import { serveRequests, type Requests } from './requests.ts'

/** A stored result as a worker is told of it: all but its arrays and lists, which it asks for piece by piece. A million rows of
 * twenty scores are 160 MB: read in one go they would keep every other call waiting. */
export interface ResultReference {
  analysisId: string
  kind: AnalysisKind
  params: Record<string, unknown>
  summary: Record<string, unknown>
  arrays: Record<string, ArrayHead>
}

/** A column of a dataset as a worker is told of it: its cells are asked for chunk by chunk. */
export interface ColumnReference {
  datasetId: string
  position: number
  name: string
  type: ColumnType
  dictionary: string[] | null
  nRows: number
  nChunks: number
}

/** What a worker asks the session for. */
export type SessionRequest =
  | { of: 'array'; analysisId: string; name: string; chunk: number }
  | { of: 'list'; analysisId: string; name: string }
  | { of: 'column'; datasetId: string; position: number; chunk: number }

export type SessionReply<R extends SessionRequest> = R['of'] extends 'array'
  ? ResultArray['data']
  : R['of'] extends 'list'
    ? string[]
    : Uint8Array

/** @param names the arrays it may ask for; all of them where nothing is said
 * @throws ANALYSIS_UNKNOWN */
export function referToResult(session: SessionFile, analysisId: string, names?: readonly string[]): ResultReference {
  const { kind, params, summary } = session.analyses.get(analysisId)
  const heads = Object.entries(session.analyses.heads(analysisId))
  const arrays = Object.fromEntries(names ? heads.filter(([name]) => names.includes(name)) : heads)
  return { analysisId, kind, params, summary, arrays }
}

/** Columns of a dataset, in the order of their names.
 * @throws COLUMN_UNKNOWN */
export function referToColumns(session: SessionFile, datasetId: string, names: readonly string[]): ColumnReference[] {
  const { cells } = session
  const { nRows } = cells.sizeOf(datasetId)
  const positions = cells.positions(datasetId)
  return names.map((name) => {
    const position = positions.get(name)
    if (position === undefined) {
      throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: [...positions.keys()].join(', ') })
    }
    const { column, nChunks } = cells.describe(datasetId, position)
    return { datasetId, position, name, type: column.type, dictionary: column.dictionary, nRows, nChunks }
  })
}

/** Answers a worker, each piece in a turn of its own: other calls are answered in between. */
export function serveSession(session: SessionFile, requests: Requests): void {
  serveRequests(requests, (request: SessionRequest): ResultArray['data'] | string[] | Uint8Array => {
    if (request.of === 'array') return session.analyses.chunk(request.analysisId, request.name, request.chunk)
    if (request.of === 'list') return session.analyses.items(request.analysisId, request.name)
    return session.cells.chunk(request.datasetId, request.position, request.chunk)
  })
}
