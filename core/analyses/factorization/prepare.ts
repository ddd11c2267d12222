import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { groupRatings, type RatingCells } from './cells.ts'
import type { TrainingSet } from './fitting.ts'
import { keepLikes } from './likes.ts'
import { describeRatings } from './metrics.ts'
import type { Pace } from './pace.ts'
import { readRatings, type Ratings } from './ratings.ts'
import type { FactorizationParams } from './spec.ts'
import { holdOut, matchRatings, type RatingSplit } from './split.ts'

/** Ratings to fit and to judge by, and what is to be said of the test table. */
export interface PreparedSplit extends RatingSplit {
  duplicateTest: number
  leftOutTest: number
}

function prepareSplit(
  ratings: Ratings,
  params: FactorizationParams,
  random: SeededRandom,
  others: Record<string, TableView>,
  pace: Pace
): PreparedSplit {
  if (params.testDataset === null)
    return { ...holdOut(ratings, params.testFraction, random), duplicateTest: 0, leftOutTest: 0 }
  const table = Object.hasOwn(others, params.testDataset) ? others[params.testDataset] : undefined
  if (!table) throw new EigendeskError('DATASET_UNKNOWN', { value: params.testDataset })
  const test = keepLikes(readRatings(table, params, pace), table, params)
  return {
    train: ratings,
    test: matchRatings(test, ratings),
    duplicateTest: test.duplicates,
    leftOutTest: test.nLeftOut
  }
}

function prepareTraining(cells: RatingCells, nUsers: number, nItems: number): TrainingSet {
  const described = describeRatings(cells.values)
  if (!Number.isFinite(described.deviation)) throw new EigendeskError('OUT_OF_RANGE')
  return {
    cells,
    byUser: groupRatings(cells.userIndex, cells.itemIndex, cells.values, nUsers),
    byItem: groupRatings(cells.itemIndex, cells.userIndex, cells.values, nItems),
    ...described
  }
}

/** The ratings of a table, how they are split, and the training set both ways round. Whoever has the table and the parameters
 * has these again, the same to the bit: they are not stored with a result. */
export interface PreparedRatings {
  ratings: Ratings
  split: PreparedSplit
  training: TrainingSet
}

/** @param random seeded with params.seed; the split takes its numbers from it, the fit goes on with it
 * @param others further datasets of the session, by id: the test table
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS | NO_LIKES |
 * NEGATIVE_COUNT | OUT_OF_RANGE | DATASET_UNKNOWN */
export function prepareRatings(
  table: TableView,
  params: FactorizationParams,
  random: SeededRandom,
  others: Record<string, TableView>,
  pace: Pace,
  checkpoint: () => void
): PreparedRatings {
  const ratings = keepLikes(readRatings(table, params, pace), table, params)
  checkpoint()
  const split = prepareSplit(ratings, params, random, others, pace)
  checkpoint()
  const training = prepareTraining(split.train, ratings.users.length, ratings.items.length)
  checkpoint()
  return { ratings, split, training }
}
