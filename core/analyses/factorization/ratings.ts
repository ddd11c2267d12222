import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { pickCells, pickIntegers, pickNumbers, placesWhere, type RatingCells } from './cells.ts'
import { mergeDuplicates, type PlacedCells } from './duplicates.ts'
import type { DuplicatePolicy } from './judgement.ts'
import type { Pace } from '../../linalg/pace.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'
import { findColumn, readNames, type NamedRows } from '../../table/named-rows.ts'
import { readRatingColumn } from './rating-column.ts'
import { readTimes } from './time-column.ts'

export type LayoutParams = Pick<FactorizationParams, 'layout' | 'user' | 'item' | 'rating' | 'items'> &
  Partial<Pick<FactorizationParams, 'time' | 'duplicates'>>
export type LeftOutRow = FactorizationSummary['leftOut'][number]

/** More left-out rows than this are counted in the notes, not listed. */
const LEFT_OUT_LIMIT = 1000

/** The ratings of a table, one a (user, item) pair, in the order they were first seen. */
export interface Ratings extends RatingCells {
  /** names, in first-seen order (wide: in column order); each has at least one rating */
  users: string[]
  items: string[]
  /** file line of each rating; of the first where several were merged */
  lines: Int32Array
  /** when each was given, on any scale that grows; NaN where that is not known; null without a column of times */
  times: Float64Array | null
  /** ratings beyond the first of their pair, merged into it */
  duplicates: number
  /** rows left out, listed up to a limit; nLeftOut counts all */
  leftOut: LeftOutRow[]
  nLeftOut: number
  notes: string[]
}

/** Rows that cannot be used, listed up to a limit. */
class LeftOutList {
  readonly rows: LeftOutRow[] = []
  total = 0

  add(table: TableView, row: number, reason: string): void {
    this.total += 1
    if (this.rows.length < LEFT_OUT_LIMIT) this.rows.push({ row, line: table.lines[row]!, reason })
  }

  get notes(): string[] {
    return this.total > this.rows.length
      ? [`${this.total} rows were left out; the first ${this.rows.length} are listed.`]
      : []
  }
}

const columnNames = (table: TableView): string => table.columns.map((column) => column.name).join(', ')

/** Keeps only names that are used, renumbering index in place; order is kept. */
function dropUnused(names: string[], index: Int32Array): string[] {
  const place = new Int32Array(names.length).fill(-1)
  for (const used of index) place[used] = 0
  const kept: string[] = []
  names.forEach((name, j) => {
    if (place[j] === 0) place[j] = kept.push(name) - 1
  })
  for (let t = 0; t < index.length; t++) index[t] = place[index[t]!]!
  return kept
}

/** The ratings at the given places, of the users and items that then have one. */
export function keepPlaces(ratings: Ratings, places: Int32Array): Ratings {
  const cells = pickPlaced(ratings, places)
  return {
    ...ratings,
    ...cells,
    users: dropUnused(ratings.users, cells.userIndex),
    items: dropUnused(ratings.items, cells.itemIndex)
  }
}

const pickPlaced = (cells: PlacedCells, places: Int32Array): PlacedCells => ({
  ...pickCells(cells, places),
  lines: pickIntegers(cells.lines, places),
  times: cells.times === null ? null : pickNumbers(cells.times, places)
})

/** One rating a row. */
function readLong(table: TableView, params: LayoutParams, pace: Pace): Ratings {
  if (params.user === null || params.item === null || params.user === params.item) {
    const missing =
      params.user === params.item && params.user !== null
        ? 'user and item are the same column'
        : `no column is chosen for the ${params.user === null ? 'user' : 'item'}`
    throw new EigendeskError('RATINGS_COLUMNS', { file: table.fileName, reason: missing, limit: columnNames(table) })
  }
  const users = readNames(findColumn(table, params.user), table.nRows, pace)
  const items = readNames(findColumn(table, params.item), table.nRows, pace)
  const ratings = params.rating === null ? null : readRatingColumn(table, findColumn(table, params.rating))
  const times = params.time ? readTimes(findColumn(table, params.time), table.nRows) : null
  const leftOut = new LeftOutList()
  for (let row = 0; row < table.nRows; row++) {
    pace(2)
    if (users.index[row]! < 0) leftOut.add(table, row, `${params.user} is missing`)
    else if (items.index[row]! < 0) leftOut.add(table, row, `${params.item} is missing`)
    else if (ratings !== null && Number.isNaN(ratings[row]!)) leftOut.add(table, row, `${params.rating} is missing`)
  }
  const read = {
    userIndex: users.index,
    itemIndex: items.index,
    values: ratings ?? new Float64Array(table.nRows).fill(1),
    lines: table.lines,
    times
  }
  const isUsed = (row: number): boolean =>
    users.index[row]! >= 0 && items.index[row]! >= 0 && !Number.isNaN(read.values[row]!)
  // Where every row is used the ratings are those of the table: of ten million a copy is a fifth of the memory.
  const cells = leftOut.total === 0 ? read : pickPlaced(read, placesWhere(table.nRows, isUsed))
  const names = { users: dropUnused(users.names, cells.userIndex), items: dropUnused(items.names, cells.itemIndex) }
  return {
    ...names,
    ...mergeDuplicates(cells, names.users.length, names.items.length, pace, params.duplicates),
    leftOut: leftOut.rows,
    nLeftOut: leftOut.total,
    notes: leftOut.notes
  }
}

/** One user a row, one item a column; a blank is unknown. */
function readWide(table: TableView, params: LayoutParams, pace: Pace): Ratings {
  const chosen = [...new Set(params.items)].filter((name) => name !== params.user)
  if (chosen.length === 0) {
    throw new EigendeskError('RATINGS_COLUMNS', {
      file: table.fileName,
      reason: 'no item column is chosen',
      limit: columnNames(table)
    })
  }
  const numbered = (): NamedRows => ({
    index: Int32Array.from({ length: table.nRows }, (_, row) => row),
    names: Array.from({ length: table.nRows }, (_, row) => `row ${row + 1}`)
  })
  const users = params.user === null ? numbered() : readNames(findColumn(table, params.user), table.nRows, pace)
  const columns = chosen.map((name) => readRatingColumn(table, findColumn(table, name)))
  const leftOut = new LeftOutList()
  const userIndex: number[] = []
  const itemIndex: number[] = []
  const values: number[] = []
  const lines: number[] = []
  for (let row = 0; row < table.nRows; row++) {
    if (users.index[row]! < 0) {
      leftOut.add(table, row, `${params.user} is missing`)
      continue
    }
    const before = values.length
    pace(columns.length)
    columns.forEach((column, item) => {
      const value = column[row]!
      if (Number.isNaN(value)) return
      userIndex.push(users.index[row]!)
      itemIndex.push(item)
      values.push(value)
      lines.push(table.lines[row]!)
    })
    if (values.length === before) leftOut.add(table, row, 'no item is rated')
  }
  const cells = {
    userIndex: Int32Array.from(userIndex),
    itemIndex: Int32Array.from(itemIndex),
    values: Float64Array.from(values),
    lines: Int32Array.from(lines),
    times: null
  }
  const names = { users: dropUnused(users.names, cells.userIndex), items: dropUnused(chosen, cells.itemIndex) }
  const empty = chosen.length - names.items.length
  const notes =
    empty > 0
      ? [`${empty} item${empty === 1 ? ' has' : 's have'} no rating and ${empty === 1 ? 'is' : 'are'} left out.`]
      : []
  return {
    ...names,
    ...mergeDuplicates(cells, names.users.length, names.items.length, pace, params.duplicates),
    leftOut: leftOut.rows,
    nLeftOut: leftOut.total,
    notes: [...leftOut.notes, ...notes]
  }
}

/** What a pair takes, in words. */
export const takenOfDuplicates: Record<DuplicatePolicy, string> = {
  mean: 'the mean',
  last: 'the last',
  first: 'the first',
  sum: 'the sum',
  max: 'the largest'
}

/** The ratings of a table. A row without user, item or rating is left out and listed; several ratings of one pair become one,
 * as params.duplicates says (their mean). Nothing of the table is modified.
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS */
export function readRatings(table: TableView, params: LayoutParams, pace: Pace = () => {}): Ratings {
  const ratings = params.layout === 'long' ? readLong(table, params, pace) : readWide(table, params, pace)
  if (ratings.values.length === 0) throw new EigendeskError('NO_RATINGS', { file: table.fileName })
  if (ratings.duplicates === 0) return ratings
  const [are, each] =
    ratings.duplicates === 1 ? ['rating repeats', 'The pair takes'] : ['ratings repeat', 'Each pair takes']
  const note = `${ratings.duplicates} ${are} a user and item already rated. ${each} ${takenOfDuplicates[params.duplicates ?? 'mean']}.`
  return { ...ratings, notes: [...ratings.notes, note] }
}
