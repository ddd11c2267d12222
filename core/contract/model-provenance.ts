import { z } from 'zod'

/** Where what a model was fitted to came from, in a model file of any kind: whoever uses it says what in its description. */
export const modelProvenanceSchema = z.object({
  dataset: z.string(),
  source: z.object({ fileName: z.string(), bytes: z.number(), sha256: z.string() }),
  steps: z.array(z.string())
})
