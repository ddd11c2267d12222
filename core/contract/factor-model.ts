import { z } from 'zod'
import { modelArraySchema } from './model-array.ts'
import { modelProvenanceSchema } from './model-provenance.ts'

/** Says what a file is: another program may look for it before it reads on. */
export const FACTOR_MODEL_SCHEMA_ID = 'urn:eigendesk:factor-model:1'

/** Everything of a model of users and items but its names and numbers. */
export const factorModelHeadSchema = z.object({
  $schema: z.literal(FACTOR_MODEL_SCHEMA_ID),
  kind: z.literal('factorization'),
  version: z.literal(1),
  software: z.string(),
  name: z.string().min(1).describe('Of the result it was taken from.'),
  method: z.string().describe('As in parameters.'),
  howToScore: z.string().describe('The arithmetic of a score in one line, in the names of the arrays.'),
  globalMean: z.number().describe('Mean of what is predicted, over the training ratings.'),
  deviation: z.number().min(0).describe('Standard deviation of the training ratings, divisor n: λ counts in it.'),
  ratingRange: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe('Least and largest training rating, to which a shown prediction may be clipped; null for preferences.'),
  parameters: z.record(z.string(), z.json()).describe('What was asked of the analysis, the seed included.'),
  provenance: modelProvenanceSchema.describe(
    'Where the ratings came from: the file with its checksum, and every preparation step.'
  )
})
export type FactorModelHead = z.output<typeof factorModelHeadSchema>

/** A model of users and items as a JSON file that any program can score from. In an NPZ file the same stands as arrays: `about`
 * is this object without users, items and arrays, as a JSON text; `users` and `items` are texts. */
export const factorModelSchema = factorModelHeadSchema.extend({
  users: z.array(z.string()).describe('Names, in the order of the rows of the user arrays.'),
  items: z.array(z.string()).describe('Names, in the order of the rows of the item arrays.'),
  arrays: z
    .record(z.string(), modelArraySchema)
    .describe(
      'userFactors (users × K), itemFactors (items × K), userBias, itemBias, userCounts, itemCounts; what a method has besides ' +
        '(implicitFactors of SVD++, itemWeights of EASE, neighbourOffsets, neighbourColumns and neighbourWeights of item ' +
        'neighbours, draws of a Bayesian model; penaltyScale, what regularization was multiplied by); the training ratings by ' +
        'user: trainingOffsets (users + 1), trainingItems, trainingValues.'
    ),
  schema: z.record(z.string(), z.json()).optional().describe('This description, as JSON Schema.')
})
/** The schema of a model file as JSON Schema 2020-12, for programs that are not this one. */
export function factorModelJsonSchema(): Record<string, z.core.util.JSONType> {
  const { $schema, ...rest } = z.toJSONSchema(factorModelSchema) as Record<string, z.core.util.JSONType>
  return { $schema: $schema!, $id: FACTOR_MODEL_SCHEMA_ID, title: 'A model of users and items', ...rest }
}
