import { resolve } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'

/** `project FILE --model model.json`: places the rows of a table on the components of a model. */
export const project: Command = async (words, bench, say) => {
  const { file, values } = readArguments(words, {
    model: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' }
  })
  if (values.model === undefined) throw new EigendeskError('USAGE', { reason: 'Say which model: --model model.json.' })
  const dataset = await bench.open(file)
  const source = { file: bench.client.grant(resolve(values.model), 'read') }
  const { model, match } = await bench.client.call('model.match', { model: source, datasetId: dataset.id })
  if (match.extra.length > 0) say(`Not in the model: ${match.extra.join(', ')}.`)
  const name = `${dataset.name} projected`
  const { jobId } = await bench.client.call('model.project', { model: source, datasetId: dataset.id, name })
  const { datasetId } = await bench.client.finish(jobId)
  const { datasets } = await bench.client.call('session.get', {})
  const made = datasets.find(({ id }) => id === datasetId)!
  const report = made.preparation!.steps[0]!.report.text
  if (values.out !== undefined) {
    await bench.writeDataset(made, values.out)
    say(`Wrote ${resolve(values.out)}`)
  }
  const added = await addedColumns(made, dataset.columns.length, (column) =>
    bench.client.call('dataset.column', { datasetId: made.id, column })
  )
  const k = added.length - 2
  const scores = new Float64Array(made.nRows * k)
  for (let c = 0; c < k; c++) added[c]!.forEach((value, row) => (scores[row * k + c] = value))
  return {
    json: values.json === true,
    entries: [
      ['model', { json: model.name }],
      ['nRows', { json: made.nRows }],
      ['columns', { json: match.matched }],
      ['extra', { json: match.extra }],
      ['scores', { array: { dtype: 'float64', shape: [made.nRows, k], data: scores } }],
      ['hotellingT2', { numbers: added[k]! }],
      ['qResidual', { numbers: added[k + 1]! }],
      ['notes', { json: [report] }]
    ],
    words: [`${report}.`]
  }
}

/** The columns a projection has added, in order: scores, T², Q. */
async function addedColumns(
  made: DatasetInfo,
  nBefore: number,
  read: (column: string) => Promise<{ kind: string }>
): Promise<Float64Array[]> {
  const columns: Float64Array[] = []
  for (const { name } of made.columns.slice(nBefore)) {
    columns.push(((await read(name)) as { kind: 'number'; values: Float64Array }).values)
  }
  return columns
}
