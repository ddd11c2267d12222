import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { condition, estimateCondition } from '../../../core/linalg/condition.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { nullSpace } from '../../../core/linalg/null-space.ts'
import { pinv } from '../../../core/linalg/pinv.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { range } from '../../../core/linalg/range.ts'
import { rank } from '../../../core/linalg/rank.ts'
import { identityOf, minus, oneNorm, orthogonalityRatio, product, randomMatrix, transposeOf, ULP } from './ratios.ts'

const shape = fc.record({
  m: fc.integer({ min: 0, max: 25 }),
  n: fc.integer({ min: 0, max: 25 }),
  inner: fc.integer({ min: 0, max: 25 }),
  seed: fc.integer({ min: 0, max: 9999 })
})

/** m × n of rank min(m, n, inner). */
function ofRank(m: number, n: number, inner: number, seed: number): Matrix {
  const random = new SeededRandom(seed)
  return product(randomMatrix(m, inner, random), randomMatrix(inner, n, random))
}

/** Kahan's triangle: no entry on the diagonal is small, the smallest singular value is. */
function kahan(n: number, angle: number): Matrix {
  const a = createMatrix(n, n)
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) a.data[i * n + j] = Math.sin(angle) ** i * (i === j ? 1 : -Math.cos(angle))
  }
  return a
}

describe('rank', () => {
  test('small cases, and the tolerance it says', () => {
    expect(rank(matrixOf([[1, 2], [2, 4], [3, 6]])).rank).toBe(1) // prettier-ignore
    expect(rank(identityOf(4))).toEqual({ rank: 4, tolerance: 4 * ULP })
    expect(rank(createMatrix(3, 3))).toEqual({ rank: 0, tolerance: 0 })
    expect(rank(createMatrix(0, 3)).rank).toBe(0)
    expect(rank(matrixOf([[1, 0], [0, 1e-3]]), 0.01)).toEqual({ rank: 1, tolerance: 0.01 }) // prettier-ignore
  })

  test('of a product, what its factors allow', () => {
    fc.assert(
      fc.property(shape, ({ m, n, inner, seed }) => {
        expect(rank(ofRank(m, n, inner, seed)).rank).toBe(Math.min(m, n, inner))
      }),
      { seed: 51, numRuns: 100 }
    )
  })

  test('Kahan’s matrix: its last pivot is not small, its last singular value is', () => {
    // Golub & Van Loan, Matrix Computations, §5.4.3: R₅₀ with c = 0.2 has r_nn = 0.36 and σ_n of order 1e-4.
    const c = 0.2
    const a = kahan(50, Math.acos(c))
    expect(a.data[2499]).toBeGreaterThan(0.36)
    const { smallest } = condition(a)
    expect(smallest).toBeLessThan(1e-4)
    expect(rank(a, 1e-4).rank).toBe(49)
    // c = 0.5 and n = 90: (1 + c)^−89 makes σ_n 1e-21, below the tolerance.
    expect(rank(kahan(90, Math.acos(0.5))).rank).toBeLessThan(90)
  })
})

describe('condition', () => {
  test('diagonal, singular and empty matrices', () => {
    expect(condition(matrixOf([[4, 0], [0, 1]]))).toEqual({ reciprocal: 0.25, largest: 4, smallest: 1 }) // prettier-ignore
    const entries = [[5, 3], [2, 7]] // prettier-ignore
    const tiny = matrixOf(entries.map((row) => row.map((entry) => entry * 2 ** -1074)))
    expect(condition(tiny).reciprocal).toBe(condition(matrixOf(entries)).reciprocal)
    expect(condition(createMatrix(2, 3)).reciprocal).toBe(0)
    expect(condition(createMatrix(0, 3)).reciprocal).toBe(1)
    expect(estimateCondition(matrixOf([[4, 0], [0, 1]]))).toBe(0.25) // prettier-ignore
    expect(estimateCondition(createMatrix(2, 2))).toBe(0)
    expect(estimateCondition(createMatrix(0, 0))).toBe(1)
    expect(() => estimateCondition(createMatrix(2, 3))).toThrow('2 × 3')
  })

  test('the estimate in the 1-norm is near the condition by the inverse, and never below 1/condition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 9999 }), (n, seed) => {
        const a = randomMatrix(n, n, new SeededRandom(seed))
        const exact = oneNorm(a) * oneNorm(pinv(a).inverse)
        const product1 = estimateCondition(a) * exact
        expect(product1).toBeGreaterThan(1 - 1e-9 * exact)
        expect(product1).toBeLessThan(10)
      }),
      { seed: 52, numRuns: 60 }
    )
  })
})

describe('pinv', () => {
  test('exact cases', () => {
    expect(pinv(createMatrix(2, 3)).inverse).toEqual(createMatrix(3, 2))
    expect(pinv(createMatrix(0, 3)).inverse).toEqual(createMatrix(3, 0))
    expect([...pinv(matrixOf([[3, 0], [0, 0]])).inverse.data]).toEqual([1 / 3, 0, 0, 0]) // prettier-ignore
    const { inverse } = pinv(matrixOf([[1, 2]]))
    expect(inverse.data[0]).toBeCloseTo(0.2, 15)
    expect(inverse.data[1]).toBeCloseTo(0.4, 15)
  })

  test('Penrose’s four conditions', () => {
    fc.assert(
      fc.property(shape, ({ m, n, inner, seed }) => {
        const a = ofRank(m, n, inner, seed)
        const { inverse: x } = pinv(a)
        const ax = product(a, x)
        const xa = product(x, a)
        const grow = 10 * Math.max(m, n, 1) * ULP * (1 + oneNorm(a) * oneNorm(x))
        expect(oneNorm(minus(product(ax, a), a))).toBeLessThanOrEqual(grow * oneNorm(a))
        expect(oneNorm(minus(product(xa, x), x))).toBeLessThanOrEqual(grow * oneNorm(x))
        expect(oneNorm(minus(ax, transposeOf(ax)))).toBeLessThanOrEqual(grow)
        expect(oneNorm(minus(xa, transposeOf(xa)))).toBeLessThanOrEqual(grow)
      }),
      { seed: 53, numRuns: 100 }
    )
  })

  test('scales, and an inverse that no double holds', () => {
    expect(pinv(matrixOf([[2 ** 1000, 0]])).inverse.data[0]).toBe(2 ** -1000)
    expect(pinv(matrixOf([[2 ** -1000, 0]])).inverse.data[0]).toBe(2 ** 1000)
    expect(pinv(matrixOf([[2 ** -1000]])).tolerance).toBe(2 ** -1052)
    expect(() => pinv(matrixOf([[2 ** -1060]]))).toThrow('too large')
    expect(() => pinv(matrixOf([[NaN]]))).toThrow('row 1, column 1')
  })
})

describe('nullSpace and range', () => {
  test('small cases', () => {
    const { basis, rank: found } = nullSpace(matrixOf([[1, 1]]))
    expect(found).toBe(1)
    expect(Math.abs(basis.data[0]! + basis.data[1]!)).toBeLessThan(4 * ULP)
    expect(nullSpace(identityOf(3)).basis).toEqual(createMatrix(3, 0))
    expect(nullSpace(createMatrix(0, 2)).basis).toEqual(identityOf(2))
    expect(range(createMatrix(3, 2)).basis).toEqual(createMatrix(3, 0))
    expect(range(createMatrix(0, 2)).basis).toEqual(createMatrix(0, 0))
    expect(() => range(matrixOf([[NaN]]))).toThrow('row 1, column 1')
  })

  test('orthonormal; A sends one to 0, keeps within the other; the null space is orthogonal to the range of Aᵀ', () => {
    fc.assert(
      fc.property(shape, ({ m, n, inner, seed }) => {
        const a = ofRank(m, n, inner, seed)
        const kernel = nullSpace(a)
        const image = range(a)
        const rows = range(transposeOf(a)).basis
        expect(kernel.basis.columns + image.basis.columns).toBe(n)
        expect(orthogonalityRatio(kernel.basis)).toBeLessThan(10)
        expect(orthogonalityRatio(image.basis)).toBeLessThan(10)
        const size = Math.max(m, n, 1) * ULP
        expect(oneNorm(product(a, kernel.basis))).toBeLessThanOrEqual(10 * size * oneNorm(a))
        const condition1 = oneNorm(a) * oneNorm(pinv(a).inverse)
        expect(oneNorm(product(transposeOf(kernel.basis), rows))).toBeLessThanOrEqual(10 * size * (1 + condition1))
        const within = product(image.basis, product(transposeOf(image.basis), a))
        expect(oneNorm(minus(within, a))).toBeLessThanOrEqual(10 * size * oneNorm(a))
      }),
      { seed: 54, numRuns: 100 }
    )
  })
})
