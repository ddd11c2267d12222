import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  inversePositiveDefinite,
  invertPositiveDefiniteInPlace
} from '../../../core/linalg/inverse-positive-definite.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { identityOf, minus, oneNorm, product, randomMatrix, transposeOf, ULP } from './ratios.ts'
import { recording, stoppingAt } from './watches.ts'

const definite = (n: number, seed: number): ReturnType<typeof product> => {
  const g = randomMatrix(n, n + 3, new SeededRandom(seed))
  return product(g, transposeOf(g))
}

describe('the inverse of a positive definite matrix', () => {
  test('the lower triangle alone is read: a matrix whose inverse is one of integers', () => {
    // L = [1; 1 1; −1 2 1], so that det A = 1: by hand, L⁻ᵀ·L⁻¹ with L⁻¹ = [1; −1 1; 3 −2 1].
    const inverse = inversePositiveDefinite(matrixOf([[1, NaN, NaN], [1, 2, NaN], [-1, 1, 6]])) // prettier-ignore
    expect([...inverse.data]).toEqual([11, -7, 3, -7, 5, -2, 3, -2, 1])
  })

  test('A·A⁻¹ = I around the sizes of its blocks', () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(47, 48, 49, 97, 150, 200))
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 999 }), (n, seed) => {
        const a = definite(n, seed)
        const inverse = inversePositiveDefinite(a)
        const error = oneNorm(minus(identityOf(n), product(a, inverse)))
        expect(error).toBeLessThanOrEqual(10 * n * ULP * oneNorm(a) * oneNorm(inverse))
        expect(inverse).toEqual(transposeOf(inverse))
      }),
      { seed: 22, numRuns: 40 }
    )
  })

  test('in place it takes a quarter of the matrix besides, and gives it back', () => {
    const n = 600
    const a = definite(n, 4)
    const { memory } = kernels()
    memory.frame(() => {
      const data = memory.copy(a.data)
      const before = memory.free
      invertPositiveDefiniteInPlace(data, n, unwatched)
      expect(memory.free).toBe(before)
      expect(data.slice()).toEqual(inversePositiveDefinite(a).data)
    })
  })

  test.each([
    ['indefinite', [[1, 0], [2, 1]], 2],
    ['a row of zeros', [[1, 0, 0], [0, 1, 0], [0, 0, 0]], 3]
  ])('%s: named by its pivot', (_name, rows, pivot) => {
    expect(() => inversePositiveDefinite(matrixOf(rows))).toThrow(`pivot ${pivot} is not above 0`)
  }) // prettier-ignore

  test('what is not square or not finite is refused', () => {
    expect(() => inversePositiveDefinite(createMatrix(2, 3))).toThrow('2 × 3')
    expect(() => inversePositiveDefinite(matrixOf([[1, 0], [NaN, 1]]))).toThrow() // prettier-ignore
  })

  test('tells how far it is, and stops when it is told to', () => {
    const a = definite(700, 3)
    const { watch, looks, seen } = recording()
    inversePositiveDefinite(a, watch)
    expect(looks()).toBeGreaterThan(20)
    expect(seen.length).toBeGreaterThan(8)
    // The decomposition, a third of it, tells too.
    expect(seen.filter((fraction) => fraction < 1 / 3).length).toBeGreaterThan(5)
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
    expect(() => inversePositiveDefinite(a, stoppingAt(looks() - 3))).toThrow('stopped')
  })
})
