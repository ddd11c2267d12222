import { methods, methodsFor, type Method } from '../../../core/analyses/factorization/methods.ts'
import type { ErrorPair } from '../../../core/analyses/factorization/spec.ts'
import { fitFold, foldsAreThere } from '../../unit/factorization/movielens-folds.ts'
import type { Benchmark } from '../benchmark.ts'
import { atMost, timed, type Demand } from '../table.ts'

/** RMSE over the five given folds that is wanted: at most, and as an aim. */
const WANTED: Partial<Record<Method, readonly [must: number, aim: number | null]>> = {
  bias: [0.945, null],
  als: [0.92, 0.915],
  svdpp: [0.919, 0.91],
  bsvdpp: [0.91, 0.9]
}

const fourDigits = ({ rmse, mae }: ErrorPair): string => `${rmse.toFixed(4)} / ${mae.toFixed(4)}`

/** Every model of ratings as the form proposes it, fitted to the five given folds of MovieLens 100K and judged on their test
 * files. The time is that of one fit, reading apart; the ratio is the RMSE to the one that is wanted. */
export function measureAccuracy(bench: Benchmark): Promise<void> {
  if (!foldsAreThere) console.info('Accuracy is not measured: ../shared/data/ml-100k is absent.')
  const folds = bench.quick ? [1] : [1, 2, 3, 4, 5]
  for (const method of foldsAreThere ? methodsFor('ratings') : []) {
    const few = bench.quick ? { samples: 2, burnIn: 1 } : {}
    const summaries = folds.map((fold) => fitFold(fold, { method, ...few }).summary)
    const mean = (of: (pair: ErrorPair) => number): number =>
      summaries.reduce((sum, { metrics }) => sum + of(metrics.test!) / folds.length, 0)
    const errors = { rmse: mean((pair) => pair.rmse), mae: mean((pair) => pair.mae) }
    const [must, aim] = WANTED[method] ?? [null, null]
    const demand: Demand | null = must === null ? null : atMost(1, aim === null ? null : aim / must)
    bench.add({
      measure: `RMSE / MAE ${fourDigits(errors)}`,
      data: methods[method].title,
      ours: timed(
        'fit',
        summaries.map(({ timings }) => timings['fit']!)
      ),
      peer: null,
      ratio: must === null ? null : errors.rmse / must,
      demand,
      remark: `MovieLens 100K, folds ${folds.map((fold) => `u${fold}`).join(' ')}: ${summaries.map(({ metrics }) => metrics.test!.rmse.toFixed(4)).join(' ')}`
    })
  }
  return Promise.resolve()
}
