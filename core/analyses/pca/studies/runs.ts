import type { PcaStudyKind, StudyRun } from '../../../contract/study.ts'
import { runBootstrap } from './bootstrap/run.ts'
import { runCriteria } from './criteria/run.ts'
import { runFactorability } from './factorability/run.ts'
import { runNeighbours } from './neighbours/run.ts'
import { runRotation } from './rotation/run.ts'
import { runClusters } from './clusters/run.ts'
import { runDescription } from './description/run.ts'

export type AnyStudyRun = StudyRun<never, never, never, Record<string, unknown>>

/** What a compute worker runs for each study of a PCA. */
export const pcaStudyRuns: Record<PcaStudyKind, AnyStudyRun> = {
  criteria: runCriteria,
  factorability: runFactorability,
  bootstrap: runBootstrap,
  neighbours: runNeighbours,
  rotation: runRotation,
  clusters: runClusters,
  description: runDescription
}
