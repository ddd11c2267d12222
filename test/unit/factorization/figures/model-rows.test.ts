import { describe, expect, test } from 'vitest'
import { learningCurves, modelRows } from '../../../../core/analyses/factorization/figures/model-rows.ts'
import type { ComparedModel, ModelsSummary } from '../../../../core/analyses/factorization/studies/models/spec.ts'

const model = (over: Partial<ComparedModel>): ComparedModel => ({
  key: over.method ?? 'als',
  method: 'als',
  own: false,
  baseline: false,
  params: {},
  rmse: 0.9,
  mae: 0.7,
  againstBias: { rmse: { difference: -0.025, low: -0.028, high: -0.022 }, mae: { difference: 0, low: 0, high: 0 } },
  againstBest: null,
  ranking: null,
  seconds: 2.44,
  folds: [],
  history: [],
  failed: null,
  ...over
})
const summary = (models: ComparedModel[], over: Partial<ModelsSummary> = {}): ModelsSummary => ({
  nFolds: 0,
  nTrain: 80,
  nTest: 20,
  nTestUsers: 5,
  best: 'als',
  bestRanking: null,
  models,
  notes: [],
  ...over
})

describe('compared models as rows', () => {
  test('stand by error, then those that only rank, then those that failed', () => {
    const rows = modelRows(
      summary([
        model({ method: 'nmf', failed: 'diverged', rmse: null }),
        model({ method: 'ials', rmse: null, mae: null, againstBias: null }),
        model({ method: 'bias', rmse: 0.95, baseline: true, againstBias: null }),
        model({ method: 'als', params: { nFactors: 16 } })
      ])
    )
    expect(rows.map(({ key }) => key)).toEqual(['als', 'bias', 'ials', 'nmf'])
    expect(rows[0]).toMatchObject({ name: 'Biased ALS, 16 factors', rmse: '0.900', time: '2.4 s', best: 'rmse' })
    expect(rows[0]!.againstBias).toBe('−0.025 ±0.003')
    expect(rows[1]!.againstBias).toBe('baseline')
    expect(rows[2]).toMatchObject({ rmse: '–', ndcg: '–', againstBias: '–', best: null })
    expect(rows[3]!.failed).toBe('diverged')
  })

  test('a difference of nothing has no sign', () => {
    const none = { difference: -0.0001, low: -0.002, high: 0.002 }
    const [row] = modelRows(summary([model({ againstBias: { rmse: none, mae: none } })]))
    expect(row!.againstBias).toBe('0.000 ±0.002')
  })
})

test('only what is judged sweep by sweep has a curve', () => {
  const sweep = (iteration: number, testRmse: number | null) => ({ iteration, trainRmse: 0.8, testRmse, loss: 1 })
  const curves = learningCurves(
    summary([
      model({ own: true, key: 'own', history: [sweep(1, 0.95), sweep(2, 0.93)] }),
      model({ method: 'bias', history: [sweep(1, 0.96)] }),
      model({ method: 'ials', rmse: null, history: [sweep(1, 0.5), sweep(2, 0.4)] }),
      model({ method: 'sgd', history: [sweep(1, null), sweep(2, null)] })
    ])
  )
  expect(curves).toEqual([{ name: 'this result', x: [1, 2], y: [0.95, 0.93] }])
})
