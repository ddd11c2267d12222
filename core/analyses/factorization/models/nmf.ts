import { factorRidge, itemSide, lossOfAls, penaltyFor, userSide, type AlsPenalty, type ModelSide } from '../als.ts'
import type { GroupedRatings } from '../cells.ts'
import type { SeededRandom } from '../../../linalg/random.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import { createModel, type FactorModel } from '../model.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import { runSweeps } from '../sweeps.ts'

/** Rounds over the coordinates of a row before the next row: more cost more than they gain. */
const ROUNDS = 2

/** Largest number that factors start from, for ratings of standard deviation 1. */
const START = 0.5

/** Lowers the loss of every row of one side, the other side held fixed, one coordinate after the other, each to its exact
 * minimum among the numbers that are allowed: the bias any, a factor none below zero:
 * p_k = max(0, Σ (e + p_k q_k) q_k / (λ n^ν + Σ q_k²)), e what the row's ratings are off by.
 * @param own changed in place; a row without ratings becomes zero
 * Cost: some 4·ROUNDS·nFactors multiplications a rating.
 * Source: Hsieh & Dhillon, "Fast coordinate descent methods with variable selection for non-negative matrix factorization",
 * KDD 2011, §3; for observed cells alone: Yu, Hsieh, Si & Dhillon, ICDM 2012, §3. */
export function lowerRows(
  grouped: GroupedRatings,
  mean: number,
  own: ModelSide,
  other: ModelSide,
  nFactors: number,
  penalty: AlsPenalty,
  pace: Pace
): void {
  const { nRows, offsets, columns, values } = grouped
  let longest = 0
  for (let row = 0; row < nRows; row++) longest = Math.max(longest, offsets[row + 1]! - offsets[row]!)
  const errors = new Float64Array(longest)
  for (let row = 0; row < nRows; row++) {
    const from = offsets[row]!
    const count = offsets[row + 1]! - from
    const p = row * nFactors
    if (count === 0) {
      own.factors.fill(0, p, p + nFactors)
      own.bias[row] = 0
      continue
    }
    for (let t = 0; t < count; t++) {
      const column = columns[from + t]!
      let error = values[from + t]! - mean - own.bias[row]! - other.bias[column]!
      for (let k = 0; k < nFactors; k++) error -= own.factors[p + k]! * other.factors[column * nFactors + k]!
      errors[t] = error
    }
    const ridge = factorRidge(penalty, count)
    for (let round = 0; round < ROUNDS; round++) {
      let sum = 0
      for (let t = 0; t < count; t++) sum += errors[t]!
      const kept = own.bias[row]!
      const bias = (sum + count * kept) / (count + penalty.bias)
      for (let t = 0; t < count; t++) errors[t]! -= bias - kept
      own.bias[row] = bias
      for (let k = 0; k < nFactors; k++) {
        const before = own.factors[p + k]!
        let pull = 0
        let squares = 0
        for (let t = 0; t < count; t++) {
          const q = other.factors[columns[from + t]! * nFactors + k]!
          pull += errors[t]! * q
          squares += q * q
        }
        const after = Math.max(0, (pull + squares * before) / (squares + ridge))
        if (after === before) continue
        own.factors[p + k] = after
        for (let t = 0; t < count; t++)
          errors[t]! -= (after - before) * other.factors[columns[from + t]! * nFactors + k]!
      }
      pace(4 * count * nFactors)
    }
  }
}

/** Puts the factors in order of their size among the items, largest first, in place: nothing is rotated, as what is rotated would
 * be negative here and there. @returns share of ‖itemFactors‖² of each */
export function orderFactors(model: FactorModel): number[] {
  const { nFactors, itemFactors, userFactors } = model
  const sizes = new Float64Array(nFactors)
  for (let j = 0; j < itemFactors.length; j++) sizes[j % nFactors]! += itemFactors[j]! ** 2
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const row = new Float64Array(nFactors)
  for (const factors of [itemFactors, userFactors]) {
    for (let at = 0; at < factors.length; at += nFactors) {
      row.set(factors.subarray(at, at + nFactors))
      for (let k = 0; k < nFactors; k++) factors[at + k] = row[order[k]!]!
    }
  }
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return order.map((k) => (total > 0 ? sizes[k]! / total : 0))
}

/** Starts both sides from random numbers above zero, in place. */
export function startNmf(model: FactorModel, deviation: number, random: SeededRandom): void {
  const start = START * Math.sqrt(deviation)
  for (const factors of [model.userFactors, model.itemFactors])
    for (let j = 0; j < factors.length; j++) factors[j] = start * random.uniform()
}

/** One sweep: all items, then all users. */
export function sweepNmf(
  model: FactorModel,
  { byUser, byItem }: Pick<TrainingSet, 'byUser' | 'byItem'>,
  penalty: AlsPenalty,
  pace: Pace
): void {
  const [users, items] = [userSide(model), itemSide(model)]
  lowerRows(byItem, model.globalMean, items, users, model.nFactors, penalty, pace)
  lowerRows(byUser, model.globalMean, users, items, model.nFactors, penalty, pace)
}

/** Nonnegative factors with biases: r̂ = μ + b_u + b_i + p_u · q_i, no p or q below zero, the loss that of ALS, which never rises. */
export const fitNmf: Fit = (request) => {
  const { params, set, random, pace } = request
  const { byUser, byItem } = set
  const model = createModel(byUser.nRows, byItem.nRows, params.nFactors, set.mean)
  startNmf(model, set.deviation, random)
  const penalty = penaltyFor(params.regularization, set.deviation)
  const scorer = factorScorer(model)
  const history = runSweeps(request, scorer, {
    sweep: () => sweepNmf(model, set, penalty, pace),
    loss: () => lossOfAls(model, byUser, byItem, penalty, pace)
  })
  return { model, scorer, history, factorShare: orderFactors(model), arrays: {}, notes: [] }
}
