import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { Kernels, useKernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { singularValues } from '../../../core/linalg/singular-values.ts'
import { svd } from '../../../core/linalg/svd.ts'
import { certifySvd } from '../../zoo/svd-certificate.ts'
import { randomNormal, scaled, withSingularValues } from '../../zoo/random-matrices.ts'
import { recording, stoppingAt } from './watches.ts'

/** A matrix of 1–9 rows and columns; entries are often 0, equal, or far apart in size. */
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([rows, columns]) =>
    fc
      .array(
        fc.oneof(
          fc.double({ min: -1e100, max: 1e100, noNaN: true }),
          fc.double({ min: -1, max: 1, noNaN: true }),
          fc.constantFrom(0, 1, -1, 5e-324, 1e-200, 1e-290)
        ),
        { minLength: rows * columns, maxLength: rows * columns }
      )
      .map((entries) => createMatrix(rows, columns, Float64Array.from(entries)))
  )

function expectDecomposition(a: Matrix, vectors: 'thin' | 'full' = 'thin'): void {
  const result = svd(a, { vectors })
  const { residual, leftOrthogonality, rightOrthogonality } = certifySvd(a, result)
  expect(residual).toBeLessThan(10)
  expect(leftOrthogonality).toBeLessThan(10)
  expect(rightOrthogonality).toBeLessThan(10)
  const { s, vt } = result
  for (let k = 0; k < s.length; k++) expect(s[k]).toBeGreaterThanOrEqual(s[k + 1] ?? 0)
  for (let k = 0; k < vt.rows; k++) {
    const row = Array.from(vt.data.subarray(k * vt.columns, (k + 1) * vt.columns))
    const largest = Math.max(...row.map(Math.abs))
    expect(row.find((entry) => Math.abs(entry) === largest)).toBeGreaterThan(0)
  }
  const alone = singularValues(a)
  for (let k = 0; k < s.length; k++) expect(Math.abs(alone[k]! - s[k]!)).toBeLessThanOrEqual(1e-14 * s[0]!)
}

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof EigendeskError ? error.data.code : String(error)
  }
  return 'none'
}

describe('svd', () => {
  test('any matrix: A = U diag(s) Vᵀ, orthonormal vectors, order, signs, values alone, thin and full', () => {
    fc.assert(
      fc.property(matrix, fc.constantFrom('thin' as const, 'full' as const), (a, vectors) => {
        const before = a.data.slice()
        expectDecomposition(a, vectors)
        expect(a.data).toEqual(before)
        expect(svd(a, { vectors })).toEqual(svd(a, { vectors }))
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test('[[3, 0], [4, 5]] = U diag(3√5, √5) Vᵀ (Strang, Introduction to Linear Algebra, §7.2)', () => {
    const { u, s, vt } = svd(
      matrixOf([
        [3, 0],
        [4, 5]
      ])
    )
    expect(s[0]).toBeCloseTo(3 * Math.sqrt(5), 14)
    expect(s[1]).toBeCloseTo(Math.sqrt(5), 14)
    const half = Math.SQRT1_2
    for (const [j, wanted] of [half, half].entries()) expect(vt.data[j]).toBeCloseTo(wanted, 14)
    expect(Math.abs(vt.data[2]!)).toBeCloseTo(half, 14)
    for (const [i, wanted] of [1 / Math.sqrt(10), 3 / Math.sqrt(10)].entries()) {
      expect(u.data[2 * i]).toBeCloseTo(wanted, 14)
    }
  })

  test('the magic square of order 4 has singular values 34, 8√5, 2√5, 0 (Moler, Numerical Computing with MATLAB)', () => {
    const a = matrixOf([
      [16, 2, 3, 13],
      [5, 11, 10, 8],
      [9, 7, 6, 12],
      [4, 14, 15, 1]
    ])
    const wanted = [34, 8 * Math.sqrt(5), 2 * Math.sqrt(5), 0]
    for (const [k, value] of svd(a).s.entries()) expect(Math.abs(value - wanted[k]!)).toBeLessThan(34 * 4e-15)
  })

  test('of all ones, m × n: the one singular value is √(mn), its vectors constant', () => {
    const { u, s, vt } = svd(createMatrix(7, 4, new Float64Array(28).fill(1)))
    expect(s[0]).toBeCloseTo(Math.sqrt(28), 13)
    for (let i = 0; i < 7; i++) expect(u.data[4 * i]).toBeCloseTo(1 / Math.sqrt(7), 14)
    for (let j = 0; j < 4; j++) expect(vt.data[j]).toBeCloseTo(0.5, 14)
    for (let k = 1; k < 4; k++) expect(s[k]).toBeLessThan(1e-14)
  })

  test('the differences of 90 numbers have the singular values 2 cos(kπ / 2n) (Strang, Computational Science, §1.5)', () => {
    const n = 90
    const a = createMatrix(n - 1, n)
    for (let i = 0; i < n - 1; i++) {
      a.data[i * n + i] = -1
      a.data[i * n + i + 1] = 1
    }
    const { s } = svd(a)
    for (let k = 1; k < n; k++) expect(s[k - 1]).toBeCloseTo(2 * Math.cos((k * Math.PI) / (2 * n)), 13)
    expectDecomposition(a)
  })

  test.each([
    [0, 0],
    [0, 4],
    [4, 0],
    [1, 1],
    [1, 5],
    [5, 1]
  ])('%i × %i: defined, and an orthonormal basis when full', (rows, columns) => {
    const a = createMatrix(rows, columns, new Float64Array(rows * columns).fill(-2))
    const rank = Math.min(rows, columns)
    const thin = svd(a)
    expect([thin.u.rows, thin.u.columns, thin.s.length, thin.vt.rows, thin.vt.columns]).toEqual([
      ...[rows, rank, rank, rank, columns]
    ])
    const full = svd(a, { vectors: 'full' })
    expect([full.u.columns, full.vt.rows]).toEqual([rows, columns])
    expectDecomposition(a, 'full')
    expect(singularValues(a).length).toBe(rank)
  })

  test('scaling by a power of two scales the values by it exactly and leaves the vectors alone', () => {
    const a = randomNormal(40, 13, new SeededRandom(2))
    const once = svd(a)
    for (const e of [-500, 500]) {
      const { u, s, vt } = svd(scaled(a, e))
      expect(u).toEqual(once.u)
      expect(vt).toEqual(once.vt)
      expect(s).toEqual(once.s.map((value) => value * 2 ** e))
    }
  })

  test('turning a matrix changes its singular values by rounding errors alone', () => {
    const random = new SeededRandom(3)
    const wanted = Float64Array.from({ length: 30 }, (_, k) => 1 / (k + 1))
    for (const [rows, columns] of [[30, 30] as const, [80, 30] as const, [30, 41] as const]) {
      const { s } = svd(withSingularValues(rows, columns, wanted, random))
      for (let k = 0; k < 30; k++) expect(Math.abs(s[k]! - wanted[k]!)).toBeLessThan(1e-14)
    }
  })

  test('results are plain arrays', () => {
    const { u, s, vt } = svd(randomNormal(5, 4, new SeededRandom(4)))
    for (const array of [u.data, s, vt.data]) expect(array.buffer).toBeInstanceOf(ArrayBuffer)
  })

  test('what is not finite is named, and a singular value beyond the largest double is an error', () => {
    const a = createMatrix(3, 2)
    a.data[5] = Infinity
    expect(() => svd(a)).toThrow('row 3, column 2')
    expect(codeOf(() => singularValues(createMatrix(1, 1, Float64Array.of(NaN))))).toBe('NON_FINITE')
    const huge = createMatrix(2, 2, new Float64Array(4).fill(Number.MAX_VALUE))
    expect(codeOf(() => svd(huge))).toBe('OUT_OF_RANGE')
    expect(codeOf(() => singularValues(huge))).toBe('OUT_OF_RANGE')
  })

  test('progress rises from 0 to 1', () => {
    for (const [rows, columns] of [[60, 60] as const, [200, 60] as const, [60, 200] as const]) {
      const { watch, seen: told } = recording()
      svd(randomNormal(rows, columns, new SeededRandom(6)), {}, watch)
      expect(told.at(-1)).toBe(1)
      expect(told[0]).toBeGreaterThan(0)
      expect(told).toEqual(told.toSorted((x, y) => x - y))
    }
  })

  test('a kernel that stops ends the round it opened, and is told as ours', () => {
    const own = new Kernels()
    const compiled = own.run
    let closed = 0
    const run = {
      ...compiled,
      bidiagonalizePanel: () => {
        throw new WebAssembly.RuntimeError('unreachable')
      },
      closeRound: () => {
        closed++
        return compiled.closeRound()
      }
    }
    useKernels(Object.assign(own, { run }))
    try {
      expect(codeOf(() => svd(randomNormal(30, 20, new SeededRandom(5))))).toBe('INTERNAL')
    } finally {
      useKernels(undefined)
    }
    expect(closed).toBe(1)
  })

  test('the stop button ends it', () => {
    const a = randomNormal(30, 20, new SeededRandom(5))
    expect(() => svd(a, {}, stoppingAt(1))).toThrow('stopped')
    expect(() => singularValues(a, stoppingAt(1))).toThrow('stopped')
  })
})
