import type { Dialect, DialectOverrides } from '../contract/table.ts'
import { cellRules, type CellRules } from './cell.ts'
import { detectDateOrder } from './date-order.ts'
import { detectSigns } from './detect-signs.ts'
import { MISSING_TOKENS } from './missing-tokens.ts'
import { detectNumbers, type NumberGuess } from './numbers.ts'
import type { SampleRow } from './sample.ts'

export interface Values {
  signs: ReturnType<typeof detectSigns>
  numbers: NumberGuess
  dates: ReturnType<typeof detectDateOrder>
  missingTokens: Dialect['missingTokens']
  rules: CellRules
}

/** How the cells of rows are written: signs at numbers, decimals, dates, what is missing. */
export function understandValues(rows: readonly SampleRow[], delimiter: string, overrides: DialectOverrides): Values {
  const signs = detectSigns(rows, overrides.signs)
  const numbers = detectNumbers(rows, delimiter, overrides, signs.value)
  const dates = detectDateOrder(rows, overrides)
  const missingTokens = overrides.missingTokens ?? missingTokensFor(rows)
  const { decimal, thousands } = numbers
  const rules = cellRules({ decimal, thousands, signs: signs.value, dateOrder: dates.dateOrder, missingTokens })
  return { signs, numbers, dates, missingTokens, rules }
}

/** The usual tokens; without "-" where "+" stands alone in cells too, as strands and signs do. */
function missingTokensFor(rows: readonly SampleRow[]): string[] {
  const signs = rows.some(({ cells }) => cells.some((cell) => cell.trim() === '+'))
  return MISSING_TOKENS.filter((token) => !(signs && token === '-'))
}
