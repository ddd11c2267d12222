import type { FactorizationStudyKind } from '../../../contract/study.ts'
import type { AnyStudySpec } from '../../pca/studies/specs.ts'
import { modelsSpec } from './models/spec.ts'
import { searchSpec } from './search/spec.ts'
import { stabilitySpec } from './stability/spec.ts'

/** What can be computed of a stored factorization on demand. Pure: the maths is in runs.ts. */
export const factorizationStudySpecs: Record<FactorizationStudyKind, AnyStudySpec> = {
  models: modelsSpec as unknown as AnyStudySpec,
  search: searchSpec as unknown as AnyStudySpec,
  stability: stabilitySpec as unknown as AnyStudySpec
}
