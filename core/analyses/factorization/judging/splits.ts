import type { SeededRandom } from '../../../linalg/random.ts'
import { placesWhere } from '../cells.ts'
import type { SplitKind } from '../judgement.ts'
import { PART } from './parts.ts'
import { chooseAtRandom, chooseOfEachUser, chooseUsers } from './random-parts.ts'

export interface SplitCells {
  userIndex: Int32Array
  /** null: nobody knows when */
  times: Float64Array | null
}

/** Unknown times count as the oldest. */
const momentOf = (times: Float64Array, t: number): number => (Number.isNaN(times[t]!) ? -Infinity : times[t]!)

/** The last rating of each user who has at least two; of equal times the last in the table. */
function chooseLast({ userIndex, times }: SplitCells, nUsers: number): Uint8Array {
  const parts = new Uint8Array(userIndex.length)
  const last = new Int32Array(nUsers).fill(-1)
  const counts = new Int32Array(nUsers)
  for (let t = 0; t < userIndex.length; t++) {
    const user = userIndex[t]!
    counts[user]! += 1
    const before = last[user]!
    if (before < 0 || times === null || momentOf(times, t) >= momentOf(times, before)) last[user] = t
  }
  for (let user = 0; user < nUsers; user++) if (counts[user]! > 1) parts[last[user]!] = PART.test
  return parts
}

/** The latest share of all; of equal times the last in the table. */
function chooseLatest({ userIndex, times }: SplitCells, fraction: number): Uint8Array {
  const count = userIndex.length
  const nTest = Math.min(count - 1, Math.round(fraction * count))
  const parts = new Uint8Array(count)
  if (nTest <= 0) return parts
  if (times === null) return parts.fill(PART.test, count - nTest)
  const moments = Float64Array.from(times, (time) => (Number.isNaN(time) ? -Infinity : time)).sort()
  const threshold = moments[count - nTest]!
  let taken = 0
  for (let t = 0; t < count; t++) {
    if (momentOf(times, t) <= threshold) continue
    parts[t] = PART.test
    taken += 1
  }
  for (let t = count - 1; t >= 0 && taken < nTest; t--) {
    if (momentOf(times, t) !== threshold) continue
    parts[t] = PART.test
    taken += 1
  }
  return parts
}

/** Says of each rating what becomes of it. No split takes the last training rating of the table; 'perUser' and 'leaveLast'
 * leave each user one.
 * @param fraction share that is held out: of the ratings; of each user's; of the users ('strong'). 'leaveLast' has none
 * @param random 'time' and 'leaveLast' draw nothing from it
 * @returns parts: PART of each rating; notes: what a person should know */
export function chooseParts(
  kind: SplitKind,
  cells: SplitCells,
  nUsers: number,
  fraction: number,
  random: SeededRandom
): { parts: Uint8Array; notes: string[] } {
  const count = cells.userIndex.length
  switch (kind) {
    case 'random':
      return { parts: chooseAtRandom(count, fraction, random), notes: [] }
    case 'perUser':
      return { parts: chooseOfEachUser(cells.userIndex, nUsers, fraction, random), notes: [] }
    case 'strong':
      return { parts: chooseUsers(cells.userIndex, nUsers, fraction, random), notes: [] }
    case 'leaveLast':
      return { parts: chooseLast(cells, nUsers), notes: noteTimes(cells.times) }
    case 'time':
      return { parts: chooseLatest(cells, fraction), notes: noteTimes(cells.times) }
  }
}

function noteTimes(times: Float64Array | null): string[] {
  if (times === null) return ['There is no column of times: the order of the table says what was last.']
  const unknown = placesWhere(times.length, (t) => Number.isNaN(times[t]!)).length
  if (unknown === 0) return []
  return [
    `${unknown} rating${unknown === 1 ? ' has' : 's have'} no time and count${unknown === 1 ? 's' : ''} as the oldest.`
  ]
}
