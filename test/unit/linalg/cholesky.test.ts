import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cholesky, choleskyFactorInPlace, choleskySolveInPlace } from '../../../core/linalg/cholesky.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { product, randomMatrix, residualRatio, transposeOf } from './ratios.ts'

const definite = (n: number, seed: number): ReturnType<typeof product> => {
  const g = randomMatrix(n, n + 3, new SeededRandom(seed))
  return product(g, transposeOf(g))
}

describe('cholesky', () => {
  test('the lower triangle alone is read: a matrix of integers with an L of integers', () => {
    // [2; 1 3; −1 2 1] times its transpose.
    const l = cholesky(matrixOf([[4, NaN, NaN], [2, 10, NaN], [-2, 5, 6]])) // prettier-ignore
    expect([...l.data]).toEqual([2, 0, 0, 1, 3, 0, -1, 2, 1])
  })

  test('reconstructs A around the sizes of its blocks', () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(47, 48, 49, 97, 150))
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 999 }), (n, seed) => {
        const a = definite(n, seed)
        const l = cholesky(a)
        expect(residualRatio(a, product(l, transposeOf(l)))).toBeLessThan(10)
        for (let i = 0; i < n; i++) expect(l.data.subarray(i * n + i + 1, (i + 1) * n).every((x) => x === 0)).toBe(true)
      }),
      { seed: 21, numRuns: 50 }
    )
  })

  test.each([1000, -900])('a matrix times 2^%i has L times the root of it, to the bit', (exponent) => {
    const a = definite(60, 5)
    const scaled = createMatrix(
      60,
      60,
      Float64Array.from(a.data, (value) => value * 2 ** exponent)
    )
    expect(cholesky(scaled).data).toEqual(cholesky(a).data.map((value) => value * 2 ** (exponent / 2)))
  })

  test('subnormal numbers and odd exponents', () => {
    const tiny = 9 * 2 ** -1074
    expect([...cholesky(matrixOf([[tiny]])).data]).toEqual([3 * 2 ** -537])
    expect(cholesky(matrixOf([[2 ** 1023]])).data[0]).toBe(Math.SQRT2 * 2 ** 511)
    expect(cholesky(matrixOf([[2 ** -1001]])).data[0]).toBeCloseTo(Math.SQRT1_2 * 2 ** -500, 200)
  })

  test.each([
    ['indefinite', [[1, 0], [2, 1]], 2],
    ['singular', [[1, 0], [1, 1]], 2],
    ['zero', [[0, 0], [0, 0]], 1]
  ] as const)('a matrix that is %s is refused at its pivot', (_name, rows, pivot) => {
    expect(() => cholesky(matrixOf(rows))).toThrow(`pivot ${pivot}`)
  }) // prettier-ignore

  test('the pivot is counted through the blocks', () => {
    const a = definite(150, 8)
    a.data[120 * 150 + 120] = -1
    expect(() => cholesky(a)).toThrow('pivot 121 is not above 0')
  })

  test('refuses other shapes and what is not finite', () => {
    expect(() => cholesky(createMatrix(2, 3))).toThrow('2 × 3')
    expect(() => cholesky(matrixOf([[1, 0], [NaN, 1]]))).toThrow('row 2, column 1') // prettier-ignore
  })
})

describe('many small systems', () => {
  test('give back the solution that the right side was made from', () => {
    const { memory } = kernels()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 999 }), (n, seed) => {
        memory.frame(() => {
          const a = definite(n, seed)
          for (let i = 0; i < n; i++) a.data[i * n + i]! += 1
          const x = randomMatrix(n, 1, new SeededRandom(seed + 1))
          const b = memory.copy(product(a, x).data)
          const l = memory.copy(a.data)
          choleskyFactorInPlace(l, n)
          choleskySolveInPlace(l, n, b)
          for (let i = 0; i < n; i++) expect(Math.abs(b[i]! - x.data[i]!)).toBeLessThan(1e-12 * (n + 1))
        })
      }),
      { seed: 2, numRuns: 60 }
    )
  })

  test('name the pivot that fails', () => {
    const { memory } = kernels()
    memory.frame(() => {
      expect(() => choleskyFactorInPlace(memory.copy(Float64Array.of(1, 0, 1, 1)), 2)).toThrow('pivot 2 is not above 0')
    })
  })
})
