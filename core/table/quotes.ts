import type { Dialect } from '../contract/table.ts'
import { mostCommon } from './rows.ts'
import { readSample } from './sample.ts'
import type { ReaderDialect } from './tokenize.ts'

/** Characters looked at. */
const TRIAL_CHARACTERS = 131_072

/** A single quote only where more fields are wrapped in single quotes than begin with a double one, and many are. */
export function detectQuote(text: string): Dialect['quote'] {
  const start = text.slice(0, TRIAL_CHARACTERS)
  const double = start.match(/(^|[,;\t| \n\r])"/g)?.length ?? 0
  const wrapped = start.match(/(?<=^|[,;\t|\n\r])'[^'\n\r]*'(?=[,;\t|\n\r]|$)/g)?.length ?? 0
  const lines = start.split(/\r\n|\n|\r/).length
  return wrapped >= 2 && wrapped >= lines / 2 && wrapped > double ? "'" : '"'
}

/** A backslash where quotes stand behind one, and fewer are out of order when it is taken for what it seems. */
export function detectEscape(
  text: string,
  reader: ReaderDialect,
  complete: boolean
): { value: Dialect['escape']; quotes: number } {
  const { quote } = reader
  const start = text.slice(0, TRIAL_CHARACTERS)
  const quotes = quote === '' ? 0 : start.split(`\\${quote}`).length - 1
  if (quotes === 0) return { value: '', quotes }
  const whole = complete && start.length === text.length
  const fit = (escape: Dialect['escape']): { odd: number; strays: number } => {
    const { rows, strays } = readSample(start, { ...reader, escape }, whole)
    const nFields = mostCommon(rows.map(({ cells }) => cells.length))
    return { odd: rows.filter(({ cells }) => cells.length !== nFields).length, strays }
  }
  const [doubled, backslash] = [fit(''), fit('\\')]
  const better = backslash.strays < doubled.strays && backslash.odd <= doubled.odd
  return { value: better ? '\\' : '', quotes }
}
