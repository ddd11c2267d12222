import type { DatasetShape } from '../../contract/analysis.ts'
import { roleOf } from '../../contract/preparation.ts'
import { chosenByRole, columnInRole } from '../roles.ts'

const names = (dataset: DatasetShape): string[] => dataset.columns.map((c) => c.name)

/** Where the ratings stand in a table: see factorizationParamsSchema. */
export interface Layout {
  layout: 'long' | 'wide'
  user: string | null
  item: string | null
  rating: string | null
  items: string[]
}

/** One user a row: the first column that is not numeric names the rows, every other numeric column is an item. */
export function wideLayout(dataset: DatasetShape, named?: string): Layout {
  const recognized = dataset.ratings?.form === 'wide' ? dataset.ratings.user : undefined
  const plain = dataset.columns.find((c) => c.type !== 'number' && roleOf(dataset, c.name) !== 'ignore')
  const user = named ?? columnInRole(dataset, 'label') ?? recognized ?? plain?.name ?? null
  const items = chosenByRole(
    dataset,
    dataset.columns.filter((c) => c.type === 'number' && !c.isRowNumber && c.name !== user).map((c) => c.name)
  )
  return { layout: 'wide', user, item: null, rating: null, items }
}

/** Where the ratings stand, from what the import recognized; else the first columns that fit. */
export function guessLayout(dataset: DatasetShape): Layout {
  const recognized = dataset.ratings
  if (recognized?.form === 'long') {
    const isIgnored = (name: string): boolean => roleOf(dataset, name) === 'ignore'
    const { user, item, rating } = recognized
    if (!isIgnored(user) && !isIgnored(item)) {
      return { layout: 'long', user, item, rating: rating !== null && isIgnored(rating) ? null : rating, items: [] }
    }
  }
  const [user = null, item = null, rating = null] = names(dataset)
  if (recognized === null && dataset.columns.length === 3) return { layout: 'long', user, item, rating, items: [] }
  return wideLayout(dataset)
}

/** Only likes are known: every rating present is the same number, or there is none. */
export function looksLikePreferences(dataset: DatasetShape): boolean {
  const guess = guessLayout(dataset)
  const rated = dataset.columns.filter(
    (c) => (guess.layout === 'long' ? c.name === guess.rating : guess.items.includes(c.name)) && c.min !== undefined
  )
  if (rated.length === 0) return true
  const low = Math.min(...rated.map((c) => c.min!))
  return rated.every((c) => c.min === low && c.max === low)
}

/** A largest number this many times the mean, of whole numbers none of which is negative, is a count: scales end sooner. */
const COUNT_TAIL = 20

/** Whole numbers with a long tail, as plays and clicks are counted. */
export function looksLikeCounts(dataset: DatasetShape): boolean {
  const guess = guessLayout(dataset)
  const rated = dataset.columns.filter(({ name }) =>
    guess.layout === 'long' ? name === guess.rating : guess.items.includes(name)
  )
  return rated.some(
    ({ integer, min, max, mean }) =>
      integer === true &&
      min !== undefined &&
      min >= 0 &&
      max !== undefined &&
      mean !== undefined &&
      max > COUNT_TAIL * mean
  )
}

/** Fewer ratings than this are for looking at: two factors, little regularization, nothing held out. */
const SMALL = 200
export const isSmall = (nRatings: number): boolean => nRatings < SMALL

/** Filled cells of the layout: rows of a long table, numbers under the items of a wide one. */
function countCells(dataset: DatasetShape, layout: Layout): number {
  if (layout.layout === 'long') return dataset.nRows
  const items = Array.isArray(layout.items) ? dataset.columns.filter((c) => layout.items.includes(c.name)) : []
  return items.reduce((sum, c) => sum + dataset.nRows - c.missing, 0)
}

/** What is known of the ratings of a table before it is read. */
export interface RatingsSize {
  /** few ratings: for looking at */
  small: boolean
  nRatings: number
  /** null where nobody counted them */
  nItems: number | null
  /** of the numbers; null where they are none, or several columns */
  mean: number | null
}

/** Different ids of a column. Beyond some thousands they are not counted: ids that are whole numbers in a row, as they mostly are,
 * are then as many as there are numbers between the least and the greatest. */
function countItems(column: DatasetShape['columns'][number] | undefined, nRows: number): number | undefined {
  if (column?.distinct === undefined) return undefined
  const { distinct, distinctIsLowerBound, integer, min, max } = column
  if (distinctIsLowerBound !== true || integer !== true || min === undefined || max === undefined) return distinct
  return Math.max(distinct, Math.min(nRows, max - min + 1))
}

export function sizeOfRatings(dataset: DatasetShape, layout: Layout): RatingsSize {
  const columnOf = (name: string | null): DatasetShape['columns'][number] | undefined =>
    dataset.columns.find((column) => column.name === name)
  const isLong = layout.layout === 'long'
  const nItems = isLong
    ? countItems(columnOf(layout.item), dataset.nRows)
    : Array.isArray(layout.items)
      ? layout.items.length
      : undefined
  const mean = isLong ? columnOf(layout.rating)?.mean : undefined
  const nRatings = countCells(dataset, layout)
  return { small: isSmall(nRatings), nRatings, nItems: nItems ?? null, mean: mean ?? null }
}

/** When ratings were given, where the import recognized it. */
export const timeColumn = ({ ratings }: DatasetShape): string | null =>
  ratings?.form === 'long' ? (ratings.timestamp ?? null) : null
