import type { ResultArray } from '../../contract/analysis.ts'
import type { FactorModel } from './model.ts'

/** The arrays that every model is stored with.
 * @param userCounts training ratings of each; itemCounts likewise */
export function resultArrays(
  model: FactorModel,
  userCounts: Int32Array,
  itemCounts: Int32Array
): Record<string, ResultArray> {
  const { nUsers, nItems, nFactors } = model
  return {
    userFactors: { dtype: 'float64', shape: [nUsers, nFactors], data: model.userFactors },
    itemFactors: { dtype: 'float64', shape: [nItems, nFactors], data: model.itemFactors },
    userBias: { dtype: 'float64', shape: [nUsers], data: model.userBias },
    itemBias: { dtype: 'float64', shape: [nItems], data: model.itemBias },
    userCounts: { dtype: 'int32', shape: [nUsers], data: userCounts },
    itemCounts: { dtype: 'int32', shape: [nItems], data: itemCounts }
  }
}
