import { counted } from '../../../stats/counted.ts'
import type { RatingCells } from '../cells.ts'
import type { Lint } from '../judgement.ts'
import type { OlderTest } from './time-leakage.ts'

/** With fewer test ratings than this the error itself is uncertain by more than 5 %. */
const FEW_TEST = 200
/** The items with the most training ratings: this share of them. */
const POPULAR_ITEMS = 0.1
/** A test set is all popular items where so much of it is of those. */
const NEARLY_ALL = 0.95
/** With fewer items nothing is told by which are popular. */
const ENOUGH_ITEMS = 20

export interface Linted {
  test: RatingCells | null
  older: OlderTest | null
  leakedTest: number
  userCounts: Int32Array
  itemCounts: Int32Array
  /** users whose ratings are given when the model is judged, and so are not unknown */
  given: RatingCells | null
}

const percent = (share: number): string => {
  const rounded = Math.round(100 * share)
  return rounded === 0 && share > 0 ? 'less than 1 %' : `${rounded} %`
}

/** Test ratings of users or items without a training rating. */
function countUnknown(index: Int32Array, counts: Int32Array, excused: Set<number>): number {
  let unknown = 0
  for (const j of index) if ((counts[j] ?? 0) === 0 && !excused.has(j)) unknown += 1
  return unknown
}

/** How many test ratings are of the tenth of the items that have the most training ratings. */
function countPopular(test: RatingCells, itemCounts: Int32Array): number {
  const nPopular = Math.max(1, Math.floor(POPULAR_ITEMS * itemCounts.length))
  const least = itemCounts.slice().sort().at(-nPopular)!
  let popular = 0
  for (const item of test.itemIndex) if (item >= 0 && itemCounts[item]! >= least) popular += 1
  return popular
}

/** What makes the figures of a split doubtful; nothing without a test set. */
export function lintSplit({ test, older, leakedTest, userCounts, itemCounts, given }: Linted): Lint[] {
  if (test === null) return []
  const nTest = test.values.length
  const found: Lint[] = []
  const add = (code: Lint['code'], count: number, text: string): void => {
    if (count > 0) found.push({ code, count, text })
  }
  if (nTest < FEW_TEST) {
    // An RMSE of n normal errors has a relative standard error of 1/√(2n).
    const uncertain = percent(1 / Math.sqrt(2 * nTest))
    add('few-test', nTest, `Only ${counted(nTest, 'test rating')}: the test error is uncertain by about ${uncertain}.`)
  }
  if (older !== null) {
    const share = percent(older.older / Math.max(1, older.timed))
    const text = `${share} of the test ratings are older than a training rating of the same user: the model was told of the future. Split by time to judge what it would do.`
    add('time-leakage', older.older, text)
  }
  add(
    'duplicates-across',
    leakedTest,
    `${counted(leakedTest, 'test rating')} of a user and item that are in the training ratings too: the test error is flattered.`
  )
  const users = countUnknown(test.userIndex, userCounts, new Set(given?.userIndex ?? []))
  add('unknown-users', users, `${counted(users, 'test rating')} of users without training ratings.`)
  const items = countUnknown(test.itemIndex, itemCounts, new Set())
  add('unknown-items', items, `${counted(items, 'test rating')} of items without training ratings.`)
  const popular = itemCounts.length < ENOUGH_ITEMS ? 0 : countPopular(test, itemCounts)
  if (popular >= NEARLY_ALL * nTest) {
    const text = `${percent(popular / nTest)} of the test ratings are of the most popular tenth of the items: nothing is said about the others.`
    add('popular-test', popular, text)
  }
  return found
}
