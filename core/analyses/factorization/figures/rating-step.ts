import { stepOfPass } from '../gradient-rule.ts'
import { penaltyFor, ratingShare } from '../penalty.ts'
import type { FactorizationParams, FactorizationSummary } from '../spec.ts'

/** One rating and both its sides, as gradient steps see them. */
export interface StepOfRating {
  value: number
  userBias: number
  itemBias: number
  /** p, the user's own coordinates */
  own: ArrayLike<number>
  /** |N|^−½ Σ y of what the user rated at all; null for SVD */
  implicit: ArrayLike<number> | null
  /** q */
  item: ArrayLike<number>
  /** training ratings of the user and of the item */
  userCount: number
  itemCount: number
}

/** A gradient step for one rating with every number there. */
export interface RatingStep {
  /** γ of the last pass */
  step: number
  predicted: number
  error: number
  /** g: what the partner is multiplied by before it is added */
  pull: number
  own: Float64Array
  item: Float64Array
  /** what is added to the sum of the y; null for SVD */
  implicit: Float64Array | null
  userBias: number
  itemBias: number
  /** r − r̂ with both sides where the step has moved them */
  errorAfter: number
}

type Told = Pick<FactorizationParams, 'regularization' | 'learningRate' | 'iterations'>

/** What the last pass would do for one rating once more: passGradient (models/gradient.ts) for a single rating.
 * @returns null where a result of before lacks the spread of its ratings */
export function writeRatingStep(
  params: Told,
  { deviation, penaltyScale = 1, globalMean }: Pick<FactorizationSummary, 'deviation' | 'penaltyScale' | 'globalMean'>,
  rating: StepOfRating
): RatingStep | null {
  if (deviation === undefined) return null
  const unit = deviation > 0 ? deviation : 1
  const step = stepOfPass(params, params.iterations)
  const penalty = penaltyFor(params.regularization * penaltyScale, deviation)
  const ofUser = ratingShare(penalty, rating.userCount, unit)
  const ofItem = ratingShare(penalty, rating.itemCount, unit)
  const { value, implicit } = rating
  const [p, q] = [Float64Array.from(rating.own), Float64Array.from(rating.item)]
  const whole = p.map((pk, k) => pk + (implicit?.[k] ?? 0))
  const predicted = globalMean + rating.userBias + rating.itemBias + dot(whole, q)
  const error = value - predicted
  const push = step / unit
  const pull = (push * error) / (1 + push * (dot(whole, whole) + (implicit ? 2 : 1) * dot(q, q)))
  const own = p.map((pk, k) => pk / (1 + step * ofUser.factor) + pull * q[k]!)
  const item = q.map((qk, k) => qk / (1 + step * ofItem.factor) + pull * whole[k]!)
  const added = implicit && q.map((qk) => pull * qk)
  const userBias = rating.userBias / (1 + step * ofUser.bias) + step * error
  const itemBias = rating.itemBias / (1 + step * ofItem.bias) + step * error
  const moved = own.map((pk, k) => pk + (implicit ? implicit[k]! + added![k]! : 0))
  const errorAfter = value - globalMean - userBias - itemBias - dot(moved, item)
  return { step, predicted, error, pull, own, item, implicit: added, userBias, itemBias, errorAfter }
}

const dot = (a: ArrayLike<number>, b: Float64Array): number => b.reduce((sum, value, k) => sum + a[k]! * value, 0)
