import type { GroupedRatings } from '../cells.ts'
import type { Fit, TrainingSet } from '../fitting.ts'
import { fitImplicit } from './ials.ts'
import type { ImplicitProblem, ImplicitSide } from './implicit.ts'

/** λ and α of confidence-weighted least squares. */
export interface HkvPenalty {
  regularization: number
  /** confidence of a count r is 1 + alpha·r */
  alpha: number
}

function countedSide(grouped: GroupedRatings, penalty: HkvPenalty): ImplicitSide {
  return {
    grouped,
    weights: grouped.values.map((count) => penalty.alpha * count),
    targets: grouped.values.map((count) => 1 + penalty.alpha * count),
    ridge: new Float64Array(grouped.nRows).fill(penalty.regularization)
  }
}

/** L = Σ_all c·(x − ŷ)² + λ(‖P‖² + ‖Q‖²), preference x = 1 and confidence c = 1 + α·r where the count r is above 0, x = 0 and
 * c = 1 elsewhere. Source: Hu, Koren & Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", ICDM 2008,
 * eq. 3. */
export function hkvProblem(
  { byUser, byItem }: Pick<TrainingSet, 'byUser' | 'byItem'>,
  penalty: HkvPenalty
): ImplicitProblem {
  const users = countedSide(byUser, penalty)
  let constant = 0
  for (const confidence of users.targets) constant += confidence
  return { users, items: countedSide(byItem, penalty), blank: 1, constant }
}

export const fitHkv: Fit = (request) => fitImplicit(request, hkvProblem(request.set, request.params))
