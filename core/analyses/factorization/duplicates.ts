import type { Pace } from './pace.ts'
import { pickCells, pickIntegers, placesWhere, type RatingCells } from './cells.ts'

export interface PlacedCells extends RatingCells {
  /** file line of each rating */
  lines: Int32Array
}

/** Multiplications as slow as one visit to memory out of order. */
const VISIT_WORK = 10

/** Averages several ratings of one (user, item) pair into the place of the first; order is kept.
 * Cost: linear in ratings, without a table of pairs: ratings are visited user by user, and a stamp per item says
 * whether this user had it. */
export function mergeDuplicates(
  cells: PlacedCells,
  nUsers: number,
  nItems: number,
  pace: Pace
): PlacedCells & { duplicates: number } {
  const count = cells.values.length
  const next = new Int32Array(nUsers + 1)
  for (const user of cells.userIndex) next[user + 1]! += 1
  for (let user = 0; user < nUsers; user++) next[user + 1]! += next[user]!
  const byUser = new Int32Array(count)
  for (let t = 0; t < count; t++) {
    pace(VISIT_WORK)
    byUser[next[cells.userIndex[t]!]!++] = t
  }

  const lastUser = new Int32Array(nItems).fill(-1)
  const first = new Int32Array(nItems)
  const sums = cells.values.slice()
  const times = new Int32Array(count)
  let duplicates = 0
  for (const t of byUser) {
    pace(VISIT_WORK)
    const user = cells.userIndex[t]!
    const item = cells.itemIndex[t]!
    if (lastUser[item] === user) {
      sums[first[item]!]! += sums[t]!
      times[first[item]!]! += 1
      duplicates += 1
    } else {
      lastUser[item] = user
      first[item] = t
      times[t] = 1
    }
  }
  if (duplicates === 0) return { ...cells, duplicates }
  const kept = placesWhere(count, (t) => times[t]! > 0)
  const merged = pickCells({ ...cells, values: sums }, kept)
  for (let t = 0; t < kept.length; t++) merged.values[t]! /= times[kept[t]!]!
  return { ...merged, lines: pickIntegers(cells.lines, kept), duplicates }
}
