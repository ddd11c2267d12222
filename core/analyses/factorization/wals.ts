import type { Precision } from '../../linalg/kernels/rows-kernels.ts'
import { createMatrix } from '../../linalg/matrix.ts'
import { solveRowsBy } from '../../linalg/normal-row-blocks.ts'
import { multiplyPairs } from '../../linalg/pair-products.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { syrk } from '../../linalg/syrk.ts'
import type { SweepPrecision } from './als.ts'
import { ALL_AT_ONCE, blocksOf, type SweepBlocks } from './blocks.ts'
import type { GroupedRatings } from './cells.ts'
import type { LossParts } from './loss-parts.ts'
import { drawFactors, START_DEVIATION, type FactorModel } from './model.ts'
import { watchOf, type Pace } from '../../linalg/pace.ts'

/** Sweeps with all cells weighted alike before the true weights are used. With equal weights the problem is a truncated
 * SVD and has no false minimum; started from there, the weighted problem came out the same for every seed tried,
 * where random starts ended in a worse minimum about one time in seven on the 4 × 5 sample. */
export const EVEN_SWEEPS = 10

/** What weighted alternating least squares is told. */
export interface WalsPenalty {
  /** λ, the same for every row */
  regularization: number
  /** w₀, weight of an unobserved cell against 1 for an observed one */
  unobservedWeight: number
}

/** FᵀF of a row-major nRows × size matrix: size × size row-major, both triangles. */
export function gramOf(factors: Float64Array, size: number, pace: Pace): Float64Array {
  pace((factors.length * size) / 2)
  return syrk(createMatrix(factors.length / size, size, factors), 'columns').data
}

/** Solves every row of one side, the other side Q held fixed, exactly or `block` factors at a time: for a row that observed the items O
 * minimize Σ_{i∈O} (r_i − p·q_i)² + w₀ Σ_{i∉O} (p·q_i)² + λ‖p‖², whose normal equations are
 * (w₀ QᵀQ + (1 − w₀) Σ_{i∈O} q_i q_iᵀ + λI) p = Σ_{i∈O} r_i q_i. QᵀQ is formed once for all rows, so the cost is
 * linear in the observed cells.
 * @param own nRows × size, overwritten
 * @param other nColumns × size
 * @throws NOT_POSITIVE_DEFINITE only if regularization is 0
 * Source: Hu, Koren & Volinsky, ICDM 2008, §4, with confidence 1 for an observed cell and w₀ for another. */
export function solveWeightedRows(
  grouped: GroupedRatings,
  own: Float64Array,
  other: Float64Array,
  size: number,
  { regularization, unobservedWeight }: WalsPenalty,
  pace: Pace,
  precision: Precision = 'double',
  block = Infinity
): void {
  const base = gramOf(other, size, pace)
  for (let j = 0; j < base.length; j++) base[j]! *= unobservedWeight
  const { nRows, offsets, columns, values: targets } = grouped
  const system = { nRows, offsets, columns, weights: null, weight: 1 - unobservedWeight, targets, other, size, base }
  const rest = { prior: null, ridge: new Float64Array(nRows).fill(regularization), lastRidge: null, noise: null }
  solveRowsBy(block, { ...system, ...rest, precision }, own, watchOf(pace))
}

/** One sweep of weighted alternating least squares: all items, then all users, as in sweepAls. The loss never
 * rises. */
export function sweepWals(
  model: FactorModel,
  byUser: GroupedRatings,
  byItem: GroupedRatings,
  penalty: WalsPenalty,
  pace: Pace,
  [ofItems, ofUsers]: SweepPrecision = ['double', 'double'],
  [itemBlock, userBlock]: SweepBlocks = ALL_AT_ONCE
): void {
  const { userFactors, itemFactors, nFactors } = model
  solveWeightedRows(byItem, itemFactors, userFactors, nFactors, penalty, pace, ofItems, itemBlock)
  solveWeightedRows(byUser, userFactors, itemFactors, nFactors, penalty, pace, ofUsers, userBlock)
}

/** What sweepWals minimizes: Σ_observed (r − p·q)² + w₀ Σ_unobserved (p·q)² + λ(‖P‖² + ‖Q‖²).
 * The sum over all cells is Σ (p·q)² = ⟨PᵀP, QᵀQ⟩, so that unobserved cells are never visited. */
export function lossOfWals(model: FactorModel, byUser: GroupedRatings, penalty: WalsPenalty, pace: Pace): LossParts {
  const { nFactors, userFactors, itemFactors } = model
  const users = gramOf(userFactors, nFactors, pace)
  const items = gramOf(itemFactors, nFactors, pace)
  let everywhere = 0
  for (let j = 0; j < users.length; j++) everywhere += users[j]! * items[j]!
  let norms = 0
  for (let k = 0; k < nFactors; k++) norms += users[k * nFactors + k]! + items[k * nFactors + k]!
  let squares = 0
  let known = 0
  const { columns, values } = byUser
  multiplyPairs(byUser, columns, userFactors, itemFactors, nFactors, watchOf(pace), (from, products) => {
    products.forEach((prediction, t) => {
      squares += (values[from + t]! - prediction) ** 2
      known += prediction * prediction
    })
  })
  const blanks = penalty.unobservedWeight * Math.max(0, everywhere - known)
  return { squares, blanks, penalty: penalty.regularization * norms }
}

/** Starts a model from random user factors by EVEN_SWEEPS sweeps in which every cell weighs 1. */
export function startWals(
  model: FactorModel,
  byUser: GroupedRatings,
  byItem: GroupedRatings,
  regularization: number,
  random: SeededRandom,
  pace: Pace
): void {
  drawFactors(model.userFactors, START_DEVIATION, random)
  const even = { regularization, unobservedWeight: 1 }
  for (let sweep = 0; sweep < EVEN_SWEEPS; sweep++) {
    sweepWals(model, byUser, byItem, even, pace, undefined, blocksOf(0, EVEN_SWEEPS, model.nFactors))
  }
}
