import { resolve } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import { choiceOption, given, nameList, readArguments } from './arguments.ts'
import type { Command } from './command.ts'

const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const
const names = Object.keys(delimiters) as (keyof typeof delimiters)[]

/** `convert FILE --out OTHER`: reads a table and writes it in the format that the other file's ending says. */
export const convert: Command = async (words, bench, say) => {
  const { file, values } = readArguments(words, {
    out: { type: 'string' },
    columns: { type: 'string' },
    delimiter: { type: 'string' },
    'decimal-comma': { type: 'boolean' },
    missing: { type: 'string' },
    bom: { type: 'boolean' },
    lf: { type: 'boolean' },
    'quote-all': { type: 'boolean' },
    'without-header': { type: 'boolean' },
    unguarded: { type: 'boolean' },
    metadata: { type: 'boolean' },
    json: { type: 'boolean' }
  })
  const { out } = values
  if (out === undefined) throw new EigendeskError('USAGE', { reason: 'Say where to: --out table.parquet.' })
  const delimiter = choiceOption('delimiter', values.delimiter, names)
  const choices = given({
    delimiter: delimiter && delimiters[delimiter],
    decimal: values['decimal-comma'] ? ',' : undefined,
    missing: choiceOption('missing', values.missing, ['', 'NA']),
    bom: values.bom,
    newline: values.lf ? '\n' : undefined,
    quoting: values['quote-all'] ? 'always' : undefined,
    header: values['without-header'] ? false : undefined,
    guard: values.unguarded ? false : undefined,
    metadata: values.metadata
  })
  const dataset = await bench.open(file)
  const bytes = await bench.writeDataset(dataset, out, choices, nameList(values.columns) ?? null)
  say(`Wrote ${resolve(out)}`)
  return {
    json: values.json === true,
    entries: [
      ['file', { json: resolve(out) }],
      ['bytes', { json: bytes }],
      ['nRows', { json: dataset.nRows }]
    ],
    words: [`${dataset.nRows} rows, ${bytes} bytes`]
  }
}
