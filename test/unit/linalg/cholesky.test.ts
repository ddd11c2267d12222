import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choleskyFactor, choleskySolve } from '../../../core/linalg/cholesky.ts'
import { columnProducts, multiplyByTransposed } from '../../../core/linalg/multiply.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'

describe('Cholesky', () => {
  test('[[4, 12, −16], [12, 37, −43], [−16, −43, 98]] and its factor', () => {
    // L = [[2,0,0],[6,1,0],[−8,5,3]]; multiplied out by hand. The upper triangle is not touched.
    const a = Float64Array.of(4, 99, 99, 12, 37, 99, -16, -43, 98)
    choleskyFactor(a, 3)
    expect(Array.from(a)).toEqual([2, 99, 99, 6, 1, 99, -8, 5, 3])
    const b = Float64Array.of(4 + 24 - 48, 12 + 74 - 129, -16 - 86 + 294)
    choleskySolve(a, 3, b)
    for (let i = 0; i < 3; i++) expect(b[i]).toBeCloseTo(i + 1, 9)
  })

  test('L Lᵀ = A within n·ulp·‖A‖, and Ax = b within the condition number, for random XᵀX + I', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const random = new SeededRandom(seed)
        const a = columnProducts(
          Float64Array.from({ length: 2 * n * n }, () => random.normal()),
          2 * n,
          n
        )
        for (let i = 0; i < n; i++) a[i * n + i]! += 1
        const largest = Math.max(...a)
        const l = a.slice()
        choleskyFactor(l, n)
        for (let i = 0; i < n; i++) l.fill(0, i * n + i + 1, (i + 1) * n)
        const product = multiplyByTransposed(l, n, l, n, n)
        for (let i = 0; i < n * n; i++) {
          expect(Math.abs(product[i]! - a[i]!)).toBeLessThanOrEqual(10 * n * Number.EPSILON * largest)
        }
        const x = Float64Array.from({ length: n }, () => random.normal())
        const b = multiplyByTransposed(a, n, x, 1, n)
        choleskySolve(l, n, b)
        for (let i = 0; i < n; i++) expect(Math.abs(b[i]! - x[i]!)).toBeLessThan(1e-11 * n)
      }),
      { seed: 2, numRuns: 60 }
    )
  })

  test.each([
    ['indefinite', [1, 0, 2, 1], 2],
    ['singular', [1, 0, 1, 1], 2],
    ['zero', [0, 0, 0, 0], 1],
    ['not finite', [NaN, 0, 0, 1], 1]
  ])('a matrix that is %s is refused at its pivot', (_name, entries, pivot) => {
    expect(() => choleskyFactor(Float64Array.from(entries), 2)).toThrow(`singular at pivot ${pivot}`)
  })
})
