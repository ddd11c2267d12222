import type { Evidence } from '../contract/table.ts'
import { readCell, type CellRules } from './cell.ts'
import { shorten } from './problems.ts'
import { mostCommon } from './rows.ts'
import { countBreaks, countPresent, type SampleRow } from './sample.ts'

/** Rows looked at from the end, and rows of data there must be for each. */
const LONGEST = 20

/** Words a remark below a table begins with, in a few languages. */
const remark =
  /^\W*(sources?|notes?|footnotes?|remarks?|legend|data (from|source)|(generated|exported|created|downloaded|printed|updated|last updated)\b|©|\(c\)|copyright|quellen?|anmerkung(en)?|hinweise?|stand|fuentes?|notas?|fontes?|sources? ?:|remarques?|end of|\d+ (rows?|records?)|\*)/i
/** What stands before the figures of a total. */
const total =
  /^\W*((grand |sub ?)?totals?|sum|overall|average|mean|(gesamt|end|zwischen)?summe|gesamt|insgesamt|mittelwert|durchschnitt|total g[eé]n[eé]ral|totale|totaal|somme|moyenne|suma|soma|media|promedio)\b/i

/** How many of the last rows are no data: totals, a source, a remark, rows of nothing but delimiters.
 * @param rows rows of the end of the file, without the header
 * @param usual fields of a row of data */
export function detectFooter(
  rows: readonly SampleRow[],
  usual: number,
  rules: CellRules
): { value: number; evidence: Evidence } {
  const most = Math.min(LONGEST, Math.floor(rows.length / 2))
  let value = 0
  // a row that looks like data may stand between a total and a source: looked one further, no more
  for (let i = 1; i <= most; i++) {
    if (isBelow(rows, rows.length - i, usual, rules)) value = i
    else break
  }
  if (value === 0) return { value, evidence: { text: 'The last line is data', certainty: 'none' } }
  const first = rows[rows.length - value]!
  const words = shorten(first.cells.find((cell) => cell.trim() !== '')?.trim() ?? 'empty')
  const text = value === 1 ? `Line ${first.line}: ${words}` : `${value} lines from line ${first.line} on: ${words}`
  return { value, evidence: { text, certainty: 'unsure' } }
}

function isBelow(rows: readonly SampleRow[], at: number, usual: number, rules: CellRules): boolean {
  const { cells, line } = rows[at]!
  const present = countPresent(cells)
  if (present === 0) return true
  if (usual < 2) return false
  const first = cells.find((cell) => cell.trim() !== '')!.trim()
  const before = rows[at - 1]!
  const gap = line > before.line + 1 + countBreaks(before.cells)
  if (total.test(first) && first.length <= 40) return !recurs(rows.slice(0, at), first)
  if (isTyped(first, rules)) return false
  if (cells.length === usual && present > 1) return false
  const own = remark.test(first) || (gap && present <= Math.max(1, usual / 2))
  if (own) return true
  // words alone in a row of a table of several columns
  return present === 1 && usual >= 3 && cells[0]!.trim() !== '' && !recurs(rows.slice(0, at), first)
}

const recurs = (rows: readonly SampleRow[], word: string): boolean =>
  rows.some(({ cells }) => countPresent(cells) > 1 && cells.some((cell) => cell.trim() === word))

function isTyped(text: string, rules: CellRules): boolean {
  const { kind, isDate } = readCell(text, rules)
  return isDate || kind === 'number' || kind === 'paddedInteger' || kind === 'tooLarge'
}

/** The same of the end of a large file, of which only the last bytes are known: where these do not fall into the usual
 * fields (they may begin inside a quoted one), nothing is said. */
export function detectFooterOfTail(
  rows: readonly SampleRow[],
  usual: number,
  rules: CellRules
): ReturnType<typeof detectFooter> {
  if (mostCommon(rows.map(({ cells }) => cells.length)) === usual) return detectFooter(rows, usual, rules)
  return { value: 0, evidence: { text: 'The end of the file could not be told', certainty: 'none' } }
}
