import type { DialectOverrides } from '../contract/table.ts'
import { readCell, type CellRules } from './cell.ts'
import { textOfComment } from './comment-text.ts'
import { splitDamagedLine } from './damaged-line.ts'
import type { HeaderGuess } from './header.ts'
import { countOf } from './problems.ts'
import { mostCommon } from './rows.ts'
import type { Comment, SampleRow } from './sample.ts'
import type { ReaderDialect } from './tokenize.ts'

/** The names where the last comment above the data holds them, as programs that write numbers put them: as many words as rows
 * have fields, none of them a number. A header of its own that is sure stays. */
export function nameByComment(
  guess: HeaderGuess,
  { comments, rows, reader }: { comments: readonly Comment[]; rows: readonly SampleRow[]; reader: ReaderDialect },
  rules: CellRules,
  overrides: DialectOverrides
): HeaderGuess {
  if (overrides.headerRow !== undefined || overrides.firstDataRow !== undefined) return guess
  // words with blanks between them are a sentence as easily as names
  const isOpen = guess.headerRow === null || (guess.evidence.certainty === 'unsure' && reader.delimiter !== ' ')
  const firstDataRow = guess.headerRow ?? guess.firstDataRow
  const rowsAbove = rows.findIndex(({ line }) => line >= firstDataRow)
  const first = rows[rowsAbove]
  const last = comments.findLast(({ line }) => first !== undefined && line < first.line)
  if (!isOpen || !first || !last) return guess
  const usual = mostCommon(rows.map(({ cells }) => cells.length))
  const { cells } = splitDamagedLine(textOfComment(last.text, reader.comment ?? ''), reader, usual)
  const names = cells.map((cell) => cell.trim())
  const areNames = names.every((name) => name !== '' && readCell(name, rules).kind === 'text')
  if (cells.length !== usual || usual < 2 || !areNames || new Set(names).size < names.length) return guess
  const text = `${countOf(names.length, 'name')} in the comment on line ${last.line}`
  return {
    headerRow: last.line,
    headerRows: 1,
    firstDataRow: first.line,
    evidence: { text, certainty: 'unsure' },
    rowsAbove
  }
}
