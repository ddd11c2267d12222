import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expandLu, lu, rowOrder } from '../../../core/linalg/lu.ts'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { product, randomMatrix, residualRatio } from './ratios.ts'
import { recording } from './watches.ts'

describe('lu', () => {
  test('a 3 × 3 matrix whose pivots are told by hand', () => {
    const factors = lu(
      matrixOf([
        [0, 2, 1],
        [2, 2, 3],
        [4, 0, 2]
      ])
    )
    // P·A = [4 0 2; 2 2 3; 0 2 1]: multipliers ½ and 0, then 1; of two equal pivots the first is taken.
    expect([...factors.lu.data]).toEqual([4, 0, 2, 0.5, 2, 2, 0, 1, -1])
    expect([...factors.pivots]).toEqual([2, 1, 2])
    expect(factors.sign).toBe(-1)
    expect(factors.singularAt).toBe(0)
    expect([...rowOrder(factors.pivots, 3)]).toEqual([2, 1, 0])
  })

  test('reconstructs P·A, whatever the shape, with no multiplier above 1', () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(33, 48, 49, 97, 130))
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 999 }), (m, n, seed) => {
        const a = randomMatrix(m, n, new SeededRandom(seed))
        const factors = lu(a)
        const { p, l, u } = expandLu(factors)
        expect(residualRatio(product(p, a), product(l, u))).toBeLessThan(10)
        expect(l.data.every((value) => Math.abs(value) <= 1)).toBe(true)
        expect(factors.pivots).toHaveLength(Math.min(m, n))
        expect(factors.pivots.every((row, i) => row >= i && row < m)).toBe(true)
      }),
      { seed: 11, numRuns: 80 }
    )
  })

  test.each([2 ** 500, 2 ** -500, 2 ** 1010])(
    'a matrix times %s has the same L, and U times it, to the bit',
    (factor) => {
      const a = randomMatrix(60, 60, new SeededRandom(12))
      const scaled = createMatrix(
        60,
        60,
        Float64Array.from(a.data, (value) => value * factor)
      )
      const plain = expandLu(lu(a))
      const other = expandLu(lu(scaled))
      expect(other.l.data).toEqual(plain.l.data)
      expect(other.u.data).toEqual(plain.u.data.map((value) => value * factor))
    }
  )

  test('numbers from both ends of the range stand beside each other', () => {
    const { lu: packed } = lu(matrixOf([[1e300, 0], [0, 1e-300]])) // prettier-ignore
    expect([...packed.data]).toEqual([1e300, 0, 0, 1e-300])
  })

  test('says where a singular matrix has its first pivot of 0', () => {
    expect(lu(createMatrix(3, 3)).singularAt).toBe(1)
    const repeated = lu(matrixOf([[1, 1, 2], [1, 1, 3], [1, 1, 4]])) // prettier-ignore
    expect(repeated.singularAt).toBe(2)
    expect([...repeated.lu.data].every(Number.isFinite)).toBe(true)
  })

  test('the growth matrix of Wilkinson doubles its last column at each step', () => {
    // Higham, Accuracy and Stability, §9.4: ones on the diagonal and in the last column, −1 below; growth 2^(n−1).
    const n = 20
    const a = createMatrix(n, n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) a.data[i * n + j] = j === n - 1 || i === j ? 1 : j < i ? -1 : 0
    const { lu: packed } = lu(a)
    expect(packed.data[n * n - 1]).toBe(2 ** (n - 1))
  })

  test('a panel too tall for one look at the stop button is halved, with the same factors', () => {
    const [m, n] = [46_000, 48]
    const a = randomMatrix(m, n, new SeededRandom(4))
    const { watch, looks } = recording()
    const factors = lu(a, watch)
    expect(looks()).toBeGreaterThan(2)
    const l = createMatrix(m, n)
    const u = createMatrix(n, n)
    const permuted = createMatrix(m, n)
    let largest = 0
    rowOrder(factors.pivots, m).forEach((row, i) => {
      permuted.data.set(a.data.subarray(row * n, (row + 1) * n), i * n)
      for (let j = 0; j < n; j++) {
        const entry = factors.lu.data[i * n + j]!
        if (j < i) largest = Math.max(largest, Math.abs(entry))
        if (i < n && j >= i) u.data[i * n + j] = entry
        l.data[i * n + j] = j < i ? entry : j === i ? 1 : 0
      }
    })
    expect(largest).toBeLessThanOrEqual(1)
    expect(residualRatio(permuted, product(l, u))).toBeLessThan(10)
  })

  test('refuses what is not finite, and a U too large for a double', () => {
    expect(() => lu(matrixOf([[1, Infinity]]))).toThrow('row 1, column 2')
    const large = 1.7e308
    expect(() => lu(matrixOf([[large, large], [-large, large]]))).toThrow('too large') // prettier-ignore
  })
})
