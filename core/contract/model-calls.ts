import { z } from 'zod'
import { call } from './call.ts'
import type { ColumnMatch, PcaModel } from './model.ts'
import { fileTokenSchema } from './file-token.ts'

const id = z.string().min(1)

/** A model is that of a result of the session, or a file. */
const modelSourceSchema = z.union([z.object({ analysisId: id }), z.object({ file: fileTokenSchema })])
export type ModelSource = z.input<typeof modelSourceSchema>

/** What a person sees of a model before it is applied. */
export interface ModelSummary {
  name: string
  columns: string[]
  nComponents: number
  /** of the rows it was fitted to */
  nSamples: number | null
  dataset: string | null
  /** what limits of T² and Q are made of: everything the model was fitted to, discarded components included */
  fit: Pick<PcaModel, 'nSamples' | 'explainedVariance' | 'totalVariance' | 'spectrum'> & { divisor: 'n-1' | 'n' }
}

/** Calls that carry a model away and apply one to other rows. */
export const modelCalls = {
  /** writes the model of a result as JSON, with its schema */
  'model.write': call(z.object({ analysisId: id, file: fileTokenSchema }), z.object({ bytes: z.number() })),
  /** what a model is, and how its columns meet those of a dataset */
  'model.match': call(
    z.object({ model: modelSourceSchema, datasetId: id }),
    z.custom<{ model: ModelSummary; match: ColumnMatch }>()
  ),
  /** another dataset: the rows of this one with their scores, T², Q and cos² beside their columns */
  'model.project': call(
    z.object({ model: modelSourceSchema, datasetId: id, name: z.string().trim().min(1).max(200) }),
    z.object({ jobId: z.string() })
  )
}
