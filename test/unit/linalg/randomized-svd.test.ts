import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../core/contract/errors.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { denseOperator, type LinearOperator } from '../../../core/linalg/operator.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomizedSvd, type RandomizedSvdOptions, type TruncatedSvd } from '../../../core/linalg/randomized-svd.ts'
import { sparseOperator } from '../../../core/linalg/sparse-multiply.ts'
import { createSparse, denseOf, sparseOf } from '../../../core/linalg/sparse.ts'
import { svd } from '../../../core/linalg/svd.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { randomNormal, scaled, withSingularValues } from '../../zoo/random-matrices.ts'
import { orthogonalityRatio, transposeOf, ULP } from './ratios.ts'
import { recording, stoppingAt } from './watches.ts'

function decompose(
  a: Matrix,
  nValues: number,
  options: Partial<RandomizedSvdOptions> = {},
  watch: Watch = unwatched
): TruncatedSvd {
  const { memory } = kernels()
  return memory.frame(() =>
    randomizedSvd(denseOperator(memory.copy(a.data), a.rows, a.columns), nValues, { seed: 1, ...options }, watch)
  )
}

/** ‖A·vₖ − σₖ·uₖ‖ and ‖Aᵀ·uₖ − σₖ·vₖ‖ for each k, added. */
function residualsOf(a: Matrix, { u, s, vt }: TruncatedSvd): number[] {
  return Array.from(s, (value, k) => {
    let left = 0
    for (let i = 0; i < a.rows; i++) {
      let error = -value * u.data[i * u.columns + k]!
      for (let j = 0; j < a.columns; j++) error += a.data[i * a.columns + j]! * vt.data[k * a.columns + j]!
      left += error * error
    }
    let right = 0
    for (let j = 0; j < a.columns; j++) {
      let error = -value * vt.data[k * a.columns + j]!
      for (let i = 0; i < a.rows; i++) error += a.data[i * a.columns + j]! * u.data[i * u.columns + k]!
      right += error * error
    }
    return Math.sqrt(left) + Math.sqrt(right)
  })
}

function expectConventions(found: TruncatedSvd): void {
  expect(orthogonalityRatio(found.u)).toBeLessThan(10)
  expect(orthogonalityRatio(transposeOf(found.vt))).toBeLessThan(10)
  const { rows, columns, data } = found.vt
  for (let k = 0; k < rows; k++) {
    if (k > 0) expect(found.s[k]).toBeLessThanOrEqual(found.s[k - 1]!)
    const row = data.subarray(k * columns, (k + 1) * columns)
    const largest = row.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
    expect(row.find((entry) => Math.abs(entry) === largest)).toBeGreaterThan(0)
  }
  expect(found.s.every((value) => value >= 0)).toBe(true)
}

const geometric = (count: number, ratio: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => ratio ** k)

const code = (wanted: ErrorCode): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: wanted }) as unknown })

describe('randomizedSvd', () => {
  test.each([
    [200, 60],
    [60, 200],
    [80, 80]
  ])('values that fall off are found to rounding, %s × %s', (rows, columns) => {
    for (const ratio of [0.5, 0.1, 1e-3]) {
      const values = geometric(Math.min(rows, columns), ratio)
      const a = withSingularValues(rows, columns, values, new SeededRandom(2))
      const found = decompose(a, 8)
      expectConventions(found)
      for (let k = 0; k < 8; k++) {
        expect(Math.abs(found.s[k]! - values[k]!)).toBeLessThan(100 * ULP)
        expect(found.residuals[k]).toBeLessThan(100 * ULP)
      }
    }
  })

  test('a spectrum that falls off slowly: never above the true values, and the residuals are what they say', () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => 1 / (1 + 0.05 * k))
    const a = withSingularValues(300, 100, values, new SeededRandom(3))
    for (const powerIterations of [0, 1, 2, 5]) {
      const found = decompose(a, 6, { powerIterations })
      expectConventions(found)
      const residuals = residualsOf(a, found)
      found.s.forEach((value, k) => {
        expect(value).toBeLessThan(values[k]! * (1 + 50 * ULP))
        expect(Math.abs(found.residuals[k]! - residuals[k]!)).toBeLessThan(200 * ULP)
        const nearest = Math.min(...values.map((other) => Math.abs(other - value)))
        expect(nearest).toBeLessThan(found.residuals[k]! / Math.SQRT2 + 50 * ULP)
      })
    }
  })

  test('more iterations come nearer to the values, and with enough of them to rounding', () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => 1 / (1 + 0.05 * k))
    const a = withSingularValues(300, 100, values, new SeededRandom(3))
    const errorOf = (powerIterations: number): number => {
      const { s } = decompose(a, 6, { powerIterations })
      return Math.max(...s.map((value, k) => values[k]! - value))
    }
    const errors = [0, 2, 5, 10, 20].map(errorOf)
    for (let i = 1; i < errors.length; i++) expect(errors[i]).toBeLessThan(errors[i - 1]! / 2)
    expect(errorOf(80)).toBeLessThan(100 * ULP)
    // Without the shift ten iterations leave 7e-8.
    expect(errors[3]).toBeLessThan(1e-9)
  })

  test('at full width it is the whole decomposition, of any small matrix', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([rows, columns]) =>
      fc
        .array(fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 0, 1, 1e-12)), {
          minLength: rows * columns,
          maxLength: rows * columns
        })
        .map((entries) => createMatrix(rows, columns, Float64Array.from(entries)))
    )
    fc.assert(
      fc.property(matrix, (a) => {
        const before = a.data.slice()
        const count = Math.min(a.rows, a.columns)
        const found = decompose(a, count)
        expect(a.data).toEqual(before)
        expectConventions(found)
        const { s } = svd(a)
        const size = Math.max(s[0]!, Number.MIN_VALUE)
        for (let k = 0; k < count; k++) {
          expect(Math.abs(found.s[k]! - s[k]!) / size).toBeLessThan(100 * ULP)
          expect(found.residuals[k]! / size).toBeLessThan(100 * ULP)
        }
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test('a matrix of low rank, and one of zeros: as many values as asked for, vectors orthonormal', () => {
    const values = Float64Array.from({ length: 50 }, (_, k) => (k < 3 ? 3 - k : 0))
    const found = decompose(withSingularValues(120, 50, values, new SeededRandom(4)), 5)
    expectConventions(found)
    found.s.forEach((value, k) => {
      expect(Math.abs(value - values[k]!)).toBeLessThan(100 * ULP)
    })
    const nothing = decompose(createMatrix(40, 30), 4)
    expectConventions({ ...nothing, vt: nothing.vt })
    expect(nothing.s).toEqual(new Float64Array(4))
    expect(nothing.residuals).toEqual(new Float64Array(4))
  })

  test('the sparse operator gives what the dense one gives', () => {
    const random = new SeededRandom(5)
    const count = 4000
    const draw = (below: number): Int32Array => Int32Array.from({ length: count }, () => random.integer(below))
    const entries = { rowIndexes: draw(500), columnIndexes: draw(90), values: Float64Array.from(draw(5), (v) => v + 1) }
    const a = createSparse(500, 90, entries)
    const { memory } = kernels()
    const found = memory.frame(() => randomizedSvd(sparseOperator(a), 6, { seed: 3, powerIterations: 60 }))
    const { s } = svd(denseOf(a))
    expectConventions(found)
    for (let k = 0; k < 6; k++) expect(Math.abs(found.s[k]! / s[k]! - 1)).toBeLessThan(1e-13)
  })

  test('[[3, 0], [4, 5]] has the values √45 and √5 (Golub & Van Loan, Matrix Computations, §2.4: AᵀA has 45 and 5)', () => {
    const { s, vt } = decompose(
      matrixOf([
        [3, 0],
        [4, 5]
      ]),
      2
    )
    expect(s[0]).toBeCloseTo(Math.sqrt(45), 13)
    expect(s[1]).toBeCloseTo(Math.sqrt(5), 13)
    expect(vt.data[0]).toBeCloseTo(Math.SQRT1_2, 13)
    expect(vt.data[1]).toBeCloseTo(Math.SQRT1_2, 13)
  })

  test('any power of two as a factor: the same vectors, values times it', () => {
    const a = withSingularValues(60, 40, geometric(40, 0.6), new SeededRandom(6))
    const plain = decompose(a, 5)
    const exponents = Array.from({ length: 51 }, (_, i) => 20 * i - 500)
    for (const e of [...exponents, -1000, -250, 250, 1000]) {
      const found = decompose(scaled(a, e), 5)
      expectConventions(found)
      for (let k = 0; k < 5; k++) {
        expect(Math.abs(timesPowerOfTwo(found.s[k]!, -e) / plain.s[k]! - 1)).toBeLessThan(100 * ULP)
      }
      expect(found.residuals.every((r) => timesPowerOfTwo(r, -e) < 100 * ULP)).toBe(true)
    }
    const integers = createMatrix(
      60,
      40,
      a.data.map((v) => Math.round(v * 1e6))
    )
    const exact = decompose(integers, 5)
    const subnormal = decompose(scaled(integers, -1074), 5)
    for (let k = 0; k < 5; k++) expect(Math.abs(timesPowerOfTwo(subnormal.s[k]!, 1074) - exact.s[k]!)).toBeLessThan(1)
  })

  test('the same bits from the same seed, others from another; nothing of the memory of the kernels', () => {
    const a = randomNormal(90, 60, new SeededRandom(7))
    const found = decompose(a, 4)
    expect(decompose(a, 4)).toEqual(found)
    expect(decompose(a, 4, { seed: 2 }).s).not.toEqual(found.s)
    for (const array of [found.s, found.u.data, found.vt.data, found.residuals]) {
      expect(kernels().memory.holds(array)).toBe(false)
    }
  })

  test('no value asked for, or none there', () => {
    for (const [rows, columns] of [
      [3, 2],
      [0, 4],
      [4, 0],
      [0, 0]
    ] as const) {
      const found = decompose(createMatrix(rows, columns), 0)
      expect([found.u.rows, found.u.columns, found.vt.rows, found.vt.columns]).toEqual([rows, 0, 0, columns])
      expect(found.s.length + found.residuals.length).toBe(0)
    }
  })

  test('bad numbers are refused', () => {
    const a = randomNormal(6, 4, new SeededRandom(8))
    expect(() => decompose(a, 5)).toThrow(code('INVALID_PARAMETER'))
    expect(() => decompose(a, -1)).toThrow(code('INVALID_PARAMETER'))
    expect(() => decompose(a, 1.5)).toThrow(code('INVALID_PARAMETER'))
    expect(() => decompose(a, 2, { oversamples: -1 })).toThrow(code('INVALID_PARAMETER'))
    expect(() => decompose(a, 2, { powerIterations: NaN })).toThrow(code('INVALID_PARAMETER'))
    expect(() => decompose(createMatrix(2, 1, Float64Array.of(1, Infinity)), 1)).toThrow(code('NON_FINITE'))
    expect(() => decompose(createMatrix(2, 2, new Float64Array(4).fill(1.7e308)), 1)).toThrow(code('OUT_OF_RANGE'))
  })

  test('it can be stopped at any product, and tells how far it is', () => {
    const a = randomNormal(50, 30, new SeededRandom(9))
    const { watch, looks, seen: fractions } = recording()
    decompose(a, 3, {}, watch)
    expect(fractions.length).toBeGreaterThan(10)
    expect(fractions.at(-1)).toBe(1)
    expect(fractions).toEqual(fractions.toSorted((p, q) => p - q))
    for (let at = 1; at <= looks(); at++) {
      expect(() => decompose(a, 3, {}, stoppingAt(at))).toThrow('stopped')
    }
  })

  test('the operator is asked for few products: two an iteration and three at the end, one vector at the start', () => {
    const a = sparseOf(randomNormal(50, 30, new SeededRandom(10)))
    const { memory } = kernels()
    memory.frame(() => {
      const inner = sparseOperator(a)
      const widths: number[] = []
      const counted: LinearOperator = {
        ...inner,
        multiply: (x, y, watch) => {
          widths.push(x.columns)
          inner.multiply(x, y, watch)
        },
        multiplyTransposed: (y, x, watch) => {
          widths.push(y.columns)
          inner.multiplyTransposed(y, x, watch)
        }
      }
      randomizedSvd(counted, 3, { seed: 1, oversamples: 5, powerIterations: 2 })
      expect(widths).toEqual([1, 8, 8, 8, 8, 8, 8, 4])
    })
  })
})
