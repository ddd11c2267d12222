import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gemm } from '../../../core/linalg/gemm.ts'
import { gemv } from '../../../core/linalg/gemv.ts'
import { hadamard } from '../../../core/linalg/hadamard.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { outer } from '../../../core/linalg/outer.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { syrk } from '../../../core/linalg/syrk.ts'
import { randomNormal, scaled } from '../../zoo/random-matrices.ts'
import { product, transposeOf } from './ratios.ts'

const MOST = Number.MAX_VALUE
const LEAST = Number.MIN_VALUE

const integers = (rows: number, columns: number, random: SeededRandom): Matrix =>
  createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.integer(19) - 9)
  )

describe('gemm', () => {
  test('[[1, 2], [3, 4]]·[[5, 6], [7, 8]], twice it, and it taken from a third', () => {
    const [a, b] = [
      matrixOf([
        [1, 2],
        [3, 4]
      ]),
      matrixOf([
        [5, 6],
        [7, 8]
      ])
    ]
    expect(gemm(a, b)).toEqual(
      matrixOf([
        [19, 22],
        [43, 50]
      ])
    )
    expect(gemm(a, b, { alpha: 2 })).toEqual(
      matrixOf([
        [38, 44],
        [86, 100]
      ])
    )
    const c = matrixOf([
      [100, 0],
      [0, 100]
    ])
    expect(gemm(a, b, { alpha: -1, c, beta: 0.5 })).toEqual(
      matrixOf([
        [31, -22],
        [-43, 0]
      ])
    )
    expect(
      gemm(a, b, {
        c: matrixOf([
          [NaN, 1],
          [1, 1]
        ]),
        beta: 0
      })
    ).toEqual(gemm(a, b))
    expect(c).toEqual(
      matrixOf([
        [100, 0],
        [0, 100]
      ])
    )
  })

  test('is the definition for integers of any shape, transposed or not', () => {
    const size = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.nat(), (m, k, n, transposeA, transposeB, seed) => {
        const random = new SeededRandom(seed)
        const [a, b] = [integers(m, k, random), integers(k, n, random)]
        const found = gemm(transposeA ? transposeOf(a) : a, transposeB ? transposeOf(b) : b, { transposeA, transposeB })
        expect(found).toEqual(product(a, b))
      })
    )
  })

  test('large enough to be cut into blocks', () => {
    const random = new SeededRandom(1)
    const [a, b] = [integers(131, 97, random), integers(97, 303, random)]
    expect(gemm(a, b)).toEqual(product(a, b))
  })

  test('what overflows or vanishes only on the way is right to the last bit', () => {
    expect(gemm(matrixOf([[2 ** 700, 2 ** 700]]), matrixOf([[2 ** 700], [-(2 ** 700)]])).data[0]).toBe(0)
    expect(gemm(matrixOf([[2 ** 600]]), matrixOf([[2 ** 600]]), { alpha: 2 ** -1000 }).data[0]).toBe(2 ** 200)
    expect(gemm(matrixOf([[2 ** -600]]), matrixOf([[2 ** -600]]), { alpha: 2 ** 1000 }).data[0]).toBe(2 ** -200)
    expect(gemm(matrixOf([[3 * LEAST, 5 * LEAST]]), matrixOf([[2 ** 1000], [2 ** 1000]])).data[0]).toBe(2 ** -71)
    // 2^1024 − 2^1023
    const c = matrixOf([[-(2 ** 1023)]])
    expect(gemm(matrixOf([[2 ** 1023]]), matrixOf([[2]]), { c }).data[0]).toBe(2 ** 1023)
    expect(gemm(matrixOf([[1]]), matrixOf([[1]]), { alpha: MOST, c: matrixOf([[MOST]]), beta: -1 }).data[0]).toBe(0)
    // A row of small entries beside one of large ones keeps its digits.
    const graded = gemm(
      matrixOf([
        [2 ** 900, 0],
        [0, 3 * 2 ** -400]
      ]),
      matrixOf([[2 ** 100], [2 ** -100]])
    )
    expect(Array.from(graded.data)).toEqual([2 ** 1000, 3 * 2 ** -500])
  })

  test.each([500, -500])('scaling both by 2^%d scales the product and changes no bit', (e) => {
    const random = new SeededRandom(2)
    const [a, b] = [randomNormal(7, 9, random), randomNormal(9, 5, random)]
    const moved = gemm(scaled(a, e), scaled(b, e))
    expect(moved).toEqual(scaled(gemm(a, b), 2 * e))
  })

  test('beyond the largest double is refused', () => {
    expect(() => gemm(matrixOf([[1e200]]), matrixOf([[1e200]]))).toThrow(/too large/)
    expect(() => gemm(matrixOf([[1]]), matrixOf([[MOST]]), { c: matrixOf([[MOST]]) })).toThrow(/too large/)
  })

  test('shapes that do not match are both named; nothing infinite enters', () => {
    expect(() => gemm(createMatrix(2, 3), createMatrix(2, 4))).toThrow(/2 × 3 and 2 × 4/)
    expect(() => gemm(createMatrix(2, 3), createMatrix(3, 4), { transposeA: true })).toThrow(
      /2 × 3 transposed and 3 × 4/
    )
    expect(() => gemm(createMatrix(2, 3), createMatrix(3, 4), { c: createMatrix(2, 3) })).toThrow(/2 × 3 and 2 × 4/)
    expect(() => gemm(matrixOf([[1, NaN]]), createMatrix(2, 1))).toThrow(/row 1, column 2 of the first matrix/)
    expect(() => gemm(createMatrix(1, 2), matrixOf([[0], [-Infinity]]))).toThrow(/row 2, column 1 of the second matrix/)
    expect(() => gemm(createMatrix(1, 1), createMatrix(1, 1), { c: matrixOf([[NaN]]) })).toThrow(
      /row 1, column 1 of the matrix that is added/
    )
    expect(() => gemm(createMatrix(1, 1), createMatrix(1, 1), { alpha: NaN })).toThrow(/alpha/)
    expect(() => gemm(createMatrix(1, 1), createMatrix(1, 1), { beta: Infinity })).toThrow(/beta/)
  })

  test('without an inner dimension: zeros, or beta·C', () => {
    expect(gemm(createMatrix(2, 0), createMatrix(0, 3))).toEqual(createMatrix(2, 3))
    const c = matrixOf([[1, 2]])
    expect(gemm(createMatrix(1, 0), createMatrix(0, 2), { c, beta: 3 })).toEqual(matrixOf([[3, 6]]))
  })
})

describe('gemv', () => {
  test('is a column of gemm, transposed or not, scaled or not', () => {
    const size = fc.integer({ min: 0, max: 40 })
    const exponent = fc.constantFrom(0, 500, -500, -1060)
    fc.assert(
      fc.property(size, size, fc.boolean(), exponent, fc.nat(), (m, k, transposeA, e, seed) => {
        const random = new SeededRandom(seed)
        const [a, x, y] = [integers(m, k, random), integers(k, 1, random), integers(m, 1, random)]
        const given = scaled(transposeA ? transposeOf(a) : a, e)
        const found = gemv(given, x.data, { transposeA, alpha: 2, y: scaled(y, e).data, beta: -3 })
        const wanted = product(a, x).data.map((value, i) => 2 * value - 3 * y.data[i]!)
        expect(found.map((value) => value + 0)).toEqual(
          scaled(createMatrix(m, 1, wanted), e).data.map((value) => value + 0)
        )
      })
    )
  })

  test('refuses what does not match or is not finite', () => {
    expect(() => gemv(createMatrix(2, 3), new Float64Array(2))).toThrow(/2 × 3 and a vector of 2/)
    expect(() => gemv(createMatrix(2, 3), new Float64Array(3), { transposeA: true })).toThrow(/2 × 3 transposed/)
    expect(() => gemv(createMatrix(2, 3), new Float64Array(3), { y: new Float64Array(3) })).toThrow(/3 entries and 2/)
    expect(() => gemv(createMatrix(1, 2), Float64Array.of(0, NaN))).toThrow(/Entry 2/)
    expect(() => gemv(createMatrix(1, 1), new Float64Array(1), { y: Float64Array.of(NaN) })).toThrow(/Entry 1/)
    expect(() => gemv(matrixOf([[1e200]]), Float64Array.of(1e200))).toThrow(/too large/)
  })
})

describe('syrk', () => {
  test('XᵀX and XXᵀ of [[1, 2, 3], [4, 5, 6]]', () => {
    const x = matrixOf([
      [1, 2, 3],
      [4, 5, 6]
    ])
    expect(syrk(x, 'columns')).toEqual(
      matrixOf([
        [17, 22, 27],
        [22, 29, 36],
        [27, 36, 45]
      ])
    )
    expect(syrk(x, 'rows')).toEqual(
      matrixOf([
        [14, 32],
        [32, 77]
      ])
    )
  })

  test('is symmetric to the last bit and near the definition, for random matrices of any shape and scale', () => {
    const size = fc.integer({ min: 0, max: 70 })
    fc.assert(
      fc.property(size, size, fc.constantFrom(0, 480, -480), fc.nat(), (m, n, e, seed) => {
        const plain = randomNormal(m, n, new SeededRandom(seed))
        const x = scaled(plain, e)
        for (const of of ['columns', 'rows'] as const) {
          const found = syrk(x, of)
          expect(found).toEqual(transposeOf(found))
          const wanted = of === 'columns' ? product(transposeOf(plain), plain) : product(plain, transposeOf(plain))
          const length = of === 'columns' ? m : n
          const error = found.data.reduce(
            (most, value, at) => Math.max(most, Math.abs(value / 2 ** e / 2 ** e - wanted.data[at]!)),
            0
          )
          expect(error).toBeLessThan(40 * (length + 1) * Number.EPSILON)
        }
      })
    )
  })

  test('columns in units as unlike as 2^±700 keep their digits; squares beyond the largest double are refused', () => {
    const x = matrixOf([
      [2 ** 500, 3 * 2 ** -500],
      [2 ** 500, 2 ** -500]
    ])
    expect(Array.from(syrk(x, 'columns').data)).toEqual([2 ** 1001, 4, 4, 10 * 2 ** -1000])
    expect(() => syrk(matrixOf([[2 ** 512]]), 'rows')).toThrow(/too large/)
    expect(() => syrk(matrixOf([[1], [NaN]]), 'rows')).toThrow(/row 2, column 1/)
  })
})

describe('outer and hadamard', () => {
  test('small ones', () => {
    expect(outer(Float64Array.of(1, 2), Float64Array.of(3, 4, 5))).toEqual(
      matrixOf([
        [3, 4, 5],
        [6, 8, 10]
      ])
    )
    expect(outer(new Float64Array(0), new Float64Array(3))).toEqual(createMatrix(0, 3))
    const a = matrixOf([
      [1, 2],
      [3, 4]
    ])
    expect(
      hadamard(
        a,
        matrixOf([
          [5, 6],
          [7, 8]
        ])
      )
    ).toEqual(
      matrixOf([
        [5, 12],
        [21, 32]
      ])
    )
  })

  test('bad input', () => {
    expect(() => hadamard(createMatrix(1, 2), createMatrix(2, 1))).toThrow(/1 × 2 and 2 × 1/)
    expect(() => hadamard(matrixOf([[NaN]]), createMatrix(1, 1))).toThrow(/row 1, column 1 of the first matrix/)
    expect(() => hadamard(matrixOf([[MOST]]), matrixOf([[2]]))).toThrow(/too large/)
    expect(() => outer(Float64Array.of(1, NaN), Float64Array.of(1))).toThrow(/Entry 2/)
    expect(() => outer(Float64Array.of(MOST), Float64Array.of(2))).toThrow(/too large/)
  })
})
