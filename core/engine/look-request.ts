import type { Method } from '../analyses/factorization/methods.ts'
import type { LayoutParams } from '../analyses/factorization/ratings.ts'
import type { CorrelationMethod, CorrelationTable } from '../contract/column-statistics.ts'
import type { RunComparison } from '../contract/comparison-calls.ts'
import type { RowFilter, SortKey } from '../contract/looking.ts'
import type { FactorsFacts } from '../export/report/factors.ts'
import type { PlacedRows } from '../contract/svd-calls.ts'
import type { RatingsSummary } from '../contract/ratings-summary.ts'
import type { TableView } from '../contract/table.ts'
import type { SvdFacts } from '../export/report/svd.ts'
import type { ReportFacts } from '../export/report/report.ts'
import type { StoredColumn } from '../table/stored-column.ts'
import type { ColumnReference, ResultReference } from './session-requests.ts'
import type { DescribedColumn } from './statistics-task.ts'

/** What is asked of a worker that a call waits for. */
export type LookTask =
  | { task: 'look'; look: 'arrange'; nRows: number; sort: SortKey[]; filters: RowFilter[]; columns: StoredColumn[] }
  | {
      task: 'look'
      look: 'find'
      text: string
      columns: { position: number; column: StoredColumn }[]
      /** by row of the dataset: the column in which the text was found before, or −1 */
      marks: Int32Array
    }
  | { task: 'look'; look: 'describe'; columns: { position: number; column: StoredColumn }[]; stride: number }
  | { task: 'look'; look: 'compare'; samples: Float64Array[] }
  | { task: 'look'; look: 'correlate'; columns: StoredColumn[]; method: CorrelationMethod; stride: number }
  | {
      task: 'look'
      look: 'runs'
      first: ResultReference
      second: ResultReference
      /** at most */
      nComponents: number
      sameRows: boolean
    }
  | { task: 'look'; look: 'ratings'; table: TableView; params: LayoutParams & { method: Method } }
  | ReportTask
  | FactorsReportTask
  | SvdReportTask
  | PlaceTask

/** What it answers, by what was asked. */
export interface LookAnswers {
  arrange: Int32Array
  find: Int32Array
  describe: DescribedColumn[]
  compare: ({ partner: number; r: number } | null)[]
  correlate: CorrelationTable
  runs: RunComparison
  ratings: RatingsSummary
  report: string
  factorsReport: string
  svdReport: string
  place: { model: string; placed: PlacedRows }
}

/** What a report is made from: all that is small, and where the rest is read. */
export interface ReportTask {
  task: 'look'
  look: 'report'
  facts: Omit<ReportFacts, 'result' | 'rowNames' | 'groups'>
  result: ResultReference
  /** names the rows */
  label: ColumnReference | null
  /** groups the rows */
  group: ColumnReference | null
}

/** What the report of a factorization is made from. */
export interface FactorsReportTask {
  task: 'look'
  look: 'factorsReport'
  facts: Omit<FactorsFacts, 'result'>
  result: ResultReference
}

/** What the report of a truncated SVD is made from. */
export interface SvdReportTask {
  task: 'look'
  look: 'svdReport'
  facts: Omit<SvdFacts, 'result'>
  result: ResultReference
}

/** Rows of a dataset to be placed with a model from its file. */
export interface PlaceTask {
  task: 'look'
  look: 'place'
  path: string
  /** with all its columns, of which those are read that the model names */
  table: Omit<TableView, 'columns'> & { columns: ColumnReference[] }
}
