import type { Explanation, Term } from '../../../../core/contract/recommending.ts'
import { roundStep, ticksIn } from '../../../plots/axes.ts'

/** A line of a reason: a bar from one number to another. */
export interface WhyRow {
  label: string
  value: number
  from: number
  to: number
  /** what everybody gets is context, not a reason */
  soft: boolean
}

export interface WhyPicture {
  rows: WhyRow[]
  /** the sum of all terms, which is the score */
  sum: number
  low: number
  high: number
  ticks: number[]
  step: number
  /** the axis begins above zero: the bars from zero are cut */
  cut: boolean
  /** each bar goes on where the last ended; else all begin at zero */
  falls: boolean
}

const ORDER: Term['kind'][] = ['mean', 'user', 'item', 'implicit', 'factor', 'past']
const TICKS = 4

/** The terms of a score as bars. What makes up a prediction comes in its order, factors and past items by size; those that have no
 * room are summed in one line.
 * @param most rows at most */
export function explainAsBars({ terms }: Explanation, most: number, nameOf: (term: Term) => string): WhyPicture {
  const ordered = [...terms].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || Math.abs(b.value) - Math.abs(a.value)
  )
  const sum = terms.reduce((total, { value }) => total + value, 0)
  const falls = !terms.some(({ kind }) => kind === 'past')
  const shown = ordered.length <= most ? ordered : ordered.slice(0, most - 1)
  const rest = ordered.slice(shown.length)
  const lines = shown.map((term) => ({ label: nameOf(term), value: term.value, soft: term.kind === 'mean' }))
  if (rest.length > 0)
    lines.push({
      label: `and ${rest.length} more`,
      value: rest.reduce((total, { value }) => total + value, 0),
      soft: true
    })
  let reached = 0
  const rows = lines.map((line): WhyRow => {
    const from = falls ? reached : 0
    reached = from + line.value
    return { ...line, from, to: reached }
  })
  return { rows, sum, falls, ...axisOf(rows, sum, falls) }
}

/** Terms that differ by less are as good as equal: rounding decides. */
const LEAST_REACH = 1e-9

/** Bars begin at zero unless what differs would then not be seen: where the first one is far longer than all that follow. */
function axisOf(
  rows: readonly WhyRow[],
  sum: number,
  falls: boolean
): Pick<WhyPicture, 'low' | 'high' | 'ticks' | 'step' | 'cut'> {
  const ends = [sum, ...rows.flatMap(({ from, to }, i) => (i === 0 ? [to] : [from, to]))]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const cut = falls && rows.length > 1 && least > 0 && least > most - least
  const reach = Math.max(most - least, Math.abs(most) * 1e-6, LEAST_REACH)
  const span = Math.max(most, 0) - Math.min(least, 0)
  const step = roundStep((cut ? reach * 1.4 : span < LEAST_REACH ? 1 : span) / TICKS)
  const low = cut ? Math.max(0, Math.floor((least - reach * 0.2) / step) * step) : Math.min(0, least)
  const high = Math.max(cut ? low + step : 0, most)
  return { low, high, step, cut: cut && low > 0, ticks: ticksIn([low, high], step) }
}
