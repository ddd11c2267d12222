import { describe, expect, test } from 'vitest'
import type { AnalysisResult } from '../../../core/contract/analysis.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import type { TableView } from '../../../core/contract/table.ts'
import { penaltyFor, solveRows } from '../../../core/analyses/factorization/als.ts'

import { describeRatings } from '../../../core/analyses/factorization/metrics.ts'
import { readRatings } from '../../../core/analyses/factorization/ratings.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { factorizationSummarySchema, type FactorizationSummary } from '../../../core/analyses/factorization/spec.ts'
import { solveWeightedRows } from '../../../core/analyses/factorization/wals.ts'
import { buildParams, buildTable, drawRatings, firstRise, groupBothWays, noPace, quiet, tableOfCells } from './build.ts'

const cells = drawRatings(12, 10, 0.4, 5)
const table = tableOfCells(cells)

/** Everything but the clock. */
function bits({ summary, arrays, lists }: AnalysisResult<FactorizationSummary>) {
  const untimed = { ...summary, timings: {} }
  return JSON.stringify([
    untimed,
    lists,
    Object.entries(arrays).map(([name, { shape, data }]) => [name, shape, [...data]])
  ])
}

function copyTable(source: TableView): TableView {
  return structuredClone(source)
}

describe.each(['als', 'wals'] as const)('%s', (method) => {
  const params = buildParams({ method, testFraction: 0.2, nFactors: 3 })

  test('gives exactly what the contract says', () => {
    const { summary, arrays, lists } = runFactorization(table, params, quiet, {})
    expect(factorizationSummarySchema.strict().parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary)
    const nRatings = cells.values.length
    expect(summary).toMatchObject({ method, nUsers: 12, nItems: 10, nRatings, nFactors: 3, density: nRatings / 120 })
    expect(summary.nTest).toBe(Math.round(0.2 * nRatings))
    expect(summary.nTrain + summary.nTest).toBe(nRatings)
    expect(summary.history.map((sweep) => sweep.iteration)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1))
    expect(summary.history.at(-1)!.trainRmse).toBeCloseTo(summary.metrics.train.rmse, 12)
    expect(summary.history.at(-1)!.testRmse).toBeCloseTo(summary.metrics.test!.rmse, 12)
    const shapes = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.shape]))
    expect(shapes).toEqual({
      userFactors: [12, 3],
      itemFactors: [10, 3],
      userBias: [12],
      itemBias: [10],
      userCounts: [12],
      itemCounts: [10]
    })
    for (const array of Object.values(arrays)) {
      expect(array.data.length).toBe(array.shape.reduce((a, b) => a * b))
      expect(array.data.every(Number.isFinite)).toBe(true)
    }
    expect((arrays['userCounts']!.data as Int32Array).reduce((a, b) => a + b)).toBe(summary.nTrain)
    expect([lists['users']!.length, lists['items']!.length]).toEqual([12, 10])
  })

  test('the loss in the history never rises', () => {
    const { summary } = runFactorization(table, { ...params, iterations: 60 }, quiet, {})
    expect(firstRise(summary.history.map((sweep) => sweep.loss))).toBe(-1)
  })

  test('the same seed gives the same bits, another seed another split; the input is not modified', () => {
    const given = copyTable(table)
    const first = bits(runFactorization(given, params, quiet, {}))
    expect(given).toEqual(table)
    expect(bits(runFactorization(given, params, quiet, {}))).toBe(first)
    expect(bits(runFactorization(given, { ...params, seed: 2 }, quiet, {}))).not.toBe(first)
  })

  test('can be cancelled at every checkpoint', () => {
    let checkpoints = 0
    const large = tableOfCells(drawRatings(120, 100, 0.3, 3))
    const own = { ...params, nFactors: 8, iterations: 3 }
    runFactorization(large, own, { ...quiet, checkpoint: () => void checkpoints++ }, {})
    expect(checkpoints).toBeGreaterThan(4)
    for (let stop = 1; stop <= checkpoints; stop++) {
      let left = stop
      const checkpoint = (): void => {
        if (--left === 0) throw new EigendeskError('CANCELLED')
      }
      expect(() => runFactorization(large, own, { ...quiet, checkpoint }, {})).toThrow('Cancelled')
    }
  })

  test('tells each sweep and a point of the curve; the fraction only grows', () => {
    const told: [string, number, Record<string, number> | undefined][] = []
    const { summary } = runFactorization(
      table,
      params,
      { ...quiet, progress: (...all) => void told.push([all[0], all[1], all[2]]) },
      {}
    )
    const points = told.filter(([, , point]) => point !== undefined)
    expect(points.map(([phase]) => phase)).toEqual(Array.from({ length: 20 }, (_, k) => `sweep ${k + 1} of 20`))
    expect(points.map(([, , point]) => point)).toEqual(summary.history)
    const fractions = told.map(([, fraction]) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1)
  })

  test('solving a training user again returns that user’s factors', () => {
    const { arrays, summary } = runFactorization(table, { ...params, testFraction: 0 }, quiet, {})
    const { byUser } = groupBothWays(readRatings(table, params), 12, 10)
    const own = { factors: new Float64Array(36), bias: new Float64Array(12) }
    const items = {
      factors: arrays['itemFactors']!.data as Float64Array,
      bias: arrays['itemBias']!.data as Float64Array
    }
    if (method === 'als') {
      const penalty = penaltyFor(params.regularization, describeRatings(cells.values).deviation)
      solveRows(byUser, summary.globalMean, own, items, 3, penalty, noPace)
    } else {
      solveWeightedRows(byUser, own.factors, items.factors, 3, params, noPace)
    }
    own.factors.forEach((value, j) => expect(value).toBeCloseTo(arrays['userFactors']!.data[j]!, 9))
    own.bias.forEach((value, j) => expect(value).toBeCloseTo(arrays['userBias']!.data[j]!, 9))
  })

  test.each([
    [
      'one item',
      [
        [1, 'a', 3],
        [2, 'a', 5],
        [3, 'a', 1]
      ]
    ],
    [
      'one user',
      [
        [1, 'a', 3],
        [1, 'b', 5]
      ]
    ],
    ['one rating', [[1, 'a', 3]]],
    [
      'all ratings equal',
      [
        [1, 'a', 3],
        [1, 'b', 3],
        [2, 'a', 3]
      ]
    ],
    [
      'ratings of zero',
      [
        [1, 'a', 0],
        [1, 'b', 0],
        [2, 'a', 0]
      ]
    ],
    [
      'negative ratings',
      [
        [1, 'a', -3],
        [1, 'b', 2],
        [2, 'a', -1]
      ]
    ]
  ])('%s, more factors than items', (_, rows) => {
    const small = buildTable(['user', 'item', 'rating'], rows)
    const { summary, arrays } = runFactorization(small, { ...params, nFactors: 8, testFraction: 0.5 }, quiet, {})
    expect(summary.nTrain).toBeGreaterThan(0)
    expect(() => factorizationSummarySchema.parse(summary)).not.toThrow()
    for (const array of Object.values(arrays)) expect(array.data.every(Number.isFinite)).toBe(true)
    expect(summary.notes.join(' ')).toContain('8 factors were asked for')
  })
})

describe('ratings', () => {
  test('the same whatever the seed where the fit has settled', () => {
    const settled = buildParams({ nFactors: 2, iterations: 1000, regularization: 0.5 })
    const first = runFactorization(table, settled, quiet, {})
    const second = runFactorization(table, { ...settled, seed: 77 }, quiet, {})
    expect(first.summary.factorShare[1]!).toBeGreaterThan(0.01)
    second.arrays['itemFactors']!.data.forEach((value, j) => {
      expect(value).toBeCloseTo(first.arrays['itemFactors']!.data[j]!, 6)
    })
  })

  test('the scale of the ratings does not matter: points ×20 predict ×20', () => {
    const scaled = tableOfCells({ ...cells, values: cells.values.map((value) => 20 * value) })
    const params = buildParams({ testFraction: 0.2 })
    const stars = runFactorization(table, params, quiet, {}).summary
    const points = runFactorization(scaled, params, quiet, {}).summary
    expect(points.metrics.test!.rmse).toBeCloseTo(20 * stars.metrics.test!.rmse, 8)
    expect(points.metrics.train.mae).toBeCloseTo(20 * stars.metrics.train.mae, 8)
  })

  test('predictions judged are clipped to the training range, and it is said', () => {
    const { summary } = runFactorization(table, buildParams({ testFraction: 0.2 }), quiet, {})
    expect(summary.ratingRange).toEqual([1, 5])
    expect(summary.notes).toContain(
      'Errors are those of predictions clipped to 1 … 5, the range of the training ratings.'
    )
  })

  test('a regularization that leaves nothing is said', () => {
    const { summary } = runFactorization(table, buildParams({ regularization: 100 }), quiet, {})
    expect(summary.notes.join(' ')).toContain('pulls every factor to zero')
    expect(summary.metrics.train.rmse).toBeGreaterThan(0)
  })

  test('equal ratings leave nothing to explain', () => {
    const equal = buildTable(
      ['user', 'item', 'rating'],
      [
        [1, 'a', 3],
        [1, 'b', 3],
        [2, 'a', 3]
      ]
    )
    const { summary } = runFactorization(equal, buildParams(), quiet, {})
    expect(summary.metrics.train).toEqual({ rmse: 0, mae: 0 })
    expect(summary.notes.join(' ')).toContain('Every training rating is 3')
  })

  test('numbers whose squares overflow are refused, not turned into NaN', () => {
    const huge = buildTable(
      ['user', 'item', 'rating'],
      [
        [1, 'a', 1e200],
        [1, 'b', -1e200],
        [2, 'a', 3]
      ]
    )
    expect(() => runFactorization(huge, buildParams(), quiet, {})).toThrow('too large')
  })
})

describe('a test dataset', () => {
  const test1 = buildTable(
    ['user', 'item', 'rating'],
    [
      [0, 'i0', 4],
      ['new', 'i1', 2],
      [1, 'unseen', 3],
      [1, 'unseen', 5],
      [null, 'i1', 1]
    ]
  )

  test('is judged by name, unknown users and items from what is known', () => {
    const { summary } = runFactorization(table, buildParams({ testDataset: 't', testFraction: 0.5 }), quiet, {
      t: test1
    })
    expect(summary).toMatchObject({ nTrain: cells.values.length, nTest: 3, coldTest: 2, nRatings: cells.values.length })
    const notes = summary.notes.join(' ')
    expect(notes).toContain('2 test ratings of a user or item without training ratings')
    expect(notes).toContain('1 test rating of a user and item that are in the training ratings too')
    expect(notes).toContain('1 test rating repeated a user and item')
    expect(notes).toContain('1 row of the test table')
  })

  test('that is gone is named', () => {
    expect(() => runFactorization(table, buildParams({ testDataset: '__proto__' }), quiet, {})).toThrow(
      'no longer in the session'
    )
  })
})

test('preferences have no biases and tell the mean', () => {
  const { summary, arrays } = runFactorization(table, buildParams({ method: 'wals' }), quiet, {})
  expect(arrays['userBias']!.data.every((bias) => bias === 0)).toBe(true)
  expect(arrays['itemBias']!.data.every((bias) => bias === 0)).toBe(true)
  expect(summary.globalMean).toBeCloseTo(describeRatings(cells.values).mean, 12)
})
