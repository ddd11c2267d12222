import type { AnalysisKind, ResultArray } from '../contract/analysis.ts'
import type { StudyKind } from '../contract/study.ts'
import { studySpecs } from '../analyses/registry.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnType } from '../contract/table.ts'
import type { AnalysisInfo } from '../contract/session.ts'
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
  /** when each of its studies was made: they are made anew, while a result is as it is */
  studies: AnalysisInfo['studies']
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

/** The study that an array is of, as the worker was told of it. */
interface Made {
  kind: StudyKind
  at: string
}

/** What a worker asks the session for. */
export type SessionRequest =
  | { of: 'array'; analysisId: string; name: string; chunk: number; made: Made | null }
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
  const { kind, params, summary, studies } = session.analyses.get(analysisId)
  const heads = Object.entries(session.analyses.heads(analysisId))
  const arrays = Object.fromEntries(names ? heads.filter(([name]) => names.includes(name)) : heads)
  return { analysisId, kind, params, summary, arrays, studies }
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

/** The study that an array of a result is of; null where it is of the result itself. */
export function studyOf({ studies }: ResultReference, name: string): Made | null {
  const found = Object.entries(studies).find(([kind]) => name.startsWith(`${kind}.`))
  return found ? { kind: found[0] as StudyKind, at: found[1] } : null
}

/** Answers a worker, each piece in a turn of its own: other calls are answered in between. What it was told of it can read to
 * the end, also where it goes out of sight meanwhile; where the session is left nobody waits for what it makes. */
export function serveSession(session: SessionFile, requests: Requests): void {
  serveRequests(requests, (request: SessionRequest): ResultArray['data'] | string[] | Uint8Array => {
    if (!session.isOpen) throw new EigendeskError('CANCELLED')
    if (request.of === 'array') {
      const { analysisId, name, chunk, made } = request
      if (made && session.studies.madeAt(analysisId, made.kind) !== made.at) {
        throw new EigendeskError('STUDY_CHANGED', { value: studySpecs[made.kind].title })
      }
      return session.analyses.chunk(analysisId, name, chunk)
    }
    if (request.of === 'list') return session.analyses.keptItems(request.analysisId, request.name)
    return session.cells.chunk(request.datasetId, request.position, request.chunk)
  })
}
