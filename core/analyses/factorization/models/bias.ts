import type { GroupedRatings } from '../cells.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import type { LossParts } from '../loss-parts.ts'
import { ITEM_SHRINKAGE, USER_SHRINKAGE } from '../penalty.ts'
import { createModel, type FactorModel } from '../model.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import { runSweeps } from '../sweeps.ts'

/** b = Σ (value − mean − other bias) / (shrinkage + number of ratings), for every row: the exact minimum over one side. */
function solveBiases(
  grouped: GroupedRatings,
  mean: number,
  own: Float64Array,
  other: Float64Array,
  shrinkage: number,
  pace: Pace
): void {
  const { offsets, columns, values } = grouped
  for (let row = 0; row < grouped.nRows; row++) {
    const from = offsets[row]!
    const to = offsets[row + 1]!
    let sum = 0
    for (let t = from; t < to; t++) sum += values[t]! - mean - other[columns[t]!]!
    own[row] = sum / (shrinkage + to - from)
    pace(to - from + 1)
  }
}

/** One sweep of alternating least squares over the biases: all items, then all users. */
export function sweepBiases(model: FactorModel, { byUser, byItem }: TrainingSet, pace: Pace): void {
  solveBiases(byItem, model.globalMean, model.itemBias, model.userBias, ITEM_SHRINKAGE, pace)
  solveBiases(byUser, model.globalMean, model.userBias, model.itemBias, USER_SHRINKAGE, pace)
}

/** What sweepBiases minimizes: Σ (r − μ − b_u − b_i)² + 10 Σ b_u² + 10 Σ b_i². */
export function lossOfBiases(model: FactorModel, { byUser }: TrainingSet, pace: Pace): LossParts {
  const { userBias, itemBias, globalMean } = model
  let squares = 0
  for (let user = 0; user < byUser.nRows; user++) {
    const mean = globalMean + userBias[user]!
    const to = byUser.offsets[user + 1]!
    for (let t = byUser.offsets[user]!; t < to; t++)
      squares += (byUser.values[t]! - mean - itemBias[byUser.columns[t]!]!) ** 2
    pace(to - byUser.offsets[user]! + 1)
  }
  let penalty = 0
  for (const bias of userBias) penalty += USER_SHRINKAGE * bias * bias
  for (const bias of itemBias) penalty += ITEM_SHRINKAGE * bias * bias
  return { squares, penalty }
}

/** r̂ = μ + b_u + b_i by alternating least squares; no factors. */
export const fitBias: Fit = (request) => {
  const { set, pace } = request
  const model = createModel(set.byUser.nRows, set.byItem.nRows, 0, set.mean)
  const scorer = factorScorer(model)
  const history = runSweeps(request, scorer, {
    sweep: () => sweepBiases(model, set, pace),
    loss: () => lossOfBiases(model, set, pace)
  })
  return { model, scorer, history, factorShare: [], arrays: {}, notes: [] }
}
