import { EigendeskError } from '../../../contract/errors.ts'
import { counted } from '../../../stats/counted.ts'
import { placesWhere } from '../cells.ts'
import { keepPlaces, type Ratings } from '../ratings.ts'
import type { FactorizationParams } from '../spec.ts'

type Limits = Pick<FactorizationParams, 'minUserRatings' | 'minItemRatings'>

function countEach(index: Int32Array, size: number, kept: Uint8Array): Int32Array {
  const counts = new Int32Array(size)
  for (let t = 0; t < index.length; t++) if (kept[t] === 1) counts[index[t]!]! += 1
  return counts
}

/** Which ratings stay where users and items with fewer than so many go, again and again until all that are left have enough:
 * an item that goes may leave a user with too few.
 * @returns 1 for each rating that stays */
export function enoughRatings(
  userIndex: Int32Array,
  itemIndex: Int32Array,
  nUsers: number,
  nItems: number,
  { minUserRatings, minItemRatings }: Limits
): Uint8Array {
  const kept = new Uint8Array(userIndex.length).fill(1)
  for (let changed = true; changed;) {
    changed = false
    const ofUser = countEach(userIndex, nUsers, kept)
    const ofItem = countEach(itemIndex, nItems, kept)
    for (let t = 0; t < kept.length; t++) {
      if (kept[t] === 0) continue
      if (ofUser[userIndex[t]!]! >= minUserRatings && ofItem[itemIndex[t]!]! >= minItemRatings) continue
      kept[t] = 0
      changed = true
    }
  }
  return kept
}

/** The ratings without users and items that have too few; how many went is said in the notes.
 * @throws TOO_FEW_RATINGS where none are left */
export function dropFewRatings(ratings: Ratings, limits: Limits): Ratings {
  const { minUserRatings, minItemRatings } = limits
  if (minUserRatings <= 1 && minItemRatings <= 1) return ratings
  const { users, items } = ratings
  const kept = enoughRatings(ratings.userIndex, ratings.itemIndex, users.length, items.length, limits)
  const places = placesWhere(kept.length, (t) => kept[t] === 1)
  if (places.length === 0) {
    throw new EigendeskError('TOO_FEW_RATINGS', { value: minUserRatings, wanted: minItemRatings })
  }
  if (places.length === kept.length) return ratings
  const left = keepPlaces(ratings, places)
  const gone = [
    counted(users.length - left.users.length, 'user'),
    counted(items.length - left.items.length, 'item')
  ].join(' and ')
  const note = `${gone} with fewer than ${minUserRatings} and ${minItemRatings} ratings were left out, with ${counted(kept.length - places.length, 'rating')}.`
  return { ...left, notes: [...ratings.notes, note] }
}
