import { mostCommon } from './rows.ts'
import { readSample, type SampleRow } from './sample.ts'
import type { ReaderDialect } from './tokenize.ts'

export type Fields = Pick<ReaderDialect, 'delimiter'> & { repeated: boolean }
type Reading = Omit<ReaderDialect, 'delimiter' | 'repeated'>

interface Candidate extends Fields {
  /** 1 for what is made to part fields; less for signs that also stand in dates and sentences: such a one must fit nearly
   * every line, the first included */
  weight: number
}

const WEAK = 0.5
const RARE = 0.3
const strong = (delimiter: string): Candidate => ({ delimiter, repeated: false, weight: 1 })
const weak = (delimiter: string, repeated = false): Candidate => ({ delimiter, repeated, weight: WEAK })

/** What separates fields, the likelier first. */
const usual: Candidate[] = [
  ...[',', ';', '\t', '|', '::'].map(strong),
  // with a blank behind: where quotes follow it, a comma alone parts the quoted fields too
  ...[', ', '; '].map((delimiter) => ({ delimiter, repeated: false, weight: 0.9 })),
  ...[weak(' '), weak(' ', true), weak(':'), weak('\\t')]
]
/** Characters on which the delimiters are compared, and lines they hold at least. */
const TRIAL_CHARACTERS = 131_072
const TRIAL_LINES = 5
const STRONG_SHARE = 0.5
const WEAK_SHARE = 0.95

/** The delimiter under which the text is most like a table: rows of equally many fields (van den Burg, Nazábal & Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns", 2019, call it the pattern score) whose cells are of a
 * kind (their type score): here, that none is a list parted by another delimiter.
 * @param complete whether the text is the whole file */
export function chooseDelimiter(text: string, reader: Reading, complete: boolean): Fields {
  const start = text.slice(0, Math.max(TRIAL_CHARACTERS, endOfLines(text, TRIAL_LINES)))
  const whole = complete && start.length === text.length
  const read = (fields: Fields): SampleRow[] => readSample(start, { ...reader, ...fields }, whole).rows
  let best: { fields: Fields; rows: SampleRow[]; score: number } | null = null
  for (const candidate of [...usual, ...rareSigns(start)]) {
    const { delimiter, repeated } = candidate
    if (!start.includes(delimiter) || delimiter === reader.quote) continue
    const rows = read({ delimiter, repeated })
    const score = scoreFields(rows, candidate)
    if (score > (best?.score ?? 0)) best = { fields: { delimiter, repeated }, rows, score }
  }
  // one column: what parts its lines least must not stand in them, or they would be too long
  if (!best) return { delimiter: [',', ';', '\t', '|'].find((sign) => !text.includes(sign)) ?? ',', repeated: false }
  const longer = lengthen(best.fields, best.rows)
  if (!longer) return best.fields
  const rows = read(longer)
  return shareOfUsual(rows) >= shareOfUsual(best.rows) ? longer : best.fields
}

function endOfLines(text: string, lines: number): number {
  const ends = /\r\n?|\n/g
  for (let i = 0; i < lines; i++) if (!ends.exec(text)) return text.length
  return ends.lastIndex
}

/** Signs that part fields in no usual file, where they stand in nearly every line: ~ ^ § and control characters. */
function rareSigns(text: string): Candidate[] {
  const lines = text.split(/\r\n|\n|\r/, 200).filter((line) => line !== '')
  if (lines.length < 2) return []
  const counts = new Map<string, number>()
  for (const line of lines) {
    for (const sign of new Set(line.match(/[~^#!$&*=\u0001-\u0008\u000e-\u001f]|[\u00a1-\u00bf\u2010-\u2bff]/g)))
      counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  const frequent = [...counts].filter(([, count]) => count >= WEAK_SHARE * lines.length)
  return frequent.map(([delimiter]) => ({ delimiter, repeated: false, weight: RARE }))
}

const shareOfUsual = (rows: readonly SampleRow[]): number => {
  const nFields = mostCommon(rows.map(({ cells }) => cells.length))
  return rows.filter(({ cells }) => cells.length === nFields).length / Math.max(1, rows.length)
}

/** How well a delimiter fits rows split by it: the share of lines with the usual number of fields, and of cells that no
 * other delimiter could split; 0 where it does not. */
function scoreFields(rows: readonly SampleRow[], { delimiter, repeated, weight }: Candidate): number {
  const isWeak = weight < 1
  const nFields = mostCommon(rows.map(({ cells }) => cells.length))
  const first = rows[0]?.cells.length ?? 0
  // R writes no name over the row names: such a header speaks neither for nor against
  const unnamed = nFields > 2 && first === nFields - 1 && rows.length > 2
  const counted = unnamed ? rows.slice(1) : rows
  const share = counted.filter(({ cells }) => cells.length === nFields).length / Math.max(1, counted.length)
  if (nFields < 2 || share < (isWeak ? WEAK_SHARE : STRONG_SHARE)) return 0
  if (isWeak && !unnamed && first !== nFields) return 0
  if (delimiter === ',' && areDecimals(rows)) return 0
  // one line says nothing about where its words end
  if (isWeak && rows.length < 2) return 0
  const clean = shareWithoutOthers(rows, delimiter)
  // single spaces part no fields where some of them are empty: columns filled up with spaces are
  const filled = delimiter === ' ' && !repeated && rows.some(({ cells }) => cells.includes('')) ? 0.5 : 1
  return weight * filled * share ** 3 * clean ** 2 * (1 + 0.05 * Math.min(1, nFields / 20))
}

/** One name above numbers like 39,1: a column of decimals, not two of integers under one name. */
function areDecimals(rows: readonly SampleRow[]): boolean {
  const [header, ...data] = rows
  if (header?.cells.length !== 1 || /\d/.test(header.cells[0]!)) return false
  return (
    data.length > 0 && data.every(({ cells }) => cells.length <= 2 && /^[+-]?\d*,?\d+$/.test(cells.join(',').trim()))
  )
}

/** Share of the cells in which no other strong delimiter stands; a comma between digits is a decimal sign. */
function shareWithoutOthers(rows: readonly SampleRow[], delimiter: string): number {
  const others = [';', '\t', '|'].filter((sign) => !delimiter.includes(sign))
  let cells = 0
  let clean = 0
  for (const row of rows) {
    for (const cell of row.cells) {
      cells++
      const parted = others.some((sign) => cell.includes(sign)) || filledUp.test(cell)
      if (!parted && !isListOfFields(cell, delimiter)) clean++
    }
  }
  return clean / Math.max(1, cells)
}

/** Columns filled up with blanks. */
const filledUp = /\S {2,}\S+ +\S/

function isListOfFields(cell: string, delimiter: string): boolean {
  return !delimiter.includes(',') && cell.split(',').length > 2 && !/^\s*[+-]?\d[\d., ]*$/.test(cell)
}

/** Rows on which a longer delimiter must hold without exception. */
const LENGTHEN_ROWS = 3

/** Two signs where they stand in pairs everywhere ("||"); a comma with the blank behind it, where every field after the
 * first begins with one blank and the fields are more than numbers, for which blanks mean nothing. */
function lengthen({ delimiter, repeated }: Fields, rows: readonly SampleRow[]): Fields | null {
  if (repeated || delimiter.length > 1 || rows.length < LENGTHEN_ROWS) return null
  if (![',', ';', ' '].includes(delimiter)) {
    const inPairs = rows.every(({ cells }) => cells.length > 2 && cells.every((cell, i) => i % 2 === 0 || cell === ''))
    const filled = rows.some(({ cells }) => cells.some((cell, i) => i > 0 && i % 2 === 0 && cell !== ''))
    if (inPairs && filled) return { delimiter: delimiter + delimiter, repeated }
  }
  if (delimiter === ' ' || delimiter === '\t') return null
  const after = rows.flatMap(({ cells }) => cells.slice(1))
  const blank = after.length > 0 && after.every((cell) => cell.startsWith(' ') && !cell.startsWith('  '))
  const words = rows.slice(1).some(({ cells }) => cells.slice(1).some((cell) => /[^\d\s.,+\-eE]/.test(cell)))
  if (!blank || !words) return null
  const inFront = rows.every(({ cells }) => cells.slice(0, -1).every((cell) => cell.endsWith(' ')))
  return { delimiter: `${inFront ? ' ' : ''}${delimiter} `, repeated }
}
