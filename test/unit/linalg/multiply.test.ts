import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  columnProducts,
  multiply,
  multiplyByTransposed,
  rowProducts,
  transpose
} from '../../../core/linalg/multiply.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'

/** Small integers: every product and sum is exact, so that the order of summation cannot matter. */
function integers(nRows: number, nColumns: number, seed: number): Float64Array {
  const random = new SeededRandom(seed)
  return Float64Array.from({ length: nRows * nColumns }, () => random.integer(19) - 9)
}

function multiplyPlainly(a: Float64Array, b: Float64Array, n: number, inner: number, p: number): Float64Array {
  return Float64Array.from({ length: n * p }, (_, at) => {
    let sum = 0
    for (let k = 0; k < inner; k++) sum += a[Math.floor(at / p) * inner + k]! * b[k * p + (at % p)]!
    return sum
  })
}

// Beyond the block sizes of the routines (64, 256) and not a multiple of four.
const size = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(63, 64, 65, 257, 262, 515))

describe('matrix products', () => {
  test('agree with the definition for sizes around every block boundary', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 7 }), (n, p, k) => {
        const x = integers(n, p, 1)
        const xt = transpose(x, n, p)
        const thin = integers(k, p, 2)
        const wide = integers(k, n, 3)
        expect(xt.every((value, at) => value === x[(at % n) * p + Math.floor(at / n)])).toBe(true)
        if (n * p * p < 2e7) expect(same(columnProducts(x, n, p), multiplyPlainly(xt, x, p, n, p))).toBe(true)
        if (n * n * p < 2e7) expect(same(rowProducts(x, n, p), multiplyPlainly(x, xt, n, p, n))).toBe(true)
        const byRows = multiplyPlainly(x, transpose(thin, k, p), n, p, k)
        expect(same(multiplyByTransposed(x, n, thin, k, p), byRows)).toBe(true)
        expect(same(multiply(wide, k, x, n, p), multiplyPlainly(wide, x, k, n, p))).toBe(true)
      }),
      { seed: 3, numRuns: 60 }
    )
  })

  test('report progress to the end', () => {
    const seen: number[] = []
    const watch = { checkpoint: () => undefined, progress: (fraction: number) => void seen.push(fraction) }
    columnProducts(integers(600, 3, 4), 600, 3, watch)
    expect(seen).toEqual([256 / 600, 512 / 600, 1])
  })
})

/** Faster than expect().toEqual on large arrays; −0 and 0 are the same number here. */
function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
