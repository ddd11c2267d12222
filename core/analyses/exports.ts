import type { AnalysisKind, ExportTable, StoredResult } from '../contract/analysis.ts'
import { exportFactorization } from './factorization/export.ts'
import { exportPca } from './pca/export.ts'
import { exportSvd } from './svd/export.ts'

type AnyExport = (result: StoredResult<never>, rowNames: string[] | null) => ExportTable[]

/** The tables a stored result of each kind can be taken away as. */
export const analysisExports: Record<AnalysisKind, AnyExport> = {
  pca: exportPca,
  svd: exportSvd,
  factorization: exportFactorization
}
