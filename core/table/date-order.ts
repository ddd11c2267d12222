import type { ColumnSummary, Dialect, DialectOverrides, Evidence } from '../contract/table.ts'
import type { CellRules } from './cell.ts'
import { dayOrderOf } from './dates.ts'
import { countOf } from './problems.ts'
import type { SampleRow } from './sample.ts'

type Order = 'dmy' | 'mdy'
type Guess = Pick<Dialect, 'dateOrder' | 'dateOrders'> & { evidence: Evidence }

/** The rules by which the cells of one column are read. */
export function rulesOfColumn(rules: CellRules, { dateOrders }: Dialect, index: number): CellRules {
  const own = dateOrders[index]
  return own === undefined ? rules : { ...rules, dateOrder: own }
}

/** Says with a column of dates what they mean, where it is not what they mean in the rest of its file. */
export function withDateOrder(summary: ColumnSummary, { dateOrders }: Dialect, index: number): ColumnSummary {
  const own = dateOrders[index]
  return own === undefined || summary.type !== 'date' ? summary : { ...summary, dateOrder: own }
}

interface Counts {
  dmy: number
  mdy: number
  either: number
}

/** Whether the day or the month comes first in dates like 3/4/2024: a number beyond 12 tells; null where none does. Columns
 * that tell speak for those that do not, unless they contradict each other: then each has an order of its own. */
export function detectDateOrder(
  rows: readonly SampleRow[],
  overrides: Pick<DialectOverrides, 'dateOrder' | 'dateOrders'>
): Guess {
  const columns: (Counts | undefined)[] = []
  let open = ''
  for (const { cells } of rows) {
    cells.forEach((cell, i) => {
      const order = dayOrderOf(cell)
      if (order === null || order === 'clear') return
      const counts = (columns[i] ??= { dmy: 0, mdy: 0, either: 0 })
      counts[order]++
      if (order === 'either' && open === '') open = cell.trim()
    })
  }
  const found = columns.flatMap((counts, i) => (counts ? [{ ...counts, index: i }] : []))
  const guess = orderOf(found, open)
  const { dateOrder, dateOrders } = overrides
  if (dateOrder === undefined && dateOrders === undefined) return guess
  const { text, certainty } = guess.evidence
  return {
    dateOrder: dateOrder === undefined ? guess.dateOrder : dateOrder,
    dateOrders: dateOrders ?? {},
    // what a person decided is no longer doubtful
    evidence: { text, certainty: certainty === 'sure' ? certainty : 'none' }
  }
}

function orderOf(columns: readonly (Counts & { index: number })[], open: string): Guess {
  const dmy = columns.reduce((sum, counts) => sum + counts.dmy, 0)
  const mdy = columns.reduce((sum, counts) => sum + counts.mdy, 0)
  const say = (dateOrder: Order | null, certainty: Evidence['certainty'], text: string): Guess => ({
    dateOrder,
    dateOrders: {},
    evidence: { text, certainty }
  })
  const telling = columns.filter((counts) => counts.dmy + counts.mdy > 0)
  const orders = telling.map((counts): Order => (counts.dmy >= counts.mdy ? 'dmy' : 'mdy'))
  if (new Set(orders).size > 1) {
    const words = telling.map(
      (counts, i) => `${orders[i] === 'dmy' ? 'day' : 'month'} first in column ${counts.index + 1}`
    )
    const text = words.join(', ')
    const guess = say(null, 'unsure', text[0]!.toUpperCase() + text.slice(1))
    return { ...guess, dateOrders: Object.fromEntries(telling.map(({ index }, i) => [index, orders[i]!])) }
  }
  if (dmy > 0 && mdy > 0) {
    return say(orders[0]!, 'unsure', `${countOf(dmy, 'date')} with the day first, ${mdy} with the month first`)
  }
  if (dmy > 0) return say('dmy', 'sure', `${countOf(dmy, 'date')} with a day beyond 12 in front`)
  if (mdy > 0) return say('mdy', 'sure', `${countOf(mdy, 'date')} with a day beyond 12 in second place`)
  if (open !== '') return say(null, 'unsure', `${open}: day or month first cannot be told`)
  return say(null, 'none', 'No date that can be read two ways')
}
