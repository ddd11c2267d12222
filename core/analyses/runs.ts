import type { AnalysisKind, AnalysisRun, ExportTable, StoredResult } from '../contract/analysis.ts'
import { exportFactorization } from './factorization/export.ts'
import { runFactorization } from './factorization/run.ts'
import { exportPca } from './pca/export.ts'
import { runPca } from './pca/run.ts'

type AnyRun = AnalysisRun<never, Record<string, unknown>>
type AnyExport = (result: StoredResult<never>, rowNames: string[] | null) => ExportTable[]

/** What the engine runs and exports for each kind; parameters are validated by the spec before they come here. */
export const analysisRuns: Record<AnalysisKind, { run: AnyRun; exportTables: AnyExport }> = {
  pca: { run: runPca, exportTables: exportPca },
  factorization: { run: runFactorization, exportTables: exportFactorization }
}
