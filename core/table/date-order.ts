import type { Dialect, Evidence } from '../contract/table.ts'
import { dayOrderOf } from './dates.ts'
import { countOf } from './problems.ts'
import type { SampleRow } from './sample.ts'

/** Whether the day or the month comes first in dates like 3/4/2024: a number beyond 12 tells; null where none does. */
export function detectDateOrder(
  rows: readonly SampleRow[],
  override: Dialect['dateOrder'] | undefined
): { value: Dialect['dateOrder']; evidence: Evidence } {
  const counts = { clear: 0, dmy: 0, mdy: 0, either: 0 }
  let open = ''
  for (const { cells } of rows) {
    for (const cell of cells) {
      const order = dayOrderOf(cell)
      if (order === null) continue
      counts[order]++
      if (order === 'either' && open === '') open = cell.trim()
    }
  }
  const { dmy, mdy, either } = counts
  const say = (value: Dialect['dateOrder'], certainty: Evidence['certainty'], text: string) => ({
    value: override === undefined ? value : override,
    // what a person decided is no longer doubtful
    evidence: { text, certainty: override === undefined || certainty === 'sure' ? certainty : ('none' as const) }
  })
  if (dmy > 0 && mdy > 0) {
    const value = dmy >= mdy ? 'dmy' : 'mdy'
    return say(value, 'unsure', `${countOf(dmy, 'date')} with the day first, ${mdy} with the month first`)
  }
  if (dmy > 0) return say('dmy', 'sure', `${countOf(dmy, 'date')} with a day beyond 12 in front`)
  if (mdy > 0) return say('mdy', 'sure', `${countOf(mdy, 'date')} with a day beyond 12 in second place`)
  if (either > 0) return say(null, 'unsure', `${open}: day or month first cannot be told`)
  return say(null, 'none', 'No date that can be read two ways')
}
