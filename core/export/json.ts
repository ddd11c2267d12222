import type { ExportTable } from '../contract/analysis.ts'

/** Values put together before a piece of text is handed on. */
const VALUES_A_PIECE = 10_000

/** A table as JSON, in pieces: its columns as named arrays of one length, in order.
 *
 *     {"name": "pca-scores", "label": "Scores", "nRows": 2, "columns": [
 *       {"name": "PC1", "type": "number", "values": [0.5, null]},
 *       {"name": "species", "type": "text", "values": ["setosa", "virginica"]}]}
 *
 * A number that is missing (or not finite) is null; numbers have the fewest digits that give the same double again. */
export function* writeJson(table: ExportTable): Generator<string> {
  const { name, label, columns } = table
  const nRows = Math.max(0, ...columns.map(({ values }) => values.length))
  yield `{"name": ${JSON.stringify(name)}, "label": ${JSON.stringify(label)}, "nRows": ${nRows}, "columns": [`
  for (const [i, column] of columns.entries()) {
    const type = typeof column.values[0] === 'string' ? 'text' : 'number'
    yield `${i === 0 ? '' : ','}\n  {"name": ${JSON.stringify(column.name)}, "type": "${type}", "values": [`
    for (let from = 0; from < column.values.length; from += VALUES_A_PIECE) {
      const to = Math.min(column.values.length, from + VALUES_A_PIECE)
      const piece: string[] = []
      for (let row = from; row < to; row++) piece.push(writeValue(column.values[row]!))
      yield `${from === 0 ? '' : ', '}${piece.join(', ')}`
    }
    yield ']}'
  }
  yield '\n]}\n'
}

function writeValue(value: number | string): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
