import type { ColumnChunk } from '../table/chunks.ts'
import { countChunks, type ExportSource } from './source.ts'

/** Values put together before a piece of text is handed on. */
const VALUES_A_PIECE = 10_000

/** A table as JSON, in pieces: its columns as named arrays of one length, in order; a dataset says where it came from.
 *
 *     {"name": "iris", "label": "iris", "nRows": 2, "provenance": {…}, "columns": [
 *       {"name": "sepal_length", "type": "number", "values": [5.1, null]},
 *       {"name": "species", "type": "category", "values": ["setosa", "virginica"]}]}
 *
 * What is missing (or not finite) is null; numbers have the fewest digits that give the same double again. */
export function* writeJson(source: ExportSource): Generator<string> {
  const { name, label, nRows, columns, provenance } = source
  yield `{"name": ${JSON.stringify(name)}, "label": ${JSON.stringify(label)}, "nRows": ${nRows}, `
  if (provenance) yield `"provenance": ${JSON.stringify(provenance)}, `
  yield '"columns": ['
  for (const [i, column] of columns.entries()) {
    yield `${i === 0 ? '' : ','}\n  {"name": ${JSON.stringify(column.name)}, "type": "${column.type}", "values": [`
    for (let chunk = 0; chunk < countChunks(source); chunk++) {
      const values = writtenValues(source.chunk(i, chunk), column.dictionary)
      for (let from = 0; from < values.length; from += VALUES_A_PIECE) {
        const piece = values.slice(from, from + VALUES_A_PIECE).join(', ')
        yield chunk === 0 && from === 0 ? piece : `, ${piece}`
      }
    }
    yield ']}'
  }
  yield '\n]}\n'
}

function writtenValues(chunk: ColumnChunk, dictionary: readonly string[] | null): string[] {
  if (chunk.kind === 'text') return chunk.values.map((value) => JSON.stringify(value))
  if (chunk.kind === 'number') {
    return Array.from(chunk.values, (value) => (Object.is(value, -0) ? '-0' : JSON.stringify(value)))
  }
  const words = dictionary?.map((word) => JSON.stringify(word)) ?? []
  return Array.from(chunk.codes, (code) => words[code] ?? 'null')
}
