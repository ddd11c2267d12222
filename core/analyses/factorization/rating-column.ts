import { EigendeskError } from '../../contract/errors.ts'
import type { ColumnData, TableView } from '../../contract/table.ts'

/** Reads a column as ratings; missing is NaN. A column of words is accepted where every word is a number.
 * @throws RATING_NOT_NUMERIC | NON_FINITE naming file, line, field and value of the first offending cell */
export function readRatingColumn(table: TableView, column: ColumnData): Float64Array {
  const complain = (code: 'RATING_NOT_NUMERIC' | 'NON_FINITE', row: number, value: string | number): EigendeskError =>
    new EigendeskError(code, { file: table.fileName, line: table.lines[row]!, field: column.name, value })
  if (column.kind === 'number') {
    for (let row = 0; row < table.nRows; row++) {
      const value = column.values[row]!
      if (value === Infinity || value === -Infinity) throw complain('NON_FINITE', row, value)
    }
    return column.values
  }
  const ratings = new Float64Array(table.nRows).fill(NaN)
  for (let row = 0; row < table.nRows; row++) {
    const word = column.kind === 'text' ? column.values[row] : column.dictionary[column.codes[row]!]
    if (word === null || word === undefined) continue
    const value = word.trim() === '' ? NaN : Number(word)
    if (!Number.isFinite(value)) throw complain('RATING_NOT_NUMERIC', row, word)
    ratings[row] = value
  }
  return ratings
}
