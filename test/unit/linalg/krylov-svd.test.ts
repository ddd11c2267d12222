import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { krylovSvd, type KrylovSvd } from '../../../core/linalg/krylov-svd.ts'
import { createMatrix, type Matrix } from '../../../core/linalg/matrix.ts'
import { centredOperator, denseOperator, type LinearOperator } from '../../../core/linalg/operator.ts'
import { scaleArray } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { svd } from '../../../core/linalg/svd.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { MODES, randomNormal, scaled, spreadValues, withSingularValues } from '../../zoo/random-matrices.ts'
import { certifyTriplets } from '../../zoo/top-certificate.ts'
import { recording } from './watches.ts'

const ULP = 2 ** -52

/** Without gram, as a sparse matrix is: products alone. */
const productsOnly = ({ rows, columns, multiply, multiplyTransposed }: LinearOperator): LinearOperator => ({
  rows,
  columns,
  multiply,
  multiplyTransposed
})

const dense = (a: Matrix): LinearOperator => denseOperator(kernels().memory.copy(a.data), a.rows, a.columns)

function solve(a: Matrix, count: number, make = (x: LinearOperator) => x, watch: Watch = unwatched): KrylovSvd {
  return kernels().memory.frame(() => krylovSvd(make(dense(a)), count, { seed: 1 }, watch))
}

function expectTop(a: Matrix, top: KrylovSvd, known: readonly number[]): void {
  const { residual, orthogonality } = certifyTriplets(a, top)
  expect(residual).toBeLessThan(5)
  expect(orthogonality).toBeLessThan(Math.max(100, a.rows, a.columns))
  const sorted = Float64Array.from(known).sort().reverse()
  top.s.forEach((value, k) => {
    expect(Math.abs(value - sorted[k]!)).toBeLessThanOrEqual(5 * Math.max(a.rows, a.columns) * ULP * sorted[0]!)
  })
  for (let k = 0; k < top.s.length; k++) {
    const row = [...top.vt.data.subarray(k * a.columns, (k + 1) * a.columns)]
    expect(Math.max(...row)).toBe(Math.max(...row.map(Math.abs)))
  }
}

/** n values: those given, and the rest evenly between 1 and 0. */
const among = (n: number, ...given: number[]): number[] => [
  ...given,
  ...Array.from({ length: n - given.length }, (_, i) => 1 - i / n)
]

describe.each([
  ['with its Gram matrix', (a: LinearOperator) => a],
  ['by products alone', productsOnly]
])('%s', (_, make) => {
  test.each([
    ['decaying', Array.from({ length: 150 }, (__, i) => 0.7 ** i), 10],
    ['none that stand out', among(150), 6],
    ['equal ones', among(150, 5, 5, 5, 4, 4), 4],
    ['more equal ones than a block has', among(150, ...Array<number>(40).fill(3), 2), 30],
    ['more wanted than a block has', among(150, ...Array.from({ length: 30 }, (__, i) => 9 - i / 10)), 25],
    ['gaps of 1e-9', among(150, 5, 5 + 1e-9, 5 + 2e-9, 5 - 1e-9), 4],
    ['small beside large', [1e8, ...among(149, 3, 2)], 5],
    ['rank 3', [5, 2, 1, ...Array<number>(147).fill(0)], 6],
    ['all equal', Array<number>(150).fill(3), 5],
    ['half of them', among(150), 75],
    ['all of them', among(150), 150]
  ])('%s', (__, values, count) => {
    const random = new SeededRandom(2)
    const tall = withSingularValues(190, 150, Float64Array.from(values), random)
    const wide = withSingularValues(150, 170, Float64Array.from(values), random)
    for (const a of [tall, wide]) expectTop(a, solve(a, count, make), values)
  })
})

test.each(MODES)('spread by mode %d', (mode) => {
  for (const condition of [1e4, 1e14]) {
    const random = new SeededRandom(3)
    const values = spreadValues(90, mode, condition, random)
    const a = withSingularValues(140, 90, values, random)
    expectTop(a, solve(a, 9), [...values].map(Math.abs))
  }
})

test('noise, of which the Gram matrix is formed: the values of svd', () => {
  const a = randomNormal(700, 400, new SeededRandom(4))
  const { s } = svd(a)
  const top = solve(a, 5)
  expectTop(a, top, [...s])
  expect(top.iterations).toBeLessThan(8)
})

test('entries of 2^±500, and subnormal ones', () => {
  const values = among(60, 3, 2, 2)
  const a = withSingularValues(80, 60, Float64Array.from(values), new SeededRandom(5))
  for (const e of [500, -500, 1000, -1000]) {
    const top = solve(scaled(a, e), 3)
    scaleArray(top.s, -e)
    expectTop(a, top, values)
  }
})

describe('any power of two as a factor: what is found is as near to the truth', () => {
  const exponents = [...Array.from({ length: 30 }, (_, i) => 20 * i - 290), -500, 500]
  const noise = randomNormal(60, 40, new SeededRandom(14))
  const decaying = Array.from({ length: 50 }, (_, i) => 1e-12 * 0.6 ** i)
  const ofRank3 = [5, 2, 1, ...Array<number>(47).fill(0)]
  const random = new SeededRandom(15)
  test.each([
    ['noise', noise, [...svd(noise).s], 3],
    ['decaying from 1e-12', withSingularValues(70, 50, Float64Array.from(decaying), random), decaying, 8],
    ['rank 3', withSingularValues(50, 70, Float64Array.from(ofRank3), random), ofRank3, 6]
  ] as const)('%s', (_, a, values, count) => {
    for (const e of exponents) {
      for (const make of [undefined, productsOnly]) {
        const top = solve(scaled(a, e), count, make)
        scaleArray(top.s, -e)
        expectTop(a, top, values)
      }
    }
  })

  test('with as few steps, whose start the Gram matrix gives', () => {
    const a = randomNormal(300, 200, new SeededRandom(16))
    const { iterations } = solve(a, 3)
    expect(iterations).toBeLessThan(8)
    for (const e of [-180, -100, -50, 50, 100, 180]) expect(solve(scaled(a, e), 3).iterations).toBe(iterations)
  })
})

test('zeros have singular values 0 and orthonormal vectors', () => {
  const top = solve(createMatrix(40, 30), 5)
  expect([...top.s]).toEqual([0, 0, 0, 0, 0])
  expect(certifyTriplets(createMatrix(40, 30), top).orthogonality).toBeLessThan(10)
})

test('edge sizes', () => {
  for (const [rows, columns] of [
    [0, 0],
    [0, 3],
    [3, 0],
    [4, 2]
  ] as const) {
    const { u, s, vt } = solve(createMatrix(rows, columns), 0)
    expect([u.rows, u.columns, s.length, vt.rows, vt.columns]).toEqual([rows, 0, 0, 0, columns])
  }
  const { u, s, vt } = solve(createMatrix(1, 1, Float64Array.of(-3)), 1)
  expect(Math.abs(u.data[0]! + 1)).toBeLessThan(4 * ULP)
  expect(Math.abs(s[0]! - 3)).toBeLessThan(12 * ULP)
  expect(Math.abs(vt.data[0]! - 1)).toBeLessThan(4 * ULP)
})

test('what cannot be wanted is refused', () => {
  for (const count of [-1, 1.5, 4]) expect(() => solve(createMatrix(5, 3), count)).toThrow(`${count} is not allowed`)
  const a = createMatrix(30, 20)
  a.data[7] = NaN
  expect(() => solve(a, 2)).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: 'NON_FINITE' }) as object })
  )
})

test('column means of 1e9: errors are of the order of ulp times what is centred away', () => {
  const spread = randomNormal(120, 40, new SeededRandom(6))
  const data = spread.data.map((value) => Math.round(value * 1024) / 1024)
  const mean = new Float64Array(40).fill(1e9)
  const shifted = createMatrix(
    120,
    40,
    data.map((value) => value + 1e9)
  )
  const top = solve(shifted, 3, (x) => centredOperator(x, mean))
  const exact = svd(createMatrix(120, 40, data)).s
  top.s.forEach((value, k) => {
    expect(Math.abs(value - exact[k]!)).toBeLessThan(120 * ULP * 1e9 * Math.sqrt(120 * 40))
  })
})

test('a seed gives the same bits', () => {
  const a = randomNormal(300, 200, new SeededRandom(7))
  expect(solve(a, 3)).toEqual(solve(a, 3))
  expect(solve(a, 20, productsOnly)).toEqual(solve(a, 20, productsOnly))
})

test('the work can be stopped, and tells how far it is', () => {
  const a = randomNormal(300, 200, new SeededRandom(8))
  const seen: number[] = []
  const checkpoint = () => {
    if (seen.length === 2) throw new Error('stopped')
  }
  expect(() => solve(a, 3, productsOnly, { checkpoint, progress: (value) => seen.push(value) })).toThrow('stopped')
  expect(seen).toHaveLength(2)
  expect(seen.every((value) => value >= 0 && value <= 1)).toBe(true)
})

test.each([true, false])('progress never goes back, where products are all there is: %s', (alone) => {
  const a = randomNormal(300, 200, new SeededRandom(8))
  const { watch, seen } = recording()
  // 20 values: more than a block, so that it is searched for copies and may go on from there.
  solve(a, 20, alone ? productsOnly : undefined, watch)
  expect(seen.length).toBeGreaterThan(1)
  expect(seen).toEqual(seen.toSorted((x, y) => x - y))
})

test('any shape, any rank, any number of triplets', () => {
  const side = fc.integer({ min: 1, max: 45 })
  fc.assert(
    fc.property(side, side, fc.nat(), fc.nat(), fc.boolean(), (rows, columns, wanted, seed, alone) => {
      const random = new SeededRandom(seed)
      // Whole numbers: some are equal, some are 0.
      const values = Array.from({ length: Math.min(rows, columns) }, () => random.integer(4))
      const a = withSingularValues(rows, columns, Float64Array.from(values), random)
      expectTop(a, solve(a, wanted % (values.length + 1), alone ? productsOnly : undefined), values)
    }),
    { seed: 12, numRuns: 100 }
  )
})
