import type { AnalysisResult, AnalysisRun } from '../../contract/analysis.ts'
import { SeededRandom } from '../../linalg/random.ts'
import { fitBiases } from './baselines.ts'
import { countRatings } from './cells.ts'
import { fitMethod } from './fit-method.ts'
import { errorsBy } from './judging/errors-by.ts'
import { lintSplit } from './judging/lint.ts'
import { SAMPLED_WARNING } from './judgement.ts'
import { askRanking, measurePopularityRanking, measureRanking, type RankingQuestion } from './judging/ranking.ts'
import { measureSampledRanking } from './judging/sampled-ranking.ts'
import { judgedCells, predictedHistories, predictedTraining } from './likes.ts'
import { purposeOf } from './methods.ts'
import { measureErrors, rangeOf } from './metrics.ts'
import { createModel } from './model.ts'
import { makePace, type Pace } from '../../linalg/pace.ts'
import { prepareRatings } from './prepare.ts'
import { remarkOn } from './remarks.ts'
import { resultArrays } from './result-arrays.ts'
import { factorScorer } from './scorers/factor-scorer.ts'
import { popularityScorer } from './scorers/popularity-scorer.ts'
import type { Scorer } from './scorers/scorer.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'
import { countCold, countLeaked } from './split.ts'

/** The ratings split, without those of both parts together: of ten million they would be held for nothing. */
function prepareToFit(...asked: Parameters<typeof prepareRatings>) {
  const { ratings, ...prepared } = prepareRatings(...asked)
  const { users, items, duplicates, leftOut, notes, values } = ratings
  return { ...prepared, ratings: { users, items, duplicates, leftOut, notes, nRatings: values.length } }
}

/** The rankings among a sample of the items, where they are asked for. */
function measureSampled(
  scorer: Scorer,
  question: RankingQuestion,
  { sampledNegatives: negatives, seed }: FactorizationParams,
  pace: Pace
) {
  if (negatives === null) return {}
  const measure = (one: Scorer) => measureSampledRanking(one, question, { negatives, seed }, pace)
  const popularity = popularityScorer(question.itemCounts, question.training.byUser.nRows)
  return {
    sampled: { negatives, model: measure(scorer), popularity: measure(popularity), warning: SAMPLED_WARNING }
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
 * Users who are held out whole ('strong') are in no training row: they are placed in the finished model by what is given of
 * them, and stored where they were placed.
 *
 * The baselines are always those of ratings. nRatings counts the ratings of this table after averaging repeated pairs;
 * those of a test dataset are counted by nTest alone. The same seed gives the same bits.
 * @throws RATINGS_COLUMNS | COLUMN_UNKNOWN | RATING_NOT_NUMERIC | NON_FINITE | NO_RATINGS | TOO_FEW_RATINGS |
 * OUT_OF_RANGE | DATASET_UNKNOWN | CANCELLED */
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
  const random = new SeededRandom(params.seed)
  const { ratings, split, training, heldOut } = prepareToFit(table, params, random, others, pace, context.checkpoint)
  const [nUsers, nItems] = [ratings.users.length, ratings.items.length]
  const userCounts = countRatings(training.byUser)
  const itemCounts = countRatings(training.byItem)
  const histories = heldOut?.histories ?? training.byUser
  const knownCounts = countRatings(histories)
  const range = rangeOf(split.train.values)
  context.checkpoint()
  const read = performance.now()

  context.progress('Baselines', 0.03)
  const predicted = predictedTraining(params.method, training)
  const predictedRange = rangeOf(predicted.cells.values)
  const judged = judgedCells(params.method, split.test) ?? predicted.cells
  const biasModel = fitBiases(predictedHistories(params.method, histories), predicted.byItem, predicted.mean, pace)
  const baselines = {
    globalMean: measureErrors(
      factorScorer(createModel(nUsers, nItems, 0, predicted.mean)),
      judged,
      predictedRange,
      pace
    ),
    bias: measureErrors(factorScorer(biasModel), judged, predictedRange, pace)
  }
  const compared = performance.now()

  const fitted = fitMethod(training, split.test, heldOut, {
    params,
    random,
    pace,
    progress: context.progress,
    checkpoint: context.checkpoint,
    share: [0.05, split.test === null ? 0.98 : 0.9]
  })
  const { model, scorer, history, factorShare, test, clip } = fitted
  const isRatings = purposeOf(params.method) === 'ratings'
  const metrics = {
    train: measureErrors(scorer, predicted.cells, clip, pace),
    test: test === null ? null : measureErrors(scorer, test, clip, pace)
  }
  const question =
    split.test === null ? null : askRanking({ byUser: histories, byItem: training.byItem }, split.test, params)
  const ranked = (fraction: number): void => context.progress('Ranking', 0.9 + 0.08 * fraction)
  const ranking = question && {
    model: measureRanking(scorer, question, pace, ranked),
    popularity: measurePopularityRanking(question, pace),
    ...measureSampled(scorer, question, params, pace)
  }
  const coldTest = split.test === null ? 0 : countCold(split.test, knownCounts, itemCounts)
  const leakedTest =
    params.testDataset === null || split.test === null ? 0 : countLeaked(split.test, training.byUser, nItems)
  const found = {
    ...split,
    range,
    predictedRange,
    clip,
    deviation: training.deviation,
    coldTest,
    leakedTest,
    ranking,
    nRankable: question?.relevant.users.length ?? 0
  }
  const ended = performance.now()

  const { nRatings } = ratings
  const penaltyScale = fitted.arrays['penaltyScale']?.data[0]
  const summary: FactorizationSummary = {
    method: params.method,
    nUsers,
    nItems,
    nRatings,
    nTrain: split.train.values.length,
    nTest: split.test?.values.length ?? 0,
    density: nRatings / (nUsers * nItems),
    ratingRange: range,
    nFactors: model.nFactors,
    globalMean: predicted.mean,
    deviation: predicted.deviation,
    ...(penaltyScale === undefined ? {} : { penaltyScale }),
    metrics,
    baselines,
    ranking,
    errorsBy:
      split.test === null || !isRatings ? null : errorsBy(scorer, split.test, clip, knownCounts, itemCounts, pace),
    lint: lintSplit({ ...split, leakedTest, userCounts, itemCounts }),
    history,
    factorShare,
    coldTest,
    duplicates: ratings.duplicates,
    leftOut: ratings.leftOut,
    notes: [...ratings.notes, ...split.notes, ...remarkOn(params, model, found), ...fitted.notes],
    timings: { read: read - began, baselines: compared - read, fit: ended - compared, total: ended - began }
  }
  return {
    summary,
    arrays: { ...resultArrays(model, userCounts, itemCounts), ...fitted.arrays },
    lists: { users: ratings.users, items: ratings.items }
  }
}
