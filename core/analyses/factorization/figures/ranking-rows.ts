import type { Ranking } from '../judgement.ts'
import type { FactorizationSummary } from '../spec.ts'

type RankingPair = NonNullable<FactorizationSummary['ranking']>

/** A measure of lists beside that of what is popular, as it is written. */
export interface RankingRow {
  /** of the glossary's term */
  id: string
  name: string
  model: string
  popularity: string
  /** which is better; null where neither is, or the measure does not say how good a list is */
  better: 'model' | 'popularity' | null
}

const fixed =
  (decimals: number) =>
  (value: number): string =>
    value.toFixed(decimals)
const share = (value: number): string => `${(100 * value).toFixed(1)}\u00a0%`
const count = (value: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value)

const MEASURES: readonly {
  id: string
  key: Exclude<keyof Ranking, 'k' | 'nUsers'>
  name: (k: number) => string
  write: (value: number) => string
  quality: boolean
}[] = [
  { id: 'ndcg', key: 'ndcg', name: (k) => `nDCG@${k}`, write: fixed(3), quality: true },
  { id: 'recall-at-k', key: 'recall', name: (k) => `Recall@${k}`, write: fixed(3), quality: true },
  { id: 'precision-at-k', key: 'precision', name: (k) => `Precision@${k}`, write: fixed(3), quality: true },
  { id: 'map-at-k', key: 'map', name: (k) => `MAP@${k}`, write: fixed(3), quality: true },
  { id: 'mrr', key: 'mrr', name: () => 'MRR', write: fixed(3), quality: true },
  { id: 'hit-rate', key: 'hitRate', name: () => 'Hit rate', write: fixed(3), quality: true },
  { id: 'catalogue-coverage', key: 'coverage', name: () => 'Coverage', write: share, quality: false },
  { id: 'novelty', key: 'novelty', name: () => 'Novelty, bits', write: fixed(1), quality: false },
  { id: 'recommended-popularity', key: 'popularity', name: () => 'Ratings of an item', write: count, quality: false },
  { id: 'gini', key: 'gini', name: () => 'Gini', write: fixed(3), quality: false }
]

/** The measures of a model's lists and of those of what is popular, those of quality first. */
export function rankingRows({ model, popularity }: RankingPair): RankingRow[] {
  return MEASURES.map(({ id, key, name, write, quality }) => {
    const [own, other] = [model[key], popularity[key]]
    const better = !quality || own === other ? null : own > other ? 'model' : 'popularity'
    return { id, name: name(model.k), model: write(own), popularity: write(other), better }
  })
}

/** The measures among a sample of the items, where they were asked for. None is better: they are not for comparing. */
export function sampledRows({ model: { k }, sampled }: RankingPair): RankingRow[] {
  if (!sampled) return []
  const { model, popularity } = sampled
  const row = (id: string, name: string, key: keyof typeof model): RankingRow => ({
    id,
    name,
    model: model[key].toFixed(3),
    popularity: popularity[key].toFixed(3),
    better: null
  })
  return [
    row('ndcg', `Sampled nDCG@${k}`, 'ndcg'),
    row('hit-rate', `Sampled HR@${k}`, 'hitRate'),
    row('mrr', 'Sampled MRR', 'mrr')
  ]
}
