import { describe, expect, test } from 'vitest'
import { eigh } from '../../../core/linalg/eigh.ts'
import { gramOperator } from '../../../core/linalg/gram-operator.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { krylovBlock, krylovEigh, type KrylovPairs } from '../../../core/linalg/krylov-eigh.ts'
import { createMatrix, type Matrix } from '../../../core/linalg/matrix.ts'
import { scaleArray } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { randomNormal, scaled, withSingularValues } from '../../zoo/random-matrices.ts'
import { minus, orthogonalityRatio, product, transposeOf, ULP } from './ratios.ts'
import { recording, stoppingAt } from './watches.ts'

interface Choice {
  mean?: Float64Array
  seed?: number
  stepLimit?: number
  watch?: Watch
}

function solve(a: Matrix, nValues: number, choice: Choice = {}): KrylovPairs | null {
  const { mean = null, seed = 1, stepLimit = 1000, watch = unwatched } = choice
  const { memory } = kernels()
  return memory.frame(() => {
    const g = gramOperator(memory.copy(a.data), a.rows, a.columns, mean)
    return krylovEigh(g, nValues, { seed, stepLimit }, watch)
  })
}

function found(a: Matrix, nValues: number, choice: Choice = {}): KrylovPairs {
  const pairs = solve(a, nValues, choice)
  if (!pairs) throw new Error('given up')
  return pairs
}

/** A with eigenvalues of the smaller of AᵀA and A·Aᵀ. */
const withProducts = (rows: number, columns: number, values: number[]): Matrix =>
  withSingularValues(rows, columns, Float64Array.from(values, Math.sqrt), new SeededRandom(3))

/** The smaller product, formed by the definition. */
function productOf(a: Matrix, mean?: Float64Array): Matrix {
  const centred = mean
    ? createMatrix(
        a.rows,
        a.columns,
        a.data.map((x, at) => x - mean[at % a.columns]!)
      )
    : a
  const turned = transposeOf(centred)
  return a.rows >= a.columns ? product(turned, centred) : product(centred, turned)
}

/** A small residual proves each value to be near an eigenvalue; those of eigh say that they are the largest. */
function expectPairs(g: Matrix, { w, v }: KrylovPairs): void {
  const n = g.rows
  const k = w.length
  const error = minus(
    product(g, v),
    createMatrix(
      n,
      k,
      v.data.map((x, at) => x * w[at % k]!)
    )
  )
  const all = eigh(g).w
  for (let c = 0; c < k; c++) {
    const column = Array.from({ length: n }, (_, i) => error.data[i * k + c]!)
    expect(Math.hypot(...column) / (n * ULP * w[0]!)).toBeLessThan(10)
    expect(Math.abs(w[c]! - all[c]!) / (n * ULP * all[0]!)).toBeLessThan(10)
    const entries = Array.from({ length: n }, (_, i) => v.data[i * k + c]!)
    expect(Math.max(...entries)).toBe(Math.max(...entries.map(Math.abs)))
  }
  expect(orthogonalityRatio(v)).toBeLessThan(10)
}

const geometric = (count: number, from: number, ratio: number): number[] =>
  Array.from({ length: count }, (_, i) => from * ratio ** i)
const times = (value: number, count: number): number[] => Array<number>(count).fill(value)

test('a block grows by four vectors for every twelve pairs, to sixteen', () => {
  expect([1, 12, 13, 24, 25, 36, 37, 500].map(krylovBlock)).toEqual([4, 4, 8, 8, 12, 12, 16, 16])
})

describe('against eigh of the formed product', () => {
  test.each([
    [301, 131],
    [131, 301],
    [150, 150]
  ])('%d × %d, plain and centred', (rows, columns) => {
    const order = Math.min(rows, columns)
    const a = withProducts(rows, columns, geometric(order, 10, 0.8))
    expectPairs(productOf(a), found(a, 7))
    const mean = Float64Array.from({ length: columns }, (_, j) => ((j % 5) - 2) / 7)
    const shifted = createMatrix(
      rows,
      columns,
      a.data.map((x, at) => x + mean[at % columns]!)
    )
    expectPairs(productOf(shifted, mean), found(shifted, 7, { mean }))
  })

  test.each([8, 9, 12, 13, 15, 16, 17, 20, 23, 24, 31, 40])('one pair of order %d', (order) => {
    const a = withProducts(40, order, geometric(order, 5, 0.9))
    expectPairs(productOf(a), found(a, 1))
  })

  test('40 pairs, restarted: more steps than the basis has room for', () => {
    const a = withProducts(500, 400, geometric(400, 10, 0.97))
    const pairs = found(a, 40)
    expect(pairs.steps * krylovBlock(40)).toBeGreaterThan(4 * 40 + 3 * 16)
    expectPairs(productOf(a), pairs)
  })

  test('fewer values than wanted that are not 0', () => {
    const a = withProducts(100, 80, [3, 2, 1, ...times(0, 77)])
    expectPairs(productOf(a), found(a, 5))
  })
})

describe('equal eigenvalues, more of them than a block has vectors', () => {
  test.each([
    ['six, six wanted', 6, [...times(9, 6), ...geometric(194, 4, 0.5)]],
    ['six, ten wanted', 10, [...times(9, 6), ...geometric(194, 4, 0.5)]],
    ['six, four wanted', 4, [...times(9, 6), ...geometric(194, 1e-3, 0.99)]],
    ['five, then six others, six wanted', 6, [...times(9, 5), ...times(5, 6), ...geometric(189, 1e-4, 0.9)]],
    ['five, then six others, eleven wanted', 11, [...times(9, 5), ...times(5, 6), ...geometric(189, 1e-4, 0.9)]]
  ])('%s', (_, nValues, values) => {
    const a = withProducts(300, 200, values)
    const pairs = found(a, nValues)
    expectPairs(productOf(a), pairs)
    pairs.w.forEach((value, k) => expect(value).toBeCloseTo(values[k]!, 11))
  })
})

test.each([
  ['decaying', geometric(90, 10, 0.7), 6],
  ['decaying from 1e-24', geometric(90, 1e-24, 0.7), 6],
  ['rank 4', [9, 3, 3, 1, ...times(0, 86)], 6]
])('any power of four as a factor, %s: what is found is as near to the truth', (_, values, nValues) => {
  const a = withProducts(120, 90, values)
  const g = productOf(a)
  for (const e of [...Array.from({ length: 20 }, (__, i) => 20 * i - 190), -199, 199]) {
    const pairs = found(scaled(a, e), nValues)
    scaleArray(pairs.w, -2 * e)
    expectPairs(g, pairs)
  }
})

test('given up on noise where few steps are allowed', () => {
  expect(solve(randomNormal(600, 300, new SeededRandom(4)), 5, { stepLimit: 10 })).toBeNull()
})

test('a seed gives the same bits', () => {
  const a = withProducts(200, 130, geometric(130, 10, 0.7))
  expect(found(a, 5, { seed: 7 })).toEqual(found(a, 5, { seed: 7 }))
  expect(found(a, 5, { seed: 8 }).v.data).not.toEqual(found(a, 5, { seed: 7 }).v.data)
})

test('can be stopped, gives its memory back, and says how far it is', () => {
  const a = withProducts(200, 130, geometric(130, 10, 0.7))
  const free = kernels().memory.free
  expect(() => solve(a, 5, { watch: stoppingAt(6) })).toThrow('stopped')
  expect(kernels().memory.free).toBe(free)
  const { watch, seen: heard } = recording()
  found(a, 5, { watch })
  expect(heard.length).toBeGreaterThan(2)
  expect(Math.min(...heard)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...heard)).toBeLessThanOrEqual(1)
  expect(kernels().memory.free).toBe(free)
})
