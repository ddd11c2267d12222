import { methods } from '../methods.ts'
import type { ComparedModel, ModelsSummary } from '../studies/models/spec.ts'

/** A compared model as its row is written. */
export interface ModelRow {
  key: string
  name: string
  own: boolean
  baseline: boolean
  rmse: string
  mae: string
  /** "−0.025 ±0.003", or "baseline" */
  againstBias: string
  ndcg: string
  time: string
  /** of which it is the best */
  best: 'rmse' | 'ndcg' | 'both' | null
  failed: string | null
}

/** How the result that is looked at is called among the others. */
export const THIS_RESULT = 'this result'

const NONE = '–'
const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(3)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}
const written = (value: number | null | undefined, decimals = 3): string =>
  value === null || value === undefined ? NONE : value.toFixed(decimals)
const seconds = (value: number): string =>
  value < 9.95 ? `${value.toFixed(1)} s` : value < 60 ? `${Math.round(value)} s` : `${Math.floor(value / 60)} min`

/** "ALS, 16 factors": the method, with its number of factors where it has any. */
function nameOf({ method, params }: ComparedModel): string {
  const factors = params['nFactors']
  return factors === undefined
    ? methods[method].title
    : `${methods[method].title}, ${factors} factor${factors === 1 ? '' : 's'}`
}

function difference({ method, againstBias }: ComparedModel): string {
  if (method === 'bias') return 'baseline'
  if (againstBias === null) return NONE
  const { difference, low, high } = againstBias.rmse
  return `${signed(difference)} ±${((high - low) / 2).toFixed(3)}`
}

/** Those that predict stars by their error, the smallest first; then those that only rank, by nDCG; what failed last. */
function order(a: ComparedModel, b: ComparedModel): number {
  const group = (model: ComparedModel): number => (model.failed !== null ? 2 : model.rmse === null ? 1 : 0)
  if (group(a) !== group(b)) return group(a) - group(b)
  if (a.rmse !== null && b.rmse !== null) return a.rmse - b.rmse
  return (b.ranking?.ndcg ?? 0) - (a.ranking?.ndcg ?? 0)
}

export function modelRows({ models, best, bestRanking }: ModelsSummary): ModelRow[] {
  return [...models].sort(order).map((model) => {
    const [inErrors, inLists] = [model.key === best, model.key === bestRanking]
    return {
      key: model.key,
      name: nameOf(model),
      own: model.own,
      baseline: model.baseline,
      rmse: written(model.rmse),
      mae: written(model.mae),
      againstBias: difference(model),
      ndcg: written(model.ranking?.ndcg),
      time: seconds(model.seconds),
      best: inErrors && inLists ? 'both' : inErrors ? 'rmse' : inLists ? 'ndcg' : null,
      failed: model.failed
    }
  })
}

/** A model's test error, iteration by iteration; those without any are left out. */
export function learningCurves({ models }: ModelsSummary): { name: string; x: number[]; y: number[] }[] {
  return models.flatMap((model) => {
    const tested = model.history.filter(({ testRmse }) => testRmse !== null)
    if (tested.length < 2 || model.rmse === null) return []
    const name = model.own ? THIS_RESULT : methods[model.method].title
    return [{ name, x: tested.map(({ iteration }) => iteration), y: tested.map(({ testRmse }) => testRmse!) }]
  })
}
