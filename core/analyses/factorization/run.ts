import type { AnalysisResult, AnalysisRun, ResultArray } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { TableView } from '../../contract/table.ts'
import { SeededRandom } from '../../linalg/random.ts'
import { fitBiases } from './baselines.ts'
import { countRatings, groupRatings, type RatingCells } from './cells.ts'
import { fitFactors, type TrainingSet } from './fit.ts'
import { describeRatings, measureErrors, rangeOf } from './metrics.ts'
import { createModel, type FactorModel } from './model.ts'
import { makePace, type Pace } from './pace.ts'
import { readRatings, type Ratings } from './ratings.ts'
import { remarkOn } from './remarks.ts'
import { rotateFactors } from './rotate.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'
import { countCold, countLeaked, holdOut, matchRatings, type RatingSplit } from './split.ts'

/** Ratings to fit and to judge by, and what is to be said of the test table. */
interface PreparedSplit extends RatingSplit {
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
  const test = readRatings(table, params, pace)
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

function resultArrays(model: FactorModel, userCounts: Int32Array, itemCounts: Int32Array): Record<string, ResultArray> {
  const { nUsers, nItems, nFactors } = model
  return {
    userFactors: { dtype: 'float64', shape: [nUsers, nFactors], data: model.userFactors },
    itemFactors: { dtype: 'float64', shape: [nItems, nFactors], data: model.itemFactors },
    userBias: { dtype: 'float64', shape: [nUsers], data: model.userBias },
    itemBias: { dtype: 'float64', shape: [nItems], data: model.itemBias },
    userCounts: { dtype: 'int32', shape: [nUsers], data: userCounts },
    itemCounts: { dtype: 'int32', shape: [nItems], data: itemCounts }
  }
}

/** Factorizes a table of ratings or likes.
 *
 * 'als' predicts a rating as r̂ = globalMean + userBias + itemBias + userFactors · itemFactors, fitted to the observed
 * cells. Its errors are those of r̂ clipped to the range of the training ratings (summary.ratingRange), as nobody can
 * give another; the loss, and the terms an explanation adds up, are not clipped.
 * 'wals' predicts a preference as userFactors · itemFactors alone: biases are zero and summary.globalMean is only told
 * (the mean of the observed training values); nothing is clipped.
 *
 * The baselines are always those of ratings. nRatings counts the ratings of this table after averaging repeated pairs;
 * those of a test dataset are counted by nTest alone. The same seed gives the same bits.
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS | OUT_OF_RANGE |
 * DATASET_UNKNOWN | CANCELLED */
export const runFactorization: AnalysisRun<FactorizationParams, FactorizationSummary> = (
  table,
  params,
  context,
  others
): AnalysisResult<FactorizationSummary> => {
  const began = performance.now()
  const pace = makePace(context.checkpoint)
  context.progress('Reading ratings', 0)
  context.checkpoint()
  const ratings = readRatings(table, params, pace)
  context.checkpoint()
  const [nUsers, nItems] = [ratings.users.length, ratings.items.length]
  const random = new SeededRandom(params.seed)
  const split = prepareSplit(ratings, params, random, others, pace)
  context.checkpoint()
  const training = prepareTraining(split.train, nUsers, nItems)
  const userCounts = countRatings(training.byUser)
  const itemCounts = countRatings(training.byItem)
  const range = rangeOf(split.train.values)
  const clip = params.method === 'als' ? range : null
  context.checkpoint()
  const read = performance.now()

  context.progress('Baselines', 0.03)
  const judged = split.test ?? split.train
  const biasModel = fitBiases(training.byUser, training.byItem, training.mean, pace)
  const baselines = {
    globalMean: measureErrors(createModel(nUsers, nItems, 0, training.mean), judged, range, pace),
    bias: measureErrors(biasModel, judged, range, pace)
  }
  const compared = performance.now()

  const { model, history } = fitFactors(
    params,
    training,
    split.test,
    clip,
    random,
    pace,
    context.progress,
    [0.05, 0.98]
  )
  const factorShare = rotateFactors(model, pace, context.checkpoint)
  const metrics = {
    train: measureErrors(model, split.train, clip, pace),
    test: split.test === null ? null : measureErrors(model, split.test, clip, pace)
  }
  const coldTest = split.test === null ? 0 : countCold(split.test, userCounts, itemCounts)
  const leakedTest =
    params.testDataset === null || split.test === null ? 0 : countLeaked(split.test, training.byUser, nItems)
  const found = { ...split, range, clip, deviation: training.deviation, coldTest, leakedTest }
  const fitted = performance.now()

  const nRatings = ratings.values.length
  const summary: FactorizationSummary = {
    method: params.method,
    nUsers,
    nItems,
    nRatings,
    nTrain: split.train.values.length,
    nTest: split.test?.values.length ?? 0,
    density: nRatings / (nUsers * nItems),
    ratingRange: range,
    nFactors: params.nFactors,
    globalMean: training.mean,
    metrics,
    baselines,
    history,
    factorShare,
    coldTest,
    duplicates: ratings.duplicates,
    leftOut: ratings.leftOut,
    notes: [...ratings.notes, ...remarkOn(params, model, found)],
    timings: { read: read - began, baselines: compared - read, fit: fitted - compared, total: fitted - began }
  }
  return {
    summary,
    arrays: resultArrays(model, userCounts, itemCounts),
    lists: { users: ratings.users, items: ratings.items }
  }
}
