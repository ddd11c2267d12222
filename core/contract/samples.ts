import { z } from 'zod'
import type { AnalysisKind } from './analysis.ts'

export const sampleIdSchema = z.enum(['iris', 'four-by-five'])
export type SampleId = z.infer<typeof sampleIdSchema>

/** A sample opens as a dataset with one analysis already run. */
export interface Sample {
  id: SampleId
  /** file under resources/samples */
  file: string
  name: string
  description: string
  size: string
  analysis: { kind: AnalysisKind; params: Record<string, unknown> }
}

export const samples: Sample[] = [
  {
    id: 'iris',
    file: 'iris.csv',
    name: 'Fisher’s iris',
    description: 'Three species in four measurements',
    size: '150 × 5 · PCA',
    analysis: { kind: 'pca', params: { scale: 'unit' } }
  },
  {
    id: 'four-by-five',
    file: 'four-users-five-movies.csv',
    name: '4 users × 5 movies',
    description: 'Who liked what: two factors on one map',
    size: '4 × 5 · factorization',
    analysis: { kind: 'factorization', params: { method: 'wals', nFactors: 2 } }
  }
]
