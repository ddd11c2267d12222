import type { PcaStudyKind, StudySpec } from '../../../contract/study.ts'
import { bootstrapSpec } from './bootstrap/spec.ts'
import { criteriaSpec } from './criteria/spec.ts'
import { factorabilitySpec } from './factorability/spec.ts'
import { neighboursSpec } from './neighbours/spec.ts'
import { rotationSpec } from './rotation/spec.ts'
import { clustersSpec } from './clusters/spec.ts'
import { descriptionSpec } from './description/spec.ts'

/** A spec whose types are erased, for code that treats all studies alike. */
export type AnyStudySpec = StudySpec<Record<string, unknown>, Record<string, unknown>, never, never>

/** What can be computed of a stored PCA on demand. Pure: the maths is in runs.ts. */
export const pcaStudySpecs: Record<PcaStudyKind, AnyStudySpec> = {
  criteria: criteriaSpec as unknown as AnyStudySpec,
  factorability: factorabilitySpec as unknown as AnyStudySpec,
  bootstrap: bootstrapSpec as unknown as AnyStudySpec,
  neighbours: neighboursSpec as unknown as AnyStudySpec,
  rotation: rotationSpec as unknown as AnyStudySpec,
  clusters: clustersSpec as unknown as AnyStudySpec,
  description: descriptionSpec as unknown as AnyStudySpec
}
