import type { AnalysisKind, AnalysisSpec } from '../contract/analysis.ts'
import type { StudyKind } from '../contract/study.ts'
import { factorizationSpec } from './factorization/spec.ts'
import { factorizationStudySpecs } from './factorization/studies/specs.ts'
import { pcaSpec } from './pca/spec.ts'
import { pcaStudySpecs, type AnyStudySpec } from './pca/studies/specs.ts'
import { svdSpec } from './svd/spec.ts'

/** A spec whose parameter and summary types are erased, for code that treats all analyses alike. */
export type AnySpec = AnalysisSpec<Record<string, unknown>, Record<string, unknown>>

/** The analyses there are, in the order of the menu. Pure: the renderer imports this. The maths is in runs.ts. */
export const analysisSpecs: Record<AnalysisKind, AnySpec> = {
  pca: pcaSpec as unknown as AnySpec,
  svd: svdSpec as unknown as AnySpec,
  factorization: factorizationSpec as unknown as AnySpec
}

/** What can be computed of a stored result on demand. */
export const studySpecs: Record<StudyKind, AnyStudySpec> = { ...pcaStudySpecs, ...factorizationStudySpecs }
