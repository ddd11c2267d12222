import { extname, join, resolve } from 'node:path'
import type { FactorModelFormat } from '../../contract/carry-calls.ts'
import { EigendeskError } from '../../contract/errors.ts'
import { numberOption } from '../arguments.ts'
import type { Workbench } from '../workbench.ts'
import { writeReport } from '../write-report.ts'

/** What a factorization is carried away as. */
export const carryOptions = {
  'model-out': { type: 'string' },
  script: { type: 'string' },
  report: { type: 'string' },
  recommend: { type: 'string' },
  predict: { type: 'string' }
} as const

type CarryValues = Partial<Record<keyof typeof carryOptions | 'out', string>>

const modelFormats: Record<string, FactorModelFormat> = { '.json': 'json', '.npz': 'npz', '.txt': 'libmf' }

/** Lists longer than this are refused. */
const LONGEST_LIST = 1000

/** What is wrong with the options is said before anything is fitted.
 * @throws USAGE */
export function checkCarry(values: CarryValues): void {
  const usage = (reason: string): EigendeskError => new EigendeskError('USAGE', { reason })
  const model = values['model-out']
  if (model !== undefined && modelFormats[extname(model).toLowerCase()] === undefined) {
    throw usage(`--model-out ${model}: the ending is .json, .npz, or .txt for LIBMF.`)
  }
  if (values.script !== undefined && extname(values.script).toLowerCase() !== '.py') {
    throw usage(`--script ${values.script}: the ending is .py.`)
  }
  const n = numberOption('recommend', values.recommend)
  if (n !== undefined && !(Number.isInteger(n) && n >= 1 && n <= LONGEST_LIST)) {
    throw usage(`--recommend ${values.recommend}: a whole number from 1 to ${LONGEST_LIST}.`)
  }
  for (const name of ['recommend', 'predict'] as const) {
    if (values[name] !== undefined && values.out === undefined)
      throw usage(`--${name} writes into the folder of --out.`)
  }
}

/** Writes the files that were asked for: the model, a script, a report; into the folder of --out lists for all users and predictions
 * for a table of pairs.
 * @param columns that name users and items in the table of pairs, as in that of ratings
 * @param stem of file names */
export async function carryFactors(
  bench: Workbench,
  analysisId: string,
  values: CarryValues,
  columns: { user: string | null; item: string | null },
  stem: string,
  say: (words: string) => void
): Promise<{ unknown: { users: number; items: number } | null }> {
  const { client } = bench
  const write = async (path: string, start: (file: string) => Promise<{ jobId: string }>) => {
    const { jobId } = await start(client.grant(path, 'write'))
    const done = await client.finish(jobId)
    say(`Wrote ${path}`)
    return done
  }
  const writeModel = (path: string, format: FactorModelFormat) =>
    write(resolve(path), (file) => client.call('carry.model', { analysisId, format, file }))
  const model = values['model-out']
  if (model !== undefined) await writeModel(model, modelFormats[extname(model).toLowerCase()]!)
  if (values.script !== undefined) await writeModel(values.script, 'python')
  if (values.report !== undefined) await writeReport(bench, analysisId, values.report, say)
  const folder = resolve(values.out ?? '.')
  const n = numberOption('recommend', values.recommend)
  if (n !== undefined) {
    for (const format of ['csv', 'json'] as const) {
      await write(join(folder, `${stem}-recommendations.${format}`), (file) =>
        client.call('carry.recommendations', { analysisId, users: 'all', n, format, file })
      )
    }
  }
  if (values.predict === undefined) return { unknown: null }
  const { user, item } = columns
  if (user === null || item === null) {
    throw new EigendeskError('USAGE', { reason: '--predict needs ratings with a column of users and one of items.' })
  }
  const { id: datasetId } = await bench.open(values.predict)
  const done = await write(join(folder, `${stem}-predictions.csv`), (file) =>
    client.call('carry.predictions', { analysisId, datasetId, user, item, format: 'csv', file })
  )
  return { unknown: done.unknown ?? null }
}
