import type { Explanation, ItemFacts, ListFilter, Recommendation, Who } from '../../../../core/contract/recommending.ts'
import type { AnalysisInfo } from '../../../../core/contract/session.ts'
import { call } from '../../../app/api.ts'
import { once, resultKey } from '../../results.ts'

const keyOf = (analysis: AnalysisInfo, who: Who): string => `${resultKey(analysis)} ${JSON.stringify(who)}`

/** A list for somebody. @param filterKey what makes the filter another one */
export function askList(
  analysis: AnalysisInfo,
  who: Who,
  n: number,
  filter: ListFilter,
  filterKey: string
): Promise<Recommendation> {
  return once(`${keyOf(analysis, who)} list ${n} ${filterKey}`, () =>
    call('recommend.user', { analysisId: analysis.id, who, n, filter })
  )
}

/** Why an item has its score for somebody. */
export function askWhy(analysis: AnalysisInfo, who: Who, item: number): Promise<Explanation> {
  return once(`${keyOf(analysis, who)} why ${item}`, () =>
    call('recommend.explain', { analysisId: analysis.id, who, item })
  )
}

/** What is like an item, who likes it, and its place. @param exponent α of q·r / (‖q‖^α ‖r‖^α) */
export function askItem(analysis: AnalysisInfo, item: number, n: number, exponent: number): Promise<ItemFacts> {
  return once(`${resultKey(analysis)} item ${item} ${n} ${exponent}`, () =>
    call('recommend.similar', { analysisId: analysis.id, item, n, measure: { exponent } })
  )
}
