import type { Keep } from '../../../linalg/kept.ts'
import type { Precision } from '../../../linalg/kernels/rows-kernels.ts'
import { solveRowsBy } from '../../../linalg/normal-row-blocks.ts'
import { multiplyPairs } from '../../../linalg/pair-products.ts'
import type { Watch } from '../../../linalg/watch.ts'
import type { SweepPrecision } from '../als.ts'
import { ALL_AT_ONCE, type SweepBlocks } from '../blocks.ts'
import type { GroupedRatings } from '../cells.ts'
import type { LossParts } from '../loss-parts.ts'
import type { FactorModel } from '../model.ts'
import { watchOf, type Pace } from '../../../linalg/pace.ts'
import { gramOf } from '../wals.ts'

/** One side of a problem over every cell of the table: each observed cell t adds weightₜ·ŷ² − 2·targetₜ·ŷ to the objective. */
export interface ImplicitSide {
  grouped: GroupedRatings
  /** one an entry; null: 1 for all */
  weights: Float64Array | null
  /** one an entry */
  targets: Float64Array
  /** λ of each row */
  ridge: Float64Array
}

/** The same side, kept where kernels read it. */
export const keepSide = ({ grouped, weights, targets, ridge }: ImplicitSide, keep: Keep): ImplicitSide => ({
  grouped: { ...grouped, columns: keep(grouped.columns) },
  weights: weights && keep(weights),
  targets: keep(targets),
  ridge
})

/** min over P, Q of constant + Σ_observed (weight·ŷ² − 2·target·ŷ) + blank·Σ_all ŷ² + Σ ridge·‖row‖², ŷ = p·q: what the
 * models of likes have in common. */
export interface ImplicitProblem {
  users: ImplicitSide
  items: ImplicitSide
  /** weight with which every cell, observed or not, is drawn to 0 */
  blank: number
  constant: number
}

/** Solves every row of one side, the other side held fixed: exactly, or `block` factors at a time from where it is.
 * Cost: linear in the observed cells: what all rows share, blank·QᵀQ, is formed once. */
function solveSide(
  side: ImplicitSide,
  own: Float64Array,
  other: Float64Array,
  size: number,
  blank: number,
  pace: Pace,
  watch: Watch,
  precision: Precision,
  block: number
): void {
  const base = blank === 0 ? null : gramOf(other, size, pace)
  if (base) for (let j = 0; j < base.length; j++) base[j]! *= blank
  const { grouped, weights, targets, ridge } = side
  const { nRows, offsets, columns } = grouped
  const shared = { other, size, base, prior: null, lastRidge: null, noise: null, precision }
  solveRowsBy(block, { nRows, offsets, columns, weights, weight: 1, targets, ridge, ...shared }, own, watch)
}

/** All items, then all users: solving a user once more for the same likes (a fold-in) returns that user's factors, where they were
 * solved for all at once. The objective never rises. */
export function sweepImplicit(
  model: FactorModel,
  problem: ImplicitProblem,
  pace: Pace,
  watch: Watch,
  [ofItems, ofUsers]: SweepPrecision = ['double', 'double'],
  [itemBlock, userBlock]: SweepBlocks = ALL_AT_ONCE
): void {
  const { userFactors, itemFactors, nFactors } = model
  const { items, users, blank } = problem
  solveSide(items, itemFactors, userFactors, nFactors, blank, pace, watch, ofItems, itemBlock)
  solveSide(users, userFactors, itemFactors, nFactors, blank, pace, watch, ofUsers, userBlock)
}

function ridgeOf(factors: Float64Array, ridge: Float64Array, size: number): number {
  let sum = 0
  for (let row = 0; row < ridge.length; row++) {
    let squares = 0
    for (let k = row * size; k < (row + 1) * size; k++) squares += factors[k]! ** 2
    sum += ridge[row]! * squares
  }
  return sum
}

/** What sweepImplicit minimizes; what the weight of every cell adds at a known cell is counted there. Σ over all cells of ŷ² = ⟨PᵀP, QᵀQ⟩, so that blanks are never visited. */
export function lossOfImplicit(model: FactorModel, problem: ImplicitProblem, pace: Pace): LossParts {
  const { nFactors, userFactors, itemFactors } = model
  const userGram = gramOf(userFactors, nFactors, pace)
  const itemGram = gramOf(itemFactors, nFactors, pace)
  let everywhere = 0
  for (let j = 0; j < userGram.length; j++) everywhere += userGram[j]! * itemGram[j]!
  const { grouped, weights, targets, ridge } = problem.users
  let squares = problem.constant
  let known = 0
  const { columns } = grouped
  multiplyPairs(grouped, columns, userFactors, itemFactors, nFactors, watchOf(pace), (from, products) => {
    products.forEach((score, t) => {
      squares += (weights ? weights[from + t]! : 1) * score * score - 2 * targets[from + t]! * score
      known += score * score
    })
  })
  const penalty = ridgeOf(userFactors, ridge, nFactors) + ridgeOf(itemFactors, problem.items.ridge, nFactors)
  const blanks = problem.blank * Math.max(0, everywhere - known)
  return { squares: squares + problem.blank * known, blanks, penalty }
}
