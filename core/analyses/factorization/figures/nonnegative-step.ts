import { factorRidge, penaltyFor } from '../penalty.ts'
import type { FactorizationParams, FactorizationSummary } from '../spec.ts'
import type { RatedItems } from './normal-step.ts'

/** The update of one coordinate of a user with all others held fixed: best = max(0, (pull + squares · before) / (squares + ridge)). */
export interface CoordinateUpdate {
  before: number
  /** Σ e q over the user's ratings, e what they are off by */
  pull: number
  /** Σ q² */
  squares: number
  best: number
}

export interface NonnegativeStep {
  /** λ n^ν */
  ridge: number
  /** one a factor */
  updates: CoordinateUpdate[]
  /** largest |best − before| */
  moved: number
}

/** What coordinate descent (models/nmf.ts) does with each coordinate of one user, each as if it were the next.
 * @param own nFactors
 * @returns null where a result of before lacks the spread of its ratings */
export function writeNonnegativeStep(
  { regularization }: Pick<FactorizationParams, 'regularization'>,
  { deviation, penaltyScale = 1, globalMean }: Pick<FactorizationSummary, 'deviation' | 'penaltyScale' | 'globalMean'>,
  { values, factors, itemBias, nFactors }: Omit<RatedItems, 'allSquares'>,
  own: ArrayLike<number>,
  userBias: number
): NonnegativeStep | null {
  if (deviation === undefined) return null
  const ridge = factorRidge(penaltyFor(regularization * penaltyScale, deviation), values.length)
  const errors = Float64Array.from({ length: values.length }, (_, t) => {
    let error = values[t]! - globalMean - userBias - itemBias[t]!
    for (let k = 0; k < nFactors; k++) error -= own[k]! * factors[t * nFactors + k]!
    return error
  })
  const updates = Array.from({ length: nFactors }, (_, k): CoordinateUpdate => {
    let [pull, squares] = [0, 0]
    errors.forEach((error, t) => {
      const q = factors[t * nFactors + k]!
      pull += error * q
      squares += q * q
    })
    const before = own[k]!
    return { before, pull, squares, best: Math.max(0, (pull + squares * before) / (squares + ridge)) }
  })
  return { ridge, updates, moved: Math.max(0, ...updates.map(({ best, before }) => Math.abs(best - before))) }
}
