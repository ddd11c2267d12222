import type { ColumnFilter, RowFilter } from '../contract/looking.ts'
import { parseDate } from './dates.ts'
import { readNumbers, readWords, type StoredColumn } from './stored-column.ts'

/** The rows that fulfil every filter, ascending.
 * @param columns those the filters name, by name
 * @throws RangeError where a filter names a column that is not among them */
export function filterRows(
  nRows: number,
  filters: readonly RowFilter[],
  columns: ReadonlyMap<string, StoredColumn>,
  checkpoint: () => void
): Int32Array {
  let rows = firstRows(nRows, filters)
  for (const filter of filters) {
    if (filter.kind === 'rows') continue
    checkpoint()
    const column = columns.get(filter.column)
    if (!column) throw new RangeError(`no column ${filter.column} to filter by`)
    const fits = testOf(filter, column)
    rows = rows.filter(fits)
  }
  return rows
}

/** What the filters of chosen rows have in common; without one, every row. */
function firstRows(nRows: number, filters: readonly RowFilter[]): Int32Array {
  const chosen = filters.flatMap((filter) => (filter.kind === 'rows' ? [filter.rows] : []))
  if (chosen.length === 0) return Int32Array.from({ length: nRows }, (_, row) => row)
  const times = new Uint8Array(nRows)
  for (const rows of chosen) for (const row of new Set(rows)) if (row >= 0 && row < nRows) times[row]!++
  return Int32Array.from({ length: nRows }, (_, row) => row).filter((row) => times[row] === chosen.length)
}

type Test = (row: number) => boolean

function testOf(filter: ColumnFilter, column: StoredColumn): Test {
  if (column.kind === 'number') {
    const values = readNumbers(column)
    const fits = testOfNumbers(filter, column.decimals)
    return (row) => fits(values[row]!)
  }
  const { codes, texts } = readWords(column)
  const fits = testOfTexts(filter, column)
  // each different text is looked at once
  const verdicts = Uint8Array.from(texts, (text) => Number(fits(text)))
  const ofMissing = fits(null)
  return (row) => (codes[row]! < 0 ? ofMissing : verdicts[codes[row]!] === 1)
}

function testOfNumbers(filter: ColumnFilter, decimals: number | null): (value: number) => boolean {
  switch (filter.kind) {
    case 'missing':
      return (value) => Number.isNaN(value) !== filter.present
    case 'range': {
      const [from, to] = [filter.from ?? -Infinity, filter.to ?? Infinity].map(Number) as [number, number]
      return (value) => value >= from && value <= to
    }
    case 'values': {
      const wanted = new Set(filter.values.map(Number))
      return (value) => (Number.isNaN(value) ? filter.missing : wanted.has(value))
    }
    case 'text': {
      const fits = testOfText({ ...filter, text: filter.text.replaceAll('−', '-') })
      return (value) => !Number.isNaN(value) && fits(writeNumber(value, decimals))
    }
  }
}

/** A number as its cell shows it, with a plain minus (renderer/ui/format.ts, formatCell). */
function writeNumber(value: number, decimals: number | null): string {
  return decimals !== null && decimals <= 12 && Math.abs(value) < 1e15 ? value.toFixed(decimals) : String(value)
}

function testOfTexts(filter: ColumnFilter, column: StoredColumn): (text: string | null) => boolean {
  switch (filter.kind) {
    case 'missing':
      return (text) => (text === null) !== filter.present
    case 'range': {
      const moment = (bound: string | number): number =>
        typeof bound === 'number' ? bound : parseDate(bound, column.dateOrder)
      const from = filter.from === null ? -Infinity : moment(filter.from)
      const to = filter.to === null ? Infinity : moment(filter.to)
      return (text) => {
        const value = text === null ? NaN : column.type === 'date' ? parseDate(text, column.dateOrder) : Number(text)
        return value >= from && value <= to
      }
    }
    case 'values': {
      const wanted = new Set(filter.values)
      return (text) => (text === null ? filter.missing : wanted.has(text))
    }
    case 'text': {
      const fits = testOfText(filter)
      return (text) => text !== null && fits(text)
    }
  }
}

function testOfText({ test, text }: Extract<ColumnFilter, { kind: 'text' }>): (value: string) => boolean {
  const wanted = text.toLowerCase()
  if (test === 'equals') return (value) => value.toLowerCase() === wanted
  if (test === 'begins') return (value) => value.toLowerCase().startsWith(wanted)
  return (value) => value.toLowerCase().includes(wanted)
}

/** Marks the rows in which a text stands, without regard to case, by the position of the column where none was marked before.
 * @param marks by row; −1 where nothing was found yet */
export function findText(column: StoredColumn, text: string, position: number, marks: Int32Array): void {
  const fits = testOf({ kind: 'text', column: column.name, test: 'contains', text }, column)
  for (let row = 0; row < marks.length; row++) if (marks[row]! < 0 && fits(row)) marks[row] = position
}
