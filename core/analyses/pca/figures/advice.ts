import type { DatasetShape } from '../../../contract/analysis.ts'
import { counted } from '../../../stats/counted.ts'
import { leaderOf, shareWords } from '../form-help.ts'
import type { PcaParams, PcaSummary } from '../spec.ts'

/** What a first look at a result misses, with the change of parameters that mends it. */
export interface Advice {
  sentence: string
  action: string
  change: Partial<PcaParams>
}

/** A column with this share of the variance is nearly all the components show. */
const LEADER_SHARE = 0.9
/** Rows left out from here on are worth more than a word in a pane head. */
const DROPPED_SHARE = 0.2

/** What a person should be told before they read a picture: that most rows are not in it, that it shows one column.
 * @param params of the run; what they lack is not advised on */
export function adviceOn(
  params: Partial<PcaParams>,
  { nSamples, dropped }: Pick<PcaSummary, 'nSamples' | 'dropped'>,
  dataset: DatasetShape
): Advice[] {
  const advice: Advice[] = []
  const rows = nSamples + dropped.length
  // What an iterative PCA needs: one column says nothing of its own missing cells.
  const canFill = (params.columns?.length ?? 0) >= 2 && rows >= 3
  if (params.missing === 'drop' && canFill && dropped.length >= DROPPED_SHARE * rows && dropped.length > 0) {
    const has = dropped.length === 1 ? 'has' : 'have'
    advice.push({
      sentence: `${dropped.length.toLocaleString('en-US')} of ${counted(rows, 'row')} ${has} a missing cell and ${dropped.length === 1 ? 'was' : 'were'} left out.`,
      action: 'Fill missing cells',
      change: { missing: 'iterative' }
    })
  }
  const leader = leaderOf(params, dataset)
  if (leader && leader.share >= LEADER_SHARE) {
    advice.push({
      sentence: `${leader.name} has ${shareWords(leader.share)} of the variance: the first component shows little else.`,
      action: 'Scale to unit variance',
      change: { scale: 'unit' }
    })
  }
  return advice
}
