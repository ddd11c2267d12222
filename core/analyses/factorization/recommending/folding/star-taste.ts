import type { Term } from '../../../../contract/recommending.ts'
import type { KnownModel } from '../known-model.ts'
import type { Taste } from '../taste.ts'

/** Where somebody stands in a model of ratings. */
export interface Place {
  factors: Float64Array
  bias: number
  /** the part of `factors` that is of having rated at all; null where the method has no such part */
  implicit: Float64Array | null
  foundBy: string
  /** where the rating of an item is with INTERVAL_LEVEL probability, of a method that says so */
  interval?: (item: number, score: number) => [number, number]
}

const RULE = {
  mean: 'The mean of all ratings.',
  bias: 'Mean + what this person rates beyond it + what this item gets beyond it.',
  factors: 'Mean + bias of the person + bias of the item + p · q, one term a factor.'
}

/** A person in a model of ratings: μ + b_u + b_i + p · q_i. */
export function starTaste({ model, params }: KnownModel, { factors, bias, implicit, foundBy, interval }: Place): Taste {
  const { nFactors, globalMean, itemBias, itemFactors } = model
  const own = implicit === null ? factors : factors.map((value, k) => value - implicit[k]!)
  const dot = (point: Float64Array, item: number): number => {
    let sum = 0
    for (let k = 0; k < nFactors; k++) sum += point[k]! * itemFactors[item * nFactors + k]!
    return sum
  }
  const term = (kind: Term['kind'], label: string, value: number, index = -1): Term => ({ kind, index, label, value })
  return {
    factors: nFactors > 0 ? factors : null,
    bias,
    foundBy,
    ...(interval && { interval }),
    rule: nFactors > 0 ? RULE.factors : params.method === 'mean' ? RULE.mean : RULE.bias,
    scoreItems: (scores) => {
      for (let item = 0; item < scores.length; item++) {
        scores[item] = globalMean + bias + itemBias[item]! + dot(factors, item)
      }
    },
    explain: (item) => [
      term('mean', 'Mean', globalMean),
      ...(params.method === 'mean'
        ? []
        : [term('user', 'This person', bias), term('item', 'This item', itemBias[item]!)]),
      ...Array.from({ length: nFactors }, (_, k) =>
        term('factor', `Factor ${k + 1}`, own[k]! * itemFactors[item * nFactors + k]!, k)
      ),
      ...(implicit === null ? [] : [term('implicit', 'What they rated at all', dot(implicit, item))])
    ]
  }
}
