import type { Pace } from '../../linalg/pace.ts'
import { pickCells, pickIntegers, pickNumbers, placesWhere, type RatingCells } from './cells.ts'
import type { DuplicatePolicy } from './judgement.ts'

export interface PlacedCells extends RatingCells {
  /** file line of each rating */
  lines: Int32Array
  /** when each was given; null where nobody knows */
  times: Float64Array | null
}

/** Multiplications as slow as one visit to memory out of order. */
const VISIT_WORK = 10

/** Ratings user by user, each user's in their order. */
function orderByUser(userIndex: Int32Array, nUsers: number, pace: Pace): Int32Array {
  const next = new Int32Array(nUsers + 1)
  for (const user of userIndex) next[user + 1]! += 1
  for (let user = 0; user < nUsers; user++) next[user + 1]! += next[user]!
  const byUser = new Int32Array(userIndex.length)
  for (let t = 0; t < userIndex.length; t++) {
    pace(VISIT_WORK)
    byUser[next[userIndex[t]!]!++] = t
  }
  return byUser
}

/** Merges several ratings of one (user, item) pair into the place of the first; order is kept. 'last' and 'first' go by time
 * where both have one, else by the order of the table. The time of a merged rating is that of the last, under 'first' of the
 * first.
 * Cost: linear in ratings, without a table of pairs: ratings are visited user by user, and a stamp per item says
 * whether this user had it. */
export function mergeDuplicates(
  cells: PlacedCells,
  nUsers: number,
  nItems: number,
  pace: Pace,
  policy: DuplicatePolicy = 'mean'
): PlacedCells & { duplicates: number } {
  const count = cells.values.length
  const lastUser = new Int32Array(nItems).fill(-1)
  const first = new Int32Array(nItems)
  // Copied when the first is met: most tables have none.
  let { values, times } = cells
  let gathered: Int32Array | null = null
  let duplicates = 0
  for (const t of orderByUser(cells.userIndex, nUsers, pace)) {
    pace(VISIT_WORK)
    const user = cells.userIndex[t]!
    const item = cells.itemIndex[t]!
    if (lastUser[item] !== user) {
      lastUser[item] = user
      first[item] = t
      continue
    }
    if (gathered === null) {
      values = values.slice()
      times = times?.slice() ?? null
      gathered = new Int32Array(count).fill(1)
    }
    const into = first[item]!
    const value = values[t]!
    // A comparison with a time that is not known is false: the order of the table decides.
    const isEarlier = times !== null && times[t]! < times[into]!
    if (policy === 'mean' || policy === 'sum') values[into]! += value
    else if (policy === 'max') values[into] = Math.max(values[into]!, value)
    else if (policy === 'first' ? isEarlier : !isEarlier) values[into] = value
    const movesTime = times !== null && (policy === 'first' ? isEarlier : times[t]! > times[into]!)
    if (times !== null && (movesTime || Number.isNaN(times[into]!))) times[into] = times[t]!
    gathered[into]! += 1
    gathered[t] = 0
    duplicates += 1
  }
  if (gathered === null) return { ...cells, duplicates }
  const numbers = gathered
  const kept = placesWhere(count, (t) => numbers[t]! > 0)
  const merged = pickCells({ ...cells, values }, kept)
  if (policy === 'mean') for (let t = 0; t < kept.length; t++) merged.values[t]! /= numbers[kept[t]!]!
  const lines = pickIntegers(cells.lines, kept)
  return { ...merged, lines, times: times === null ? null : pickNumbers(times, kept), duplicates }
}
