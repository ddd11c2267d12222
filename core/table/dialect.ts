import { EigendeskError } from '../contract/errors.ts'
import { plainDialect, type Dialect, type DialectOverrides, type Evidence } from '../contract/table.ts'
import { cellRules } from './cell.ts'
import { detectNewline } from './decode.ts'
import { detectHeader, type SampleRow } from './header.ts'
import { countOf, writeCount } from './problems.ts'
import { mostCommon } from './rows.ts'
import { RowReader, type ReaderDialect } from './tokenize.ts'

/** Texts that stand for a missing cell where nothing else is in it, blanks around them ignored. */
export const MISSING_TOKENS: readonly string[] = [
  ...['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', '?', '-', '.']
]

/** What separates fields, the likelier first. A space or a colon also stands inside dates and sentences: such a one must
 * fit nearly every line, the first included. */
const delimiters = [
  { sign: ',', weak: false },
  { sign: ';', weak: false },
  { sign: '\t', weak: false },
  { sign: '|', weak: false },
  { sign: ' ', weak: true },
  { sign: ':', weak: true }
]
/** Characters on which the delimiters are compared. */
const TRIAL_CHARACTERS = 131_072
const STRONG_SHARE = 0.5
const WEAK_SHARE = 0.95
/** A weak delimiter wins only over strong ones that fit this much worse. */
const WEAK_WEIGHT = 0.5

/** How a text is to be read: delimiter, quote, decimal sign, header, missing tokens, line ends; each with its evidence.
 * What is overridden is kept, and the rest is detected around it.
 * @param complete whether the text is the whole file; the last line of a part may be cut and is not looked at
 * @throws INVALID_PARAMETER where an override cannot be */
export function detectDialect(
  text: string,
  overrides: DialectOverrides = {},
  complete = true
): { dialect: Dialect; evidence: Record<string, Evidence> } {
  const quote = overrides.quote ?? detectQuote(text)
  const newline = detectNewline(text, quote)
  const reader = { quote, newline: overrides.newline ?? newline.value }
  const excelHint = /^\uFEFF?sep=([^\r\n])[\r\n]/i.exec(text)?.[1]
  const delimiter = overrides.delimiter ?? excelHint ?? chooseDelimiter(text, reader, complete)
  checkDelimiter(delimiter, quote)

  const parts = {
    repeated: overrides.repeated ?? plainDialect.repeated,
    escape: overrides.escape ?? plainDialect.escape,
    thousands: overrides.thousands ?? plainDialect.thousands,
    comment: overrides.comment ?? plainDialect.comment,
    dateOrder: overrides.dateOrder ?? plainDialect.dateOrder,
    headerRows: overrides.headerRows ?? plainDialect.headerRows,
    footerRows: overrides.footerRows ?? plainDialect.footerRows
  }
  const rows = readSample(text, { ...reader, ...parts, delimiter }, complete)
  const decimal = detectDecimal(rows, delimiter, overrides.decimal)
  const missingTokens = overrides.missingTokens ?? [...MISSING_TOKENS]
  const header = detectHeader(
    rows,
    cellRules({ ...parts, decimal: decimal.value, missingTokens }),
    overrides,
    excelHint !== undefined
  )
  const dialect: Dialect = {
    ...parts,
    delimiter,
    quote,
    encoding: overrides.encoding ?? 'utf-8',
    decimal: decimal.value,
    newline: reader.newline,
    headerRow: header.headerRow,
    firstDataRow: header.firstDataRow,
    missingTokens
  }
  const evidence: Record<string, Evidence> = {
    delimiter: describeDelimiter(rows, complete),
    quote: describeQuote(text, delimiter, quote, complete),
    encoding: { text: 'Read as text', certainty: 'none' },
    decimal: decimal.evidence,
    newline: newline.evidence,
    headerRow: header.evidence,
    missingTokens: describeMissing(rows.slice(header.rowsAbove), missingTokens)
  }
  return { dialect, evidence }
}

function checkDelimiter(delimiter: string, quote: string): void {
  const has = (sign: string): boolean => sign !== '' && delimiter.includes(sign)
  if (delimiter !== '' && !['\n', '\r', '\uFEFF', quote].some(has)) return
  const reason = 'it cannot be empty, nor hold the quote or a line end'
  throw new EigendeskError('INVALID_PARAMETER', { field: 'Delimiter', reason })
}

/** A single quote only where no field begins with a double one and many are wrapped in single ones. */
function detectQuote(text: string): Dialect['quote'] {
  const start = text.slice(0, TRIAL_CHARACTERS)
  if (/(^|[,;\t| \n\r])"/.test(start)) return '"'
  const wrapped = start.match(/(^|[,;\t|\n\r])'[^'\n\r]*'(?=[,;\t|\n\r]|$)/g)?.length ?? 0
  const lines = start.split(/\r\n|\n|\r/).length
  return wrapped >= 2 && wrapped >= lines / 2 ? "'" : '"'
}

type Reading = Omit<ReaderDialect, 'delimiter'>

function chooseDelimiter(text: string, reader: Reading, complete: boolean): string {
  const start = text.slice(0, TRIAL_CHARACTERS)
  const whole = complete && start.length === text.length
  let best = { sign: ',', score: 0 }
  for (const { sign, weak } of delimiters) {
    const score = scoreDelimiter(readSample(start, { ...reader, delimiter: sign }, whole), sign, weak)
    if (score > best.score) best = { sign, score }
  }
  return best.sign
}

/** How well a delimiter fits rows split by it: the share of lines with the usual number of fields, and of cells that no
 * other delimiter could split; 0 where it does not. */
function scoreDelimiter(rows: readonly SampleRow[], delimiter: string, weak: boolean): number {
  const nFields = mostCommon(rows.map(({ cells }) => cells.length))
  const first = rows[0]?.cells.length ?? 0
  // R writes no name over the row names: such a header speaks neither for nor against
  const unnamed = nFields > 2 && first === nFields - 1 && rows.length > 1
  const counted = unnamed ? rows.slice(1) : rows
  const share = counted.filter(({ cells }) => cells.length === nFields).length / Math.max(1, counted.length)
  if (nFields < 2 || share < (weak ? WEAK_SHARE : STRONG_SHARE) || (weak && !unnamed && first !== nFields)) return 0
  // one line says nothing about where its words end
  if (weak && rows.length < 2) return 0
  const clean = shareWithoutOthers(rows, delimiter)
  return (weak ? WEAK_WEIGHT : 1) * share ** 3 * clean ** 2 * (1 + 0.05 * Math.min(1, nFields / 20))
}

/** Share of the cells in which no other strong delimiter stands; a comma between digits is a decimal sign. */
function shareWithoutOthers(rows: readonly SampleRow[], delimiter: string): number {
  const others = [';', '\t', '|'].filter((sign) => sign !== delimiter)
  let cells = 0
  let clean = 0
  for (const row of rows) {
    for (const cell of row.cells) {
      cells++
      if (!others.some((sign) => cell.includes(sign)) && !isListOfFields(cell, delimiter)) clean++
    }
  }
  return clean / Math.max(1, cells)
}

function isListOfFields(cell: string, delimiter: string): boolean {
  return (
    delimiter !== ',' &&
    cell.includes(',') &&
    !/^\s*[+-]?\d+,\d+([eE][+-]?\d+)?\s*$/.test(cell) &&
    cell.split(',').length > 2
  )
}

function readSample(text: string, reader: Reading & { delimiter: string }, complete: boolean): SampleRow[] {
  const rows: SampleRow[] = []
  const rowReader = new RowReader(reader, (cells, line) => rows.push({ cells, line }))
  rowReader.push(text)
  if (complete || rows.length === 0) rowReader.finish()
  return rows
}

function detectDecimal(
  rows: readonly SampleRow[],
  delimiter: string,
  override: Dialect['decimal'] | undefined
): { value: Dialect['decimal']; evidence: Evidence } {
  let commas = 0
  let points = 0
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (/^\s*[+-]?\d*,\d+([eE][+-]?\d+)?\s*$/.test(cell)) commas++
      else if (/^\s*[+-]?\d*\.\d+([eE][+-]?\d+)?\s*$/.test(cell)) points++
    }
  }
  const value = override ?? (delimiter !== ',' && commas > points ? ',' : '.')
  const [own, other, sign, otherSign] =
    value === ',' ? [commas, points, 'a comma', 'a point'] : [points, commas, 'a point', 'a comma']
  if (own + other === 0) return { value, evidence: { text: 'No number with decimals', certainty: 'none' } }
  const text = `${own === 0 ? 'No cell' : countOf(own, 'cell')} with ${sign}, ${other === 0 ? 'none' : writeCount(other)} with ${otherSign}`
  return { value, evidence: { text, certainty: other === 0 ? 'sure' : 'unsure' } }
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
  const before = delimiter.replace(/[|.*+?^$]/, '\\$&')
  const count = text.match(new RegExp(`(^|[\\n\\r]|${before})${quote}`, 'g'))?.length ?? 0
  if (count === 0) return { text: `No quoted field in the ${complete ? 'file' : 'lines read'}`, certainty: 'none' }
  return { text: countOf(count, 'quoted field'), certainty: 'sure' }
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
