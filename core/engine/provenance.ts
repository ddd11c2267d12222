import type { Provenance } from '../contract/export.ts'
import { describeSteps } from '../contract/preparation.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { software } from './software.ts'

/** Where a dataset came from and what was done to it. */
export function provenanceOf(dataset: DatasetInfo): Provenance {
  const { fileName, bytes, sha256, dialect } = dataset.source
  return {
    software,
    dataset: dataset.name,
    source: { fileName, bytes, sha256, dialect },
    steps: describeSteps(dataset)
  }
}
