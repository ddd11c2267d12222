import { expect, test } from 'vitest'
import { knowModel, ratingsOf } from '../../../core/analyses/factorization/recommending/known-model.ts'
import { placePerson } from '../../../core/analyses/factorization/recommending/place.ts'
import { penaltyScaleOf } from '../../../core/analyses/factorization/penalty-scale.ts'
import { runFactorization } from '../../../core/analyses/factorization/run.ts'
import type { RatingCells } from '../../../core/analyses/factorization/cells.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { buildParams, noPace, quiet, tableOfCells, trainingOf } from './build.ts'
import { foldsAbsent, foldsAreThere, readFold } from './movielens-folds.ts'

const [N_USERS, N_ITEMS, RANK] = [120, 80, 3]

/** Half of the cells of a table of rank three, with noise. */
function lowRank(noise: number): RatingCells {
  const random = new SeededRandom(3)
  const normals = (count: number): number[] => Array.from({ length: count }, () => random.normal())
  const [users, items] = [normals(N_USERS * RANK), normals(N_ITEMS * RANK)]
  const cells: [number, number, number][] = []
  for (let u = 0; u < N_USERS; u++)
    for (let i = 0; i < N_ITEMS; i++) {
      if (random.uniform() < 0.5 && i !== u % N_ITEMS && u !== i) continue
      const dot = [0, 1, 2].reduce((sum, k) => sum + users[u * RANK + k]! * items[i * RANK + k]!, 0)
      cells.push([u, i, 3 + dot + noise * random.normal()])
    }
  return {
    userIndex: Int32Array.from(cells, (cell) => cell[0]),
    itemIndex: Int32Array.from(cells, (cell) => cell[1]),
    values: Float64Array.from(cells, (cell) => cell[2])
  }
}

const params = { regularization: 1.3, nFactors: 8, testFraction: 0.2, adaptRegularization: true }

test('little noise, little regularization: nearly what is left is the noise', () => {
  const table = tableOfCells(lowRank(0.1))
  const fit = (adaptRegularization: boolean) =>
    runFactorization(table, buildParams({ ...params, adaptRegularization }), quiet, {}).summary
  const [plain, adapted] = [fit(false), fit(true)]
  expect(plain.penaltyScale).toBeUndefined()
  expect(adapted.penaltyScale).toBeLessThan(0.25)
  expect(adapted.metrics.test!.rmse).toBeLessThan(0.16)
  expect(plain.metrics.test!.rmse).toBeGreaterThan(0.32)
  expect(adapted.notes).toContainEqual(
    expect.stringMatching(/^λ was adapted to the noise of these ratings: 0\.\d+, not 1\.3,/)
  )
})

test('nothing but noise, more of it; the unit of the ratings does not matter', () => {
  const noise = lowRank(0.3)
  const random = new SeededRandom(5)
  const values = noise.values.map(() => 1 + random.integer(5))
  expect(penaltyScaleOf(trainingOf({ ...noise, values }, N_USERS, N_ITEMS), 'als', noPace)).toBeGreaterThan(1)
  const scale = penaltyScaleOf(trainingOf(noise, N_USERS, N_ITEMS), 'als', noPace)
  const points = noise.values.map((value) => 4 * value - 7)
  expect(scale).toBeLessThan(1)
  expect(penaltyScaleOf(trainingOf({ ...noise, values: points }, N_USERS, N_ITEMS), 'als', noPace)).toBe(scale)
})

test.each(['als', 'nmf'] as const)(
  '%s: a user placed anew in an adapted model is where the fit left them',
  (method) => {
    const cells = lowRank(0.1)
    const asked = buildParams({ ...params, method, testFraction: 0, iterations: method === 'nmf' ? 300 : 20 })
    const { arrays, summary, lists } = runFactorization(tableOfCells(cells), asked, quiet, {})
    const { byUser, deviation } = trainingOf(cells, N_USERS, N_ITEMS)
    const known = knowModel({
      params: asked,
      globalMean: summary.globalMean,
      users: lists['users']!,
      items: lists['items']!,
      training: { ...byUser, columns: byUser.columns.map((item) => lists['items']!.indexOf(`i${item}`)) },
      held: null,
      deviation,
      arrays
    })
    const { factors } = placePerson(known, ratingsOf(known.training, 5))
    factors!.forEach((value, k) => {
      expect(value).toBeCloseTo(arrays['userFactors']!.data[5 * 8 + k]!, method === 'nmf' ? 3 : 9)
    })
  }
)

test('few ratings are taken as they are, and all equal ones', () => {
  const cells = lowRank(0.1)
  const few = {
    userIndex: cells.userIndex.slice(0, 1500),
    itemIndex: cells.itemIndex.slice(0, 1500),
    values: cells.values.slice(0, 1500)
  }
  expect(penaltyScaleOf(trainingOf(few, N_USERS, N_ITEMS), 'als', noPace)).toBe(1)
  expect(
    penaltyScaleOf(trainingOf({ ...cells, values: cells.values.map(() => 3) }, N_USERS, N_ITEMS), 'als', noPace)
  ).toBe(1)
})

test.skipIf(!foldsAreThere)(`stars are what λ was chosen for${foldsAbsent}`, () => {
  const { columns } = readFold('u1.base')
  const numbers = columns.map((column) =>
    'values' in column ? Float64Array.from(column.values as Float64Array) : new Float64Array(0)
  )
  const cells = {
    userIndex: Int32Array.from(numbers[0]!, (id) => id - 1),
    itemIndex: Int32Array.from(numbers[1]!, (id) => id - 1),
    values: numbers[2]!
  }
  expect(penaltyScaleOf(trainingOf(cells, 943, 1682), 'als', noPace)).toBe(1)
  expect(penaltyScaleOf(trainingOf(cells, 943, 1682), 'nmf', noPace)).toBe(1)
})
