import { canAdapt, methods, methodSchema, type Method } from '../../analyses/factorization/methods.ts'
import { modelsSummarySchema, type ModelsSummary } from '../../analyses/factorization/studies/models/spec.ts'
import { stabilityRows } from '../../analyses/factorization/figures/stability-words.ts'
import { stabilitySummarySchema, type StabilitySummary } from '../../analyses/factorization/studies/stability/spec.ts'
import { searchParamsSchema, searchSummarySchema } from '../../analyses/factorization/studies/search/spec.ts'
import { counted } from '../../stats/counted.ts'
import { choiceOption, given, nameList, numberOption } from '../arguments.ts'
import type { Printout } from '../command.ts'
import type { Workbench } from '../workbench.ts'

export const judgeOptions = {
  cv: { type: 'string' },
  compare: { type: 'string' },
  search: { type: 'string' },
  fits: { type: 'string' },
  stability: { type: 'string' },
  seconds: { type: 'string' }
} as const

export type JudgeValues = Partial<Record<keyof typeof judgeOptions, string | undefined>>

/** What is to be compared: `--compare als,svdpp`. @throws USAGE naming the methods there are */
export const readMethods = (text: string | undefined): Method[] | undefined =>
  nameList(text)?.map((name) => choiceOption('compare', name, methodSchema.options)!)

/** The table of models of a result: on its own split, or on folds of its ratings. */
export async function compareModels(
  bench: Workbench,
  analysisId: string,
  asked: { methods: Method[]; folds?: number | undefined }
): Promise<ModelsSummary> {
  const { summary } = await bench.study(analysisId, 'models', given(asked))
  return modelsSummarySchema.parse(summary)
}

/** `--cv K`, `--compare als,svdpp`: every model on the same test ratings; `--search random --fits N`: better parameters; `--stability S`:
 * the same method from S further seeds.
 * @throws USAGE | INVALID_PARAMETER */
export async function judge(
  bench: Workbench,
  analysisId: string,
  values: JudgeValues
): Promise<Pick<Printout, 'entries' | 'words'>> {
  const entries: Printout['entries'] = []
  const words: string[] = []
  const compared = readMethods(values.compare)
  if (values.cv !== undefined || compared !== undefined) {
    const folds = numberOption('cv', values.cv)
    const table = await compareModels(bench, analysisId, { methods: compared ?? [], folds })
    entries.push(['comparison', { json: table }])
    words.push(...wordsOfTable(table))
  }
  const kind = choiceOption('search', values.search, searchParamsSchema.shape.kind.options)
  if (kind !== undefined) {
    const asked = { kind, fits: numberOption('fits', values.fits), seconds: numberOption('seconds', values.seconds) }
    const found = searchSummarySchema.parse((await bench.study(analysisId, 'search', given(asked))).summary)
    entries.push(['search', { json: found }])
    const best = found.best === null ? undefined : found.trials[found.best]
    if (best) {
      const { params } = await bench.client.call('analysis.get', { analysisId })
      const adapted = params['adaptRegularization'] === true && canAdapt(found.method)
      const how = adapted ? ' (λ adapted: again with --adapt yes)' : ''
      const figures = `${JSON.stringify(best.params)}, ${best.score!.toFixed(4)}`
      words.push(`Best of ${found.trials.length} trials: ${figures}${how}`)
    }
  }
  const seeds = numberOption('stability', values.stability)
  if (seeds !== undefined) {
    const stable = stabilitySummarySchema.parse((await bench.study(analysisId, 'stability', { seeds })).summary)
    entries.push(['stability', { json: stable }])
    words.push(...wordsOfStability(stable))
  }
  return { entries, words }
}

function wordsOfStability(summary: StabilitySummary): string[] {
  if (summary.seeds.length === 0) return summary.notes
  const rows = stabilityRows(summary).map(([name, figure]) => `  ${name}: ${figure}`)
  return [`The same from ${counted(summary.seeds.length, 'further seed')}:`, ...rows]
}

/** One line a model. */
function wordsOfTable({ models, nFolds }: ModelsSummary): string[] {
  const on = nFolds === 0 ? 'the held-out ratings' : `${nFolds} folds`
  const lines = models.map(({ method, own, rmse, mae, againstBias, ranking, seconds, failed }) => {
    const name = `${methods[method].title}${own ? ' (as asked)' : ''}`
    if (failed !== null) return `  ${name}: ${failed}`
    const interval = againstBias?.rmse
    const errors = rmse === null ? [] : [`RMSE ${rmse.toFixed(4)}`, `MAE ${mae!.toFixed(4)}`]
    const against = interval
      ? [`against bias ${interval.difference.toFixed(4)} (${interval.low.toFixed(4)} … ${interval.high.toFixed(4)})`]
      : []
    const lists = ranking ? [`nDCG@${ranking.k} ${ranking.ndcg.toFixed(4)}`] : []
    return `  ${name}: ${[...errors, ...against, ...lists, `${seconds.toFixed(2)} s`].join(', ')}`
  })
  return [`Models on ${on}:`, ...lines]
}
