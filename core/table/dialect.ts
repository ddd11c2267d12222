import { EigendeskError } from '../contract/errors.ts'
import type { Dialect, DialectOverrides, Evidence } from '../contract/table.ts'
import { nameByComment } from './comment-header.ts'
import { areComments, suspectComment } from './comments.ts'
import { detectNewline } from './decode.ts'
import { chooseDelimiter } from './delimiter.ts'
import { detectFooter, detectFooterOfTail } from './footer.ts'
import { describeGuards } from './formula-guard.ts'
import { detectHeader } from './header.ts'
import { MISSING_TOKENS } from './missing-tokens.ts'
import { countOf, writeCount } from './problems.ts'
import { detectEscape, detectQuote } from './quotes.ts'
import { mostCommon } from './rows.ts'
import { readSample, type Comment, type SampleRow } from './sample.ts'
import { partTables } from './second-table.ts'
import { understandValues } from './values.ts'

export { MISSING_TOKENS }

/** How a text is to be read: delimiter, quote, escape, comments, numbers, dates, header, footer, missing tokens, line ends;
 * each with its evidence. What is overridden is kept, and the rest is detected around it.
 * @param complete whether the text is the whole file; the last line of a part may be cut and is not looked at
 * @param tail the end of a file of which the text is only the beginning: whole lines
 * @throws INVALID_PARAMETER where an override cannot be */
export function detectDialect(
  text: string,
  overrides: DialectOverrides = {},
  complete = true,
  tail = ''
): { dialect: Dialect; evidence: Record<string, Evidence> } {
  const quote = overrides.quote ?? detectQuote(text)
  const newline = detectNewline(text, quote)
  const excelHint = /^\uFEFF?sep=([^\r\n]{1,8})[\r\n]/i.exec(text)?.[1]
  const found = detectFields(text, quote, overrides.newline ?? newline.value, overrides, excelHint, complete)
  const { reader, rows } = found

  const firstIsHint = excelHint !== undefined
  const all = understandValues(rows, reader.delimiter, overrides)
  const tables = partTables(rows, all.rules, overrides, firstIsHint)
  // what stands below is of another table and says nothing of the columns of this one
  const values = tables.lastDataRow === null ? all : understandValues(tables.rows, reader.delimiter, overrides)
  const { signs, numbers, dates, missingTokens, rules } = values
  const header = nameByComment(detectHeader(tables.rows, rules, overrides, firstIsHint), found, rules, overrides)
  const usual = mostCommon(rows.map(({ cells }) => cells.length))
  const { lastDataRow } = tables
  const toEnd = rows.slice(header.rowsAbove)
  const below = lastDataRow === null ? toEnd : toEnd.filter(({ line }) => line <= lastDataRow)
  const footer =
    complete || lastDataRow !== null
      ? detectFooter(below, usual, rules)
      : detectFooterOfTail(tail === '' ? [] : readSample(tail, reader, true).rows, usual, rules)
  const footerRows = overrides.footerRows ?? footer.value
  const { headerRow, headerRows, firstDataRow } = header
  const dialect: Dialect = {
    ...reader,
    encoding: overrides.encoding ?? 'utf-8',
    decimal: numbers.decimal,
    thousands: numbers.thousands,
    signs: signs.value,
    headerRow,
    headerRows,
    firstDataRow,
    footerRows,
    lastDataRow,
    dateOrder: dates.dateOrder,
    dateOrders: dates.dateOrders,
    guard: overrides.guard ?? 'lift',
    missingTokens
  }
  const data = complete || lastDataRow !== null ? below.slice(0, below.length - footerRows) : below
  const evidence: Record<string, Evidence> = {
    delimiter: describeDelimiter(tables.rows, complete || lastDataRow !== null),
    quote: describeQuote(text, reader.delimiter, quote, complete),
    escape: found.escape,
    encoding: { text: 'Read as text', certainty: 'none' },
    decimal: numbers.evidence.decimal,
    thousands: numbers.evidence.thousands,
    signs: signs.evidence,
    newline: newline.evidence,
    headerRow: header.evidence,
    footerRows: footer.evidence,
    lastDataRow: tables.evidence,
    comment: found.comment,
    dateOrder: dates.evidence,
    guard: describeGuards(rows.flatMap(({ cells }) => cells)),
    missingTokens: describeMissing(data, missingTokens)
  }
  return { dialect, evidence }
}

type Reader = Pick<Dialect, 'delimiter' | 'repeated' | 'quote' | 'escape' | 'comment' | 'newline'>

interface FieldsFound {
  reader: Reader
  rows: SampleRow[]
  comments: Comment[]
  escape: Evidence
  comment: Evidence
}

/** How lines fall into fields. Comments and backslashes are only taken for such once the rows show that they are. */
function detectFields(
  text: string,
  quote: Dialect['quote'],
  newline: Dialect['newline'],
  overrides: DialectOverrides,
  excelHint: string | undefined,
  complete: boolean
): FieldsFound {
  const read = (comment: string): { reader: Reader; rows: SampleRow[]; comments: Comment[]; quotes: number } => {
    const known = { quote, newline, comment, escape: overrides.escape ?? '' }
    const given = overrides.delimiter ?? excelHint
    const fields = given === undefined ? chooseDelimiter(text, known, complete) : { delimiter: given, repeated: false }
    const { delimiter } = fields
    checkDelimiter(delimiter, quote)
    const repeated = overrides.repeated ?? (given === ' ' ? areRuns(text) : fields.repeated)
    const escape = detectEscape(text, { ...known, delimiter, repeated }, complete)
    const reader = { ...known, delimiter, repeated, escape: overrides.escape ?? escape.value }
    const { rows, comments } = readSample(text, reader, complete)
    return { reader, rows, comments, quotes: escape.quotes }
  }
  const suspected = overrides.comment ?? suspectComment(text)
  let found = read(suspected)
  if (overrides.comment === undefined && suspected !== '') {
    if (!areComments(text, suspected, found.rows, found.reader, complete)) found = read('')
  }
  const { reader, rows, comments, quotes } = found
  return {
    reader,
    rows,
    comments,
    escape: describeEscape(reader, quotes),
    comment: describeComment(reader.comment, text)
  }
}

/** Whether blanks stand beside each other in most lines. */
function areRuns(text: string): boolean {
  const lines = text
    .slice(0, 131_072)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
  return 2 * lines.filter((line) => /[^ \t][ \t]{2,}[^ \t]|^ /.test(line)).length > lines.length
}

function checkDelimiter(delimiter: string, quote: string): void {
  const has = (sign: string): boolean => sign !== '' && delimiter.includes(sign)
  if (delimiter !== '' && !['\n', '\r', '\uFEFF', quote].some(has)) return
  const reason = 'it cannot be empty, nor hold the quote or a line end'
  throw new EigendeskError('INVALID_PARAMETER', { field: 'Delimiter', reason })
}

function describeDelimiter(rows: readonly SampleRow[], complete: boolean): Evidence {
  const nFields = mostCommon(rows.map(({ cells }) => cells.length))
  const fitting = rows.filter(({ cells }) => cells.length === nFields).length
  const all = `${complete ? '' : 'the first '}${countOf(rows.length, 'line')}`
  const share =
    fitting === rows.length ? `on all ${complete ? '' : 'of '}${all}` : `on ${writeCount(fitting)} of ${all}`
  const text = `${countOf(nFields, 'field')} ${share}`
  return { text, certainty: nFields > 1 && fitting >= 0.9 * rows.length ? 'sure' : 'unsure' }
}

function describeQuote(text: string, delimiter: string, quote: string, complete: boolean): Evidence {
  if (quote === '') return { text: 'Quotes are part of the text', certainty: 'none' }
  const before = delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const count = text.match(new RegExp(`(^|[\\n\\r]|${before})${quote}`, 'g'))?.length ?? 0
  if (count === 0) return { text: `No quoted field in the ${complete ? 'file' : 'lines read'}`, certainty: 'none' }
  return { text: countOf(count, 'quoted field'), certainty: 'sure' }
}

function describeEscape({ escape, quote }: Reader, quotes: number): Evidence {
  if (quote === '' || quotes === 0) return { text: 'No quote behind a backslash', certainty: 'none' }
  if (escape === '\\') return { text: `${countOf(quotes, 'quote')} behind a backslash`, certainty: 'sure' }
  return { text: `${countOf(quotes, 'backslash')} before a quote, part of the text`, certainty: 'unsure' }
}

function describeComment(comment: string, text: string): Evidence {
  if (comment === '') return { text: 'No comment lines', certainty: 'none' }
  const count = text.split(/\r\n|\n|\r/).filter((line) => line.startsWith(comment)).length
  return { text: `${countOf(count, 'line')} that begin${count === 1 ? 's' : ''} with ${comment}`, certainty: 'unsure' }
}

function describeMissing(rows: readonly SampleRow[], tokens: readonly string[]): Evidence {
  const counts = new Map(tokens.map((token) => [token, 0]))
  for (const { cells } of rows) {
    for (const cell of cells) {
      const token = cell.trim()
      const count = counts.get(token)
      if (count !== undefined) counts.set(token, count + 1)
    }
  }
  const empty = counts.get('') ?? 0
  const words = [...counts].filter(([token, count]) => token !== '' && count > 0)
  if (empty === 0 && words.length === 0) return { text: 'No missing cell', certainty: 'sure' }
  const named = words.map(([token, count]) => `${writeCount(count)} ${token}`)
  return {
    text: [`${empty === 0 ? 'None' : writeCount(empty)} empty`, ...(named.length > 0 ? named : ['no NA'])].join(', '),
    certainty: 'sure'
  }
}
