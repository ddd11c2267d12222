import type { ColumnSummary, RatingsShape } from '../contract/table.ts'
import {
  isDateName,
  isItemName,
  isRatingName,
  isSurelyRatingName,
  isTimeName,
  isTitleName,
  isUserName
} from './rating-names.ts'

/** More columns than this beside user and item, and no rating, is a table of something else. */
const IMPLICIT_COLUMNS = 4
/** A rating scale has few steps: 0 to 10 in halves, and a few more. */
const SCALE_STEPS = 25
const WIDE_STEPS = 21
/** Under names that say nothing a scale has at most 0 to 10 in halves, */
const MOST_STARS = 21
/** there are so many users and items at least, */
const FEWEST = 5
/** and of their pairs at most so many are there. */
const MOST_PAIRS = 0.8
/** 1973 in seconds since 1970: a smaller number is no timestamp. */
const EARLIEST_SECONDS = 1e8

/** Recognizes who-rated-what tables: by the names of the columns, by their shape where they have no names, as a
 * matrix of one user a row with blanks, or by what stands in columns whose names say nothing. null where it is none. */
export function recognizeRatings(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const filled = columns.filter((column) => column.missing < nRows)
  return longByName(filled) ?? longByShape(filled, nRows) ?? wide(columns, nRows) ?? longByContent(filled, nRows)
}

function longByName(columns: readonly ColumnSummary[]): RatingsShape | null {
  const find = (isNamed: (name: string) => boolean, also: (c: ColumnSummary) => boolean = () => true) =>
    columns.find((column) => isNamed(column.name) && also(column))
  const user = find(isUserName, isId)
  if (!user) return null
  const named = find(isItemName, (column) => column !== user && isId(column))
  const item = named ?? find(isTitleName, (column) => column !== user && column.type !== 'number')
  if (!item) return null
  const isOther = (column: ColumnSummary): boolean => column !== user && column !== item
  const rating = find(isRatingName, (column) => column.type === 'number' && isOther(column))
  if (!rating && (columns.length > IMPLICIT_COLUMNS || !named)) return null
  // Called a rating and no number: still the rating, so that a run names the cell that is none; without it every row,
  // a bad one too, would count as a like.
  const called = rating ?? find(isSurelyRatingName, isOther)
  const isMoment = (column: ColumnSummary): boolean => isOther(column) && column !== called
  const timestamp = find(isTimeName, isMoment) ?? find(isDateName, (c) => c.type === 'date' && isMoment(c))
  return {
    form: 'long',
    user: user.name,
    item: item.name,
    rating: called?.name ?? null,
    timestamp: timestamp?.name ?? null
  }
}

const isWhole = (column: ColumnSummary): boolean => column.type === 'number' && (column.decimals ?? 0) === 0
const isId = (column: ColumnSummary): boolean => column.type !== 'number' || isWhole(column)

/** Headerless user, item, rating, and perhaps a timestamp in seconds. */
function longByShape(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const [user, item, rating, time] = columns
  if (!user || !item || !rating || columns.length > 4) return null
  if (
    !columns.every((column) => /^column \d+$/.test(column.name) && column.type === 'number' && column.missing === 0)
  ) {
    return null
  }
  const isSubject = (column: ColumnSummary): boolean =>
    isWhole(column) && (column.min ?? -1) >= 0 && (column.distinct ?? nRows) < nRows && !column.isRowNumber
  if (!isSubject(user) || !isSubject(item)) return null
  const steps = rating.distinct ?? Infinity
  if (steps > SCALE_STEPS || steps > Math.max(user.distinct ?? 0, item.distinct ?? 0)) return null
  if (time && !(isWhole(time) && (time.min ?? 0) >= EARLIEST_SECONDS)) return null
  return { form: 'long', user: user.name, item: item.name, rating: rating.name, timestamp: time?.name ?? null }
}

/** Two columns of names or numbers that come back, and one of a scale, under names that say nothing: of the pairs of the two a
 * part is there, each once. A table of counts by two groups has all pairs, a table of measurements no such columns. */
function longByContent(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const times = columns.filter(
    ({ type, min }) => type === 'date' || (type === 'number' && (min ?? 0) >= EARLIEST_SECONDS)
  )
  const others = columns.filter((column) => !times.includes(column))
  const ratings = others.filter((column) => isScale(column))
  const subjects = others.filter((column) => !ratings.includes(column) && comesBack(column, nRows))
  const [user, item] = subjects
  const [rating] = ratings
  if (others.length !== 3 || times.length > 1 || !user || !item || !rating) return null
  const pairs = user.distinct! * item.distinct!
  if (nRows > MOST_PAIRS * pairs || rating.distinct! > Math.max(user.distinct!, item.distinct!)) return null
  const timestamp = times[0]?.name ?? null
  return { form: 'long', user: user.name, item: item.name, rating: rating.name, timestamp }
}

/** Numbers of few steps between 0 and 100. */
const isScale = ({ type, distinct = Infinity, min = -1, max = Infinity, decimals = 0 }: ColumnSummary): boolean =>
  type === 'number' && distinct > 1 && distinct <= MOST_STARS && min >= 0 && max <= 100 && decimals <= 1

/** Who or what: several, each more than once on average. */
function comesBack(column: ColumnSummary, nRows: number): boolean {
  const { type, missing, isRowNumber, distinct = 0, distinctIsLowerBound = false } = column
  const names = type === 'text' || type === 'category' || (isWhole(column) && (column.min ?? -1) >= 0)
  return names && missing === 0 && !isRowNumber && !distinctIsLowerBound && distinct >= FEWEST && 2 * distinct <= nRows
}

/** One user a row, one item a column, blanks where nothing is known. */
function wide(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const [user, ...items] = columns
  if (!user || items.length < 2 || nRows < 2 || user.missing > 0) return null
  const named = isUserName(user.name)
  const label = (user.type === 'text' && user.distinct === nRows) || user.isRowNumber === true
  if (!named && !label) return null
  if (!items.every((item) => item.type === 'number' || item.missing === nRows)) return null
  const blank = items.reduce((sum, item) => sum + item.missing, 0) / (items.length * nRows)
  if (blank < (named ? 0.05 : 0.2)) return null
  const low = items.reduce((least, item) => Math.min(least, item.min ?? least), Infinity)
  const high = items.reduce((most, item) => Math.max(most, item.max ?? most), -Infinity)
  const few = items.every((item) => (item.distinct ?? 0) <= WIDE_STEPS) && high - low <= 100
  return few ? { form: 'wide', user: user.name } : null
}
