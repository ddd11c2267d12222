import { expect, test } from 'vitest'
import { exportFactorization } from '../../../core/analyses/factorization/export.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import { buildParams, drawRatings, quiet, tableOfCells } from './build.ts'

function exportRun(testFraction: number) {
  const result = runFactorization(tableOfCells(drawRatings(6, 5, 0.6, 9)), buildParams({ testFraction }), quiet, {})
  const tables = exportFactorization({
    summary: result.summary,
    array: (name) => result.arrays[name]!,
    list: (name) => result.lists[name]!
  })
  return { result, tables }
}

test('factors, errors and history as tables', () => {
  const { result, tables } = exportRun(0.3)
  expect(tables.map((table) => table.name)).toEqual(['user-factors', 'item-factors', 'errors', 'history'])
  const [users, items, errors, history] = tables
  expect(users!.columns.map((column) => column.name)).toEqual(['user', 'ratings', 'bias', 'factor 1', 'factor 2'])
  expect(items!.columns[0]).toEqual({ name: 'item', values: result.lists['items'] })
  const factors = result.arrays['itemFactors']!.data
  expect([...(items!.columns[4]!.values as Float64Array)]).toEqual([0, 1, 2, 3, 4].map((item) => factors[2 * item + 1]))
  const { baselines, metrics } = result.summary
  expect(errors!.columns[0]!.values).toEqual(['global mean', 'bias', 'this model', 'this model'])
  expect(errors!.columns[1]!.values).toEqual(['test', 'test', 'train', 'test'])
  expect(errors!.columns[2]!.values).toEqual([
    baselines.globalMean.rmse,
    baselines.bias.rmse,
    metrics.train.rmse,
    metrics.test!.rmse
  ])
  expect(errors!.columns[3]!.values).toEqual([
    baselines.globalMean.mae,
    baselines.bias.mae,
    metrics.train.mae,
    metrics.test!.mae
  ])
  expect(history!.columns.map((column) => column.name)).toEqual([
    'iteration',
    'train rmse',
    'test rmse',
    'loss',
    'loss squares',
    'loss penalty'
  ])
  for (const column of history!.columns) expect(column.values).toHaveLength(20)
})

test('without a test set there is no test error', () => {
  const { tables } = exportRun(0)
  expect(tables[2]!.columns[1]!.values).toEqual(['train', 'train', 'train'])
  expect(Array.from(tables[3]!.columns[2]!.values as number[]).every(Number.isNaN)).toBe(true)
})
