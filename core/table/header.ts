import type { Dialect, DialectOverrides, Evidence } from '../contract/table.ts'
import { readCell, type CellRules } from './cell.ts'
import { writeCount } from './problems.ts'
import { mostCommon } from './rows.ts'
import { countBreaks, countPresent, type SampleRow } from './sample.ts'

export interface HeaderGuess extends Pick<Dialect, 'headerRow' | 'headerRows' | 'firstDataRow'> {
  evidence: Evidence
  /** rows of the sample above the data: the header and what was skipped */
  rowsAbove: number
}

/** Rows compared with the first one. */
const ROWS_COMPARED = 1_000
/** Lines of another shape that may stand above a table: a title, a source, a remark. */
const LINES_ABOVE = 20
/** More rows of names than this are none. */
const HEADER_ROWS = 5
/** Share of numbers (or dates) from which a column of the sample is one of them. */
const TYPED_SHARE = 0.9

/** Which line holds the names, and where the data begins. A line that has numbers, and words where the lines below have
 * numbers, is neither a header nor data (a count and the class names, say): it is skipped. */
export function detectHeader(
  rows: readonly SampleRow[],
  rules: CellRules,
  overrides: Overrides = {},
  firstIsHint = false
): HeaderGuess {
  const guess = guessHeader(rows, rules, firstIsHint)
  const settled = applyOverrides(guess, overrides, rows)
  const rowsAbove = rows.findIndex(({ line }) => line >= settled.firstDataRow)
  return { ...settled, rowsAbove: rowsAbove === -1 ? rows.length : rowsAbove }
}

type Overrides = Pick<DialectOverrides, 'headerRow' | 'headerRows' | 'firstDataRow'>
type Guess = Omit<HeaderGuess, 'rowsAbove'>

function applyOverrides(guess: Guess, overrides: Overrides, rows: readonly SampleRow[]): Guess {
  let { headerRow, headerRows, firstDataRow } = guess
  if (overrides.headerRow === null) {
    firstDataRow = headerRow ?? firstDataRow
    headerRow = null
    headerRows = 1
  } else if (overrides.headerRow !== undefined && overrides.headerRow !== headerRow) {
    headerRow = overrides.headerRow
    headerRows = 1
    firstDataRow = headerRow + 1
  }
  if (headerRow !== null && overrides.headerRows !== undefined && overrides.headerRows !== headerRows) {
    headerRows = overrides.headerRows
    const from = headerRow
    const first = rows.findIndex(({ line }) => line >= from)
    firstDataRow = lineAfter(rows, first === -1 ? rows.length : first + headerRows - 1, headerRow + headerRows)
  }
  if (overrides.firstDataRow !== undefined) {
    firstDataRow = Math.max(overrides.firstDataRow, headerRow === null ? 1 : headerRow + headerRows)
  }
  return { headerRow, headerRows, firstDataRow, evidence: guess.evidence }
}

/** The line after a row, which may go on over several; or the one given where there is no such row. */
function lineAfter(rows: readonly SampleRow[], at: number, otherwise: number): number {
  const row = rows[at]
  if (!row) return otherwise
  const next = rows[at + 1]?.line ?? row.line + 1
  return Math.max(row.line + 1, Math.min(next, row.line + 1 + countBreaks(row.cells)))
}

function guessHeader(rows: readonly SampleRow[], rules: CellRules, firstIsHint: boolean): Guess {
  const usual = mostCommon(rows.map(({ cells }) => cells.length))
  let first = firstIsHint ? 1 : 0
  const skipped: number[] = []
  while (first < Math.min(rows.length - 1, LINES_ABOVE) && !fitsShape(rows, first, usual, rules))
    skipped.push(rows[first++]!.line)
  if (first === LINES_ABOVE) {
    skipped.length = 0
    first = 0
  }
  for (; ; first++) {
    const row = rows[first]
    const evidenceOfNone = { text: 'No line to tell by', certainty: 'none' as const }
    if (!row) return { headerRow: null, headerRows: 1, firstDataRow: 1, evidence: evidenceOfNone }
    const below = rows.slice(first + 1, first + 1 + ROWS_COMPARED).filter(({ cells }) => cells.length === usual)
    const verdict = judge(row, below, usual, rules)
    if (verdict.is === 'neither') {
      skipped.push(row.line)
      continue
    }
    const { evidence } = verdict
    if (skipped.length > 0) {
      const lines = skipped.length === 1 ? `line ${skipped[0]!} is` : `${skipped.length} lines above are`
      evidence.text += `; ${lines} neither names nor data`
      evidence.certainty = 'unsure'
    }
    if (verdict.is === 'data') return { headerRow: null, headerRows: 1, firstDataRow: row.line, evidence }
    const headerRows = countHeaderRows(rows, first, usual, rules)
    if (headerRows > 1) evidence.text = `${headerRows} rows of names; ${evidence.text}`
    const firstDataRow = lineAfter(rows, first + headerRows - 1, row.line + headerRows)
    return { headerRow: row.line, headerRows, firstDataRow, evidence }
  }
}

/** Rows of names below each other: words over columns of numbers that do not stand there again. A single such word may be a
 * slip in the data. */
function countHeaderRows(rows: readonly SampleRow[], first: number, usual: number, rules: CellRules): number {
  let count = 1
  for (; count < HEADER_ROWS; count++) {
    const row = rows[first + count]
    const below = rows.slice(first + count + 1, first + count + 1 + ROWS_COMPARED)
    if (!row || row.cells.length !== usual) return count
    // names that stand there more than once are no data
    const names = row.cells.join('\n')
    const data = below.filter(({ cells }) => cells.length === usual && cells.join('\n') !== names)
    if (data.length < 2) return count
    const typed = Array.from({ length: usual }, (_, i) => isTypedColumn(data, i, rules))
    const nTyped = typed.filter(Boolean).length
    const clashes = row.cells.filter((cell, i) => typed[i] && !isMissing(cell, rules) && !isTyped(cell, rules)).length
    if (row.cells.some((cell) => !isMissing(cell, rules) && isTyped(cell, rules))) return count
    const recurs = row.cells.some((cell, i) => cell.trim() !== '' && data.some((other) => other.cells[i] === cell))
    if (recurs || clashes === 0 || clashes < Math.min(2, nTyped)) return count
  }
  return count
}

/** Whether a line can belong to the table: as many fields as usual; or one less and only names, above a line with
 * numbers (R's way); or names of which only the last differ. */
function fitsShape(rows: readonly SampleRow[], at: number, usual: number, rules: CellRules): boolean {
  const { cells } = rows[at]!
  if (cells.length === usual) return !isTitle(rows, at, usual)
  if (cells.some((cell) => isTyped(cell, rules))) return false
  if (cells.length === usual - 1) return usual > 1 && rows[at + 1]!.cells.some((cell) => isTyped(cell, rules))
  return cells.length > usual && usual > 1
}

/** A title in the first cells of a row filled up with delimiters, or nothing at all: an emptier row than one of names below. */
function isTitle(rows: readonly SampleRow[], at: number, usual: number): boolean {
  const { cells } = rows[at]!
  const present = countPresent(cells)
  if (present === 0) return true
  if (usual < 3 || present > usual / 2 || countPresent(cells.slice(0, present)) < present) return false
  return rows.slice(at + 1, at + 1 + LINES_ABOVE).some((row) => countPresent(row.cells) > Math.max(present, usual / 2))
}

interface Verdict {
  is: 'header' | 'data' | 'neither'
  evidence: Evidence
}

function judge(row: SampleRow, below: readonly SampleRow[], usual: number, rules: CellRules): Verdict {
  const say = (is: Verdict['is'], certainty: Evidence['certainty'], text: string): Verdict => ({
    is,
    evidence: { text, certainty }
  })
  const { cells, line } = row
  // a header without a name over the row names begins at the second column
  const shift = cells.length === usual - 1 ? 1 : 0
  const typed = Array.from({ length: usual }, (_, i) => isTypedColumn(below, i, rules))
  const present = cells.filter((cell) => !isMissing(cell, rules))
  const nTyped = present.filter((cell) => isTyped(cell, rules)).length
  const clashes = cells.filter((cell, i) => typed[i + shift] && !isMissing(cell, rules) && !isTyped(cell, rules)).length
  const names = describeNames(cells)
  if (isGroupRow(cells, below, usual, rules)) return say('header', 'unsure', `${names} over the names below`)
  if (nTyped === 0) {
    if (clashes > 0) return say('header', 'sure', `${names}, no number among them`)
    if (below.length === 0)
      return present.length > 0 ? say('header', 'unsure', names) : say('data', 'unsure', 'One line without a name')
    if (typed.some(Boolean)) return say('data', 'unsure', `Line ${line} names no column of numbers`)
    const recurs = cells.some((cell, i) => cell.trim() !== '' && below.some((other) => other.cells[i + shift] === cell))
    if (recurs) return say('data', 'unsure', `Words of line ${line} stand again below it`)
    return say('header', 'unsure', `${names}; no column of numbers to tell by`)
  }
  if (isNumberHeader(cells, below, rules)) return say('header', 'unsure', 'The names are numbers in even steps')
  const mostlyNames = nTyped === 1 && clashes >= 2
  if (mostlyNames) return say('header', 'unsure', `${names}, one of them a number`)
  if (clashes >= 2 || (clashes > 0 && 2 * clashes >= typed.filter(Boolean).length)) return say('neither', 'unsure', '')
  return say('data', 'sure', `Line ${line} holds numbers, as the lines below do`)
}

/** Groups over the names of a table ("", 2019, 2019, 2020): a row without a name in its corner, above one of names only, above
 * columns of numbers. */
function isGroupRow(cells: readonly string[], below: readonly SampleRow[], usual: number, rules: CellRules): boolean {
  const [names, ...data] = below
  if (cells.length !== usual || cells[0]?.trim() !== '' || !names || data.length < 2) return false
  if (names.cells.some((cell) => isMissing(cell, rules) || isTyped(cell, rules))) return false
  return Array.from({ length: usual }, (_, i) => isTypedColumn(data, i, rules)).filter(Boolean).length >= 2
}

const isMissing = (cell: string, rules: CellRules): boolean => rules.missing.has(cell.trim())

function isTyped(cell: string, rules: CellRules): boolean {
  const reading = readCell(cell, rules)
  return reading.isDate || !(reading.kind === 'text' || reading.kind === 'missing' || reading.kind === 'nonFinite')
}

function isTypedColumn(rows: readonly SampleRow[], i: number, rules: CellRules): boolean {
  let present = 0
  let typed = 0
  for (const { cells } of rows) {
    const cell = cells[i]!
    if (isMissing(cell, rules)) continue
    present++
    if (isTyped(cell, rules)) typed++
  }
  return present > 0 && typed >= TYPED_SHARE * present
}

function describeNames(cells: readonly string[]): string {
  const different = new Set(cells.map((cell) => cell.trim())).size === cells.length
  return `${writeCount(cells.length)} ${different && cells.length > 1 ? 'distinct ' : ''}name${cells.length === 1 ? '' : 's'}`
}

/** Years or a plain count over the columns, behind a first cell that is no number: "country,1990,1991,1992". */
function isNumberHeader(cells: readonly string[], below: readonly SampleRow[], rules: CellRules): boolean {
  const [corner, ...rest] = cells
  if (corner === undefined || isTyped(corner, rules)) return false
  if (isEvenlySpaced(rest, rules)) return !below.slice(0, 5).some((row) => isEvenlySpaced(row.cells.slice(1), rules))
  const years = cells.map((cell) => readCell(cell, rules)).filter(({ kind }) => kind === 'number')
  const areYears = years.every(({ value }) => Number.isInteger(value) && value >= 1800 && value <= 2200)
  const rising = years.every(({ value }, i) => i === 0 || value > years[i - 1]!.value)
  return years.length >= 2 && areYears && rising
}

function isEvenlySpaced(cells: readonly string[], rules: CellRules): boolean {
  if (cells.length < 3) return false
  const values = cells.map((cell) => readCell(cell, rules)).map(({ kind, value }) => (kind === 'number' ? value : NaN))
  const step = values[1]! - values[0]!
  return step > 0 && values.every((value, i) => Number.isInteger(value) && (i === 0 || value - values[i - 1]! === step))
}
