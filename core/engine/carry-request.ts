import type { ExportChoices, ExportFormat } from '../contract/export.ts'
import type { FactorModelHead } from '../contract/factor-model.ts'
import type { FactorModelFormat, ListFormat, SvdModelFormat } from '../contract/carry-calls.ts'
import type { ListFilter } from '../contract/recommending.ts'
import type { StoredTable } from './export-request.ts'
import type { SvdOrigin } from '../export/svd/svd-model.ts'
import type { ModelReference, RatingsReference } from './recommend-request.ts'
import type { ResultReference } from './session-requests.ts'

/** A factorization to be written to a file. */
export interface CarryTask {
  task: 'carry'
  path: string
  model: ModelReference
  /** all of what a model file says but the numbers that only the worker knows */
  head: Omit<FactorModelHead, 'globalMean' | 'deviation' | 'ratingRange' | 'howToScore' | 'method'>
  what:
    | { kind: 'model'; format: FactorModelFormat }
    | {
        kind: 'lists'
        format: ListFormat
        choices: ExportChoices
        users: 'all' | number[]
        n: number
        filter: ListFilter
      }
    | {
        kind: 'predictions'
        format: ExportFormat
        choices: ExportChoices
        stored: StoredTable
        user: string
        item: string
      }
}

/** A truncated SVD to be written to a file. */
export interface CarrySvdTask {
  task: 'carrySvd'
  path: string
  format: SvdModelFormat
  result: ResultReference
  /** what it was made from; read for a script alone */
  table: RatingsReference
  origin: SvdOrigin
}
