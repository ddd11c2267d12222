import { EigendeskError } from '../contract/errors.ts'
import { plainExport, type ExportChoices } from '../contract/export.ts'
import type { ColumnChunk } from '../table/chunks.ts'
import { addGuard } from '../table/formula-guard.ts'
import { countChunks, rowsOfChunk, type ExportSource } from './source.ts'

/** Rows put together before a piece of text is handed on. */
const ROWS_A_PIECE = 1_000

/** A table as delimited text (RFC 4180), in pieces, so that a long table is never one string. Numbers have the fewest
 * digits that give the same double again. A text a spreadsheet would run as a formula gets an apostrophe in front and is
 * quoted, as OWASP recommends against CSV injection, unless choices.guard says otherwise; numbers stay bare, those that
 * stand in a text too.
 * @throws INVALID_PARAMETER where the delimiter is the decimal sign */
export function* writeCsv(source: ExportSource, choices: ExportChoices = plainExport): Generator<string> {
  const { columns } = source
  const { delimiter, newline } = choices
  if (delimiter === choices.decimal) {
    throw new EigendeskError('INVALID_PARAMETER', {
      field: 'Decimal sign',
      reason: 'must differ from the delimiter',
      limit: 'a semicolon or a tab between the cells, where decimals have a comma'
    })
  }
  const text = textWriter(choices)
  if (choices.bom) yield '\uFEFF'
  if (choices.header) yield `${columns.map(({ name }) => text(name)).join(delimiter)}${newline}`
  const words = columns.map(({ dictionary }) => dictionary?.map(text) ?? null)
  for (let chunk = 0; chunk < countChunks(source); chunk++) {
    const cells = columns.map((_, i) => cellWriter(source.chunk(i, chunk), words[i]!, choices, text))
    const nRows = rowsOfChunk(source, chunk)
    for (let from = 0; from < nRows; from += ROWS_A_PIECE) {
      let piece = ''
      for (let row = from; row < Math.min(nRows, from + ROWS_A_PIECE); row++) {
        let line = cells[0]?.(row) ?? ''
        for (let i = 1; i < cells.length; i++) line += delimiter + cells[i]!(row)
        // an empty line would be no row
        piece += (line === '' ? '""' : line) + newline
      }
      yield piece
    }
  }
}

type TextWriter = (text: string) => string

function textWriter({ delimiter, decimal, guard, quoting }: ExportChoices): TextWriter {
  const special = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`)
  return (text) => {
    const written = guard ? addGuard(text, decimal) : text
    const quote = quoting === 'always' || written !== text || special.test(written)
    return quote ? `"${written.replaceAll('"', '""')}"` : written
  }
}

/** The cells of one chunk of a column, each as it stands in the file. */
function cellWriter(
  chunk: ColumnChunk,
  words: readonly string[] | null,
  { decimal, quoting, missing }: ExportChoices,
  text: TextWriter
): (row: number) => string {
  const nothing = quoting === 'always' ? `"${missing}"` : missing
  if (chunk.kind === 'text') {
    const { values } = chunk
    return (row) => {
      const value = values[row]
      return value === null || value === undefined ? nothing : text(value)
    }
  }
  if (chunk.kind === 'codes') {
    const { codes } = chunk
    const written = words ?? []
    return (row) => written[codes[row]!] ?? nothing
  }
  const { values } = chunk
  const number = (value: number): string => {
    const plain = Object.is(value, -0) ? '-0' : String(value)
    return decimal === ',' ? plain.replace('.', ',') : plain
  }
  return (row) => {
    const value = values[row]!
    if (Number.isNaN(value)) return nothing
    return quoting === 'always' ? `"${number(value)}"` : number(value)
  }
}
