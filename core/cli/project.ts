import { resolve } from 'node:path'
import { limitsOf } from '../analyses/pca/figures/diagnosis.ts'
import { sampleVariances } from '../analyses/pca/figures/hotelling.ts'
import { componentsWithVariance } from '../analyses/pca/figures/row-measures.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ModelSummary } from '../contract/model-calls.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { readModelHead } from '../engine/model-file.ts'
import { counted } from '../stats/counted.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import type { Printable } from './json-stream.ts'
import { placeFile } from './svd/place.ts'

const LEVEL = 0.95

/** `project FILE --model model.json`: places the rows of a table on the components of a model, with T², Q and cos² and
 * the limits of the fit; on the factors of a truncated SVD with cos². */
export const project: Command = async (words, bench, say) => {
  const { file, values } = readArguments(words, {
    model: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' }
  })
  if (values.model === undefined) throw new EigendeskError('USAGE', { reason: 'Say which model: --model model.json.' })
  if (readModelHead(resolve(values.model))['kind'] === 'svd') {
    return { json: values.json === true, ...(await placeFile(bench, file, values.model, values.out, say)) }
  }
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
  const k = (added.length - 2) / 2
  const joined = (columns: readonly Float64Array[]): Printable => {
    const data = new Float64Array(made.nRows * k)
    columns.forEach((values, c) => values.forEach((value, row) => (data[row * k + c] = value)))
    return { array: { dtype: 'float64', shape: [made.nRows, k], data } }
  }
  const [t2, q] = [added[k]!, added[k + 1]!]
  const limits = limitsOfModel(model.fit, k)
  const beyond = t2.reduce(
    (count, value, row) =>
      count + Number(value > (limits.hotellingT2.limit ?? Infinity) || q[row]! > (limits.qResidual.limit ?? Infinity)),
    0
  )
  const counts = `${counted(beyond, 'row')} beyond a limit of T² or Q at ${100 * LEVEL} %`
  return {
    json: values.json === true,
    entries: [
      ['model', { json: model.name }],
      ['nRows', { json: made.nRows }],
      ['columns', { json: match.matched }],
      ['extra', { json: match.extra }],
      ['scores', joined(added.slice(0, k))],
      ['hotellingT2', { numbers: t2 }],
      ['qResidual', { numbers: q }],
      ['cos2', joined(added.slice(k + 2))],
      ['limits', { json: { ...limits, level: LEVEL } }],
      ['notes', { json: [report] }]
    ],
    words: [`${report}.`, `${counts}.`]
  }
}

/** The limits of T² and Q for rows that come new, from what the model says of its fit; null where there is none. */
function limitsOfModel(fit: ModelSummary['fit'], nComponents: number) {
  const variances = sampleVariances(fit.explainedVariance.slice(0, nComponents), fit.divisor, fit.nSamples)
  const used = componentsWithVariance(variances)
  // Without the residuals of the fitted rows there is no limit where only the first eigenvalues were computed.
  const none = new Float64Array(0)
  const { t2, q } = limitsOf(fit, { cut: nComponents, used, q: none }, fit.spectrum, LEVEL)
  return {
    hotellingT2: { limit: t2.f, limits: t2 },
    qResidual: { limit: q.jacksonMudholkar ?? q.box, limits: q }
  }
}

/** The columns a projection has added, in order: scores, T², Q, cos². */
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
