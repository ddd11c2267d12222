import type { TableView } from '../../../contract/table.ts'
import type { RatingsSummary } from '../../../contract/ratings-summary.ts'
import { counted } from '../../../stats/counted.ts'
import type { Method } from '../methods.ts'
import { countsAsLikes } from '../likes.ts'
import { purposeOf } from '../methods.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { readRatings, type LayoutParams, type Ratings } from '../ratings.ts'
import { findColumn } from '../../../table/named-rows.ts'
import { readRatingColumn } from '../rating-column.ts'
import { groupByCount, shareOfLargest } from './describe-counts.ts'
import { describeScale } from './describe-scale.ts'

/** A user or item with fewer ratings has few. */
const FEW = 5
/** Two scales in one column: users whose largest rating is at most the one, others whose largest is above half of the other. */
const LOW_SCALE = 10
const HIGH_SCALE = [20, 100] as const
/** Each of the two has at least this share of the users, and between them there are hardly any. */
const MIXED_SHARE = 0.1
const BETWEEN_SHARE = 0.02

function countEach(index: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size)
  for (const j of index) counts[j]! += 1
  return counts
}

const below = (counts: Int32Array, limit: number): number =>
  counts.reduce((sum, count) => sum + Number(count < limit), 0)

/** The numbers as they stand in the table; null where every row is a like. */
function rawNumbers(table: TableView, params: LayoutParams): Float64Array | null {
  const names = params.layout === 'wide' ? params.items.filter((name) => name !== params.user) : [params.rating]
  const columns = [...new Set(names)].flatMap((name) =>
    name === null ? [] : [readRatingColumn(table, findColumn(table, name)).filter((value) => !Number.isNaN(value))]
  )
  if (columns.length === 0) return null
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const column of columns) {
    all.set(column, at)
    at += column.length
  }
  return all
}

/** How many users rate on a scale of up to 10 in a column whose largest is up to 100; 0 where one scale explains all. */
function countOnLowScale({ userIndex, users, values }: Ratings, max: number): number {
  if (max <= HIGH_SCALE[0] || max > HIGH_SCALE[1]) return 0
  const largest = new Float64Array(users.length).fill(-Infinity)
  for (let t = 0; t < values.length; t++) largest[userIndex[t]!] = Math.max(largest[userIndex[t]!]!, values[t]!)
  let [low, high] = [0, 0]
  for (const value of largest) {
    if (value <= LOW_SCALE) low += 1
    else if (value > max / 2) high += 1
  }
  const n = users.length
  const isMixed =
    Math.min(low, high) >= MIXED_SHARE * n && n - low - high <= BETWEEN_SHARE * n && Math.min(low, high) > 1
  return isMixed ? low : 0
}

function timesOf({ times }: Ratings): RatingsSummary['time'] {
  if (times === null) return null
  let [from, to, unknown] = [Infinity, -Infinity, 0]
  for (const time of times) {
    if (Number.isNaN(time)) unknown += 1
    else [from, to] = [Math.min(from, time), Math.max(to, time)]
  }
  return unknown === times.length ? null : { from, to, unknown }
}

/** Of an id, not of a title that begins with a number. */
const startsWithZero = (name: string): boolean => /^0\d+$/.test(name)

/** What the ratings of a table are like: how many, on which scale, of whom, when, and what is odd about them. Nothing of the
 * table is modified.
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS */
export function describeRatingsOf(
  table: TableView,
  params: LayoutParams & { method: Method },
  pace: Pace = () => {}
): RatingsSummary {
  const ratings = readRatings(table, params, pace)
  const { users, items, values } = ratings
  const userCounts = countEach(ratings.userIndex, users.length)
  const itemCounts = countEach(ratings.itemIndex, items.length)
  const numbers = rawNumbers(table, params)
  const scale = numbers === null || numbers.length === 0 ? null : describeScale(numbers)
  const [fewUsers, fewItems] = [below(userCounts, FEW), below(itemCounts, FEW)]
  const warnings: RatingsSummary['warnings'] = []
  const warn = (code: RatingsSummary['warnings'][number]['code'], count: number, text: string): void => {
    if (count > 0) warnings.push({ code, count, text })
  }
  if (scale && numbers) {
    const low = countOnLowScale(ratings, scale.max)
    warn(
      'mixed-scales',
      low,
      `${counted(low, 'user')} rate${low === 1 ? 's' : ''} up to ${LOW_SCALE}, others up to ${scale.max}: two scales may be mixed in this column.`
    )
    const isRatings = purposeOf(params.method) === 'ratings'
    if (scale.distinct === 1 && isRatings && values.length > 1) {
      warn(
        'one-value',
        values.length,
        `Every rating is ${scale.min}: there are only likes, for which a method of preferences is right.`
      )
    }
    if (countsAsLikes(params.method)) {
      const negative = numbers.reduce((sum, value) => sum + Number(value < 0), 0)
      const zeros = numbers.reduce((sum, value) => sum + Number(value === 0), 0)
      warn('negative', negative, `${counted(negative, 'number')} below zero: a like cannot be counted so.`)
      warn('zeros', zeros, `${counted(zeros, 'number')} of zero: no like, and left out.`)
    }
  }
  const zeros = users.filter(startsWithZero).length + items.filter(startsWithZero).length
  warn(
    'leading-zeros',
    zeros,
    `${counted(zeros, 'id')} begin${zeros === 1 ? 's' : ''} with a zero: kept as text, 007 is not 7.`
  )
  if (2 * fewUsers > users.length)
    warn(
      'few-users',
      fewUsers,
      `${counted(fewUsers, 'user')} of ${users.length.toLocaleString('en-US')} have fewer than ${FEW} ratings: little is known of them.`
    )
  if (2 * fewItems > items.length)
    warn(
      'few-items',
      fewItems,
      `${counted(fewItems, 'item')} of ${items.length.toLocaleString('en-US')} have fewer than ${FEW} ratings: little is known of them.`
    )
  return {
    nUsers: users.length,
    nItems: items.length,
    nRatings: values.length,
    density: values.length / (users.length * items.length),
    duplicates: ratings.duplicates,
    leftOut: ratings.nLeftOut,
    scale,
    fewUsers,
    fewItems,
    userActivity: groupByCount(userCounts),
    itemPopularity: groupByCount(itemCounts),
    popularShares: {
      top1: shareOfLargest(itemCounts, 0.01),
      top10: shareOfLargest(itemCounts, 0.1),
      top50: shareOfLargest(itemCounts, 0.5)
    },
    time: timesOf(ratings),
    warnings
  }
}
