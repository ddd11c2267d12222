import type { Recommendation } from '../../../../core/contract/recommending.ts'
import { askList } from './advice.ts'
import type { AdviceChoice } from './choice.svelte.ts'

/** Items named beside the stars. */
export const FIRST_FEW = 5

/** What comes first for the person at the desk, and where they stand; null before they have rated anything. */
export function askYou(choice: AdviceChoice): Promise<Recommendation> | null {
  const { given, filter, filterKey, points } = choice
  if (given.length === 0) return null
  return askList(points.analysis, { ratings: given }, FIRST_FEW, filter, filterKey)
}
