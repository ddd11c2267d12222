import { kernels } from '../../linalg/kernels/kernels.ts'
import type { Precision } from '../../linalg/kernels/rows-kernels.ts'
import { solveNormalRows } from '../../linalg/normal-rows.ts'
import { multiplyPairs } from '../../linalg/pair-products.ts'
import type { GroupedRatings } from './cells.ts'
import type { LossParts } from './loss-parts.ts'
import type { FactorModel } from './model.ts'
import { watchOf, type Pace } from '../../linalg/pace.ts'
import { factorRidge, type AlsPenalty } from './penalty.ts'

export { penaltyFor } from './penalty.ts'
export { factorRidge, type AlsPenalty }

/** One side of the model: what is solved for, or what is held fixed meanwhile. */
export interface ModelSide {
  /** nRows × nFactors, row-major */
  factors: Float64Array
  /** nRows */
  bias: Float64Array
}

export const userSide = (model: FactorModel): ModelSide => ({ factors: model.userFactors, bias: model.userBias })
export const itemSide = (model: FactorModel): ModelSide => ({ factors: model.itemFactors, bias: model.itemBias })

/** n × (nFactors + 1), in the memory of the kernels: the factors of a side, each row with a 1 behind it, whose partner is the other
 * side's bias. */
function withOnes({ factors, bias }: ModelSide, nFactors: number): Float64Array {
  const wide = kernels().memory.allocate(bias.length * (nFactors + 1))
  for (let row = 0, from = 0, to = 0; row < bias.length; row++) {
    for (let k = 0; k < nFactors; k++) wide[to++] = factors[from++]!
    wide[to++] = 1
  }
  return wide
}

/** Solves every row of one side exactly, the other side held fixed: for a row with ratings t
 * minimize Σₜ (valueₜ − mean − biasₜ − b − p·qₜ)² + λ n^ν ‖p‖² + λ_b b² over (p, b) together, by Cholesky.
 * A row without ratings becomes zero.
 * @param grouped ratings by row of `own`, columns index `other`
 * @param own overwritten
 * @throws NOT_POSITIVE_DEFINITE only if a penalty is 0
 * Cost: (nFactors + 1)² / 2 multiplications a rating and (nFactors + 1)³ / 6 a row, in the team of threads.
 * Source: Zhou, Wilkinson, Schreiber & Pan, AAIM 2008, §3.1, with the bias as one more coordinate whose partner is 1. */
export function solveRows(
  grouped: GroupedRatings,
  mean: number,
  own: ModelSide,
  other: ModelSide,
  nFactors: number,
  penalty: AlsPenalty,
  pace: Pace,
  precision: Precision = 'double'
): void {
  const size = nFactors + 1
  const { nRows, offsets, columns, values } = grouped
  const ridge = new Float64Array(nRows)
  for (let row = 0; row < nRows; row++) ridge[row] = factorRidge(penalty, offsets[row + 1]! - offsets[row]!)
  const shift = other.bias.map((bias) => mean + bias)
  const system = { nRows, offsets, columns, weights: null, weight: 1, targets: values, shift, ridge, size, precision }
  const { memory } = kernels()
  // In memory that has been touched before: fresh pages for every sweep cost more than what is done with them.
  memory.frame(() => {
    const solved = memory.allocate(nRows * size)
    const rest = { other: withOnes(other, nFactors), base: null, prior: null, lastRidge: penalty.bias, noise: null }
    solveNormalRows({ ...system, ...rest }, solved, watchOf(pace))
    for (let row = 0, from = 0, to = 0; row < nRows; row++) {
      for (let k = 0; k < nFactors; k++) own.factors[to++] = solved[from++]!
      own.bias[row] = solved[from++]!
    }
  })
}

/** Of what a sweep does for the items, and for the users after them. */
export type SweepPrecision = readonly [Precision, Precision]

/** One sweep of biased alternating least squares: all items, then all users. The loss never rises. Users come last, so
 * that solving a user once more for the same ratings (a fold-in) returns that user's factors. */
export function sweepAls(
  model: FactorModel,
  byUser: GroupedRatings,
  byItem: GroupedRatings,
  penalty: AlsPenalty,
  pace: Pace,
  [ofItems, ofUsers]: SweepPrecision = ['double', 'double']
): void {
  const users = userSide(model)
  const items = itemSide(model)
  solveRows(byItem, model.globalMean, items, users, model.nFactors, penalty, pace, ofItems)
  solveRows(byUser, model.globalMean, users, items, model.nFactors, penalty, pace, ofUsers)
}

/** Σ over rows of λ n^ν ‖p‖² + λ_b b². */
export function penaltyOf(side: ModelSide, grouped: GroupedRatings, nFactors: number, penalty: AlsPenalty): number {
  let sum = 0
  for (let row = 0; row < grouped.nRows; row++) {
    let squares = 0
    for (let k = 0; k < nFactors; k++) squares += side.factors[row * nFactors + k]! ** 2
    const count = grouped.offsets[row + 1]! - grouped.offsets[row]!
    sum += factorRidge(penalty, count) * squares + penalty.bias * side.bias[row]! ** 2
  }
  return sum
}

/** Σ (r − r̂)² over the training ratings, predictions not clipped. */
export function squaresOf(model: FactorModel, byUser: GroupedRatings, pace: Pace): number {
  const { nFactors, userFactors, itemFactors, userBias, itemBias, globalMean } = model
  const { columns, values } = byUser
  let squares = 0
  multiplyPairs(byUser, columns, userFactors, itemFactors, nFactors, watchOf(pace), (from, products, users) => {
    for (let t = from; t < from + products.length; t++) {
      const start = globalMean + userBias[users[t - from]!]! + itemBias[columns[t]!]!
      squares += (values[t]! - start - products[t - from]!) ** 2
    }
  })
  return squares
}

/** What sweepAls minimizes, over the training ratings and with unclipped predictions:
 * Σ (r − r̂)² + Σ_u (λ n_u^ν ‖p_u‖² + λ_b b_u²) + Σ_i (λ n_i^ν ‖q_i‖² + λ_b b_i²). */
export function lossOfAls(
  model: FactorModel,
  byUser: GroupedRatings,
  byItem: GroupedRatings,
  penalty: AlsPenalty,
  pace: Pace
): LossParts {
  const ofUsers = penaltyOf(userSide(model), byUser, model.nFactors, penalty)
  const ofItems = penaltyOf(itemSide(model), byItem, model.nFactors, penalty)
  return { squares: squaresOf(model, byUser, pace), penalty: ofUsers + ofItems }
}
