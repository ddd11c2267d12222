import { z } from 'zod'
import { modelArraySchema } from './model-array.ts'
import { modelProvenanceSchema } from './model-provenance.ts'

/** Says what a file is: another program may look for it before it reads on. */
export const SVD_MODEL_SCHEMA_ID = 'urn:eigendesk:svd-model:1'

/** Everything of a truncated SVD A ≈ U·diag(σ)·Vᵀ but its names and numbers. */
export const svdModelHeadSchema = z.object({
  $schema: z.literal(SVD_MODEL_SCHEMA_ID),
  kind: z.literal('svd'),
  version: z.literal(1),
  software: z.string(),
  name: z.string().min(1).describe('Of the result it was taken from.'),
  source: z
    .enum(['columns', 'triplets', 'text'])
    .describe('What A is made from: columns of numbers, entries named by row and column, or documents by terms.'),
  centring: z.literal('none').describe('Nothing is subtracted from A, and nothing divides it.'),
  howToPlace: z.string().describe('How another row gets its coordinates, in the names of the arrays.'),
  nRows: z.number().int().min(1),
  nColumns: z.number().int().min(1),
  nFactors: z.number().int().min(1),
  frobeniusNorm: z.number().positive().describe('Of A.'),
  text: z
    .object({
      language: z.string().describe('As BCP 47 names it: by its rules words are told apart (UAX 29, ICU).'),
      stopWords: z.array(z.string()).describe('Words that were left out.'),
      ngrams: z.enum(['words', 'pairs']).describe('pairs: also each two words that follow each other.'),
      sublinear: z.boolean().describe('1 + ln(count) in place of the count.'),
      weighting: z.string().describe('The weight of a term in a document, in one line.')
    })
    .nullable()
    .describe('How texts become rows of A; null where A is made from something else.'),
  signRule: z.string().describe('largest-positive: the entry of largest magnitude of each column of V is positive.'),
  parameters: z.record(z.string(), z.json()).describe('What was asked of the analysis, the seed included.'),
  provenance: modelProvenanceSchema.describe(
    'Where the table came from: the file with its checksum, and every preparation step.'
  )
})
export type SvdModelHead = z.output<typeof svdModelHeadSchema>

/** A truncated SVD as a JSON file that any program can place rows with. In an NPZ file the same stands as arrays: `about` is this
 * object without rows, columns and arrays, as a JSON text; `rows` and `columns` are texts. */
export const svdModelSchema = svdModelHeadSchema.extend({
  rows: z.array(z.string()).describe('Names of the rows of A.'),
  columns: z.array(z.string()).describe('Names of the columns of A; of text its terms.'),
  arrays: z
    .record(z.string(), modelArraySchema)
    .describe(
      'singularValues (K), leftVectors: U (rows × K), rightVectors: V (columns × K), normShare: σ²/‖A‖² (K), ' +
        'explainedVariance and explainedVarianceRatio (K); of text also documentCounts and idf (one a term).'
    ),
  schema: z.record(z.string(), z.json()).optional().describe('This description, as JSON Schema.')
})

/** The schema of a model file as JSON Schema 2020-12, for programs that are not this one. */
export function svdModelJsonSchema(): Record<string, z.core.util.JSONType> {
  const { $schema, ...rest } = z.toJSONSchema(svdModelSchema) as Record<string, z.core.util.JSONType>
  return { $schema: $schema!, $id: SVD_MODEL_SCHEMA_ID, title: 'A truncated singular value decomposition', ...rest }
}
