import type { ResultArray } from '../../../contract/analysis.ts'
import type { GroupedRatings } from '../cells.ts'
import { purposeOf } from '../methods.ts'
import type { FactorModel } from '../model.ts'
import type { FactorizationSummary } from '../spec.ts'
import { factorScorer } from './factor-scorer.ts'
import { itemWeightsScorer } from './item-weights-scorer.ts'
import { neighbourScorer } from './neighbour-scorer.ts'
import { popularityScorer } from './popularity-scorer.ts'
import type { Scorer } from './scorer.ts'

export type StoredModel = Pick<FactorizationSummary, 'method' | 'nUsers' | 'nItems' | 'nFactors' | 'globalMean'>
export type ReadArray = (name: string) => ResultArray

const numbers = (array: ResultArray): Float64Array =>
  array.dtype === 'float64' ? array.data : Float64Array.from(array.data)
const integers = (array: ResultArray): Int32Array =>
  array.dtype === 'int32' ? array.data : Int32Array.from(array.data)

/** Factors and biases of a stored result. A preference model predicts from zero: the mean of its summary is only told. */
export function restoreModel(stored: StoredModel, read: ReadArray): FactorModel {
  const { nUsers, nItems, nFactors } = stored
  return {
    nUsers,
    nItems,
    nFactors,
    globalMean: purposeOf(stored.method) === 'ratings' ? stored.globalMean : 0,
    userBias: numbers(read('userBias')),
    itemBias: numbers(read('itemBias')),
    userFactors: numbers(read('userFactors')),
    itemFactors: numbers(read('itemFactors'))
  }
}

/** The scorer of a stored result: the same numbers to the bit as when it was fitted.
 * @param read its arrays, by name
 * @param byUser its training ratings, made again by prepareRatings: what EASE and neighbours score by */
export function restoreScorer(stored: StoredModel, read: ReadArray, byUser: GroupedRatings): Scorer {
  switch (stored.method) {
    case 'mean':
    case 'bias':
    case 'als':
    case 'sgd':
    case 'svdpp':
    case 'nmf':
    case 'bpmf':
    case 'bsvdpp':
    case 'wals':
    case 'ials':
    case 'hkv':
      return factorScorer(restoreModel(stored, read))
    case 'popularity':
      return popularityScorer(integers(read('itemCounts')), stored.nUsers)
    case 'ease':
      return itemWeightsScorer(numbers(read('itemWeights')), stored.nItems, byUser)
    case 'itemknn': {
      const offsets = integers(read('neighbourOffsets'))
      const columns = integers(read('neighbourColumns'))
      return neighbourScorer({ offsets, columns, weights: numbers(read('neighbourWeights')) }, byUser)
    }
  }
}
