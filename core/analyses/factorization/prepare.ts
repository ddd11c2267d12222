import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { groupRatings, type RatingCells } from './cells.ts'
import type { TrainingSet } from './fitting.ts'
import { gatherHeldOut, type HeldOutUsers } from './held-out-users.ts'
import { dropFewRatings } from './judging/few-ratings.ts'
import { chooseParts } from './judging/splits.ts'
import { countOlder, countOlderIn, type OlderTest } from './judging/time-leakage.ts'
import { keepLikes } from './likes.ts'
import { describeRatings } from './metrics.ts'
import type { Pace } from '../../linalg/pace.ts'
import { readRatings, type Ratings } from './ratings.ts'
import type { FactorizationParams } from './spec.ts'
import { matchRatings, separate, type RatingSplit } from './split.ts'

/** Ratings to fit and to judge by, and what is to be said of how they were chosen. */
export interface PreparedSplit extends RatingSplit {
  /** of users who are not in the training set: what a model is told of them before it is judged; null where there are none */
  given: RatingCells | null
  /** test ratings older than the newest training rating of their user, of those with a time; null where nobody knows */
  older: OlderTest | null
  duplicateTest: number
  leftOutTest: number
  notes: string[]
}

/** The columns of the test table that this one has too: it needs no times. */
const layoutOf = (table: TableView, params: FactorizationParams): FactorizationParams =>
  params.time === null || table.columns.some((column) => column.name === params.time)
    ? params
    : { ...params, time: null }

function prepareSplit(
  ratings: Ratings,
  params: FactorizationParams,
  random: SeededRandom,
  others: Record<string, TableView>,
  pace: Pace
): PreparedSplit {
  if (params.testDataset === null) {
    const nUsers = ratings.users.length
    const { parts, notes } = chooseParts(params.split, ratings, nUsers, params.testFraction, random)
    const older = countOlder(ratings, parts, nUsers)
    return { ...separate(ratings, parts), older, duplicateTest: 0, leftOutTest: 0, notes }
  }
  const table = Object.hasOwn(others, params.testDataset) ? others[params.testDataset] : undefined
  if (!table) throw new EigendeskError('DATASET_UNKNOWN', { value: params.testDataset })
  const test = keepLikes(readRatings(table, layoutOf(table, params), pace), table, params)
  const matched = matchRatings(test, ratings)
  return {
    train: ratings,
    test: matched,
    given: null,
    older: countOlderIn({ ...matched, times: test.times }, ratings, ratings.users.length),
    duplicateTest: test.duplicates,
    leftOutTest: test.nLeftOut,
    notes: []
  }
}

/** The training set of a model: ratings both ways round, with their mean and spread.
 * @throws OUT_OF_RANGE where their spread is no double */
export function prepareTraining(cells: RatingCells, nUsers: number, nItems: number): TrainingSet {
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
  /** null where no user is held out whole */
  heldOut: HeldOutUsers | null
}

/** @param random seeded with params.seed; the split takes its numbers from it, the fit goes on with it
 * @param others further datasets of the session, by id: the test table
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS | NO_LIKES | NEGATIVE_COUNT |
 * TOO_FEW_RATINGS | OUT_OF_RANGE | DATASET_UNKNOWN */
export function prepareRatings(
  table: TableView,
  params: FactorizationParams,
  random: SeededRandom,
  others: Record<string, TableView>,
  pace: Pace,
  checkpoint: () => void
): PreparedRatings {
  const ratings = dropFewRatings(keepLikes(readRatings(table, params, pace), table, params), params)
  checkpoint()
  const split = prepareSplit(ratings, params, random, others, pace)
  checkpoint()
  const training = prepareTraining(split.train, ratings.users.length, ratings.items.length)
  checkpoint()
  return { ratings, split, training, heldOut: gatherHeldOut(split.given, training, ratings) }
}
