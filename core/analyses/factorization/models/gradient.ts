import type { TrainingSet } from '../fitting.ts'
import { penaltyFor, penaltyOf, squaresOf, type AlsPenalty } from '../als.ts'
import { IMPLICIT_PENALTY } from '../gradient-rule.ts'
import type { LossParts } from '../loss-parts.ts'
import { drawFactors, type FactorModel } from '../model.ts'
import { ratingShare } from '../penalty.ts'
import type { Pace } from '../../../linalg/pace.ts'
import type { SeededRandom } from '../../../linalg/random.ts'

/** Standard deviation of the factors that gradient steps start from, for ratings of standard deviation 1. */
const START_DEVIATION = 0.1

/** What the model is made of while it is fitted. */
export interface GradientState {
  /** biases, item factors, and the user factors that predict: `own` plus the sum of what the user rated */
  model: FactorModel
  /** nUsers × nFactors, p; is model.userFactors itself where there are no implicit factors */
  own: Float64Array
  /** nItems × nFactors, y: what having rated an item says of a user; null for SVD */
  implicit: Float64Array | null
  /** the standard deviation of the ratings, or 1 */
  unit: number
  /** as in ALS, of which y has that of an item's factors */
  penalty: AlsPenalty
  /** what one of its ratings bears of a row's penalty: λ n^(ν − 1) / unit for factors, λ_b / n for a bias */
  userShare: RowShare
  itemShare: RowShare
}

interface RowShare {
  factor: Float64Array
  bias: Float64Array
}

function shareOf({ nRows, offsets }: TrainingSet['byUser'], penalty: AlsPenalty, unit: number): RowShare {
  const share = { factor: new Float64Array(nRows), bias: new Float64Array(nRows) }
  for (let row = 0; row < nRows; row++) {
    const count = offsets[row + 1]! - offsets[row]!
    const { factor, bias } = ratingShare(penalty, count, unit)
    share.factor[row] = factor
    share.bias[row] = bias
  }
  return share
}

/** @param implicit whether there are factors of what a user rated at all: SVD++ */
export function startGradient(
  model: FactorModel,
  { byUser, byItem, deviation }: TrainingSet,
  regularization: number,
  implicit: boolean,
  random: SeededRandom,
  pace?: Pace
): GradientState {
  const unit = deviation > 0 ? deviation : 1
  const own = implicit ? new Float64Array(model.userFactors.length) : model.userFactors
  drawFactors(own, START_DEVIATION * Math.sqrt(unit), random, pace)
  drawFactors(model.itemFactors, START_DEVIATION * Math.sqrt(unit), random, pace)
  const penalty = penaltyFor(regularization, deviation)
  return {
    model,
    own,
    implicit: implicit ? new Float64Array(model.itemFactors.length) : null,
    unit,
    penalty,
    userShare: shareOf(byUser, penalty, unit),
    itemShare: shareOf(byItem, penalty, unit)
  }
}

/** |N(u)|^−½ Σ_{j∈N(u)} y_j of one user into sum. */
function sumImplicit(
  state: GradientState,
  { offsets, columns }: TrainingSet['byUser'],
  user: number,
  sum: Float64Array
): void {
  const { nFactors } = state.model
  const implicit = state.implicit!
  const from = offsets[user]!
  const to = offsets[user + 1]!
  sum.fill(0)
  for (let t = from; t < to; t++) {
    const y = columns[t]! * nFactors
    for (let k = 0; k < nFactors; k++) sum[k]! += implicit[y + k]!
  }
  const norm = to > from ? 1 / Math.sqrt(to - from) : 0
  for (let k = 0; k < nFactors; k++) sum[k]! *= norm
}

/** The user factors that predict: p_u + |N(u)|^−½ Σ y_j, into model.userFactors. */
export function joinImplicit(state: GradientState, byUser: TrainingSet['byUser'], pace: Pace): void {
  if (!state.implicit) return
  const { nFactors, userFactors } = state.model
  const sum = new Float64Array(nFactors)
  for (let user = 0; user < byUser.nRows; user++) {
    sumImplicit(state, byUser, user, sum)
    for (let k = 0; k < nFactors; k++) userFactors[user * nFactors + k] = state.own[user * nFactors + k]! + sum[k]!
    pace((byUser.offsets[user + 1]! - byUser.offsets[user]! + 1) * nFactors)
  }
}

/** One pass of stochastic gradient descent: users in the given order, each user's ratings one after the other. A rating's
 * error e moves b_u, b_i, p_u and q_i against half their gradient; the y_j of a user all have the
 * same gradient but for their penalty: their sum moves with each rating, each of them only after the user's last, so that
 * a pass costs time linear in the ratings. A rating bears an equal part of the penalty of its row. Steps of factors are divided by the
 * standard deviation of the ratings, so that neither λ nor the step depends on the scale, and by 1 + step·(‖x_u‖² + ‖q_i‖²) / unit,
 * ‖q_i‖² twice where the sum moves with p_u: no step of the factors goes beyond what would predict its rating, however far
 * that lies from the others, as counts of plays do. What pulls to zero is a division for the same reason. On inner splits of
 * u1.base, ml-latest-small and generated ratings neither changed an RMSE by more than 0.001.
 * @param order users, each once
 * Source: Koren, "Factorization meets the neighborhood", KDD 2008, eq. 15 and §5, with ALS's penalty; steps held back as in
 * Toulis & Airoldi, "Asymptotic and finite-sample properties of estimators based on stochastic gradients", Annals of
 * Statistics 45 (2017), §2 (implicit updates), to first order. */
export function passGradient(
  state: GradientState,
  byUser: TrainingSet['byUser'],
  order: Int32Array,
  step: number,
  pace: Pace
): void {
  const { model, own, implicit, unit, userShare, itemShare } = state
  const { nFactors, itemFactors, userBias, itemBias } = model
  const { offsets, columns, values } = byUser
  const push = step / unit
  const partners = implicit ? 2 : 1
  const sum = new Float64Array(nFactors)
  const gathered = new Float64Array(nFactors)
  for (const user of order) {
    const from = offsets[user]!
    const to = offsets[user + 1]!
    if (implicit) sumImplicit(state, byUser, user, sum)
    gathered.fill(0)
    const p = user * nFactors
    const pKept = 1 / (1 + step * userShare.factor[user]!)
    const biasKept = 1 / (1 + step * userShare.bias[user]!)
    for (let t = from; t < to; t++) {
      const item = columns[t]!
      const q = item * nFactors
      let error = values[t]! - model.globalMean - userBias[user]! - itemBias[item]!
      for (let k = 0; k < nFactors; k++) error -= (own[p + k]! + sum[k]!) * itemFactors[q + k]!
      userBias[user] = biasKept * userBias[user]! + step * error
      itemBias[item] = itemBias[item]! / (1 + step * itemShare.bias[item]!) + step * error
      let squares = 0
      for (let k = 0; k < nFactors; k++) squares += (own[p + k]! + sum[k]!) ** 2 + partners * itemFactors[q + k]! ** 2
      const pull = (push * error) / (1 + push * squares)
      const qKept = 1 / (1 + step * itemShare.factor[item]!)
      for (let k = 0; k < nFactors; k++) {
        const pk = own[p + k]!
        const qk = itemFactors[q + k]!
        itemFactors[q + k] = qKept * qk + pull * (pk + sum[k]!)
        own[p + k] = pKept * pk + pull * qk
        if (implicit) {
          gathered[k]! += pull * qk
          sum[k]! += pull * qk
        }
      }
      pace(8 * nFactors)
    }
    if (!implicit) continue
    const norm = to > from ? 1 / Math.sqrt(to - from) : 0
    for (let t = from; t < to; t++) {
      const y = columns[t]! * nFactors
      const kept = 1 / (1 + IMPLICIT_PENALTY * step * itemShare.factor[columns[t]!]!)
      for (let k = 0; k < nFactors; k++) implicit[y + k] = kept * implicit[y + k]! + norm * gathered[k]!
    }
    pace(4 * (to - from) * nFactors)
  }
}

/** What the steps lower: lossOfAls, of SVD++ with ‖p_u‖² of the user's own part and 5λ m_j^ν ‖y_j‖² besides, m_j the
 * ratings of item j. model.userFactors must be joined. */
export function lossOfGradient(
  { model, own, implicit, penalty }: GradientState,
  { byUser, byItem }: TrainingSet,
  pace: Pace
): LossParts {
  const squares = squaresOf(model, byUser, pace)
  const { nFactors, userBias, itemBias, itemFactors } = model
  const users = penaltyOf({ factors: own, bias: userBias }, byUser, nFactors, penalty)
  const items = penaltyOf({ factors: itemFactors, bias: itemBias }, byItem, nFactors, penalty)
  const ofImplicit = { ...penalty, factor: IMPLICIT_PENALTY * penalty.factor, bias: 0 }
  const implicits = implicit ? penaltyOf({ factors: implicit, bias: itemBias }, byItem, nFactors, ofImplicit) : 0
  return { squares, penalty: users + items + implicits }
}
