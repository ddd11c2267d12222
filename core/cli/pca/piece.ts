import type { ResultArray } from '../../contract/analysis.ts'
import type { RunComparison } from '../../contract/comparison-calls.ts'
import type { DatasetInfo } from '../../contract/session.ts'
import type { StudyRecord } from '../../contract/study-calls.ts'
import type { StudyKind } from '../../contract/study.ts'
import type { ColumnData } from '../../contract/table.ts'
import type { PcaParams, PcaSummary } from '../../analyses/pca/spec.ts'
import type { Printable } from '../json-stream.ts'

/** A PCA that was run, as the parts of its printout see it. */
export interface PcaOutcome {
  dataset: DatasetInfo
  params: PcaParams
  summary: PcaSummary
  /** options as they were given; those that were not are undefined */
  values: Record<string, string | boolean | undefined>
  /** @throws ARRAY_UNKNOWN */
  array: (name: string) => Promise<ResultArray>
  /** whether the result has an array of that name */
  has: (name: string) => boolean
  /** a column of the dataset, whole */
  column: (name: string) => Promise<ColumnData>
  /** runs a study of the result; its arrays are read as "<kind>.<name>" afterwards */
  study: (kind: StudyKind, params?: Record<string, unknown>) => Promise<StudyRecord>
  /** runs the analysis again with some parameters changed, and puts that run beside this one on the first components of both */
  compare: (changed: Partial<PcaParams>, nComponents: number) => Promise<RunComparison>
}

/** A part of what `pca` prints: options of its own, and what it adds to the JSON. */
export interface PcaPiece {
  options: Record<string, { type: 'string' | 'boolean' }>
  entries: (outcome: PcaOutcome) => Promise<[string, Printable][]>
}
