import type { Explanation, ListFilter, Predicted, Rated, Recommendation, Who } from '../../../contract/recommending.ts'
import { EigendeskError } from '../../../contract/errors.ts'
import { ratingsOf, type Given, type KnownModel } from './known-model.ts'
import { placePerson, placeUser } from './place.ts'
import type { Taste } from './taste.ts'
import { allowedItems, topItems } from './top-items.ts'

/** Somebody of whom the ratings are at hand: saved people are resolved before. */
export type KnownWho = Exclude<Who, { person: string }>

/** When a user rated an item; null where the table does not say. */
export type TimeOf = (user: number) => Map<number, number | string | null> | null

interface Seat {
  taste: Taste
  /** in training, or given now */
  given: Given
  /** held out */
  held: Given
  milliseconds: number
}

const nothing: Given = { items: new Int32Array(0), values: new Float64Array(0) }

/** @throws INVALID_CALL where a user or item is not there */
function seatOf(known: KnownModel, who: KnownWho): Seat {
  if ('user' in who) {
    requireIndex('user', who.user, known.users.length)
    const held = known.held ? ratingsOf(known.held, who.user) : nothing
    return { taste: placeUser(known, who.user), given: ratingsOf(known.training, who.user), held, milliseconds: 0 }
  }
  for (const { item } of who.ratings) requireIndex('item', item, known.items.length)
  // Rated twice, the later one stands.
  const ratings = new Map(who.ratings.map(({ item, value }) => [item, value]))
  const given = { items: Int32Array.from(ratings.keys()), values: Float64Array.from(ratings.values()) }
  const began = performance.now()
  const taste = placePerson(known, given)
  return { taste, given, held: nothing, milliseconds: performance.now() - began }
}

function requireIndex(what: string, index: number, count: number): void {
  if (index >= count) throw new EigendeskError('INVALID_CALL', { reason: `${what} ${index} of ${count}` })
}

function predicted({ clip }: KnownModel, taste: Taste, item: number, score: number): Predicted {
  const [low, high] = clip ?? [-Infinity, Infinity]
  const interval = taste.interval?.(item, score)
  return { score, clipped: Math.min(high, Math.max(low, score)), ...(interval && { interval }) }
}

/** What to recommend to somebody, what they rated, and where they stand. */
export function recommend(
  known: KnownModel,
  who: KnownWho,
  n: number,
  filter: ListFilter,
  timeOf: TimeOf
): Recommendation {
  const { taste, given, held, milliseconds } = seatOf(known, who)
  const scores = new Float64Array(known.items.length)
  taste.scoreItems(scores)
  const allowed = allowedItems(filter, known.itemCounts, [...given.items, ...held.items])
  const list = Array.from(topItems(scores, allowed, n), (item) => ({
    item,
    nRatings: known.itemCounts[item]!,
    ...predicted(known, taste, item, scores[item]!)
  }))
  const times = 'user' in who ? timeOf(who.user) : null
  const rated = (ratings: Given, isHeld: boolean): Rated[] =>
    Array.from(ratings.items, (item, t) => ({
      item,
      value: ratings.values[t]!,
      predicted: scores[item]!,
      time: times?.get(item) ?? null,
      held: isHeld
    }))
  return {
    list,
    nCandidates: allowed.reduce((sum, one) => sum + one, 0),
    history: [...rated(given, false), ...rated(held, true)],
    factors: taste.factors,
    bias: taste.bias,
    foundBy: taste.foundBy,
    milliseconds
  }
}

/** Why an item has the score it has for somebody. The score is the sum of its terms. */
export function explain(known: KnownModel, who: KnownWho, item: number): Explanation {
  requireIndex('item', item, known.items.length)
  const { taste, given, held } = seatOf(known, who)
  const scores = new Float64Array(known.items.length)
  taste.scoreItems(scores)
  const own = [given, held].map(({ items, values }) => values[items.indexOf(item)]).find((value) => value !== undefined)
  return {
    item,
    nRatings: known.itemCounts[item]!,
    ...predicted(known, taste, item, scores[item]!),
    terms: taste.explain(item),
    rule: taste.rule,
    given: own ?? null
  }
}
