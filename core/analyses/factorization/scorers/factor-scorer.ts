import { gemm } from '../../../linalg/gemm.ts'
import { createMatrix } from '../../../linalg/matrix.ts'
import { multiplyPairs } from '../../../linalg/pair-products.ts'
import { predictCell, type FactorModel } from '../model.ts'
import { watchOf } from '../../../linalg/pace.ts'
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
    },
    scoreBlock: (users, scores) => scoreBlock(model, users, scores),
    predictCells: ({ userIndex, itemIndex }, pace, take) => {
      const { nFactors, globalMean, userFactors, itemFactors, userBias, itemBias } = model
      multiplyPairs(userIndex, itemIndex, userFactors, itemFactors, nFactors, watchOf(pace), (from, predictions) => {
        for (let t = 0; t < predictions.length; t++) {
          const user = userIndex[from + t]!
          const item = itemIndex[from + t]!
          predictions[t]! += globalMean + (user < 0 ? 0 : userBias[user]!) + (item < 0 ? 0 : itemBias[item]!)
        }
        take(from, predictions)
      })
    }
  }
}

/** Products of a block of user factors with all item factors, biases added. */
function scoreBlock(model: FactorModel, users: Int32Array, scores: Float64Array): void {
  const { nItems, nFactors, userFactors, itemFactors, userBias, itemBias } = model
  if (nFactors === 0) scores.fill(0, 0, users.length * nItems)
  else {
    const block = createMatrix(users.length, nFactors)
    users.forEach((user, place) =>
      block.data.set(userFactors.subarray(user * nFactors, (user + 1) * nFactors), place * nFactors)
    )
    scores.set(gemm(block, createMatrix(nItems, nFactors, itemFactors), { transposeB: true }).data)
  }
  for (let place = 0, at = 0; place < users.length; place++) {
    const start = model.globalMean + userBias[users[place]!]!
    for (let item = 0; item < nItems; item++, at++) scores[at]! += start + itemBias[item]!
  }
}
