import type { RunContext } from '../../contract/analysis.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { BIAS_REGULARIZATION, COUNT_EXPONENT, lossOfAls, sweepAls, type AlsPenalty } from './als.ts'
import type { GroupedRatings, RatingCells } from './cells.ts'
import { measureErrors, type ClipRange } from './metrics.ts'
import { createModel, drawFactors, START_DEVIATION, type FactorModel } from './model.ts'
import type { Pace } from './pace.ts'
import { factorScorer } from './scorers/factor-scorer.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'
import { lossOfWals, startWals, sweepWals } from './wals.ts'

export type History = FactorizationSummary['history']
export type FitParams = Pick<FactorizationParams, 'nFactors' | 'regularization' | 'iterations' | 'unobservedWeight'> & {
  method: 'als' | 'wals'
}

/** The training ratings both ways round, and what is known of them. */
export interface TrainingSet {
  cells: RatingCells
  byUser: GroupedRatings
  byItem: GroupedRatings
  mean: number
  /** standard deviation of the ratings, divisor n */
  deviation: number
}

/** One way of fitting: how a sweep is done and what it lowers. */
interface Fitter {
  sweep: () => void
  loss: () => number
}

/** λ for the factors in the units of the ratings: `regularization` counts standard deviations of the training
 * ratings, so that the same number suits stars from 1 to 5 and points from 0 to 100. */
export function penaltyFor(regularization: number, deviation: number): AlsPenalty {
  const unit = deviation > 0 ? deviation : 1
  return { factor: regularization * unit, bias: BIAS_REGULARIZATION, exponent: COUNT_EXPONENT }
}

/** An empty model of the right kind: 'als' predicts from the mean of the training ratings, 'wals' from zero. */
function startModel(params: FitParams, set: TrainingSet): FactorModel {
  return createModel(set.byUser.nRows, set.byItem.nRows, params.nFactors, params.method === 'als' ? set.mean : 0)
}

function prepareFitter(
  params: FitParams,
  model: FactorModel,
  set: TrainingSet,
  random: SeededRandom,
  pace: Pace
): Fitter {
  const { byUser, byItem } = set
  if (params.method === 'als') {
    const penalty = penaltyFor(params.regularization, set.deviation)
    drawFactors(model.userFactors, START_DEVIATION * Math.sqrt(set.deviation), random)
    return {
      sweep: () => sweepAls(model, byUser, byItem, penalty, pace),
      loss: () => lossOfAls(model, byUser, byItem, penalty, pace)
    }
  }
  startWals(model, byUser, byItem, params.regularization, random, pace)
  return {
    sweep: () => sweepWals(model, byUser, byItem, params, pace),
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
  [from, to]: readonly [number, number] = [0, 1]
): { model: FactorModel; history: History } {
  const model = startModel(params, set)
  const scorer = factorScorer(model)
  const fitter = prepareFitter(params, model, set, random, pace)
  const history: History = []
  for (let iteration = 1; iteration <= params.iterations; iteration++) {
    fitter.sweep()
    const trainRmse = measureErrors(scorer, set.cells, clip, pace).rmse
    const testRmse = test === null ? null : measureErrors(scorer, test, clip, pace).rmse
    const loss = fitter.loss()
    if (!Number.isFinite(loss)) throw new EigendeskError('OUT_OF_RANGE')
    history.push({ iteration, trainRmse, testRmse, loss })
    const point = { iteration, trainRmse, loss, ...(testRmse === null ? {} : { testRmse }) }
    progress(`sweep ${iteration} of ${params.iterations}`, from + ((to - from) * iteration) / params.iterations, point)
  }
  return { model, history }
}
