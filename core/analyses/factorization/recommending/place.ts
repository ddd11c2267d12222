import { INTERVAL_LEVEL } from '../../../contract/recommending.ts'
import { predictInterval } from '../scorers/interval.ts'
import { purposeOf } from '../methods.ts'
import { historyTaste, popularTaste } from './folding/history-taste.ts'
import { likeTaste } from './folding/like-taste.ts'
import { placeByDraws } from './folding/place-by-draws.ts'
import { implicitPart, placeByRatings } from './folding/place-stars.ts'
import { starTaste } from './folding/star-taste.ts'
import { ratingsOf, type Given, type KnownModel } from './known-model.ts'
import type { Taste } from './taste.ts'

/** Somebody new, by what they gave: no model is fitted again. */
export function placePerson(known: KnownModel, given: Given): Taste {
  const { draws, params } = known
  if (draws) return starTaste(known, placeByDraws(known, draws, known.priors(), given))
  if (purposeOf(params.method) === 'ratings') return starTaste(known, placeByRatings(known, given))
  return placeByLikes(known, given, null)
}

/** A user of the table, as they were fitted; one the model was not fitted to is placed by what is given of them. */
export function placeUser(known: KnownModel, user: number): Taste {
  const told = known.given && ratingsOf(known.given, user)
  if (told && told.items.length > 0) return placePerson(known, told)
  const { model, training, params } = known
  const { nFactors, userFactors, userBias } = model
  const given = ratingsOf(training, user)
  const factors = userFactors.slice(user * nFactors, (user + 1) * nFactors)
  if (purposeOf(params.method) !== 'ratings') return placeByLikes(known, given, factors)
  const implicit = implicitPart(known, given.items)
  const { draws } = known
  const interval = (item: number, score: number): [number, number] => {
    const { low, high } = predictInterval(draws!, score, user, item, INTERVAL_LEVEL)
    return [low, high]
  }
  return starTaste(known, {
    factors,
    bias: userBias[user] ?? 0,
    implicit,
    foundBy: 'Fitted with all others.',
    ...(draws && { interval })
  })
}

/** @param stored factors of a user of the table */
function placeByLikes(known: KnownModel, given: Given, stored: Float64Array | null): Taste {
  const { method } = known.params
  if (method === 'popularity') return popularTaste(known)
  if (method === 'ease' || method === 'itemknn') return historyTaste(known, given)
  return likeTaste(known, given, stored)
}
