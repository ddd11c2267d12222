import { PART } from './parts.ts'

/** Test ratings that are older than what the model has seen of their user: it was told of the future. */
export interface OlderTest {
  older: number
  /** test ratings whose time is known, of users with a training rating whose time is known */
  timed: number
}

interface TimedUsers {
  /** −1: not known to the model */
  userIndex: Int32Array
  times: Float64Array | null
}

/** The newest training time of each user; −Infinity where there is none. */
function newestOf({ userIndex, times }: TimedUsers, nUsers: number, isTrain: (t: number) => boolean): Float64Array {
  const newest = new Float64Array(nUsers).fill(-Infinity)
  for (let t = 0; t < userIndex.length; t++) {
    if (isTrain(t) && times![t]! > newest[userIndex[t]!]!) newest[userIndex[t]!] = times![t]!
  }
  return newest
}

function compare({ userIndex, times }: TimedUsers, newest: Float64Array, isTest: (t: number) => boolean): OlderTest {
  let older = 0
  let timed = 0
  for (let t = 0; t < userIndex.length; t++) {
    const user = userIndex[t]!
    if (!isTest(t) || user < 0 || Number.isNaN(times![t]!) || newest[user] === -Infinity) continue
    timed += 1
    if (times![t]! < newest[user]!) older += 1
  }
  return { older, timed }
}

/** Of a split of one table. Null without times, or where nothing is held out. */
export function countOlder(cells: TimedUsers, parts: Uint8Array, nUsers: number): OlderTest | null {
  if (cells.times === null || !parts.includes(PART.test)) return null
  const newest = newestOf(cells, nUsers, (t) => parts[t] === PART.train)
  return compare(cells, newest, (t) => parts[t] === PART.test)
}

/** Of a test table beside its training table. Null where one of them has no times. */
export function countOlderIn(test: TimedUsers, train: TimedUsers, nUsers: number): OlderTest | null {
  if (test.times === null || train.times === null) return null
  return compare(
    test,
    newestOf(train, nUsers, () => true),
    () => true
  )
}
