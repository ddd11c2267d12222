import type { ExportTable } from '../contract/analysis.ts'

/** Rows put together before a piece of text is handed on. */
const ROWS_A_PIECE = 1_000

/** A table as CSV (RFC 4180: comma, double quotes, CRLF), in pieces, so that a long table is never one string. Numbers
 * have the fewest digits that give the same double again; a missing number is an empty field. A text a spreadsheet would
 * run as a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe in front and is quoted, as
 * OWASP recommends against CSV injection; numbers stay bare, those that stand in a text too. */
export function* writeCsv(table: ExportTable): Generator<string> {
  const { columns } = table
  yield `${columns.map(({ name }) => writeText(name)).join(',')}\r\n`
  const nRows = Math.max(0, ...columns.map(({ values }) => values.length))
  const writers = columns.map(
    ({ values }) =>
      (row: number) =>
        writeCell(values[row])
  )
  for (let from = 0; from < nRows; from += ROWS_A_PIECE) {
    let piece = ''
    for (let row = from; row < Math.min(nRows, from + ROWS_A_PIECE); row++) {
      const line = writers.map((write) => write(row)).join(',')
      // an empty line would be no row
      piece += `${line === '' ? '""' : line}\r\n`
    }
    yield piece
  }
}

function writeCell(value: number | string | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? writeText(value) : writeNumber(value)
}

function writeNumber(value: number): string {
  if (Number.isNaN(value)) return ''
  return Object.is(value, -0) ? '-0' : String(value)
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function writeText(text: string): string {
  if (/^[=+\-@\t\r]/.test(text) && !plainNumber.test(text)) return `"'${text.replaceAll('"', '""')}"`
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
