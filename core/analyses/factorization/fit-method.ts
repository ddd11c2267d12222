import type { RatingCells } from './cells.ts'
import { fits } from './fits.ts'
import type { HeldOutUsers } from './held-out-users.ts'
import type { FitRequest, Fitted, TrainingSet } from './fitting.ts'
import { judgedCells, predictedTraining } from './likes.ts'
import { purposeOf } from './methods.ts'
import { rangeOf, type ClipRange } from './metrics.ts'
import { placeHeldOut } from './recommending/place-held-out.ts'

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
  const fitted = fits[method]({ ...request, set, test: heldOut === null ? judged : null, clip })
  const placed = heldOut && placeHeldOut(fitted, training, request.params, predicted.mean, heldOut, request.pace)
  return { ...(placed ?? fitted), predicted, test: judged, clip }
}
