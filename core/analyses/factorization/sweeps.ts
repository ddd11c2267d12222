import { EigendeskError } from '../../contract/errors.ts'
import type { SweepPrecision } from './als.ts'
import type { FitRequest, History, TrainingSet } from './fitting.ts'
import { totalLoss, type LossParts } from './loss-parts.ts'
import { measureErrors } from './metrics.ts'
import type { Scorer } from './scorers/scorer.ts'

/** One way of fitting: how a sweep is done and what it lowers. */
export interface Fitter {
  /** @param iteration from 1 */
  sweep: (iteration: number) => void
  loss: () => LossParts
}

export type SweepRequest = Pick<FitRequest, 'set' | 'test' | 'clip' | 'pace' | 'progress' | 'share'> & {
  params: { iterations: number }
}

/** From so many ratings on sweeps take long enough to be waited for. */
const SINGLE_FROM = 200_000

/** Of a large table all is in single precision, in half of the time, but what is solved last: the users of the last sweep are in
 * doubles, so that they satisfy their equations to the last digits, as somebody does who is placed among them. Models fitted
 * either way differ in RMSE by less than 1e-6 (test/unit/factorization/precision.test.ts). */
export function precisionOf(
  iteration: number,
  iterations: number,
  { cells }: Pick<TrainingSet, 'cells'>
): SweepPrecision {
  const early = cells.values.length >= SINGLE_FROM ? 'single' : 'double'
  return [early, iteration < iterations ? early : 'double']
}

/** Does `iterations` sweeps; each ends with its errors, which go to the history and, as a point of the live curve, to the
 * progress.
 * @param scorer predicts as the model is after a sweep
 * @throws OUT_OF_RANGE where the loss overflows */
export function runSweeps(
  { params, set, test, clip, pace, progress, share: [from, to] }: SweepRequest,
  scorer: Scorer,
  fitter: Fitter
): History {
  const history: History = []
  for (let iteration = 1; iteration <= params.iterations; iteration++) {
    fitter.sweep(iteration)
    const parts = fitter.loss()
    const loss = totalLoss(parts)
    if (!Number.isFinite(loss)) throw new EigendeskError('OUT_OF_RANGE')
    const trainRmse = measureErrors(scorer, set.cells, clip, pace).rmse
    const testRmse = test === null ? null : measureErrors(scorer, test, clip, pace).rmse
    history.push({ iteration, trainRmse, testRmse, loss, ...parts })
    const point = { iteration, trainRmse, loss, ...parts, ...(testRmse === null ? {} : { testRmse }) }
    progress(`sweep ${iteration} of ${params.iterations}`, from + ((to - from) * iteration) / params.iterations, point)
  }
  return history
}
