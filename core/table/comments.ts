import { mostCommon } from './rows.ts'
import { readSample, type SampleRow } from './sample.ts'
import type { ReaderDialect } from './tokenize.ts'

const signs = ['#', '%', '//']
const TRIAL_LINES = 2_000

/** What lines that are no rows begin with, as far as it can be told before the delimiter is known: a sign the first line, or
 * two of the lines, begin with, and not all. */
export function suspectComment(text: string): string {
  const lines = text
    .slice(0, 131_072)
    .split(/\r\n|\n|\r/, TRIAL_LINES)
    .filter((line) => line.trim() !== '')
  for (const sign of signs) {
    const own = lines.filter((line) => line.startsWith(sign)).length
    if (own < lines.length && (own > 1 || lines[0]?.startsWith(sign) === true)) return sign
  }
  return ''
}

/** "# a,b,c": the sign and a blank before words, none of them a number. */
function isNamesBehind(cells: readonly string[], sign: string): boolean {
  const number = /^\s*[+-]?[\d.,]+\s*$/
  return cells[0]!.startsWith(`${sign} `) && !cells.some((cell) => cell.trim() === '' || number.test(cell))
}

/** Whether lines that begin with a sign are comments: not where they have the fields of the rows, as a header "#id" or a
 * colour has.
 * @param rows the rows without those lines */
export function areComments(
  text: string,
  sign: string,
  rows: readonly SampleRow[],
  reader: ReaderDialect,
  complete: boolean
): boolean {
  const nFields = mostCommon(rows.map(({ cells }) => cells.length))
  const all = readSample(text, { ...reader, comment: '' }, complete).rows
  const own = all.filter(({ cells }) => cells[0]?.startsWith(sign) === true)
  if (own.length === 1 && all[0] === own[0] && isNamesBehind(own[0]!.cells, sign)) return true
  if (nFields < 2) return all[0]?.cells[0]?.startsWith(sign) === true
  return own.length > 0 && own.filter(({ cells }) => cells.length === nFields).length <= own.length / 2
}
