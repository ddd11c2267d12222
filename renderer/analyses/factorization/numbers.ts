import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { loadArray, loadList } from '../results.ts'

/** What of a factor model is a number or a name a user or item. */
export interface FactorNumbers {
  users: string[]
  items: string[]
  userBias: ArrayLike<number>
  itemBias: ArrayLike<number>
  userCounts: ArrayLike<number>
  itemCounts: ArrayLike<number>
}

export async function loadNumbers(analysis: AnalysisInfo): Promise<FactorNumbers> {
  const array = (name: string): Promise<ArrayLike<number>> => loadArray(analysis, name)
  const [users, items, userBias, itemBias, userCounts, itemCounts] = await Promise.all([
    loadList(analysis, 'users'),
    loadList(analysis, 'items'),
    array('userBias'),
    array('itemBias'),
    array('userCounts'),
    array('itemCounts')
  ])
  return { users, items, userBias, itemBias, userCounts, itemCounts }
}
