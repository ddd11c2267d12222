import { z } from 'zod'

const index = z.number().int().min(0)

/** What somebody gave an item; of a preference model the value counts as in the table it was fitted to, 1 for a like. */
export const givenRatingSchema = z.object({ item: index, value: z.number() })
export type GivenRating = z.infer<typeof givenRatingSchema>

const MAX_GIVEN = 20_000

/** Who is asked about: a user of the table, somebody new with a few ratings, or somebody saved with the table. */
export const whoSchema = z.union([
  z.object({ user: index }),
  z.object({ ratings: z.array(givenRatingSchema).max(MAX_GIVEN) }),
  z.object({ person: z.string().min(1) })
])
export type Who = z.infer<typeof whoSchema>

/** Which items a list may hold. */
export const listFilterSchema = z.object({
  /** whether those may stand in it that the person has rated, in training or held out */
  seen: z.enum(['exclude', 'include']).default('exclude'),
  /** training ratings an item has at least, and at most */
  minRatings: index.optional(),
  maxRatings: index.optional(),
  /** only these */
  items: z.union([z.array(index), z.instanceof(Int32Array)]).optional()
})
export type ListFilter = z.output<typeof listFilterSchema>

/** Of every interval: nine ratings of ten lie within. */
export const INTERVAL_LEVEL = 0.9

/** A number a model predicts, never clipped: that is what lists are ordered by. */
export interface Predicted {
  score: number
  /** the score within the range of the training ratings; the same where nothing is clipped */
  clipped: number
  /** where the rating is with INTERVAL_LEVEL probability, of a model that says so */
  interval?: [number, number]
}

export interface Recommended extends Predicted {
  item: number
  /** training ratings it has */
  nRatings: number
}

export interface Rated {
  item: number
  value: number
  predicted: number
  /** as it stands in the column of times; null where there is none */
  time: number | string | null
  /** not in training: held out to judge the model by */
  held: boolean
}

/** A list for somebody, and how the model sees them. */
export interface Recommendation {
  list: Recommended[]
  /** items that pass the filter */
  nCandidates: number
  /** everything they have rated, in the order of the table */
  history: Rated[]
  /** their point; null where the method has no factors */
  factors: Float64Array | null
  bias: number
  /** how the point was found, in a sentence: stored, or by one exact solve */
  foundBy: string
  /** of the solve that placed them; 0 for a user of the table */
  milliseconds: number
}

/** Whether somebody has rated every item: a list without what they have rated has nothing to hold. */
export const hasRatedAll = (ratings: readonly { item: number }[], nItems: number): boolean =>
  new Set(ratings.map(({ item }) => item)).size >= nItems

/** A part of a score. 'mean': what everybody gets; 'user' and 'item': what this person gives and this item gets beyond it;
 * 'factor' k: p·q on an axis, 'implicit' the part of it that is of having rated at all; 'past': what one item of their history adds. */
export interface Term {
  kind: 'mean' | 'user' | 'item' | 'factor' | 'implicit' | 'past'
  /** of the factor or of the past item; −1 for others */
  index: number
  label: string
  value: number
  /** 'past': what they gave it */
  given?: number
}

export interface Explanation extends Predicted {
  item: number
  nRatings: number
  /** sum to the score to 1e-9 of the largest of them */
  terms: Term[]
  /** the rule of the sum, in a sentence */
  rule: string
  /** what they gave it themselves; null where they did not */
  given: number | null
}

export interface SimilarItem {
  item: number
  similarity: number
  nRatings: number
}

export interface ItemFacts {
  /** by what likeness was measured, in a sentence */
  measure: string
  similar: SimilarItem[]
  /** those who rated it highest, and those who have not and are predicted to most */
  ratedBy: { user: number; value: number; predicted: number }[]
  wouldLike: { user: number; score: number }[]
  nRatings: number
  /** mean of its training ratings; null without any */
  meanRating: number | null
  /** 1 is the item with most training ratings */
  popularityRank: number
  factors: Float64Array | null
  bias: number
}

/** Somebody saved with a table: ratings under the names of the items, so that every model of it knows them. */
export const personSchema = z.object({
  name: z.string().trim().min(1).max(100),
  ratings: z.array(z.object({ item: z.string(), value: z.number() })).max(MAX_GIVEN)
})
export type Person = z.output<typeof personSchema>

/** A table of the session in which a column has the items' names. */
export interface ItemTable {
  datasetId: string
  name: string
  column: string
  /** of the items, how many are found in the column: 0 … 1 */
  share: number
}
