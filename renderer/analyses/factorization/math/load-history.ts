import type { Rated } from '../../../../core/contract/recommending.ts'
import type { AnalysisInfo } from '../../../../core/contract/session.ts'
import { call } from '../../../app/api.ts'
import { once, resultKey } from '../../results.ts'

/** What a user rated, in training and held out; the first answer of a result takes longest. */
export function loadHistory(analysis: AnalysisInfo, user: number): Promise<Rated[]> {
  return once(`${resultKey(analysis)} history ${user}`, async () => {
    const answer = await call('recommend.user', { analysisId: analysis.id, who: { user }, n: 1 })
    return answer.history
  })
}
