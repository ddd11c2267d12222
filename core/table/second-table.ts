import type { DialectOverrides, Evidence } from '../contract/table.ts'
import { readCell, type CellRules } from './cell.ts'
import { detectHeader } from './header.ts'
import { shorten, writeCount } from './problems.ts'
import { mostCommon } from './rows.ts'
import { countBreaks, countPresent, type SampleRow } from './sample.ts'

/** Rows a second table has at least, and the share of them that must have its length. */
const ROWS_WANTED = 2
const SHARE_ALIKE = 0.9
/** Columns of numbers from which a row of words in their midst is no slip. */
const CLASHES_WANTED = 3
const ROWS_COMPARED = 200

const noSecondTable: Evidence = { text: 'No second table below', certainty: 'none' }

/** The rows of the first table, and where it ends. A row that stands twice is only a header where numbers below it say so. */
export function partTables(
  rows: readonly SampleRow[],
  rules: CellRules,
  overrides: DialectOverrides,
  firstIsHint: boolean
): { rows: readonly SampleRow[]; lastDataRow: number | null; evidence: Evidence } {
  const { headerRow, firstDataRow } = detectHeader(rows, rules, overrides, firstIsHint)
  const usual = mostCommon(rows.map(({ cells }) => cells.length))
  const first = rows.findIndex(({ line }) => line >= (headerRow ?? firstDataRow))
  const second = detectSecondTable(rows.slice(first + 1), rows[first]?.cells ?? null, usual, rules)
  const { value, evidence } = second
  const given = overrides.lastDataRow
  if (given !== undefined) {
    return { rows: given === null ? rows : rows.filter(({ line }) => line <= given), lastDataRow: given, evidence }
  }
  const whole = { rows, lastDataRow: null, evidence: noSecondTable }
  if (value === null) return whole
  const own = rows.filter(({ line }) => line <= value)
  const again = detectHeader(own, rules, overrides, firstIsHint)
  if (headerRow === null && (again.headerRow === null || again.evidence.certainty !== 'sure')) return whole
  return { rows: own, lastDataRow: value, evidence }
}

/** The line of the last row of the first table where another one begins below it: its names again, or other names, over rows
 * of their own. null where there is one table.
 * @param rows rows below the header
 * @param names cells of the header; null where there is none
 * @param usual fields of a row of data */
function detectSecondTable(
  rows: readonly SampleRow[],
  names: readonly string[] | null,
  usual: number,
  rules: CellRules
): { value: number | null; evidence: Evidence } {
  const none = { value: null, evidence: noSecondTable }
  if (usual < 2) return none
  const isAgain = (row: SampleRow): boolean => names !== null && repeats(row.cells, names)
  // names that stand below each other are one header
  const from = Math.max(1, rows.findIndex((row) => !isAgain(row)) + 1)
  for (let at = from; at + ROWS_WANTED < rows.length; at++) {
    if (!isAgain(rows[at]!) && !isOtherHeader(rows, at, usual, rules)) continue
    let end = at
    while (end > 1 && countPresent(rows[end - 1]!.cells) <= 1) end--
    const last = rows[end - 1]!
    const words = shorten(rows[at]!.cells.filter((cell) => cell.trim() !== '').join(', '))
    const text = `A second table on line ${writeCount(rows[at]!.line)}: ${words}`
    return { value: last.line + countBreaks(last.cells), evidence: { text, certainty: 'unsure' } }
  }
  return none
}

/** Whether a row has the names of the header again: as many of the first ones as both have, one more or less. */
function repeats(cells: readonly string[], names: readonly string[]): boolean {
  const both = Math.min(cells.length, names.length)
  if (both < 2 || Math.abs(cells.length - names.length) > 1) return false
  const own = names.slice(0, both)
  return countPresent(own) > both / 2 && own.every((name, i) => name === cells[i])
}

/** Whether a row names the columns of rows that are not those above it: only words, over a column of numbers at least, behind an
 * empty line, or over rows of another length, or under several columns of numbers. */
function isOtherHeader(rows: readonly SampleRow[], at: number, usual: number, rules: CellRules): boolean {
  const { cells } = rows[at]!
  if (cells.length < 2 || !areNames(cells, rules)) return false
  if (cells.length === usual && !standsApart(rows, at) && countClashes(rows, at, rules) < CLASHES_WANTED) return false
  // what stands at the end of the sample may be cut: rows of one length from here on, or up to the next gap
  const below = rows.slice(at + 1, at + 1 + ROWS_COMPARED)
  const gap = below.findIndex((_, i) => i > 0 && standsApart(below, i))
  const own = gap === -1 ? below : below.slice(0, gap)
  const alike = own.filter((row) => row.cells.length === cells.length)
  if (alike.length < ROWS_WANTED || alike.length < SHARE_ALIKE * own.length) return false
  const clashes = cells.filter((_, i) => alike.every((row) => isTyped(row.cells[i]!, rules)))
  return clashes.length > 0
}

/** Columns of numbers or dates above a row of words. */
function countClashes(rows: readonly SampleRow[], at: number, rules: CellRules): number {
  const { cells } = rows[at]!
  const above = rows.slice(Math.max(0, at - ROWS_COMPARED), at).filter((row) => row.cells.length === cells.length)
  if (above.length < ROWS_WANTED) return 0
  return cells.filter((_, i) => {
    const own = above.filter((row) => !rules.missing.has(row.cells[i]!.trim()))
    const typed = own.filter((row) => isTyped(row.cells[i]!, rules)).length
    return own.length > 0 && typed >= SHARE_ALIKE * own.length
  }).length
}

/** Whether an empty line, or a title of one cell, stands above a row. */
function standsApart(rows: readonly SampleRow[], at: number): boolean {
  const before = rows[at - 1]!
  if (countPresent(before.cells) <= 1) return true
  return rows[at]!.line > before.line + 1 + countBreaks(before.cells)
}

function areNames(cells: readonly string[], rules: CellRules): boolean {
  const words = cells.map((cell) => cell.trim())
  return (
    new Set(words).size === words.length && words.every((word) => !rules.missing.has(word) && !isTyped(word, rules))
  )
}

function isTyped(text: string, rules: CellRules): boolean {
  const { kind, isDate } = readCell(text, rules)
  return isDate || kind === 'number' || kind === 'paddedInteger' || kind === 'tooLarge'
}
