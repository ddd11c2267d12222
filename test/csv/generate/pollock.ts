import { makeCatalogue } from './catalogue.ts'
import type { CleanTable } from './goods.ts'

/** The files of the benchmark Pollock: one clean table and 2,289 versions of it, each polluted in one way (Vitagliano, Hameed,
 * Jiang, Reisener, Wu, Naumann, "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023; HPI-Information-Systems/Pollock).
 * Which versions there are, what is right of each and what it weighs is theirs; the table is ours, of the same shape. */
export interface PollockFile {
  name: string
  /** files polluted alike, in different places */
  group: string
  /** how often the pollution was met in the 3,712 files of their survey */
  weight: number
  bytes: Uint8Array
  /** the cells as they are meant, the header first where there is one */
  clean: string[][]
}

interface Cell {
  text: string
  quoted: boolean
  /** a quote that is not escaped, in front of the text */
  stray: boolean
}

/** A line before it is written. separators[i] stands before cell i; none before the first. */
interface Line {
  cells: Cell[]
  separators: string[]
  end: string
}

interface Signs {
  delimiter: string
  quote: string
  escape: string
  end: string
}

const usual: Signs = { delimiter: ',', quote: '"', escape: '"', end: '\r\n' }

const needsQuotes = (text: string): boolean => text.includes(',') || text.includes('"')

function lineOf(texts: readonly string[], { delimiter, end }: Signs): Line {
  const cells = texts.map((text) => ({ text, quoted: needsQuotes(text), stray: false }))
  return { cells, separators: texts.map((_, i) => (i === 0 ? '' : delimiter)), end }
}

function write(lines: readonly Line[], { quote, escape }: Signs): Uint8Array {
  const written = lines.map(({ cells, separators, end }) => {
    const fields = cells.map(({ text, quoted, stray }, i) => {
      // a change of the quote leaves those inside the texts as they are
      const inner = (stray ? '"' : '') + text.replaceAll('"', `${escape}"`)
      return separators[i]! + (quoted ? quote + inner + quote : inner)
    })
    return fields.join('') + end
  })
  return new TextEncoder().encode(written.join(''))
}

interface Draft {
  table: CleanTable
  lines: Line[]
  signs: Signs
}

/** All files, in an order that does not change. */
export function pollockFiles(): PollockFile[] {
  const table = makeCatalogue(83)
  return [...wholeFiles(table), ...rowFiles(table)]
}

function draftOf(table: CleanTable, part: Partial<Signs> = {}): Draft {
  const signs = { ...usual, ...part }
  return { table, signs, lines: [table.header, ...table.rows].map((row) => lineOf(row, signs)) }
}

function finish(
  name: string,
  weight: number,
  { lines, signs, table }: Draft,
  clean: string[][] = [table.header, ...table.rows],
  group = name
): PollockFile {
  return { name: `${name}.csv`, group, weight, bytes: write(lines, signs), clean }
}

function wholeFiles(table: CleanTable): PollockFile[] {
  const all = [table.header, ...table.rows]
  const changed = (change: (lines: Line[]) => Line[]): Draft => {
    const draft = draftOf(table)
    return { ...draft, lines: change(draft.lines) }
  }
  const endingWith = (end: string): Draft =>
    changed((lines) => lines.map((line, i) => (i === lines.length - 1 ? { ...line, end } : line)))
  const above = (texts: readonly string[]): Line => lineOf(texts, usual)
  const again = (n: number): string[] => table.header.map((name) => Array.from({ length: n }, () => name).join(' '))
  const second = (fit: (row: readonly string[]) => string[]): Draft =>
    changed((lines) => [...lines, ...all.slice(0, 83).map((row) => lineOf(fit(row), usual))])
  const empty = table.header.map(() => '')
  const preamble = [above(['PREAMBLE', ...empty.slice(1)]), above(empty)]
  const header = changed(([first]) => [first!])
  return [
    finish('source', 1, draftOf(table)),
    finish('file_no_payload', 15, { ...draftOf(table), lines: [] }, []),
    finish('file_no_trailing_newline', 184, endingWith('')),
    finish('file_double_trailing_newline', 5, endingWith('\r\n\r\n')),
    finish('file_no_header', 470, changed((lines) => lines.slice(1)), table.rows), // prettier-ignore
    finish('file_header_multirow_2', 47, changed((lines) => [lines[0]!, ...lines]), [again(2), ...table.rows]), // prettier-ignore
    finish('file_header_multirow_3', 47, changed((lines) => [lines[0]!, lines[0]!, ...lines]), [again(3), ...table.rows]), // prettier-ignore
    finish('file_preamble', 282, changed((lines) => [...preamble, ...lines])), // prettier-ignore
    finish('file_multitable_less', 188 / 3, second((row) => row.slice(0, -1))), // prettier-ignore
    finish('file_multitable_same', 188 / 3, second((row) => [...row])), // prettier-ignore
    finish('file_multitable_more', 188 / 3, second((row) => [...row, row === table.header ? 'col1' : ''])), // prettier-ignore
    finish('file_header_only', 3, header, [table.header]),
    finish('file_one_data_row', 4, changed((lines) => lines.slice(0, 2)), all.slice(0, 2)), // prettier-ignore
    finish('file_record_delimiter_0xA', 1691, draftOf(table, { end: '\n' })),
    finish('file_record_delimiter_0xD', 7, draftOf(table, { end: '\r' })),
    finish('file_field_delimiter_0x3B', 834, draftOf(table, { delimiter: ';' })),
    finish('file_field_delimiter_0x9', 4, draftOf(table, { delimiter: '\t' })),
    finish('file_field_delimiter_0x2C_0x20', 101, draftOf(table, { delimiter: ', ' })),
    finish('file_field_delimiter_0x20', 4, draftOf(table, { delimiter: ' ' })),
    finish('file_quotation_char_0x27', 11, draftOf(table, { quote: "'" })),
    finish('file_escape_char_0x5C', 1, draftOf(table, { escape: '\\' })),
    finish('file_escape_char_0x00', 7, draftOf(table, { escape: '' }))
  ]
}

const WEIGHT_OF_SEPARATOR = 0.36775106082036774
const WEIGHT_OF_QUOTE = 1 / 108
const WEIGHT_OF_BLANKS = 1 / 7

/** One row polluted: each row, and in it each field. */
function rowFiles(table: CleanTable): PollockFile[] {
  const files: PollockFile[] = []
  const width = table.header.length
  const add = (
    group: string,
    name: string,
    weight: number,
    at: number,
    change: (line: Line) => Line,
    clean?: string[][]
  ) => {
    // prettier-ignore
    const draft = draftOf(table)
    draft.lines[at] = change(draft.lines[at]!)
    files.push(finish(name, weight, draft, clean, group))
  }
  for (let row = 0; row <= table.rows.length; row++) {
    for (let col = 0; col < width; col++) {
      const place = `row${row}_col${col}`
      const separated = (by: (separator: string) => string) => (line: Line) => ({
        ...line,
        separators: line.separators.map((old, i) => (i === col ? by(old) : old))
      })
      add('row_more_sep', `row_more_sep_${place}`, WEIGHT_OF_SEPARATOR, row, separated((old) => old + ',')) // prettier-ignore
      if (col > 0) add('row_less_sep', `row_less_sep_${place}`, WEIGHT_OF_SEPARATOR, row, separated(() => '')) // prettier-ignore
      const strayed = (line: Line): Line => ({
        ...line,
        cells: line.cells.map((cell, i) => (i === col ? { ...cell, stray: true } : cell))
      })
      const clean = [table.header, ...table.rows].map((cells, i) =>
        i === row ? cells.map((cell, j) => (j === col ? `"${cell}` : cell)) : cells
      )
      add('row_extra_quote', `row_extra_quote${row}_col${col}`, WEIGHT_OF_QUOTE, row, strayed, clean)
    }
    const blanks = (line: Line): Line => ({ ...line, separators: line.separators.map((old) => old && ' ') })
    add('row_field_delimiter', `row_field_delimiter_${row}_0x20`, WEIGHT_OF_BLANKS, row, blanks)
  }
  return files
}
