import type { ResultArray } from '../../../contract/analysis.ts'
import { EigendeskError } from '../../../contract/errors.ts'
import { joinRows, type GroupedRatings } from '../cells.ts'
import { purposeOf } from '../methods.ts'
import { rangeOf, type ClipRange } from '../metrics.ts'
import type { FactorModel } from '../model.ts'
import { drawsOf, type Draws } from '../scorers/interval.ts'
import { restoreModel, restoreScorer } from '../scorers/restore.ts'
import type { Scorer } from '../scorers/scorer.ts'
import { priorsOf, type UserPrior } from './folding/user-priors.ts'
import type { FactorizationParams } from '../spec.ts'
import { gramOf } from '../wals.ts'

/** A fitted model with the ratings it was fitted to: all that is needed to recommend, to explain, and to place somebody new. */
export interface KnownModel {
  /** those that were asked for, but for λ, which is what the fit took */
  params: FactorizationParams
  /** factors and biases as stored; globalMean is what predictions begin with: 0 for preferences */
  model: FactorModel
  /** predicts users of the table as the method does */
  scorer: Scorer
  /** what a method stores beside them; undefined where it has no such array */
  array: (name: string) => ResultArray['data'] | undefined
  /** what the model knows of each user, as it stands in the table: the training ratings, and of users it was not fitted to
   * those given */
  training: GroupedRatings
  /** of users the model was not fitted to, what it is told of them; null where there are none */
  given: GroupedRatings | null
  /** held out ones by user; null where there are none */
  held: GroupedRatings | null
  /** nItems: training ratings */
  itemCounts: ArrayLike<number>
  /** standard deviation of the training ratings, divisor n */
  deviation: number
  /** range of the training ratings; null where predictions are not clipped */
  clip: ClipRange
  users: readonly string[]
  items: readonly string[]
  /** QᵀQ of the item factors, size × size; made when first asked for */
  itemGram: () => Float64Array
  /** of a Bayesian model; null for others */
  draws: Draws | null
  /** the users of each draw as a distribution; made when first asked for */
  priors: () => UserPrior[]
}

/** What of a model is stored, or made again from its table. */
export interface StoredModel extends Pick<
  KnownModel,
  'params' | 'users' | 'items' | 'training' | 'held' | 'deviation'
> {
  /** of users it was not fitted to, who are not in `training` here */
  given?: GroupedRatings | null
  /** mean of what the method predicts, over the training ratings */
  globalMean: number
  arrays: Record<string, ResultArray>
}

/** Puts a model together from what is stored of it and its training ratings.
 * @throws ARRAY_UNKNOWN where one that its method predicts by is not among its arrays */
export function knowModel({ arrays, globalMean, given = null, ...stored }: StoredModel): KnownModel {
  const { users, items } = stored
  const scale = arrays['penaltyScale']?.data[0] ?? 1
  const params = { ...stored.params, regularization: stored.params.regularization * scale }
  const training = given === null ? stored.training : joinRows(stored.training, given)
  const head = {
    method: params.method,
    nUsers: users.length,
    nItems: items.length,
    nFactors: arrays['itemFactors']!.shape[1] ?? 0,
    globalMean
  }
  const read = (name: string): ResultArray => {
    const array = arrays[name]
    if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return array
  }
  const model = restoreModel(head, read)
  const draws = drawsOf(Object.keys(arrays), read)
  let gram: Float64Array | undefined
  let priors: UserPrior[] | undefined
  return {
    ...stored,
    params,
    training,
    given,
    model,
    scorer: restoreScorer(head, read, training),
    array: (name) => arrays[name]?.data,
    itemCounts: arrays['itemCounts']!.data,
    clip: purposeOf(params.method) === 'ratings' ? rangeOf(stored.training.values) : null,
    itemGram: () => (gram ??= gramOf(model.itemFactors, model.nFactors, () => undefined)),
    draws,
    priors: () => (priors ??= draws === null ? [] : priorsOf(draws, stored.deviation))
  }
}

/** Ratings of one person. */
export interface Given {
  items: Int32Array
  values: Float64Array
}

export function ratingsOf({ offsets, columns, values }: GroupedRatings, row: number): Given {
  const [from, to] = [offsets[row]!, offsets[row + 1]!]
  return { items: columns.subarray(from, to), values: values.subarray(from, to) }
}
