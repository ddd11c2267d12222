import { counted } from '../../../stats/counted.ts'
import { shareWords } from '../form-help.ts'
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

/** The part of a result that is looked at. */
export type AdvisedResult = Pick<PcaSummary, 'nSamples' | 'dropped' | 'columns' | 'totalVariance'>

/** The column that has nearly all of the variance of the fitted rows, beside others; null where none has. */
function leaderAmong(
  { columns, totalVariance }: AdvisedResult,
  deviations: ArrayLike<number>
): { name: string; share: number } | null {
  if (columns.length < 2 || !(totalVariance > 0)) return null
  const whole = Math.sqrt(totalVariance)
  for (const [j, name] of columns.entries()) {
    const share = (deviations[j]! / whole) ** 2
    if (share >= LEADER_SHARE) return { name, share }
  }
  return null
}

/** What a person should be told before they read a picture: that most rows are not in it, that it shows one column.
 * @param params of the run; what they lack is not advised on
 * @param deviations of the columns as they were fitted, as the result has them; null where they are not known */
export function adviceOn(
  params: Partial<PcaParams>,
  summary: AdvisedResult,
  deviations: ArrayLike<number> | null
): Advice[] {
  const advice: Advice[] = []
  const { nSamples, dropped } = summary
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
  const leader = params.scale === 'none' && deviations ? leaderAmong(summary, deviations) : null
  if (leader) {
    advice.push({
      sentence: `${leader.name} has ${shareWords(leader.share)} of the variance: the first component shows little else.`,
      action: 'Scale to unit variance',
      change: { scale: 'unit' }
    })
  }
  return advice
}
