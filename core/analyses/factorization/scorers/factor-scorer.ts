import { predictCell, type FactorModel } from '../model.ts'
import type { Scorer } from './scorer.ts'

/** Predictions of biases and factors: globalMean + userBias + itemBias + userFactors · itemFactors. */
export function factorScorer(model: FactorModel): Scorer {
  const { nUsers, nItems } = model
  return {
    nUsers,
    nItems,
    predict: (user, item) => predictCell(model, user, item),
    scoreItems: (user, scores) => {
      for (let item = 0; item < nItems; item++) scores[item] = predictCell(model, user, item)
    }
  }
}
