import type { AnalysisKind, AnalysisRun } from '../contract/analysis.ts'
import type { StudyKind } from '../contract/study.ts'
import { runFactorization } from './factorization/run.ts'
import { factorizationStudyRuns } from './factorization/studies/runs.ts'
import { runPca } from './pca/run.ts'
import { pcaStudyRuns, type AnyStudyRun } from './pca/studies/runs.ts'
import { runSvd } from './svd/run.ts'

type AnyRun = AnalysisRun<never, Record<string, unknown>>

/** What a compute worker runs for each kind; parameters are validated by the spec before they come here. Only workers
 * import this, for all of the linear algebra comes with it. */
export const analysisRuns: Record<AnalysisKind, AnyRun> = { pca: runPca, svd: runSvd, factorization: runFactorization }

/** The same for what is computed of a stored result. */
export const studyRuns: Record<StudyKind, AnyStudyRun> = { ...pcaStudyRuns, ...factorizationStudyRuns }
