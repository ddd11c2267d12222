import type { Dialect } from '../contract/table.ts'

/** The parts of a dialect that say how a line falls into fields. */
export type FieldSigns = Pick<Dialect, 'delimiter' | 'quote'> & Partial<Pick<Dialect, 'repeated' | 'escape'>>

export interface SplitRow {
  cells: string[]
  /** where the next row begins */
  end: number
  /** a quoted field went on behind its closing quote, or was never closed */
  fault: 'none' | 'misplaced' | 'unclosed'
}

/** Where runs of blanks delimit, a tab among them is one too: tables filled up by hand have both. */
const delimitsBlanks = ({ delimiter, repeated }: FieldSigns): boolean => repeated === true && delimiter === ' '

/** Where the delimiter at `at` ends, a run of them where runs count as one; `at` itself where there is none. */
export function endOfDelimiter(text: string, at: number, signs: FieldSigns): number {
  const { delimiter, repeated } = signs
  if (delimitsBlanks(signs)) {
    while (text[at] === ' ' || text[at] === '\t') at++
    return at
  }
  let end = at
  while (text.startsWith(delimiter, end) && (repeated === true || end === at)) end += delimiter.length
  return end
}

/** Fields of a line in which nothing is quoted. */
export function splitPlainLine(line: string, signs: FieldSigns): string[] {
  if (signs.repeated !== true) return line.split(signs.delimiter)
  const fields = delimitsBlanks(signs) ? line.split(/[ \t]+/) : line.split(signs.delimiter)
  return fields.filter((field) => field !== '')
}

/** Takes the doubling or the backslashes out of a quoted field. */
export function unescapeField(inner: string, { quote, escape }: FieldSigns): string {
  const single = inner.replaceAll(quote + quote, quote)
  return escape === '\\' ? single.replace(/\\(["'\\])/g, '$1') : single
}

/** Splits the row that begins at `start`, for the dialects that Papa Parse has no words for: runs of delimiters, and quotes
 * behind a backslash. What both can read they read alike.
 * @param newline '\n' (a '\r' before it is left on the last cell where that is not quoted) or '\r'
 * @param last whether nothing follows the text
 * @returns null where the row is not complete and more may come */
export function splitRow(
  text: string,
  start: number,
  signs: FieldSigns,
  newline: string,
  last: boolean
): SplitRow | null {
  const lineEnd = text.indexOf(newline, start)
  if (lineEnd === -1 && !last) return null
  const line = text.slice(start, lineEnd === -1 ? text.length : lineEnd)
  const { quote, repeated } = signs
  if (quote === '' || !line.includes(quote)) {
    const own = repeated === true && line.endsWith('\r') ? line.slice(0, -1) : line
    return { cells: splitPlainLine(own, signs), end: lineEnd === -1 ? text.length : lineEnd + 1, fault: 'none' }
  }
  const row: SplitRow = { cells: [], end: text.length, fault: 'none' }
  let at = repeated === true ? endOfDelimiter(text, start, signs) : start
  for (;;) {
    const rest = repeated === true ? endOfLine(text, at, newline) : -1
    if (rest !== -1) {
      row.end = Math.min(text.length, rest)
      return row
    }
    at = text[at] === quote ? takeQuoted(text, at, signs, newline, row) : takePlain(text, at, signs, newline, row)
    if (row.fault === 'unclosed' && !last) return null
    const end = endOfLine(text, at, newline)
    if (end !== -1) {
      row.end = Math.min(text.length, end)
      return last || end <= text.length ? row : null
    }
    at = endOfDelimiter(text, at, signs)
  }
}

/** Where the next line begins if a line ends at `at`: also where the text does (then beyond it); −1 where it does not. */
function endOfLine(text: string, at: number, newline: string): number {
  if (at >= text.length) return text.length + 1
  if (text.startsWith(newline, at)) return at + 1
  return newline === '\n' && text.startsWith('\r\n', at) ? at + 2 : -1
}

function takePlain(text: string, at: number, signs: FieldSigns, newline: string, row: SplitRow): number {
  const lineEnd = text.indexOf(newline, at)
  let end = nextDelimiter(text, at, signs)
  if (end === -1 || (lineEnd !== -1 && lineEnd < end)) end = lineEnd === -1 ? text.length : lineEnd
  const isLast = end === lineEnd || end === text.length
  const cell = text.slice(at, end)
  row.cells.push(isLast && signs.repeated === true && cell.endsWith('\r') ? cell.slice(0, -1) : cell)
  return end
}

export function nextDelimiter(text: string, at: number, signs: FieldSigns): number {
  const next = text.indexOf(signs.delimiter, at)
  if (!delimitsBlanks(signs)) return next
  const tab = text.indexOf('\t', at)
  return next === -1 || tab === -1 ? Math.max(next, tab) : Math.min(next, tab)
}

function takeQuoted(text: string, at: number, signs: FieldSigns, newline: string, row: SplitRow): number {
  const { quote, escape } = signs
  for (let close = at + 1; ; close++) {
    close = text.indexOf(quote, close)
    if (close === -1) {
      row.fault = 'unclosed'
      row.cells.push(unescapeField(text.slice(at + 1), signs))
      return text.length
    }
    if (escape === '\\' && isEscaped(text, close, at)) continue
    const next = close + 1
    if (text[next] === quote) close++
    else if (endOfLine(text, next, newline) !== -1 || endOfDelimiter(text, next, signs) > next) {
      row.cells.push(unescapeField(text.slice(at + 1, close), signs))
      return next
    } else row.fault = 'misplaced'
  }
}

/** Whether an odd number of backslashes stands before the quote. */
export function isEscaped(text: string, quoteAt: number, fieldAt: number): boolean {
  let at = quoteAt
  while (at - 1 > fieldAt && text[at - 1] === '\\') at--
  return (quoteAt - at) % 2 === 1
}
