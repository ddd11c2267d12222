import type { Evidence } from '../contract/table.ts'
import { countOf, type ProblemLog } from './problems.ts'

/** What a spreadsheet takes for the beginning of a formula, the full-width forms too; and apostrophes before it, so that
 * a text that has them already is told from one that was given one.
 * Source: OWASP, "CSV Injection". */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/

const plainNumber = {
  '.': /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ',': /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i
} as const

/** Whether a text must be guarded before it is written: a plain number runs nothing. */
export function needsGuard(text: string, decimal: '.' | ',' = '.'): boolean {
  return formulaStart.test(text) && !plainNumber[decimal].test(text)
}

/** Whether a text read from a file begins with an apostrophe that guards it. */
export function isGuarded(text: string): boolean {
  return text.charCodeAt(0) === APOSTROPHE && formulaStart.test(text)
}

const APOSTROPHE = 39

/** The text with an apostrophe in front where it needs one: liftGuards takes it off. */
export const addGuard = (text: string, decimal: '.' | ',' = '.'): string =>
  needsGuard(text, decimal) ? `'${text}` : text

/** What is seen of guards in the first rows. */
export function describeGuards(cells: readonly string[]): Evidence {
  const count = cells.filter(isGuarded).length
  if (count === 0) return { text: 'None seen', certainty: 'none' }
  return { text: `${countOf(count, 'cell')} with one`, certainty: 'sure' }
}

/** Takes the guards off the cells of a row, and says so of each. */
export function liftGuards(cells: string[], line: number, log: ProblemLog): void {
  cells.forEach((cell, i) => {
    if (!isGuarded(cell)) return
    cells[i] = cell.slice(1)
    log.add({
      code: 'FORMULA_GUARD',
      severity: 'info',
      line,
      column: i + 1,
      text: cell,
      message: 'An apostrophe keeps spreadsheets from running the text as a formula',
      treatment: 'Taken off'
    })
  })
}
