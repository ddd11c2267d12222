import type { ColumnData } from '../../contract/table.ts'
import { parseDate } from '../../table/dates.ts'

/** When a word says something was; NaN where it says nothing. */
function readTime(word: string | null | undefined): number {
  if (word === null || word === undefined || word.trim() === '') return NaN
  const number = Number(word)
  return Number.isFinite(number) ? number : parseDate(word)
}

/** Reads a column as moments that can be put in order: numbers as they are, dates as milliseconds since 1970.
 * @returns nRows; NaN where the cell is missing or names no moment, or could name two */
export function readTimes(column: ColumnData, nRows: number): Float64Array {
  if (column.kind === 'number') return column.values
  const times = new Float64Array(nRows).fill(NaN)
  if (column.kind === 'codes') {
    const known = column.dictionary.map(readTime)
    for (let row = 0; row < nRows; row++) times[row] = known[column.codes[row]!] ?? NaN
    return times
  }
  for (let row = 0; row < nRows; row++) times[row] = readTime(column.values[row])
  return times
}
