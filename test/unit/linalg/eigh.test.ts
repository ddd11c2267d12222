import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { certifyEigh } from '../../../core/linalg/decomposition-certificate.ts'
import { eigh } from '../../../core/linalg/eigh.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { tridiagonalQl } from '../../../core/linalg/tridiagonal-ql.ts'
import { randomSymmetric } from '../../zoo/symmetric-matrices.ts'

/** A symmetric matrix of order 1–12; entries are often 0, equal, or far apart in size. */
const symmetric = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc
    .array(
      fc.oneof(
        fc.double({ min: -1e100, max: 1e100, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.constantFrom(0, 1, -1, 5e-324, 1e-200)
      ),
      { minLength: (n * (n + 1)) / 2, maxLength: (n * (n + 1)) / 2 }
    )
    .map((entries) => {
      const a = new Float64Array(n * n)
      let next = 0
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = entries[next++]!
      return { n, a }
    })
)

describe('eigh', () => {
  test('any symmetric matrix: A = V diag(w) Vᵀ, VᵀV = I, descending, signs, input unmodified, same bits again', () => {
    fc.assert(
      fc.property(symmetric, ({ n, a }) => {
        const before = a.slice()
        const { w, v } = eigh(a, n)
        expect(a).toEqual(before)
        const { residual, orthogonality } = certifyEigh(a, n, w, v)
        expect(residual).toBeLessThan(10)
        expect(orthogonality).toBeLessThan(10)
        for (let k = 0; k < n; k++) {
          if (k > 0) expect(w[k]).toBeLessThanOrEqual(w[k - 1]!)
          const vector = Array.from({ length: n }, (_, i) => v[i * n + k]!)
          const largest = Math.max(...vector.map(Math.abs))
          expect(vector.find((entry) => Math.abs(entry) === largest)).toBeGreaterThan(0)
        }
        expect(eigh(a, n)).toEqual({ w, v })
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test('[[2, 1], [1, 2]] has eigenvalues 3 and 1 (characteristic polynomial λ² − 4λ + 3)', () => {
    const { w, v } = eigh(Float64Array.of(2, 1, 1, 2), 2)
    expect(w[0]).toBeCloseTo(3, 14)
    expect(w[1]).toBeCloseTo(1, 14)
    expect(v[0]).toBeCloseTo(Math.SQRT1_2, 14)
  })

  test('the second difference matrix has eigenvalues 2 − 2 cos(kπ/(n+1)) (Strang, Introduction to Linear Algebra, §6.4)', () => {
    const n = 50
    const a = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      a[i * n + i] = 2
      if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1
    }
    const { w } = eigh(a, n)
    for (let k = 1; k <= n; k++) {
      expect(Math.abs(w[n - k]! - (2 - 2 * Math.cos((k * Math.PI) / (n + 1))))).toBeLessThan(4e-15 * 10)
    }
  })

  test('reads the lower triangle only', () => {
    const clean = eigh(Float64Array.of(2, 1, 1, 2), 2)
    expect(eigh(Float64Array.of(2, NaN, 1, 2), 2)).toEqual(clean)
  })

  test('order 0 and 1', () => {
    expect(eigh(new Float64Array(0), 0)).toEqual({ w: new Float64Array(0), v: new Float64Array(0) })
    expect(eigh(Float64Array.of(-7), 1)).toEqual({ w: Float64Array.of(-7), v: Float64Array.of(1) })
  })

  test('subnormal entries keep what digits they have', () => {
    const tiny = 2 ** -1060
    const { w, v } = eigh(Float64Array.of(2 * tiny, tiny, tiny, 2 * tiny), 2)
    expect(Array.from(w)).toEqual([3 * tiny, tiny])
    expect(v[0]).toBeCloseTo(Math.SQRT1_2, 14)
  })

  test('a negative largest entry is turned positive, the first of equals counts', () => {
    const { v } = eigh(Float64Array.of(1, -1, -1, 1), 2)
    expect(v[0]).toBeGreaterThan(0)
    expect(v[2]).toBeLessThan(0)
  })

  test.each([NaN, Infinity, -Infinity])('%d is refused with its row and column', (bad) => {
    const error = thrownBy(() => eigh(Float64Array.of(1, 0, 0, 0, 1, 0, 0, bad, 1), 3))
    expect(error.data.code).toBe('NON_FINITE')
    expect(error.data.message).toContain('row 3, column 2')
  })

  test('an eigenvalue beyond the largest double is refused', () => {
    const a = new Float64Array(4).fill(1.5e308)
    expect(thrownBy(() => eigh(a, 2)).data.code).toBe('OUT_OF_RANGE')
  })

  test('gives up, and says after how many sweeps', () => {
    const error = thrownBy(() =>
      tridiagonalQl(Float64Array.of(NaN, NaN), Float64Array.of(NaN, 0), new Float64Array(4), 2)
    )
    expect(error.data.code).toBe('NO_CONVERGENCE')
    expect(error.data.message).toContain('60')
  })

  test('stops where the checkpoint throws, wherever that is', () => {
    const n = 12
    const a = randomSymmetric(n, new SeededRandom(3))
    let calls = 0
    eigh(a, n, () => void calls++)
    expect(calls).toBeGreaterThan(n)
    for (let stop = 1; stop <= calls; stop++) {
      let left = stop
      const cancel = (): void => {
        if (--left === 0) throw new EigendeskError('CANCELLED')
      }
      expect(thrownBy(() => eigh(a, n, cancel)).data.code).toBe('CANCELLED')
    }
  })
})

function thrownBy(work: () => unknown): EigendeskError {
  try {
    work()
  } catch (error) {
    if (error instanceof EigendeskError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
