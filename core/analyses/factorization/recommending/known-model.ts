import type { ResultArray } from '../../../contract/analysis.ts'
import type { GroupedRatings } from '../cells.ts'
import { purposeOf } from '../methods.ts'
import { rangeOf, type ClipRange } from '../metrics.ts'
import type { FactorModel } from '../model.ts'
import { factorScorer } from '../scorers/factor-scorer.ts'
import type { Scorer } from '../scorers/scorer.ts'
import type { FactorizationParams } from '../spec.ts'
import { gramOf } from '../wals.ts'

/** A fitted model with the ratings it was fitted to: all that is needed to recommend, to explain, and to place somebody new. */
export interface KnownModel {
  params: FactorizationParams
  /** factors and biases as stored; globalMean is what predictions begin with: 0 for preferences */
  model: FactorModel
  /** predicts users of the table as the method does */
  scorer: Scorer
  /** what a method stores beside them; undefined where it has no such array */
  array: (name: string) => ResultArray['data'] | undefined
  /** training ratings by user */
  training: GroupedRatings
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
}

interface Stored {
  params: FactorizationParams
  globalMean: number
  users: readonly string[]
  items: readonly string[]
  training: GroupedRatings
  held: GroupedRatings | null
  deviation: number
  array: (name: string) => ResultArray | undefined
}

const none = new Float64Array(0)

/** Puts a model together from what is stored of it and its training ratings.
 * @param stored.globalMean mean of the training ratings */
export function knowModel({ array, ...stored }: Stored): KnownModel {
  const { params, users, items, training } = stored
  const isRatings = purposeOf(params.method) === 'ratings'
  const [nUsers, nItems] = [users.length, items.length]
  const numbers = (name: string): Float64Array => Float64Array.from(array(name)?.data ?? none)
  const itemFactors = numbers('itemFactors')
  const model: FactorModel = {
    nUsers,
    nItems,
    nFactors: array('itemFactors')?.shape[1] ?? 0,
    globalMean: isRatings ? stored.globalMean : 0,
    userBias: numbers('userBias'),
    itemBias: numbers('itemBias'),
    userFactors: numbers('userFactors'),
    itemFactors
  }
  let gram: Float64Array | undefined
  return {
    ...stored,
    model,
    scorer: factorScorer(model),
    array: (name) => array(name)?.data,
    itemCounts: array('itemCounts')?.data ?? countItems(training, nItems),
    clip: isRatings ? rangeOf(training.values) : null,
    itemGram: () => (gram ??= gramOf(itemFactors, model.nFactors, () => undefined))
  }
}

function countItems({ columns }: GroupedRatings, nItems: number): Int32Array {
  const counts = new Int32Array(nItems)
  for (const item of columns) counts[item]! += 1
  return counts
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
