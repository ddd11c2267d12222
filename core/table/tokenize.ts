import Papa from 'papaparse'
import { EigendeskError } from '../contract/errors.ts'
import type { Dialect, Problem } from '../contract/table.ts'
import { textOfComment } from './comment-text.ts'
import { splitDamagedLine, type DamagedLine } from './damaged-line.ts'
import { splitRow } from './split-row.ts'

/** A quoted field this long (characters) without an end is taken for one whose closing quote is missing: it bounds the
 * memory a stray quote can cost, and no cell of a table is as long. */
export const QUOTED_LIMIT = 2 ** 25
/** Characters that may be read twice because of stray quotes; beyond it the file evidently does not quote its fields. */
const REREAD_LIMIT = 4 * QUOTED_LIMIT
/** A row that goes on over so many characters is looked at: where its lines have the fields of rows, they are rows, and the
 * quote that swallowed them is a stray one. So many lines of it must there be, and such a share of them. */
const LOOKED_AT = 2 ** 18
const LINES_LOOKED_AT = 100
const ROWS_SHARE = 0.95

/** No line of a table is longer (characters); a string cannot be much longer. */
const LINE_LIMIT = 2 ** 27

export type ReaderDialect = Pick<Dialect, 'delimiter' | 'quote' | 'newline'> &
  Partial<Pick<Dialect, 'repeated' | 'escape' | 'comment' | 'headerRow'>>
export type OnRow = (cells: string[], line: number) => void
export type OnProblem = (problem: Problem) => void

interface Parsed {
  data: string[][]
  errors: { code: string }[]
  meta: { cursor: number }
}

/** Rows of a delimited text that arrives in pieces (RFC 4180, read leniently), each with the line of the file on which
 * it begins, from 1. Papa Parse splits; this class keeps the unfinished row between pieces, counts lines, skips blank
 * ones, and mends what stray quotes break: a row whose quotes are out of order and that would swallow the lines after
 * it is read as one line. Comment lines are left out and noted; what Papa Parse has no words for (runs of delimiters,
 * quotes behind a backslash) is split by splitRow. The cost is linear in the text, whatever its quotes: a piece that completes no row is not
 * looked at again before it has doubled. */
export class RowReader {
  readonly #dialect: ReaderDialect
  readonly #onRow: OnRow
  readonly #onProblem: OnProblem
  readonly #newline: '\n' | '\r'
  #pending = ''
  #enough = 0
  #line = 1
  /** runs of delimiters, backslashes or comments: more than Papa Parse reads with the lines counted */
  readonly #odd: boolean
  #quoting: boolean
  #reread = 0
  #fieldsBefore = 0
  #heldReturn = false

  constructor(dialect: ReaderDialect, onRow: OnRow, onProblem: OnProblem = () => {}) {
    this.#dialect = dialect
    this.#onRow = onRow
    this.#onProblem = onProblem
    // CRLF is read as LF and the CR taken off the last cell, so that a line that ends otherwise does not join the next
    this.#newline = dialect.newline === '\r' ? '\r' : '\n'
    this.#quoting = dialect.quote !== ''
    this.#odd = dialect.repeated === true || (dialect.escape ?? '') !== '' || (dialect.comment ?? '') !== ''
  }

  /** @throws FILE_BINARY where no line ends within 2^27 characters */
  push(text: string): void {
    this.#pending += this.#dialect.newline === 'mixed' ? this.#unify(text) : text
    if (this.#pending.length >= this.#enough) this.#read(false)
  }

  /** Whether all that was pushed is read: the next text begins a row. */
  get isBetweenRows(): boolean {
    return this.#pending === '' && !this.#heldReturn
  }

  /** Counts lines that somebody else read, whose rows have so many fields; null where there was no row among them: what is
   * expected of the next one is what the last one had. */
  passLines(lines: number, nFields: number | null): void {
    this.#line += lines
    if (nFields !== null) this.#fieldsBefore = nFields
  }

  /** The line on which the next row begins. */
  get line(): number {
    return this.#line
  }

  /** The last row, which no line end need follow. */
  finish(): void {
    if (this.#heldReturn) this.#pending += '\n'
    this.#heldReturn = false
    this.#read(true)
  }

  /** Makes every line end LF. A CR at the end of a piece waits: an LF may follow. */
  #unify(text: string): string {
    const whole = this.#heldReturn ? `\r${text}` : text
    this.#heldReturn = whole.endsWith('\r')
    return (this.#heldReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n')
  }

  #read(last: boolean): void {
    const text = this.#pending
    let start = 0
    for (let more = true; more && start < text.length;) {
      const rest = start === 0 ? text : text.slice(start)
      const step = this.#step(rest, last)
      start += step.used
      more = step.again
    }
    this.#pending = text.slice(start)
    this.#enough = start === 0 ? 2 * text.length : 0
    if (this.#pending.length > LINE_LIMIT) {
      throw new EigendeskError('FILE_BINARY', {
        reason: `line ${this.#line} does not end`,
        line: this.#line,
        column: 1
      })
    }
  }

  /** Reads rows from the text until it ends, or until the rest must be looked at again. */
  #step(text: string, last: boolean): { used: number; again: boolean } {
    if (this.#odd) return this.#readOdd(text, last)
    const quoted = this.#quoting && text.includes(this.#dialect.quote)
    return quoted ? this.#readQuoted(text, last) : { used: this.#readPlain(text, last), again: false }
  }

  #parser(extra: Papa.ParseConfig): Papa.Parser {
    const { delimiter, quote } = this.#dialect
    const quoteChar = quote === '' ? '"' : quote
    return new Papa.Parser({ delimiter, newline: this.#newline, quoteChar, ...extra })
  }

  /** Text without quotes: every line is a row. Returns the characters used. */
  #readPlain(text: string, last: boolean): number {
    const parsed = this.#parser({ fastMode: true }).parse(text, 0, !last) as Parsed
    for (const cells of parsed.data) {
      trimReturn(cells, this.#newline)
      const blank = this.#mayBeBlank(cells) && cells.every((cell) => cell.trim() === '')
      if (!blank) this.#emit(cells)
      this.#line++
    }
    return parsed.meta.cursor
  }

  /** Text with quotes, row by row until it ends or a damaged row had to be read as one line: then the rest is read again. */
  #readQuoted(text: string, last: boolean): { used: number; again: boolean } {
    let used = 0
    let mended = false
    const takeRow = (parsed: Parsed): void => {
      const end = parsed.meta.cursor
      const raw = text.slice(used, end)
      const cells = parsed.data[0] ?? []
      const unclosed = parsed.errors.some((error) => error.code === 'MissingQuotes')
      const broken = parsed.errors.length > 0 && this.#isBroken(unclosed, cells.length, raw)
      if (broken || this.#swallowsRows(raw)) {
        used += this.#mend(text.slice(used), end - used)
        mended = true
        parser.abort()
        return
      }
      this.#takeQuotedRow(cells, raw, parsed.errors.length > 0)
      used = end
    }
    const parser = this.#parser({ step: takeRow })
    parser.parse(text, 0, !last)
    if (mended) return { used, again: true }
    if (last || !this.#isStray(text, used)) return { used, again: false }
    used += this.#mend(text.slice(used), text.length - used)
    return { used, again: true }
  }

  /** As #readQuoted, by splitRow. */
  #readOdd(text: string, last: boolean): { used: number; again: boolean } {
    let used = 0
    while (used < text.length) {
      const after = this.#passComment(text, used, last)
      if (after === null) break
      if (after > used) {
        used = after
        continue
      }
      const row = splitRow(text, used, this.#signs, this.#newline, last)
      if (!row) {
        if (!this.#isStray(text, used)) break
        used += this.#mend(text.slice(used), text.length - used)
        continue
      }
      const raw = text.slice(used, row.end)
      const broken = row.fault !== 'none' && this.#isBroken(row.fault === 'unclosed', row.cells.length, raw)
      if (broken || this.#swallowsRows(raw)) {
        used += this.#mend(text.slice(used, Math.max(row.end, endOfLine(text, used, this.#newline))), raw.length)
        continue
      }
      this.#takeQuotedRow(row.cells, raw, row.fault !== 'none')
      used = row.end
    }
    return { used, again: false }
  }

  get #signs(): ReaderDialect {
    return this.#quoting ? this.#dialect : { ...this.#dialect, quote: '' }
  }

  /** Where the comment line that begins here ends; `at` where there is none, null where more of the text must be seen. */
  #passComment(text: string, at: number, last: boolean): number | null {
    const { comment = '', headerRow = null } = this.#dialect
    if (comment === '') return at
    if (!text.startsWith(comment, at)) return last || text.length - at >= comment.length ? at : null
    const end = text.indexOf(this.#newline, at)
    if (end === -1 && !last) return null
    const line = text.slice(at, end === -1 ? text.length : end).replace(/\r$/, '')
    const after = end === -1 ? text.length : end + 1
    if (this.#line === headerRow) {
      // one comment holds the names
      this.#emit(this.#splitLine(textOfComment(line, comment)).cells)
      this.#line++
      return after
    }
    const message = `A comment: the line begins with ${comment}`
    const about = { severity: 'info' as const, line: this.#line++, column: 0, text: line, message }
    this.#onProblem({ code: 'LINE_SKIPPED', ...about, treatment: 'Skipped' })
    return after
  }

  /** Whether the quote that opens the unfinished row at `at` is to be taken for a stray one. */
  #isStray(text: string, at: number): boolean {
    if (text.length - at <= LOOKED_AT || !text.includes(this.#newline, at)) return false
    return text.length - at > QUOTED_LIMIT || this.#swallowsRows(text.slice(at, at + LOOKED_AT + 1))
  }

  /** Whether the lines of a long row are rows themselves. The same is asked of the same characters whether the row is finished
   * or not, so that it does not matter how the text was cut. */
  #swallowsRows(row: string): boolean {
    if (row.length <= LOOKED_AT || this.#fieldsBefore < 2) return false
    const lines = row.slice(0, LOOKED_AT).split(this.#newline).slice(1, -1)
    if (lines.length < LINES_LOOKED_AT) return false
    const rows = lines.filter((line) => this.#splitLine(line).cells.length === this.#fieldsBefore)
    if (rows.length < ROWS_SHARE * lines.length) return false
    this.#reread += 4 * LOOKED_AT
    return true
  }

  /** Whether a row with quotes out of order swallowed lines that are not its own. */
  #isBroken(unclosed: boolean, nFields: number, raw: string): boolean {
    if (unclosed) return true
    const end = raw.indexOf(this.#newline)
    if (end === -1 || end === raw.length - 1) return false
    const first = this.#splitLine(raw.slice(0, end))
    return first.cells.length === this.#fieldsBefore || nFields !== this.#fieldsBefore
  }

  /** Reads the first line of the text as a row of its own. Returns the characters used. */
  #mend(text: string, swallowed: number): number {
    this.#reread += swallowed
    if (this.#reread > REREAD_LIMIT) this.#quoting = false
    const end = text.indexOf(this.#newline)
    const line = end === -1 ? text : text.slice(0, end)
    const read = this.#splitLine(line)
    this.#report(read, line)
    this.#emit(read.cells)
    this.#line++
    return end === -1 ? text.length : end + 1
  }

  #takeQuotedRow(cells: string[], raw: string, damaged: boolean): void {
    const blank = this.#mayBeBlank(cells) && raw.trim() === ''
    const { quote } = this.#dialect
    if (raw.endsWith('\r\n') && !closesWithQuote(raw, cells, quote)) trimReturn(cells, this.#newline)
    if (quote !== '' && (damaged || cells.some((cell) => cell.includes(quote)))) {
      const line = raw.endsWith(this.#newline) ? raw.slice(0, -1) : raw
      const read = this.#splitLine(line)
      this.#report(read, line)
      if (damaged && !line.includes(this.#newline)) cells = read.cells
    }
    if (!blank) this.#emit(cells)
    this.#line += countLines(raw, this.#newline)
  }

  /** Blanks between spaces that delimit are no fields. */
  #mayBeBlank(cells: string[]): boolean {
    return cells.length <= 1 || this.#dialect.delimiter === ' '
  }

  #splitLine(line: string): DamagedLine {
    const own = this.#newline === '\n' && line.endsWith('\r') ? line.slice(0, -1) : line
    return splitDamagedLine(own, this.#dialect, this.#fieldsBefore)
  }

  #emit(cells: string[]): void {
    this.#fieldsBefore = cells.length
    this.#onRow(cells, this.#line)
  }

  #report(read: DamagedLine, text: string): void {
    for (const { column, unclosed, quoted } of read.strays) {
      this.#onProblem({
        code: unclosed ? 'UNCLOSED_QUOTE' : 'STRAY_QUOTE',
        severity: quoted ? 'warning' : 'info',
        line: this.#line,
        column,
        text,
        message: unclosed
          ? 'A quote is opened and never closed'
          : quoted
            ? 'A quote inside a quoted field is not doubled'
            : 'A quote inside a field that is not quoted',
        treatment: this.#quoting ? 'Kept as part of the text' : 'Kept as part of the text, as are all quotes after it'
      })
    }
  }
}

/** Where the line after the one that begins at `at` begins. */
function endOfLine(text: string, at: number, newline: string): number {
  const end = text.indexOf(newline, at)
  return end === -1 ? text.length : end + 1
}

/** Takes the CR of a CRLF off the last cell. */
function trimReturn(cells: string[], newline: string): void {
  const last = cells.length - 1
  const cell = cells[last] ?? ''
  if (newline === '\n' && cell.charCodeAt(cell.length - 1) === 13) cells[last] = cell.slice(0, -1)
}

/** Whether the last field of a row that ends in CRLF is quoted: Papa Parse has dropped the CR then. */
function closesWithQuote(raw: string, cells: string[], quote: string): boolean {
  return raw[raw.length - 3] === quote && !cells.at(-1)!.endsWith(`${quote}\r`)
}

function countLines(text: string, newline: string): number {
  let count = 0
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) count++
  return count
}
