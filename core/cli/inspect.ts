import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'

/** `inspect FILE`: what was understood of a table, over the whole file. */
export const inspect: Command = async (words, bench) => {
  const { file, values } = readArguments(words, { json: { type: 'boolean' } })
  const dataset = await bench.open(file)
  const { delimiter, quote, encoding, decimal, newline, headerRow } = dataset.source.dialect
  return {
    json: values.json === true,
    entries: [
      ['dialect', { json: { delimiter, quote, encoding, decimal, newline, headerRow } }],
      ['nRows', { json: dataset.nRows }],
      ['columns', { json: dataset.columns }],
      ['problems', { json: dataset.problems.kept }],
      ['problemCounts', { json: dataset.problems.counts }],
      ['nRowsLeftOut', { json: dataset.nRowsLeftOut }],
      ['ratings', { json: dataset.ratings }]
    ],
    words: [
      `${dataset.source.fileName}: ${dataset.nRows} rows × ${dataset.columns.length} columns`,
      ...dataset.columns.map((c) => `  ${c.name}: ${c.type}, ${c.missing} missing`),
      `${dataset.problems.total} problem${dataset.problems.total === 1 ? '' : 's'}`
    ]
  }
}
