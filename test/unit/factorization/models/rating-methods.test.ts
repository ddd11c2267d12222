import { describe, expect, test } from 'vitest'
import type { AnalysisResult } from '../../../../core/contract/analysis.ts'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { methodsFor, type Method } from '../../../../core/analyses/factorization/methods.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { factorizationSummarySchema, type FactorizationSummary } from '../../../../core/analyses/factorization/spec.ts'
import { buildParams, buildTable, drawRatings, quiet, tableOfCells } from '../build.ts'

type Result = AnalysisResult<FactorizationSummary>

const small = { nFactors: 3, iterations: 8, samples: 6, burnIn: 3, learningRate: 0.01, testFraction: 0.2 }
const table = tableOfCells(drawRatings(12, 10, 0.4, 5))

/** Everything but the clock. */
const bitsOf = ({ summary, arrays }: Result): string =>
  JSON.stringify([{ ...summary, timings: {} }, Object.entries(arrays).map(([name, { data }]) => [name, [...data]])])

function expectFinite({ summary, arrays }: Result): void {
  expect(factorizationSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toBeTruthy()
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    expect(data.every(Number.isFinite), name).toBe(true)
    expect(data.length, name).toBe(shape.reduce((a, b) => a * b, 1))
  }
}

describe.each(methodsFor('ratings'))('%s', (method: Method) => {
  const fit = (rows: [string, string, number][], over = {}) =>
    runFactorization(
      buildTable(['user', 'item', 'rating'], rows),
      buildParams({ ...small, method, testFraction: 0, ...over }),
      quiet,
      {}
    )

  test('the same seed gives the same bits', () => {
    const params = buildParams({ ...small, method })
    const first = bitsOf(runFactorization(table, params, quiet, {}))
    expect(bitsOf(runFactorization(table, params, quiet, {}))).toBe(first)
    expect(bitsOf(runFactorization(table, { ...params, seed: 2 }, quiet, {}))).not.toBe(first)
  })

  test('the last point of its history is the error it tells of', () => {
    const { summary } = runFactorization(table, buildParams({ ...small, method }), quiet, {})
    const last = summary.history.at(-1)
    if (!last) return
    expect(last.trainRmse).toBeCloseTo(summary.metrics.train.rmse, 10)
    expect(last.testRmse).toBeCloseTo(summary.metrics.test!.rmse, 10)
  })

  test('does not depend on the unit of the ratings', () => {
    const cells = drawRatings(12, 10, 0.4, 5)
    const hundredfold = tableOfCells({ ...cells, values: cells.values.map((value) => 100 * value) })
    const params = buildParams({ ...small, method })
    const stars = runFactorization(table, params, quiet, {}).summary.metrics
    const points = runFactorization(hundredfold, params, quiet, {}).summary.metrics
    expect(points.test!.rmse / 100).toBeCloseTo(stars.test!.rmse, 8)
  })

  test('one factor, one item, one rating, more factors than items, all ratings equal: numbers throughout', () => {
    const rows: [string, string, number][] = [
      ['a', 'x', 4],
      ['a', 'y', 2],
      ['b', 'x', 5],
      ['c', 'y', 1]
    ]
    expectFinite(fit(rows, { nFactors: 1 }))
    expectFinite(fit(rows, { nFactors: 7 }))
    expectFinite(fit(rows, { testFraction: 0.5 }))
    expectFinite(fit(rows.filter((row) => row[1] === 'x')))
    expectFinite(fit(rows.slice(0, 1)))
    const equal = fit(rows.map(([user, item]) => [user, item, 3]))
    expectFinite(equal)
    expect(equal.summary.metrics.train.rmse).toBeLessThan(1e-9)
  })

  test('stops where it is cancelled', () => {
    const large = tableOfCells(drawRatings(120, 100, 0.3, 3))
    const params = buildParams({ ...small, method, nFactors: 8 })
    let checkpoints = 0
    runFactorization(large, params, { ...quiet, checkpoint: () => void checkpoints++ }, {})
    for (const stop of [1, Math.ceil(checkpoints / 2), checkpoints]) {
      let passed = 0
      const checkpoint = (): void => {
        if (++passed === stop) throw new EigendeskError('CANCELLED')
      }
      expect(() => runFactorization(large, params, { ...quiet, checkpoint }, {})).toThrow(EigendeskError)
      expect(passed).toBe(stop)
    }
  })
})

test.each(['sgd', 'svdpp'] as const)('%s: steps that are too large are named', (method) => {
  const params = buildParams({ ...small, method, learningRate: 0.9, iterations: 50 })
  const large = tableOfCells(drawRatings(60, 50, 0.5, 3))
  const run = () => runFactorization(large, params, quiet, {})
  expect(run).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'DIVERGED' }) }))
  expect(run).toThrow(/0\.9/)
})
