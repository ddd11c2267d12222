import type { ColumnSummary, RatingsShape } from '../contract/table.ts'

const userNames =
  /^(user|users|uid|customer|client|reviewer|member|person|listener|reader|viewer|buyer|account|profile|rater|userid)(id|name|index|idx|key|no|number)?$/
const itemNames =
  /^(item|iid|movie|film|artist|product|book|isbn|song|track|album|asin|sku|game|anime|recipe|restaurant|business|article|show|joke|beer|course|playlist|place|venue|hotel)(id|name|title|index|idx|key|no|number)?$/
const ratingNames =
  /^(user|book|movie|item|review)?(rating|ratings|rate|score|stars?|weight|plays?|playcount|listens?|listencount|count|value|overall|preference|clicks?|views?|purchases|quantity|liked?|interaction)$/
const timeNames = /^(unix)?(review|rating|rated)?(timestamp|time|date|datetime|ts|at|createdat|unixtime)$/

/** More columns than this beside user and item, and no rating, is a table of something else. */
const IMPLICIT_COLUMNS = 4
/** A rating scale has few steps: 0 to 10 in halves, and a few more. */
const SCALE_STEPS = 25
const WIDE_STEPS = 21
/** 1973 in seconds since 1970: a smaller number is no timestamp. */
const EARLIEST_SECONDS = 1e8

/** Recognizes who-rated-what tables: by the names of the columns, by their shape where they have no names, or as a
 * matrix of one user a row with blanks. null where it is none. */
export function recognizeRatings(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const filled = columns.filter((column) => column.missing < nRows)
  return longByName(filled) ?? longByShape(filled, nRows) ?? wide(columns, nRows)
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

function longByName(columns: readonly ColumnSummary[]): RatingsShape | null {
  const find = (pattern: RegExp, also: (c: ColumnSummary) => boolean = () => true): ColumnSummary | undefined =>
    columns.find((column) => pattern.test(plain(column.name)) && also(column))
  const user = find(userNames, isId)
  const item = find(itemNames, (column) => column !== user && isId(column))
  if (!user || !item) return null
  const rating = find(ratingNames, (column) => column.type === 'number' && column !== user && column !== item)
  if (!rating && columns.length > IMPLICIT_COLUMNS) return null
  // Called a rating and no number: still the rating, so that a run names the cell that is none; without it every row,
  // a bad one too, would count as a like.
  const called = rating ?? find(ratingNames, (column) => column !== user && column !== item)
  const timestamp = find(timeNames, (column) => column !== called)
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

/** One user a row, one item a column, blanks where nothing is known. */
function wide(columns: readonly ColumnSummary[], nRows: number): RatingsShape | null {
  const [user, ...items] = columns
  if (!user || items.length < 2 || nRows < 2 || user.missing > 0) return null
  const named = userNames.test(plain(user.name))
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
