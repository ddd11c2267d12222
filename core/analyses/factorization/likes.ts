import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { placesWhere, type GroupedRatings, type RatingCells } from './cells.ts'
import type { TrainingSet } from './fitting.ts'
import { purposeOf, type Method } from './methods.ts'
import { keepPlaces, type Ratings } from './ratings.ts'
import type { FactorizationParams } from './spec.ts'

/** Methods to which a cell that is there is one like, whatever number stands in it. 'hkv' reads the number too, as how sure
 * the like is; 'wals' predicts the number itself. */
const ofLikes: readonly Method[] = ['popularity', 'ials', 'hkv', 'ease', 'itemknn']

export const countsAsLikes = (method: Method): boolean => ofLikes.includes(method)

/** The same cells, each with 1. */
export const likesOf = (cells: RatingCells): RatingCells => ({
  ...cells,
  values: new Float64Array(cells.values.length).fill(1)
})

/** Test ratings as `method` predicts them. */
export const judgedCells = (method: Method, test: RatingCells | null): RatingCells | null =>
  test !== null && countsAsLikes(method) ? likesOf(test) : test

/** What is known of each user as `method` predicts it. */
export const predictedHistories = (method: Method, byUser: GroupedRatings): GroupedRatings =>
  countsAsLikes(method) ? { ...byUser, values: new Float64Array(byUser.values.length).fill(1) } : byUser

/** The training ratings as `method` predicts them: 1 in every cell for those of likes. The three lists of ones are one. */
export function predictedTraining(method: Method, set: TrainingSet): TrainingSet {
  if (!countsAsLikes(method)) return set
  const values = new Float64Array(set.cells.values.length).fill(1)
  return {
    cells: { ...set.cells, values },
    byUser: { ...set.byUser, values },
    byItem: { ...set.byItem, values },
    mean: 1,
    deviation: 0
  }
}

type LikeParams = Pick<FactorizationParams, 'method' | 'layout' | 'rating' | 'likedFrom'>

/** @throws NEGATIVE_COUNT naming the line and column of the first */
function refuseNegative(ratings: Ratings, table: TableView, params: LikeParams): void {
  const at = ratings.values.findIndex((value) => value < 0)
  if (at < 0) return
  const name = params.layout === 'long' ? params.rating : ratings.items[ratings.itemIndex[at]!]!
  const column = table.columns.findIndex((candidate) => candidate.name === name) + 1
  throw new EigendeskError('NEGATIVE_COUNT', {
    value: ratings.values[at]!,
    file: table.fileName,
    line: ratings.lines[at]!,
    ...(name === null ? {} : { field: name, column })
  })
}

/** What is a like of what a table holds, for a method of preferences; all of it for a method of ratings. A like is a value from
 * params.likedFrom on, or, where that is null, one above zero: a zero says that there is none, and is counted in the notes.
 * Users and items that are left without a like are left out. To 'wals', which predicts the number itself, a zero and a negative
 * number are numbers like others.
 * @throws NEGATIVE_COUNT where likedFrom is null and a value is negative | NO_LIKES */
export function keepLikes(ratings: Ratings, table: TableView, params: LikeParams): Ratings {
  const { likedFrom } = params
  if (purposeOf(params.method) === 'ratings') return ratings
  if (likedFrom === null && !countsAsLikes(params.method)) return ratings
  if (likedFrom === null) refuseNegative(ratings, table, params)
  const count = ratings.values.length
  const isLike = (t: number): boolean => (likedFrom === null ? ratings.values[t]! > 0 : ratings.values[t]! >= likedFrom)
  const kept = placesWhere(count, isLike)
  if (kept.length === count) return ratings
  const below = likedFrom === null ? 'zero' : `below ${likedFrom}`
  if (kept.length === 0)
    throw new EigendeskError('NO_LIKES', { file: table.fileName, value: count, reason: `all are ${below}` })
  const gone = count - kept.length
  const note = `${gone} rating${gone === 1 ? ' is' : 's are'} ${below}: no like, and left out.`
  return { ...keepPlaces(ratings, kept), notes: [...ratings.notes, note] }
}
