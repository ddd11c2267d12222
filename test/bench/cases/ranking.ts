import { methods, type Method } from '../../../core/analyses/factorization/methods.ts'
import type { Ranking } from '../../../core/analyses/factorization/judgement.ts'
import type { FactorizationSummary } from '../../../core/analyses/factorization/spec.ts'
import { hasRatings, rankLast, splitLast, type RatingsFolder } from '../../unit/factorization/last-ratings.ts'
import type { Benchmark } from '../benchmark.ts'
import { atLeast, timed, type Demand } from '../table.ts'

/** The two that others must be better than come first; one model of ratings is among them to show what it is worth. */
const COMPARED: readonly Method[] = ['popularity', 'itemknn', 'als', 'hkv', 'ials', 'ease']
/** Of which at least one must be clearly better than popularity and neighbours. */
const DEMANDED: readonly Method[] = ['ials', 'ease']

/** Least items a user of the second set needs a film to have: EASE holds a weight for every pair. */
const LEAST: Partial<Record<RatingsFolder, number>> = { 'ml-latest-small-2018': 2 }

const describe = ({ ndcg, hitRate, recall, coverage }: Ranking): string =>
  `nDCG@10 ${ndcg.toFixed(4)} · HR@10 ${hitRate.toFixed(4)} · recall@10 ${recall.toFixed(4)} · coverage ${coverage.toFixed(3)}`

/** Every method as the form proposes it, every rating a like, judged by the last rating of each user over the full catalogue.
 * The ratio is the nDCG@10 to the better of popularity and item neighbours. */
export function measureRankings(bench: Benchmark): Promise<void> {
  for (const folder of ['ml-100k', 'ml-latest-small-2018'] as const) {
    if (!hasRatings(folder)) console.info(`Ranking is not measured: ../shared/data/${folder} is absent.`)
    else measureFolder(bench, folder)
  }
  return Promise.resolve()
}

function measureFolder(bench: Benchmark, folder: RatingsFolder): void {
  const split = splitLast(folder)
  let reference = 0
  for (const method of bench.quick ? COMPARED.slice(0, 2) : COMPARED) {
    const summary: FactorizationSummary = rankLast(split, method, { minItemRatings: LEAST[folder] ?? 1 })
    const { model } = summary.ranking!
    const isReference = method === 'popularity' || method === 'itemknn'
    if (isReference) reference = Math.max(reference, model.ndcg)
    const demand: Demand | null = DEMANDED.includes(method) ? atLeast(1, 1.1) : null
    bench.add({
      measure: describe(model),
      data: `${folder}, last of each user: ${methods[method].title}`,
      ours: timed('fit', [summary.timings['fit']!]),
      peer: null,
      ratio: isReference ? null : model.ndcg / reference,
      demand,
      remark: `${model.nUsers} users, ${summary.nItems} items`
    })
  }
}
