import type { SeededRandom } from '../../../linalg/random.ts'
import { GIVEN_SHARE, PART } from './parts.ts'

function inOrder(count: number): Int32Array {
  const order = new Int32Array(count)
  for (let t = 0; t < count; t++) order[t] = t
  return order
}

/** round(fraction · n) ratings chosen at random, but never all of them. */
export function chooseAtRandom(count: number, fraction: number, random: SeededRandom): Uint8Array {
  const nTest = Math.min(count - 1, Math.round(fraction * count))
  const parts = new Uint8Array(count)
  if (nTest <= 0) return parts
  const order = inOrder(count)
  random.shuffle(order)
  for (let t = 0; t < nTest; t++) parts[order[t]!] = PART.test
  return parts
}

/** Places of the ratings of each user, one after the other. */
function placesOfUsers(userIndex: Int32Array, nUsers: number): Int32Array[] {
  const counts = new Int32Array(nUsers)
  for (const user of userIndex) counts[user]! += 1
  const places = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (let t = 0; t < userIndex.length; t++) {
    const user = userIndex[t]!
    places[user]![counts[user]!++] = t
  }
  return places
}

/** round(fraction · n) of each user's n ratings, at random, but never all of them. */
export function chooseOfEachUser(
  userIndex: Int32Array,
  nUsers: number,
  fraction: number,
  random: SeededRandom
): Uint8Array {
  const parts = new Uint8Array(userIndex.length)
  for (const own of placesOfUsers(userIndex, nUsers)) {
    const nTest = Math.min(own.length - 1, Math.round(fraction * own.length))
    if (nTest <= 0) continue
    random.shuffle(own)
    for (let t = 0; t < nTest; t++) parts[own[t]!] = PART.test
  }
  return parts
}

/** A share of the users, at random: of each of them the larger part of the ratings is given and the others are asked for, at
 * least one where there are two. At least one user is held out, and one is not, unless the share is 0. */
export function chooseUsers(userIndex: Int32Array, nUsers: number, fraction: number, random: SeededRandom): Uint8Array {
  const parts = new Uint8Array(userIndex.length)
  const nHeld = fraction > 0 ? Math.min(nUsers - 1, Math.max(1, Math.round(fraction * nUsers))) : 0
  if (nHeld <= 0) return parts
  const users = inOrder(nUsers)
  random.shuffle(users)
  const places = placesOfUsers(userIndex, nUsers)
  for (let h = 0; h < nHeld; h++) {
    const own = places[users[h]!]!
    random.shuffle(own)
    const nTest = Math.min(own.length - 1, Math.max(1, Math.round((1 - GIVEN_SHARE) * own.length)))
    for (let t = 0; t < own.length; t++) parts[own[t]!] = t < nTest ? PART.test : PART.given
  }
  return parts
}
