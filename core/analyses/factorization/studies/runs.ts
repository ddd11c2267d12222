import type { FactorizationStudyKind } from '../../../contract/study.ts'
import type { AnyStudyRun } from '../../pca/studies/runs.ts'
import { runModels } from './models/run.ts'
import { runSearch } from './search/run.ts'
import { runStability } from './stability/run.ts'

/** What a compute worker runs for each study of a factorization. */
export const factorizationStudyRuns: Record<FactorizationStudyKind, AnyStudyRun> = {
  models: runModels,
  search: runSearch,
  stability: runStability
}
