import { describe, expect, test } from 'vitest'
import type { TableView } from '../../../../core/contract/table.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import {
  drawsOf,
  predictInterval,
  varianceOf,
  type Draws
} from '../../../../core/analyses/factorization/scorers/interval.ts'
import { buildParams, buildTable, quiet } from '../build.ts'

describe('the variance of a prediction', () => {
  const draws: Draws = {
    count: 2,
    nUsers: 1,
    nItems: 2,
    nFactors: 1,
    userFactors: Float64Array.of(1, 2),
    itemFactors: Float64Array.of(3, 0, 5, 1),
    userBias: Float64Array.of(0.5, 0.25),
    itemBias: Float64Array.of(0, 1, -1, 1),
    noiseVariance: Float64Array.of(2, 4)
  }

  test('is that of what the draws predict plus the mean of the noise', () => {
    // user 0, item 0: 0.5 + 0 + 1·3 = 3.5 and 0.25 − 1 + 2·5 = 9.25: variance 5.75²/2; noise (2 + 4)/2
    expect(varianceOf(draws, 0, 0)).toBeCloseTo(5.75 ** 2 / 2 + 3, 12)
    // an unknown item: 0.5 and 0.25
    expect(varianceOf(draws, 0, -1)).toBeCloseTo(0.25 ** 2 / 2 + 3, 12)
    expect(varianceOf(draws, -1, -1)).toBeCloseTo(3, 12)
  })

  test('makes an interval about the prediction', () => {
    // 95 %: 1.959964 standard deviations to each side
    const { low, high } = predictInterval(draws, 4, -1, -1, 0.95)
    expect(low).toBeCloseTo(4 - 1.959964 * Math.sqrt(3), 6)
    expect(high).toBeCloseTo(4 + 1.959964 * Math.sqrt(3), 6)
  })
})

/** Ratings of two factors, biases and noise of deviation 0.5, half of the cells: one in five to the test. */
function drawTables(seed: number): { train: TableView; test: TableView; cells: [number, number, number][] } {
  const random = new SeededRandom(seed)
  const row = () => [random.normal(), random.normal(), 0.5 * random.normal()]
  const users = Array.from({ length: 60 }, row)
  const items = Array.from({ length: 50 }, row)
  const train: [number, number, number][] = []
  const cells: [number, number, number][] = []
  users.forEach((p, user) => {
    items.forEach((q, item) => {
      if (random.uniform() < 0.5) return
      const value = 3 + p[2]! + q[2]! + p[0]! * q[0]! + p[1]! * q[1]! + 0.5 * random.normal()
      ;(random.uniform() < 0.2 ? cells : train).push([user, item, value])
    })
  })
  const names = ['user', 'item', 'rating']
  return { train: buildTable(names, train), test: buildTable(names, cells), cells }
}

describe.each(['bpmf', 'bsvdpp'] as const)('%s', (method) => {
  test('nine of ten ratings that were held out lie in the 90 % interval', () => {
    const tables = drawTables(11)
    const params = buildParams({ method, nFactors: 4, samples: 60, burnIn: 30, testDataset: 'test' })
    const { arrays, lists, summary } = runFactorization(tables.train, params, quiet, { test: tables.test })
    const draws = drawsOf(Object.keys(arrays), (name) => arrays[name]!)!
    expect(draws).toMatchObject({ count: 40, nUsers: 60, nItems: 50, nFactors: 4 })
    const numbers = (name: string): Float64Array => arrays[name]!.data as Float64Array
    let covered = 0
    for (const [user, item, value] of tables.cells) {
      const u = lists['users']!.indexOf(String(user))
      const i = lists['items']!.indexOf(String(item))
      let predicted = summary.globalMean + numbers('userBias')[u]! + numbers('itemBias')[i]!
      for (let k = 0; k < 4; k++) predicted += numbers('userFactors')[4 * u + k]! * numbers('itemFactors')[4 * i + k]!
      const { low, high } = predictInterval(draws, predicted, u, i, 0.9)
      if (value >= low && value <= high) covered++
    }
    expect(tables.cells.length).toBeGreaterThan(250)
    expect(covered / tables.cells.length).toBeGreaterThan(0.85)
    expect(covered / tables.cells.length).toBeLessThan(0.95)
    // The noise was drawn with deviation 0.5; a model of biases alone is off by 1.4, as the factors it lacks.
    expect(summary.metrics.test!.rmse).toBeLessThan(0.75)
    expect(summary.baselines.bias.rmse).toBeGreaterThan(1.2)
  })
})

test('a result of another method has no draws', () => {
  expect(drawsOf(['userFactors'], () => expect.unreachable())).toBeNull()
})
