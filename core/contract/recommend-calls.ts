import { z } from 'zod'
import { call } from './call.ts'
import {
  givenRatingSchema,
  listFilterSchema,
  personSchema,
  whoSchema,
  type Explanation,
  type ItemFacts,
  type ItemTable,
  type Recommendation
} from './recommending.ts'

const id = z.string().min(1)
const index = z.number().int().min(0)
const length = z.number().int().min(1).max(1000)

/** Pairs that are predicted in one call, at most. */
const MAX_PAIRS = 100_000

/** Calls between a stored factorization and a person: a worker keeps the model that was asked last, so that only the first answer
 * takes longer. */
export const recommendCalls = {
  /** what to recommend to somebody, what they rated, and where they stand on the map */
  'recommend.user': call(
    z.object({ analysisId: id, who: whoSchema, n: length, filter: listFilterSchema.default({ seen: 'exclude' }) }),
    z.custom<Recommendation>()
  ),
  /** why an item has the score it has for somebody: terms that sum to it */
  'recommend.explain': call(z.object({ analysisId: id, who: whoSchema, item: index }), z.custom<Explanation>()),
  /** items like one, who likes it, and its place */
  'recommend.similar': call(
    z.object({
      analysisId: id,
      item: index,
      n: length,
      /** α of q·r / (‖q‖^α ‖r‖^α): 0 is the dot product, 1 the cosine */
      measure: z.object({ exponent: z.number().min(0).max(2) }).default({ exponent: 1 })
    }),
    z.custom<ItemFacts>()
  ),
  /** scores of pairs; −1 is a user or item the model does not know, which adds nothing */
  'recommend.predict': call(
    z.object({ analysisId: id, pairs: z.array(z.tuple([z.number().int(), z.number().int()])).max(MAX_PAIRS) }),
    z.custom<Float64Array>()
  ),
  /** those saved with the table of a result; ratings of items that this result does not have are counted */
  'recommend.people': call(
    z.object({ analysisId: id }),
    z.array(z.object({ name: z.string(), ratings: z.array(givenRatingSchema), unknown: z.number() }))
  ),
  /** saves somebody under a name, in the place of an older one of that name */
  'recommend.savePerson': call(
    z.object({ analysisId: id, name: personSchema.shape.name, ratings: z.array(givenRatingSchema).max(20_000) }),
    z.object({})
  ),
  /** null where nobody has that name; what was removed can be put back with restorePerson */
  'recommend.removePerson': call(z.object({ analysisId: id, name: z.string() }), personSchema.nullable()),
  /** puts somebody back as they were saved, also what they rated that this result does not have */
  'recommend.restorePerson': call(z.object({ analysisId: id, person: personSchema }), z.object({})),
  /** ‖q‖ of every item; zeros for a method without factors */
  'recommend.itemLengths': call(z.object({ analysisId: id }), z.custom<Float64Array>()),
  /** tables of the session in which the items stand, best match first; the table of ratings itself comes last */
  'recommend.itemTables': call(z.object({ analysisId: id }), z.custom<ItemTable[]>()),
  /** the first row in which each item stands in such a column; −1 where it does not */
  'recommend.itemRows': call(z.object({ analysisId: id, datasetId: id, column: z.string() }), z.custom<Int32Array>())
}
