import type { SeededRandom } from '../../linalg/random.ts'
import { groupRatings, pickCells, placesWhere, type GroupedRatings, type RatingCells } from './cells.ts'
import { PART } from './judging/parts.ts'
import { chooseAtRandom } from './judging/random-parts.ts'
import type { Ratings } from './ratings.ts'

/** What a model is fitted to and what it is judged on; test is null where nothing was held out. */
export interface RatingSplit {
  train: RatingCells
  test: RatingCells | null
}

/** The ratings of two parts; both keep their order. Test is null where it would be empty.
 * @param parts PART of each rating */
export function separate(cells: RatingCells, parts: Uint8Array): RatingSplit & { given: RatingCells | null } {
  const ofPart = (part: number): RatingCells | null => {
    const places = placesWhere(parts.length, (t) => parts[t] === part)
    return places.length === 0 ? null : places.length === parts.length ? cells : pickCells(cells, places)
  }
  const [train, test, given] = [ofPart(PART.train), ofPart(PART.test), ofPart(PART.given)]
  return { train: train ?? pickCells(cells, new Int32Array(0)), test, given }
}

/** Holds out round(fraction · n) ratings chosen at random, but never the last one of the training set.
 * Both parts keep the order of the ratings. */
export function holdOut(cells: RatingCells, fraction: number, random: SeededRandom): RatingSplit {
  const { train, test } = separate(cells, chooseAtRandom(cells.values.length, fraction, random))
  return { train, test }
}

/** Ratings of another table in the indexes of this one; a user or item unknown here becomes −1. */
export function matchRatings(test: Ratings, known: Pick<Ratings, 'users' | 'items'>): RatingCells {
  const matchNames = (names: string[], knownNames: string[]): Int32Array => {
    const places = new Map(knownNames.map((name, j) => [name, j]))
    return Int32Array.from(names, (name) => places.get(name) ?? -1)
  }
  const users = matchNames(test.users, known.users)
  const items = matchNames(test.items, known.items)
  return {
    userIndex: test.userIndex.map((user) => users[user]!),
    itemIndex: test.itemIndex.map((item) => items[item]!),
    values: test.values
  }
}

/** Test ratings whose user or item has no training rating. */
export function countCold(test: RatingCells, userCounts: Int32Array, itemCounts: Int32Array): number {
  let cold = 0
  for (let t = 0; t < test.values.length; t++) {
    const user = test.userIndex[t]!
    const item = test.itemIndex[t]!
    if (user < 0 || item < 0 || userCounts[user] === 0 || itemCounts[item] === 0) cold += 1
  }
  return cold
}

/** Test ratings whose (user, item) pair is in the training set too: a leak that flatters the error.
 * @param byUser the training ratings */
export function countLeaked(test: RatingCells, byUser: GroupedRatings, nItems: number): number {
  const isKnown = (t: number): boolean => test.userIndex[t]! >= 0 && test.itemIndex[t]! >= 0
  const cells = pickCells(test, placesWhere(test.values.length, isKnown))
  const testByUser = groupRatings(cells.userIndex, cells.itemIndex, cells.values, byUser.nRows)
  const lastUser = new Int32Array(nItems).fill(-1)
  let leaked = 0
  for (let user = 0; user < byUser.nRows; user++) {
    for (let t = byUser.offsets[user]!; t < byUser.offsets[user + 1]!; t++) lastUser[byUser.columns[t]!] = user
    for (let t = testByUser.offsets[user]!; t < testByUser.offsets[user + 1]!; t++) {
      if (lastUser[testByUser.columns[t]!] === user) leaked += 1
    }
  }
  return leaked
}
