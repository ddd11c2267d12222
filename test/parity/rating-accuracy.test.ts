import { describe, expect, test } from 'vitest'
import type { FactorizationParams } from '../../core/analyses/factorization/spec.ts'
import { drawsOf, predictInterval } from '../../core/analyses/factorization/scorers/interval.ts'
import { restoreScorer } from '../../core/analyses/factorization/scorers/restore.ts'
import { groupRatings } from '../../core/analyses/factorization/cells.ts'
import { fitFold, foldsAbsent, foldsAreThere, readFold } from '../unit/factorization/movielens-folds.ts'

const none = groupRatings(new Int32Array(0), new Int32Array(0), new Float64Array(0), 0)

describe.skipIf(!foldsAreThere)(`published accuracy on MovieLens 100K, as given${foldsAbsent}`, () => {
  test('biases alone, by alternating and by damped means: 0.944 / 0.748 over the five folds', () => {
    // Published of Surprise's BaselineOnly, on its own five random folds.
    const folds = [1, 2, 3, 4, 5].map((fold) => fitFold(fold, { method: 'bias' }).summary)
    const mean = (of: (summary: (typeof folds)[0]) => number): number =>
      folds.reduce((sum, summary) => sum + of(summary) / 5, 0)
    expect(Math.abs(mean(({ metrics }) => metrics.test!.rmse) - 0.944)).toBeLessThan(0.001)
    expect(Math.abs(mean(({ metrics }) => metrics.test!.mae) - 0.748)).toBeLessThan(0.001)
    expect(Math.abs(mean(({ baselines }) => baselines.bias.rmse) - 0.944)).toBeLessThan(0.001)
    expect(Math.abs(mean(({ baselines }) => baselines.bias.mae) - 0.748)).toBeLessThan(0.001)
  })

  // Over the five folds, wanted at most: ALS 0.920 / 0.725, SVD++ 0.919 / 0.721. u1 alone is the hardest: biases have 0.014
  // more there than on the mean of five. What was measured of u1 when this was written stands behind each.
  const limits: [Partial<FactorizationParams>, number, number][] = [
    [{ method: 'als' }, 0.923, 0.727], // 0.9210 / 0.7253
    [{ method: 'sgd' }, 0.927, 0.73], // 0.9248
    [{ method: 'svdpp' }, 0.915, 0.718], // 0.9122
    [{ method: 'nmf' }, 0.928, 0.731] // 0.9249
  ]
  test.each(limits)('%o, everything else as proposed, on u1', (asked, rmse, mae) => {
    const { metrics } = fitFold(1, asked).summary
    expect(metrics.test!.rmse).toBeLessThan(rmse)
    expect(metrics.test!.mae).toBeLessThan(mae)
  })

  test('Bayesian SVD++ on u1, fewer draws than proposed, and the 90 % interval of each test rating', () => {
    const { summary, arrays } = fitFold(1, { method: 'bsvdpp', samples: 40, burnIn: 20 })
    expect(summary.metrics.test!.rmse).toBeLessThan(0.91)
    const scorer = restoreScorer(summary, (name) => arrays[name]!, none)
    const draws = drawsOf(Object.keys(arrays), (name) => arrays[name]!)!
    const [users, items] = ['u1.base', 'u1.base'].map((name, j) => {
      const seen = new Map<number, number>()
      for (const id of (readFold(name).columns[j] as { values: Float64Array }).values)
        if (!seen.has(id)) seen.set(id, seen.size)
      return seen
    })
    const [user, item, rating] = readFold('u1.test').columns.map(
      (column) => (column as { values: Float64Array }).values
    )
    let covered = 0
    for (let t = 0; t < rating!.length; t++) {
      const [u, i] = [users!.get(user![t]!) ?? -1, items!.get(item![t]!) ?? -1]
      const { low, high } = predictInterval(draws, scorer.predict(u, i), u, i, 0.9)
      if (rating![t]! >= low && rating![t]! <= high) covered++
    }
    expect(covered / rating!.length).toBeGreaterThan(0.85)
    expect(covered / rating!.length).toBeLessThan(0.95)
  })
})
