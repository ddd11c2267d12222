import type { RunContext } from '../../contract/analysis.ts'
import { keeping } from '../../linalg/kept.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { lossOfAls, penaltyFor, sweepAls, type SweepPrecision } from './als.ts'
import { blocksOf } from './blocks.ts'
import { keepRatings, type GroupedRatings, type RatingCells } from './cells.ts'
import type { History, TrainingSet } from './fitting.ts'
import type { ClipRange } from './metrics.ts'
import { createModel, drawFactors, START_DEVIATION, type FactorModel } from './model.ts'
import type { Pace } from '../../linalg/pace.ts'
import { factorScorer } from './scorers/factor-scorer.ts'
import type { FactorizationParams } from './spec.ts'
import { precisionOf, runSweeps, type Fitter } from './sweeps.ts'
import { lossOfWals, startWals, sweepWals } from './wals.ts'

export type FitParams = Pick<FactorizationParams, 'nFactors' | 'regularization' | 'iterations' | 'unobservedWeight'> & {
  method: 'als' | 'wals'
  countExponent?: number
}

/** An empty model of the right kind: 'als' predicts from the mean of the training ratings, 'wals' from zero. */
function startModel(params: FitParams, set: TrainingSet): FactorModel {
  return createModel(set.byUser.nRows, set.byItem.nRows, params.nFactors, params.method === 'als' ? set.mean : 0)
}

/** Few ratings can have false minima: from random factors one fit in ten of a 4 × 5 table ended in one. Of fewer ratings than
 * this the fit starts from what they are with every blank taken for the mean, which has none; of more it makes no difference. */
const FEW_RATINGS = 10_000
/** Multiplications of one sweep, times six, that such a start may take: with many factors it would be longer than the fit. */
const START_WORK = 1e9

/** Factors to start alternating least squares from: items are solved for first, so that those of users alone matter. */
function startAls(model: FactorModel, set: TrainingSet, params: FitParams, random: SeededRandom, pace: Pace): void {
  const { byUser, byItem, mean, deviation } = set
  const unit = Math.sqrt(deviation)
  const work = (byUser.nRows + byItem.nRows) * params.nFactors ** 3
  if (set.cells.values.length >= FEW_RATINGS || work > START_WORK || deviation === 0) {
    drawFactors(model.userFactors, START_DEVIATION * unit, random, pace)
    return
  }
  const standardize = (grouped: GroupedRatings): GroupedRatings => ({
    ...grouped,
    values: grouped.values.map((value) => (value - mean) / deviation)
  })
  startWals(model, standardize(byUser), standardize(byItem), params.regularization, random, pace)
  for (let j = 0; j < model.userFactors.length; j++) model.userFactors[j]! *= unit
}

function prepareFitter(
  params: FitParams,
  model: FactorModel,
  set: TrainingSet,
  random: SeededRandom,
  pace: Pace
): Fitter {
  const { byUser, byItem } = set
  const precision = (iteration: number): SweepPrecision => precisionOf(iteration, params.iterations, set)
  if (params.method === 'als') {
    const penalty = penaltyFor(params.regularization, set.deviation, params.countExponent)
    startAls(model, set, params, random, pace)
    return {
      sweep: (iteration) => sweepAls(model, byUser, byItem, penalty, pace, precision(iteration)),
      loss: () => lossOfAls(model, byUser, byItem, penalty, pace)
    }
  }
  startWals(model, byUser, byItem, params.regularization, random, pace)
  return {
    sweep: (iteration) => {
      const blocks = blocksOf(iteration, params.iterations, params.nFactors)
      sweepWals(model, byUser, byItem, params, pace, precision(iteration), blocks)
    },
    loss: () => lossOfWals(model, byUser, params, pace)
  }
}

/** Fits by alternating least squares from a seeded start, `iterations` sweeps; each sweep ends with its errors, which
 * go to the history and, as a point of the live curve, to the progress.
 * @param test ratings the history's testRmse is measured on
 * @param clip range the predictions behind the history's errors are clipped to
 * @throws OUT_OF_RANGE where the loss overflows
 * @param share of the whole run's progress the sweeps take: from, to */
export function fitFactors(
  params: FitParams,
  set: TrainingSet,
  test: RatingCells | null,
  clip: ClipRange,
  random: SeededRandom,
  pace: Pace,
  progress: RunContext['progress'],
  share: readonly [number, number] = [0, 1]
): { model: FactorModel; history: History } {
  const model = startModel(params, set)
  const scorer = factorScorer(model)
  progress('Starting values', share[0])
  return keeping((keep) => {
    const near = { ...set, byUser: keepRatings(set.byUser, keep), byItem: keepRatings(set.byItem, keep) }
    const fitter = prepareFitter(params, model, near, random, pace)
    const request = { params, set, test, clip, pace, progress, share }
    return { model, history: runSweeps(request, scorer, fitter) }
  })
}
