import type { RatingCells } from './cells.ts'
import { fits } from './fits.ts'
import type { HeldOutUsers } from './held-out-users.ts'
import { penaltyScaleOf } from './penalty-scale.ts'
import type { FitRequest, Fitted, TrainingSet } from './fitting.ts'
import { judgedCells, predictedTraining } from './likes.ts'
import { canAdapt, purposeOf } from './methods.ts'
import { rangeOf, type ClipRange } from './metrics.ts'
import { placeHeldOut } from './recommending/place-held-out.ts'

const noteOnScale = (asked: number, taken: number): string =>
  `λ was adapted to the noise of these ratings: ${Number(taken.toPrecision(3))}, not ${asked}, predicted best what was held out of the training ratings.`

/** A fit, and what its predictions are to be measured on. */
export interface MethodFit extends Fitted {
  /** the training ratings as the method predicts them: ones where a filled cell is one like */
  predicted: TrainingSet
  /** the test ratings likewise */
  test: RatingCells | null
  /** what predictions are clipped to before they are measured: the range of the training ratings; null for preferences */
  clip: ClipRange
}

/** Fits the method of params to a training set, as the method reads it. Users who were held out whole are placed in the model
 * when it is done: until then there is nothing to say of their ratings, and the history has no test errors. */
export function fitMethod(
  training: TrainingSet,
  test: RatingCells | null,
  heldOut: HeldOutUsers | null,
  request: Omit<FitRequest, 'set' | 'test' | 'clip'>
): MethodFit {
  const { method } = request.params
  const predicted = predictedTraining(method, training)
  const judged = judgedCells(method, test)
  const clip = purposeOf(method) === 'ratings' ? rangeOf(training.cells.values) : null
  const set = method === 'hkv' ? { ...predicted, byUser: training.byUser, byItem: training.byItem } : predicted
  const scale =
    request.params.adaptRegularization && canAdapt(method) ? penaltyScaleOf(training, method, request.pace) : 1
  const params = { ...request.params, regularization: request.params.regularization * scale }
  const fitted = fits[method]({ ...request, params, set, test: heldOut === null ? judged : null, clip })
  if (scale !== 1) {
    fitted.arrays['penaltyScale'] = { dtype: 'float64', shape: [1], data: Float64Array.of(scale) }
    fitted.notes.push(noteOnScale(request.params.regularization, params.regularization))
  }
  const placed = heldOut && placeHeldOut(fitted, training, request.params, predicted.mean, heldOut, request.pace)
  return { ...(placed ?? fitted), predicted, test: judged, clip }
}
