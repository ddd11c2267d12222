import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { stepsSchema, type Step } from '../contract/preparation.ts'
import { EigendeskError, fromSystemError } from '../contract/errors.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import type { Workbench } from './workbench.ts'

/** `prepare FILE --steps steps.json --out file.csv`: carries out steps and writes the table they lead to. */
export const prepare: Command = async (words, bench, say) => {
  const { file, values } = readArguments(words, {
    steps: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' }
  })
  if (values.steps === undefined) throw new EigendeskError('USAGE', { reason: 'Say which steps: --steps steps.json.' })
  const dataset = await prepareDataset(bench, await bench.open(file), values.steps)
  if (values.out !== undefined) {
    await bench.writeDataset(dataset, values.out)
    say(`Wrote ${resolve(values.out)}`)
  }
  const reports = dataset.preparation!.steps.map(({ report }) => report)
  return {
    json: values.json === true,
    entries: [
      ['nRows', { json: dataset.nRows }],
      ['columns', { json: dataset.columns }],
      ['steps', { json: dataset.preparation!.steps }]
    ],
    words: [
      ...reports.map((report, at) => `${at + 1}. ${report.text}.`),
      `${dataset.name}: ${dataset.nRows} rows × ${dataset.columns.length} columns`
    ]
  }
}

/** The dataset that the steps of a file lead to.
 * @throws STEPS_INVALID, and what the step that cannot be done says */
export async function prepareDataset(bench: Workbench, dataset: DatasetInfo, stepsFile: string): Promise<DatasetInfo> {
  return bench.prepare(dataset, readSteps(stepsFile))
}

/** Steps as a JSON file has them: a list, or an object whose "steps" is one.
 * @throws FILE_NOT_FOUND and the like | STEPS_INVALID naming the step */
function readSteps(path: string): Step[] {
  const file = basename(path)
  let text: string
  try {
    text = readFileSync(resolve(path), 'utf8')
  } catch (thrown) {
    throw fromSystemError(thrown, file)
  }
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (thrown) {
    throw new EigendeskError('STEPS_INVALID', { file, reason: thrown instanceof Error ? thrown.message : 'no JSON' })
  }
  const list: unknown = given !== null && typeof given === 'object' && 'steps' in given ? given.steps : given
  const parsed = stepsSchema.min(1, 'there is no step').safeParse(list)
  if (parsed.success) return parsed.data
  const [at, ...rest] = parsed.error.issues[0]!.path
  const reason = [rest.join('.'), parsed.error.issues[0]!.message].filter((part) => part !== '').join(': ')
  throw new EigendeskError('STEPS_INVALID', { file, reason, ...(typeof at === 'number' && { step: at + 1 }) })
}
