import type { SeededRandom } from '../../linalg/random.ts'
import type { Pace } from '../../linalg/pace.ts'

/** Standard deviation of the random user factors a fit starts from, for ratings of standard deviation 1. Items are
 * solved for first, so that only the directions matter much: 0.1 and 0.5 ended within 0.0003 of the same error. */
export const START_DEVIATION = 0.3

/** A fitted factor model: r̂ = globalMean + userBias[u] + itemBias[i] + userFactors[u] · itemFactors[i].
 * 'wals' models have globalMean and biases 0; the bias-only baseline has nFactors 0. */
export interface FactorModel {
  nUsers: number
  nItems: number
  nFactors: number
  globalMean: number
  /** nUsers */
  userBias: Float64Array
  /** nItems */
  itemBias: Float64Array
  /** nUsers × nFactors, row-major */
  userFactors: Float64Array
  /** nItems × nFactors, row-major */
  itemFactors: Float64Array
}

/** A model that predicts globalMean everywhere. */
export function createModel(nUsers: number, nItems: number, nFactors: number, globalMean: number): FactorModel {
  return {
    nUsers,
    nItems,
    nFactors,
    globalMean,
    userBias: new Float64Array(nUsers),
    itemBias: new Float64Array(nItems),
    userFactors: new Float64Array(nUsers * nFactors),
    itemFactors: new Float64Array(nItems * nFactors)
  }
}

/** Fills factors with independent normal numbers of standard deviation `deviation`, in place. */
export function drawFactors(factors: Float64Array, deviation: number, random: SeededRandom, pace?: Pace): void {
  for (let j = 0; j < factors.length; j++) {
    factors[j] = deviation * random.normal()
    pace?.(NORMAL_WORK)
  }
}

/** Multiplications that one normal number takes as long as. */
const NORMAL_WORK = 20

/** The prediction of one cell, not clipped. A user or item the model does not know (index −1) adds nothing. */
export function predictCell(model: FactorModel, user: number, item: number): number {
  const { nFactors, userFactors, itemFactors } = model
  let prediction = model.globalMean
  if (user >= 0) prediction += model.userBias[user]!
  if (item >= 0) prediction += model.itemBias[item]!
  if (user < 0 || item < 0) return prediction
  const p = user * nFactors
  const q = item * nFactors
  for (let k = 0; k < nFactors; k++) prediction += userFactors[p + k]! * itemFactors[q + k]!
  return prediction
}
