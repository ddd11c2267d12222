import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eighTop, type TopEigenpairs } from '../../../core/linalg/eigh-top.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { topByLanczos } from '../../../core/linalg/lanczos.ts'
import { createMatrix, type Matrix } from '../../../core/linalg/matrix.ts'
import { packSymmetric } from '../../../core/linalg/packed-symmetric.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { signOf } from '../../../core/linalg/sign-rule.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { MODES, randomNormal, scaled, spreadValues, withSymmetricEigenvalues } from '../../zoo/random-matrices.ts'
import { certifyPairs } from '../../zoo/top-certificate.ts'
import { stoppingAt } from './watches.ts'

const ULP = 2 ** -52

/** Checks the pairs against eigenvalues that are known, and the sign rule. */
function expectTop(a: Matrix, top: TopEigenpairs, known: readonly number[]): void {
  const { residual, orthogonality } = certifyPairs(a, top)
  expect(residual).toBeLessThan(10)
  expect(orthogonality).toBeLessThan(10)
  const sorted = Float64Array.from(known).sort().reverse()
  const norm = Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!))
  top.w.forEach((value, k) => {
    expect(Math.abs(value - sorted[k]!)).toBeLessThanOrEqual(10 * a.rows * ULP * norm)
  })
  for (let c = 0; c < top.w.length; c++) {
    const column = Array.from({ length: a.rows }, (_, i) => top.v.data[i * top.w.length + c]!)
    expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)))
  }
}

/** n values: those given, and the rest evenly between −1 and 1. */
const among = (n: number, ...given: number[]): number[] => [
  ...given,
  ...Array.from({ length: n - given.length }, (_, i) => -1 + (2 * i) / n)
]

describe('against known eigenvalues', () => {
  test.each([
    ['a few that stand out', among(200, 30, 20, 10, 5, 4), 5],
    ['none that stand out', among(200), 6],
    ['equal ones above the rest', among(220, 7, 7, 7, 3), 4],
    ['an equal one beyond those wanted', among(220, 7, 7, 7, 3), 2],
    ['equal ones at the end of those wanted', among(200, 9, 8, 2, 2, 2, 2), 5],
    ['gaps of 1e-9', among(200, 5, 5 + 1e-9, 5 + 2e-9, 5 - 1e-9), 4],
    ['negative ones alone', among(200).map((value) => value - 4), 3],
    ['rank 3', [5, 2, 1, ...Array<number>(197).fill(0)], 6],
    ['all equal', Array<number>(160).fill(3), 5],
    ['two different', [...Array<number>(80).fill(3), ...Array<number>(80).fill(-1)], 5]
  ])('%s', (_, values, count) => {
    const a = withSymmetricEigenvalues(Float64Array.from(values), new SeededRandom(1))
    expectTop(a, eighTop(a, count), values)
  })

  test.each(MODES)('spread by mode %d', (mode) => {
    for (const condition of [1e4, 1e14]) {
      const random = new SeededRandom(2)
      const values = spreadValues(160, mode, condition, random, true)
      const a = withSymmetricEigenvalues(values, random)
      expectTop(a, eighTop(a, 8), [...values])
    }
  })

  test.each([1, 2, 5, 40, 149, 150, 153, 800])('order %d', (n) => {
    const random = new SeededRandom(n)
    const values = Float64Array.from({ length: n }, (_, i) => 1 / (i + 1))
    const a = withSymmetricEigenvalues(values, random)
    const count = Math.min(n, 7)
    expectTop(a, eighTop(a, count), [...values])
  })
})

test('entries of 2^±500 and subnormal ones', () => {
  const values = among(160, 3, 2, 2)
  const a = withSymmetricEigenvalues(Float64Array.from(values), new SeededRandom(3))
  const plain = eighTop(a, 3)
  for (const e of [500, -500, 1000, -1000]) {
    const large = eighTop(scaled(a, e), 3)
    const { residual, orthogonality } = certifyPairs(a, {
      w: large.w.map((value) => timesPowerOfTwo(value, -e)),
      v: large.v
    })
    expect(residual).toBeLessThan(10)
    expect(orthogonality).toBeLessThan(10)
    expect(timesPowerOfTwo(large.w[0]!, -e)).toBeCloseTo(plain.w[0]!, 12)
  }
})

test('zeros have eigenvalues 0 and orthonormal vectors', () => {
  const top = eighTop(createMatrix(200, 200), 4)
  expect([...top.w]).toEqual([0, 0, 0, 0])
  expect(certifyPairs(createMatrix(200, 200), top).orthogonality).toBeLessThan(10)
})

test('nothing wanted, or nothing there', () => {
  expect(eighTop(createMatrix(200, 200), 0)).toEqual({ w: new Float64Array(0), v: createMatrix(200, 0) })
  expect(eighTop(createMatrix(0, 0), 0)).toEqual({ w: new Float64Array(0), v: createMatrix(0, 0) })
})

test('what does not fit is refused with its place', () => {
  expect(() => eighTop(createMatrix(2, 3), 1)).toThrow('Shapes do not match')
  for (const count of [-1, 1.5, 4]) {
    expect(() => eighTop(createMatrix(3, 3), count)).toThrow(`${count} is not allowed`)
  }
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const n of [3, 201]) {
      const a = createMatrix(n, n)
      a.data[(n - 1) * n + 1] = value
      expect(() => eighTop(a, 1)).toThrow(`row ${n}, column 2`)
    }
  }
})

test('only the lower triangle is read, and nothing is modified', () => {
  const a = withSymmetricEigenvalues(Float64Array.from(among(170, 4, 3)), new SeededRandom(4))
  const wanted = eighTop(a, 2)
  const lower = createMatrix(170, 170, Float64Array.from(a.data))
  for (let i = 0; i < 170; i++) lower.data.fill(NaN, i * 170 + i + 1, (i + 1) * 170)
  const before = lower.data.slice()
  expect(eighTop(lower, 2)).toEqual(wanted)
  expect(lower.data).toEqual(before)
})

test('a seed gives the same bits, where the matrix lives does not matter', () => {
  const a = randomNormal(300, 300, new SeededRandom(5))
  const first = eighTop(a, 3, { seed: 7 })
  expect(eighTop(a, 3, { seed: 7 })).toEqual(first)
  kernels().memory.frame(() => {
    expect(eighTop({ ...a, data: kernels().memory.copy(a.data) }, 3, { seed: 7 })).toEqual(first)
  })
})

test('the work can be stopped', () => {
  const a = withSymmetricEigenvalues(Float64Array.from(among(200)), new SeededRandom(6))
  expect(() => eighTop(a, 3, {}, stoppingAt(30))).toThrow('stopped')
})

/** Without a look at the order: eighTop takes the direct method for matrices this small. */
function byLanczos(a: Matrix, count: number): TopEigenpairs {
  const n = a.rows
  const found = topByLanczos(packSymmetric(a, unwatched).operator, count, 0, n, unwatched)
  if (!found) throw new Error('given up')
  const v = createMatrix(n, count)
  found.vectors.forEach((vector, k) => {
    const sign = signOf(vector)
    for (let i = 0; i < n; i++) v.data[i * count + k] = sign * vector[i]!
  })
  return { w: found.w, v }
}

test('of a matrix too small for it, Lanczos finds what there is', () => {
  const values = among(120, 6, 5, 5)
  const a = withSymmetricEigenvalues(Float64Array.from(values), new SeededRandom(7))
  kernels().memory.frame(() => {
    expectTop(a, byLanczos(a, 3), values)
  })
})

test('any order and any number of pairs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (n, wanted, seed) => {
      const random = new SeededRandom(seed)
      // Whole numbers: some eigenvalues are equal.
      const values = Array.from({ length: n }, () => random.integer(6) - 3)
      const a = withSymmetricEigenvalues(Float64Array.from(values), random)
      kernels().memory.frame(() => {
        expectTop(a, byLanczos(a, wanted % (n + 1)), values)
      })
    }),
    { seed: 11, numRuns: 60 }
  )
})
