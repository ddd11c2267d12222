import { comparePaired, errorOf, type UserErrors } from '../../judging/paired-interval.ts'
import type { Ranking } from '../../judgement.ts'
import { readParams, type Candidate } from './candidates.ts'
import type { Judged } from './judge-model.ts'
import type { ComparedModel, ModelsSummary } from './spec.ts'

/** The errors of all folds together. */
function poolErrors(folds: Judged[]): UserErrors | null {
  const known = folds.flatMap(({ errors }) => (errors ? [errors] : []))
  if (known.length === 0 || known.length < folds.length) return null
  const add = (pick: (errors: UserErrors) => Float64Array): Float64Array =>
    known.map(pick).reduce((sums, values) => sums.map((sum, u) => sum + values[u]!))
  return { counts: add((e) => e.counts), squares: add((e) => e.squares), absolutes: add((e) => e.absolutes) }
}

/** Means of the folds; the number of users is that of the first. */
function meanRanking(folds: Judged[]): Ranking | null {
  const known = folds.flatMap(({ ranking }) => (ranking ? [ranking] : []))
  const [first] = known
  if (!first || known.length < folds.length) return null
  const mean = (name: keyof Ranking): number => known.reduce((sum, ranking) => sum + ranking[name], 0) / known.length
  const names = (Object.keys(first) as (keyof Ranking)[]).filter((name) => name !== 'k' && name !== 'nUsers')
  return { ...first, ...Object.fromEntries(names.map((name) => [name, mean(name)])) }
}

/** The row of the smallest or largest figure; null where no row has one. */
function bestOf(models: ComparedModel[], figure: (model: ComparedModel) => number | null): string | null {
  let best: { key: string; value: number } | null = null
  for (const model of models) {
    const value = figure(model)
    if (value !== null && (best === null || value < best.value)) best = { key: model.key, value }
  }
  return best?.key ?? null
}

/** What is shown of models that were judged on the same test ratings.
 * @param judged by candidate, its folds; a text says why it could not be fitted */
export function tableOfModels(
  candidates: readonly Candidate[],
  judged: readonly (Judged | string)[][]
): Pick<ModelsSummary, 'models' | 'best' | 'bestRanking' | 'nTestUsers'> {
  const pooled = judged.map((folds) => poolErrors(folds.filter((fold) => typeof fold !== 'string')))
  const models = candidates.map(({ key, own, baseline, params }, place): ComparedModel => {
    const folds = judged[place]!.filter((fold) => typeof fold !== 'string')
    const failed = judged[place]!.find((fold) => typeof fold === 'string') ?? null
    const shown = failed === null ? folds : []
    const errors = failed === null ? pooled[place]! : null
    return {
      ...{ key, method: params.method, own, baseline, params: readParams(params) },
      ...(errors ? errorOf(errors) : { rmse: null, mae: null }),
      againstBias: null,
      againstBest: null,
      ranking: failed === null ? meanRanking(folds) : null,
      seconds: shown.reduce((sum, { seconds }) => sum + seconds, 0),
      folds: shown.map(({ rmse, mae, ranking, seconds }) => ({ rmse, mae, ndcg: ranking?.ndcg ?? null, seconds })),
      history: shown[0]?.history ?? [],
      failed
    }
  })
  const best = bestOf(models, ({ rmse }) => rmse)
  const bestRanking = bestOf(models, ({ ranking }) => ranking && -ranking.ndcg)
  const errorsOf = (key: string | null): UserErrors | null => {
    const place = models.findIndex((model) => model.key === key && model.rmse !== null)
    return place < 0 ? null : pooled[place]!
  }
  const against = (place: number, key: string | null): ComparedModel['againstBest'] => {
    const [mine, other] = [pooled[place], errorsOf(key)]
    const isJudged = models[place]!.rmse !== null && models[place]!.key !== key
    return mine && other && isJudged ? comparePaired(mine, other) : null
  }
  const judgedUsers = pooled.find((errors) => errors !== null)?.counts.filter((count) => count > 0).length
  return {
    models: models.map((model, place) => ({
      ...model,
      againstBias: against(place, 'bias'),
      againstBest: against(place, best)
    })),
    best,
    bestRanking,
    nTestUsers: judgedUsers ?? models[0]?.ranking?.nUsers ?? 0
  }
}
