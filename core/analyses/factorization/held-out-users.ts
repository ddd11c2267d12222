import { groupRatings, joinRows, type GroupedRatings, type RatingCells } from './cells.ts'
import type { TrainingSet } from './fitting.ts'
import type { Ratings } from './ratings.ts'

/** Users a model is not fitted to: it is told of a part of their ratings and judged on the others. */
export interface HeldOutUsers {
  /** what it is told of them, by user; nothing of anybody else */
  given: GroupedRatings
  /** what it knows of everybody when it is judged: the training ratings, and those given */
  histories: GroupedRatings
  users: readonly string[]
  items: readonly string[]
}

/** @param given of the split; null where no user is held out whole */
export function gatherHeldOut(
  given: RatingCells | null,
  training: Pick<TrainingSet, 'byUser'>,
  { users, items }: Pick<Ratings, 'users' | 'items'>
): HeldOutUsers | null {
  if (given === null) return null
  const byUser = groupRatings(given.userIndex, given.itemIndex, given.values, users.length)
  return { given: byUser, histories: joinRows(training.byUser, byUser), users, items }
}
