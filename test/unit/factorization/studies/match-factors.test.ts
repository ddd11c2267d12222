import { expect, test } from 'vitest'
import {
  centreFactors,
  matchAxes,
  matchTurned,
  sharedSpace
} from '../../../../core/analyses/factorization/studies/stability/match-factors.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'

const random = new SeededRandom(5)
const draw = (n: number, k: number): Float64Array => Float64Array.from({ length: n * k }, () => random.normal())

/** Each row times a k × k matrix, by the definition. */
const times = (rows: Float64Array, matrix: readonly (readonly number[])[]): Float64Array => {
  const k = matrix.length
  return rows.map((_, j) => {
    const row = Math.floor(j / k)
    return matrix.reduce((sum, line, a) => sum + rows[row * k + a]! * line[j % k]!, 0)
  })
}

test('factors in another order, with other signs and lengths, are the same factors', () => {
  const reference = draw(40, 3)
  const found = times(reference, [
    [0, -2, 0],
    [0, 0, 0.5],
    [3, 0, 0]
  ])
  for (const value of matchAxes({ found, reference, nFactors: 3 })) expect(value).toBeCloseTo(1, 12)
  expect(sharedSpace({ found, reference, nFactors: 3 })).toBeCloseTo(1, 12)
})

test('factors turned in their plane are others one by one, and the same once they are turned back', () => {
  const [cos, sin] = [Math.cos(Math.PI / 4), Math.sin(Math.PI / 4)]
  const reference = draw(200, 2)
  const found = times(reference, [
    [cos, sin],
    [-sin, cos]
  ])
  const pair = { found, reference, nFactors: 2 }
  // A factor and one at 45° to it: about cos 45° = .71.
  for (const value of matchAxes(pair)) expect(value).toBeLessThan(0.8)
  for (const value of matchTurned(pair)) expect(value).toBeCloseTo(1, 12)
  expect(sharedSpace(pair)).toBeCloseTo(1, 12)
})

test('spaces of other factors share what two random ones share: the number of factors over that of items', () => {
  let mean = 0
  for (let k = 0; k < 40; k++) mean += sharedSpace({ found: draw(60, 6), reference: draw(60, 6), nFactors: 6 }) / 40
  expect(mean).toBeCloseTo(6 / 60, 1)
  const [found, reference] = [new Float64Array(8), new Float64Array(8)]
  for (const row of [0, 1]) {
    found[row * 2 + row] = 1
    reference[(row + 2) * 2 + row] = 1
  }
  expect(sharedSpace({ found, reference, nFactors: 2 })).toBe(0)
  expect(Array.from(matchAxes({ found, reference, nFactors: 2 }))).toEqual([0, 0])
})

test('a factor that is zero for every item has no likeness, and more factors than items share what there is', () => {
  const reference = Float64Array.of(1, 0, 2, 0, 3, 0)
  const found = Float64Array.of(1, 0.1, 2, 0, 3, 0)
  expect(Array.from(matchAxes({ found, reference, nFactors: 2 }))).toEqual([1, NaN])
  expect(matchTurned({ found, reference, nFactors: 2 })[1]).toBeNaN()
  // One dimension of two: the same line, and a direction the other lacks.
  expect(sharedSpace({ found, reference, nFactors: 2 })).toBeCloseTo(0.5, 12)
  expect(sharedSpace({ found, reference: new Float64Array(6), nFactors: 2 })).toBeNaN()
  expect(sharedSpace({ found: draw(2, 5), reference: draw(2, 5), nFactors: 5 })).toBeCloseTo(1, 10)
})

test('centred factors give correlations', () => {
  const [x, y] = [
    [1, 2, 3, 7],
    [2, 1, 4, 6]
  ]
  const [found, reference] = [x, y].map((column) => centreFactors(Float64Array.from(column), 1))
  // Pearson by hand: Σ(x − 3.25)(y − 3.25) = 15.75; Σ(x − 3.25)² = 20.75, Σ(y − 3.25)² = 14.75
  expect(matchAxes({ found: found!, reference: reference!, nFactors: 1 })[0]).toBeCloseTo(
    15.75 / Math.sqrt(20.75 * 14.75),
    12
  )
})
