import { countRatings } from '../cells.ts'
import type { Fitted, TrainingSet } from '../fitting.ts'
import type { HeldOutUsers } from '../held-out-users.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { resultArrays } from '../result-arrays.ts'
import type { FactorizationParams } from '../spec.ts'
import { knowModel, ratingsOf, type StoredModel } from './known-model.ts'
import { placePerson } from './place.ts'

/** Places the users a model was not fitted to, each as somebody new is placed who rated what is given of them, items held
 * fixed; a method without factors scores them by that history. Nobody else moves.
 * @returns the fit, with the held-out users where they were placed in its model and its scorer */
export function placeHeldOut(
  fitted: Fitted,
  training: TrainingSet,
  params: FactorizationParams,
  globalMean: number,
  { given, users, items }: HeldOutUsers,
  pace: Pace
): Fitted {
  const model = {
    ...fitted.model,
    userFactors: fitted.model.userFactors.slice(),
    userBias: fitted.model.userBias.slice()
  }
  const { nFactors } = model
  const stored: StoredModel = {
    params,
    users,
    items,
    training: training.byUser,
    given,
    held: null,
    deviation: training.deviation,
    globalMean,
    arrays: {
      ...resultArrays(model, countRatings(training.byUser), countRatings(training.byItem)),
      ...fitted.arrays
    }
  }
  const known = knowModel(stored)
  for (let user = 0; user < given.nRows; user++) {
    const told = ratingsOf(given, user)
    if (told.items.length === 0) continue
    const { factors, bias } = placePerson(known, told)
    if (factors) model.userFactors.set(factors, user * nFactors)
    model.userBias[user] = bias
    pace((told.items.length + nFactors) * nFactors * nFactors + 1)
  }
  return { ...fitted, model, scorer: known.scorer }
}
