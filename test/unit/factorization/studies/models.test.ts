import { describe, expect, test } from 'vitest'
import { methodDefaults } from '../../../../core/analyses/factorization/method-defaults.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { candidatesOf } from '../../../../core/analyses/factorization/studies/models/candidates.ts'
import { tableOfModels } from '../../../../core/analyses/factorization/studies/models/table-of-models.ts'
import type { ModelsSummary } from '../../../../core/analyses/factorization/studies/models/spec.ts'
import { factorizationStudySpecs } from '../../../../core/analyses/factorization/studies/specs.ts'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { buildParams, quiet } from '../build.ts'
import { drawn, studyOf } from './run-study.ts'

/** Everything but the clock. */
const untimed = (summary: ModelsSummary) =>
  summary.models.map((model) => ({ ...model, seconds: 0, folds: model.folds.map((fold) => ({ ...fold, seconds: 0 })) }))

describe('models side by side', () => {
  const fitted = { method: 'als', nFactors: 2, iterations: 8, testFraction: 0.25 } as const
  const asked = { methods: ['als', 'ials'], folds: 0 }
  const { summary } = studyOf('models', fitted, asked)

  test('have the baselines, this result and what was asked for', () => {
    expect(summary.models.map(({ key, own, baseline }) => [key, own, baseline])).toEqual([
      ['mean', false, true],
      ['bias', false, true],
      ['popularity', false, true],
      ['own', true, false],
      ['als', false, false],
      ['ials', false, false]
    ])
    expect(summary.models[3]!.params).toEqual({ nFactors: 2, iterations: 8, regularization: 0.1, countExponent: 0.5 })
  })

  test('the result’s row has the figures that the result has, on its own split', () => {
    const stored = runFactorization(drawn, buildParams(fitted), quiet, {}).summary
    const own = summary.models[3]!
    // Its random numbers begin anew after the split, so that the fit may differ a little; the test ratings are the same.
    expect(summary.nTest).toBe(stored.nTest)
    expect(summary.models[0]!.rmse).toBeCloseTo(stored.baselines.globalMean.rmse, 12)
    expect(own.rmse!).toBeCloseTo(stored.metrics.test!.rmse, 1)
    expect(own.history).toHaveLength(8)
    expect(own.ranking!.k).toBe(10)
  })

  test('intervals are against the bias baseline and against the best', () => {
    const bias = summary.models[1]!
    expect(bias.againstBias).toBeNull()
    for (const model of summary.models) {
      if (model.rmse === null) expect([model.againstBias, model.againstBest]).toEqual([null, null])
      else if (model.key !== 'bias') {
        const { difference, low, high } = model.againstBias!.rmse
        expect(difference).toBeCloseTo(model.rmse - bias.rmse!, 10)
        expect(low).toBeLessThan(difference)
        expect(high).toBeGreaterThan(difference)
      }
    }
    const best = summary.models.find(({ key }) => key === summary.best)!
    expect(best.againstBest).toBeNull()
    expect(best.rmse).toBe(Math.min(...summary.models.flatMap(({ rmse }) => rmse ?? [])))
  })

  test('the same seed gives the same figures; the finding names the best', () => {
    const again = studyOf('models', fitted, asked).summary
    expect(untimed(again)).toEqual(untimed(summary))
    expect(factorizationStudySpecs.models.finding(summary)).toMatch(/^.+ has the smallest error of 6 models$/)
  })

  test('progress is told by model, and it can be cancelled', () => {
    const models = new Set<number>()
    let fractions = 0
    const progress = (_phase: string, fraction: number, point?: Record<string, number>) => {
      expect(fraction).toBeGreaterThanOrEqual(fractions - 1e-12)
      fractions = fraction
      if (point) models.add(point['model']!)
    }
    studyOf('models', fitted, asked, { ...quiet, progress })
    expect([...models].sort()).toEqual(expect.arrayContaining([3, 4, 5]))
    let looks = 0
    const checkpoint = () => {
      if (++looks === 5) throw new EigendeskError('CANCELLED')
    }
    expect(() => studyOf('models', fitted, asked, { ...quiet, checkpoint })).toThrow('Cancelled')
  })
})

describe('cross-validation', () => {
  test('judges every rating once; errors are of all folds together', () => {
    const { summary } = studyOf('models', { nFactors: 2, iterations: 4 }, { methods: [], folds: 3, seed: 2 })
    expect([summary.nFolds, summary.models[0]!.folds.length]).toEqual([3, 3])
    const nRatings = runFactorization(drawn, buildParams(), quiet, {}).summary.nRatings
    expect(summary.nTest).toBe(nRatings)
    for (const { rmse, folds } of summary.models.filter((model) => model.rmse !== null)) {
      const values = folds.map((fold) => fold.rmse!)
      expect(rmse).toBeGreaterThan(Math.min(...values))
      expect(rmse).toBeLessThan(Math.max(...values))
    }
  })

  test('is what is chosen where nothing is held out; without it that is refused', () => {
    const { params } = studyOf('models', { iterations: 2 }, { methods: [] })
    expect(params['folds']).toBe(5)
    expect(() => studyOf('models', { iterations: 2 }, { folds: 0 })).toThrow('holds out no ratings')
  })
})

test('a model that cannot be fitted has a reason and no figures; the others have theirs', () => {
  const candidates = candidatesOf(
    buildParams({ method: 'als' }),
    ['ease'],
    { small: false, nRatings: 400, nItems: 20, mean: 3 },
    1
  )
  const errors = {
    counts: Float64Array.of(2, 2, 0),
    squares: Float64Array.of(1, 3, 0),
    absolutes: Float64Array.of(1, 2, 0)
  }
  const fine = { errors, rmse: 1, mae: 0.75, ranking: null, seconds: 1, history: [] }
  const { models, best } = tableOfModels(
    candidates,
    candidates.map(({ key }) => (key === 'ease' ? ['Too many items.'] : [fine, fine]))
  )
  expect(models.at(-1)).toMatchObject({ key: 'ease', failed: 'Too many items.', rmse: null, folds: [], seconds: 0 })
  // √(4/4) = 1, 3/4
  expect(models[0]).toMatchObject({ rmse: 1, mae: 0.75, seconds: 2, failed: null })
  expect(best).toBe('mean')
})

test('a result that has a method’s defaults is one row, unless its λ was not adapted to the ratings as theirs is', () => {
  const size = { small: false, nRatings: 400, nItems: 20, mean: 3 }
  const keysOf = (method: 'als' | 'bpmf', adaptRegularization: boolean) =>
    candidatesOf(buildParams({ ...methodDefaults(method, size), method, adaptRegularization }), [method], size, 1).map(
      ({ key }) => key
    )
  const baselines = ['mean', 'bias', 'popularity']
  expect(keysOf('als', true)).toEqual([...baselines, 'own'])
  expect(keysOf('als', false)).toEqual([...baselines, 'own', 'als'])
  // Its λ is nothing to adapt.
  expect(keysOf('bpmf', false)).toEqual([...baselines, 'own'])
})

test('preferences are compared by their lists, beside popularity', () => {
  const fitted = { method: 'ials', nFactors: 2, iterations: 4, testFraction: 0.25 } as const
  const { summary } = studyOf('models', fitted, { methods: ['ease', 'itemknn'] })
  expect(summary.models.map(({ key }) => key)).toEqual(['popularity', 'own', 'ease', 'itemknn'])
  expect(summary.best).toBeNull()
  const ndcg = (key: string | null) => summary.models.find((model) => model.key === key)!.ranking!.ndcg
  for (const { key } of summary.models) expect(ndcg(key)).toBeLessThanOrEqual(ndcg(summary.bestRanking))
  expect(factorizationStudySpecs.models.finding(summary)).toMatch(/ranks best of 4 models$/)
})
