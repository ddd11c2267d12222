import type { ItemFacts } from '../../../contract/recommending.ts'
import { EigendeskError } from '../../../contract/errors.ts'
import { ratingsOf, type Given, type KnownModel } from './known-model.ts'
import { likenessOf } from './likeness.ts'
import { topItems } from './top-items.ts'

/** Items like one, who likes it, and its place.
 * @throws INVALID_CALL where the item is not there */
export function describeItem(known: KnownModel, item: number, n: number, exponent: number): ItemFacts {
  const { model, items, itemCounts } = known
  if (item >= items.length) throw new EigendeskError('INVALID_CALL', { reason: `item ${item} of ${items.length}` })
  const { values, measure } = likenessOf(known, item, exponent)
  const others = Uint8Array.from(values, (value, other) => Number(other !== item && value > -Infinity))
  const raters = ratersOf(known, item)
  const count = raters.values.length
  let rank = 1
  for (let other = 0; other < items.length; other++) if (itemCounts[other]! > itemCounts[item]!) rank += 1
  return {
    measure,
    similar: Array.from(topItems(values, others, n), (other) => ({
      item: other,
      similarity: values[other]!,
      nRatings: itemCounts[other]!
    })),
    ...whoLikes(known, item, raters, n),
    nRatings: count,
    meanRating: count === 0 ? null : raters.values.reduce((sum, value) => sum + value, 0) / count,
    popularityRank: rank,
    factors: model.nFactors > 0 ? model.itemFactors.slice(item * model.nFactors, (item + 1) * model.nFactors) : null,
    bias: model.itemBias[item] ?? 0
  }
}

/** Users who rated an item in training, as items of a list would be: their indexes, and what they gave. */
function ratersOf({ training }: KnownModel, item: number): Given {
  const users: number[] = []
  const values: number[] = []
  for (let user = 0; user < training.nRows; user++) {
    const given = ratingsOf(training, user)
    const at = given.items.indexOf(item)
    if (at < 0) continue
    users.push(user)
    values.push(given.values[at]!)
  }
  return { items: Int32Array.from(users), values: Float64Array.from(values) }
}

/** Those who rated it highest, of equals those predicted to; and those who did not and are predicted to most. */
function whoLikes(known: KnownModel, item: number, raters: Given, n: number): Pick<ItemFacts, 'ratedBy' | 'wouldLike'> {
  const scores = new Float64Array(known.users.length)
  for (let user = 0; user < scores.length; user++) scores[user] = known.scorer.predict(user, item)
  const rated = Array.from(raters.items, (user, t) => ({ user, value: raters.values[t]!, predicted: scores[user]! }))
  rated.sort((a, b) => b.value - a.value || b.predicted - a.predicted || a.user - b.user)
  const free = new Uint8Array(scores.length).fill(1)
  for (const user of raters.items) free[user] = 0
  const isSame = known.params.method === 'mean' || known.params.method === 'popularity'
  const wouldLike = isSame ? [] : Array.from(topItems(scores, free, n), (user) => ({ user, score: scores[user]! }))
  return { ratedBy: rated.slice(0, n), wouldLike }
}
