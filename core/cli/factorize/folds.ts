import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { factorizationSummarySchema, type FactorizationSummary } from '../../analyses/factorization/spec.ts'
import type { ModelsSummary } from '../../analyses/factorization/studies/models/spec.ts'
import { methods, type Method } from '../../analyses/factorization/methods.ts'
import { EigendeskError } from '../../contract/errors.ts'
import type { Printout } from '../command.ts'
import type { Workbench } from '../workbench.ts'
import { compareModels } from './judge.ts'
import { readLayout, type LayoutValues } from './layout.ts'

/** The folds of a folder, u1.base with u1.test and so on, by name. @throws FILE_NOT_FOUND | USAGE where there are none */
export function findFolds(folder: string): { name: string; base: string; test: string }[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    throw new EigendeskError('FILE_NOT_FOUND', { file: folder })
  }
  const folds = names
    .filter((name) => name.endsWith('.base') && names.includes(name.replace(/\.base$/, '.test')))
    .map((name) => basename(name, '.base'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => ({ name, base: join(folder, `${name}.base`), test: join(folder, `${name}.test`) }))
  if (folds.length === 0) {
    throw new EigendeskError('USAGE', {
      reason: `${folder} has no folds: no file NAME.base with a NAME.test beside it.`
    })
  }
  return folds
}

interface FoldOutcome {
  name: string
  summary: FactorizationSummary
  models: ModelsSummary | null
}

const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const meanErrors = (pairs: { rmse: number; mae: number }[]) => ({
  rmse: meanOf(pairs.map(({ rmse }) => rmse)),
  mae: meanOf(pairs.map(({ mae }) => mae))
})

/** Means over the folds of each model that was compared on all of them. */
function meanModels(outcomes: FoldOutcome[]) {
  const first = outcomes[0]?.models?.models ?? []
  return first.map(({ key, method, own }) => {
    const rows = outcomes.map(({ models }) => models!.models.find((model) => model.key === key)!)
    const failed = rows.find((row) => row.failed !== null)?.failed ?? null
    const mean = (figure: (row: (typeof rows)[number]) => number | null | undefined): number | null => {
      const values = rows.map(figure)
      return failed === null && values.every((value) => typeof value === 'number') ? meanOf(values) : null
    }
    const seconds = rows.reduce((sum, row) => sum + row.seconds, 0)
    const { rmse, mae, ndcg } = {
      rmse: mean((r) => r.rmse),
      mae: mean((r) => r.mae),
      ndcg: mean((r) => r.ranking?.ndcg)
    }
    return { key, method, own, rmse, mae, ndcg, seconds, failed }
  })
}

/** `--folds DIR`: fits to each NAME.base, judges on its NAME.test, and says each fold's figures and their means. */
export async function fitFolds(
  bench: Workbench,
  folder: string,
  parameters: Record<string, unknown>,
  layout: LayoutValues,
  compared: Method[] | undefined,
  say: (words: string) => void
): Promise<Pick<Printout, 'entries' | 'words'>> {
  const outcomes: FoldOutcome[] = []
  for (const { name, base, test } of findFolds(folder)) {
    const dataset = await bench.open(base)
    const testDataset = (await bench.open(test)).id
    const asked = { ...readLayout(dataset, layout), ...parameters, testDataset }
    const analysisId = await bench.run(dataset, 'factorization', asked)
    const summary = factorizationSummarySchema.parse((await bench.client.call('analysis.get', { analysisId })).summary)
    for (const note of summary.notes) say(`${name}: ${note}`)
    const models = compared ? await compareModels(bench, analysisId, { methods: compared, folds: 0 }) : null
    outcomes.push({ name, summary, models })
  }
  const tests = outcomes.map(({ summary }) => summary.metrics.test!)
  const rankings = outcomes.flatMap(({ summary }) => summary.ranking?.model.ndcg ?? [])
  const mean = {
    metrics: meanErrors(tests),
    baselines: {
      globalMean: meanErrors(outcomes.map(({ summary }) => summary.baselines.globalMean)),
      bias: meanErrors(outcomes.map(({ summary }) => summary.baselines.bias))
    },
    ndcg: rankings.length === outcomes.length ? meanOf(rankings) : null
  }
  const models = compared ? meanModels(outcomes) : []
  const shown = (value: number | null): string => (value === null ? 'none' : value.toFixed(4))
  return {
    entries: [
      ['method', { json: outcomes[0]!.summary.method }],
      [
        'folds',
        {
          json: outcomes.map(({ name, summary: s, models: table }) => ({
            ...{ name, nTrain: s.nTrain, nTest: s.nTest, coldTest: s.coldTest },
            ...{ metrics: s.metrics, baselines: s.baselines, ranking: s.ranking ?? null, lint: s.lint ?? [] },
            ...{ timings: s.timings, ...(table ? { models: table.models } : {}) }
          }))
        }
      ],
      ['mean', { json: mean }],
      ...(compared ? [['models', { json: models }] as Printout['entries'][number]] : [])
    ],
    words: [
      ...outcomes.map(
        ({ name }, place) => `${name}: RMSE ${shown(tests[place]!.rmse)}, MAE ${shown(tests[place]!.mae)}`
      ),
      `Mean of ${outcomes.length}: RMSE ${shown(mean.metrics.rmse)}, MAE ${shown(mean.metrics.mae)}; bias only RMSE ${shown(mean.baselines.bias.rmse)}, MAE ${shown(mean.baselines.bias.mae)}`,
      ...models.map(
        ({ method, own, rmse, mae, ndcg, seconds, failed }) =>
          `  ${methods[method].title}${own ? ' (as asked)' : ''}: ${failed ?? `RMSE ${shown(rmse)}, MAE ${shown(mae)}, nDCG ${shown(ndcg)}, ${seconds.toFixed(2)} s`}`
      )
    ]
  }
}
