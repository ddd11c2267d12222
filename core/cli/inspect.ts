import { plainDialect, type Dialect } from '../contract/table.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'

/** `inspect FILE`: what was understood of a table, over the whole file. */
export const inspect: Command = async (words, bench) => {
  const { file, values } = readArguments(words, { json: { type: 'boolean' } })
  const dataset = await bench.open(file)
  return {
    json: values.json === true,
    entries: [
      ['dialect', { json: dataset.source.dialect }],
      ['nRows', { json: dataset.nRows }],
      ['columns', { json: dataset.columns }],
      ['problems', { json: dataset.problems.kept }],
      ['problemCounts', { json: dataset.problems.counts }],
      ['nRowsLeftOut', { json: dataset.nRowsLeftOut }],
      ['ratings', { json: dataset.ratings }]
    ],
    words: [
      `${dataset.source.fileName}: ${dataset.nRows} rows × ${dataset.columns.length} columns`,
      `  ${dataset.source.typed ? `${dataset.source.typed}: types stand in the file` : describeDialect(dataset.source.dialect)}`,
      ...dataset.columns.map((c) => `  ${c.name}: ${c.integer === true ? 'integer' : c.type}, ${c.missing} missing`),
      `${dataset.problems.total} problem${dataset.problems.total === 1 ? '' : 's'}`
    ]
  }
}

/** What a file was read with, as far as it is not as plain as can be. */
function describeDialect(dialect: Dialect): string {
  const { delimiter, quote, encoding, decimal, newline, headerRow } = dialect
  const unusual = (Object.keys(plainDialect) as (keyof typeof plainDialect)[]).filter(
    (part) => JSON.stringify(dialect[part]) !== JSON.stringify(plainDialect[part])
  )
  const parts = { delimiter, quote, encoding, decimal, newline, headerRow }
  const written = [...Object.entries(parts), ...unusual.map((part) => [part, dialect[part]] as const)]
  return written.map(([part, value]) => `${part} ${JSON.stringify(value)}`).join(', ')
}
