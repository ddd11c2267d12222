import { factorizationSpec } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'

/** What says where the ratings stand and how they are judged: kept when another method is chosen. */
const SHARED = [
  'layout',
  'user',
  'item',
  'rating',
  'items',
  'time',
  'duplicates',
  'minUserRatings',
  'minItemRatings',
  'split',
  'testFraction',
  'testDataset',
  'cutoff',
  'relevantFrom',
  'sampledNegatives',
  'seed'
] as const

/** Parameters of another method for the same ratings, with that method's own defaults. */
export function paramsOf(analysis: AnalysisInfo, dataset: DatasetInfo, method: string): Record<string, unknown> {
  const kept = Object.fromEntries(
    SHARED.flatMap((key) => (analysis.params[key] === undefined ? [] : [[key, analysis.params[key]]]))
  )
  return factorizationSpec.defaults(dataset, { ...kept, method })
}
