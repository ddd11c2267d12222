import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastSquares } from '../../../core/linalg/least-squares.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { nullSpace } from '../../../core/linalg/null-space.ts'
import { pinv } from '../../../core/linalg/pinv.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { minus, oneNorm, product, randomMatrix, transposeOf, ULP } from './ratios.ts'
import { recording } from './watches.ts'

/** Longley (1967): employment, explained by a constant, six series and their near collinearity. */
const LONGLEY = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962]
]

/** Certified by NIST (Statistical Reference Datasets, Longley); solved again in rational numbers, to the same digits. */
const CERTIFIED = [
  -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
  1829.15146461355
]

const column = (values: readonly number[]): Matrix => createMatrix(values.length, 1, Float64Array.from(values))

describe('leastSquares', () => {
  test('Longley: ten digits and more of the certified coefficients', () => {
    const a = matrixOf(LONGLEY.map(([, ...rest]) => [1, ...rest]))
    const { x, rank, method } = leastSquares(a, column(LONGLEY.map((row) => row[0]!)))
    expect([rank, method]).toEqual([7, 'qr'])
    CERTIFIED.forEach((value, k) => expect(Math.abs(x.data[k]! / value - 1)).toBeLessThan(1e-9))
  })

  test('Wampler 1: a polynomial of degree 5 at 0 … 20 with all coefficients 1', () => {
    // NIST Statistical Reference Datasets, Wampler1; exact by construction.
    const nodes = Array.from({ length: 21 }, (_, i) => i)
    const a = matrixOf(nodes.map((t) => [1, t, t ** 2, t ** 3, t ** 4, t ** 5]))
    const { x } = leastSquares(a, column(nodes.map((t) => 1 + t + t ** 2 + t ** 3 + t ** 4 + t ** 5)))
    x.data.forEach((value) => expect(Math.abs(value - 1)).toBeLessThan(1e-8))
  })

  test('what is left is orthogonal to the columns, for every shape and rank', () => {
    const size = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(size, size, size, fc.integer({ min: 0, max: 9999 }), (m, n, inner, seed) => {
        const random = new SeededRandom(seed)
        const a = product(randomMatrix(m, inner, random), randomMatrix(inner, n, random))
        const b = randomMatrix(m, 3, random)
        const { x, rank, method } = leastSquares(a, b)
        const r = minus(b, product(a, x))
        const scale = oneNorm(a) * (oneNorm(a) * oneNorm(x) + oneNorm(b))
        expect(oneNorm(product(transposeOf(a), r))).toBeLessThanOrEqual(100 * Math.max(m, n) * ULP * scale)
        if (inner < Math.min(m, n)) expect([method, rank]).toEqual(['svd', inner])
        // The least of all solutions has no part in the null space.
        const stray = product(transposeOf(nullSpace(a).basis), x)
        expect(oneNorm(stray)).toBeLessThanOrEqual(
          100 * (n + 1) * ULP * oneNorm(x) * oneNorm(a) * oneNorm(pinv(a).inverse)
        )
      }),
      { seed: 41, numRuns: 100 }
    )
  })

  test('the solution of least norm: x + y + z = 3, and a repeated column', () => {
    const wide = leastSquares(matrixOf([[1, 1, 1]]), matrixOf([[3]]))
    expect([wide.rank, wide.method]).toEqual([1, 'qr'])
    wide.x.data.forEach((value) => expect(value).toBeCloseTo(1, 14))
    const repeated = leastSquares(matrixOf([[1, 1], [1, 1], [1, 1]]), matrixOf([[1], [2], [3]])) // prettier-ignore
    expect([repeated.rank, repeated.method]).toEqual([1, 'svd'])
    repeated.x.data.forEach((value) => expect(value).toBeCloseTo(1, 14))
  })

  test.each([500, -500, -1040])('a matrix and a right side times 2^%i have the same solution', (e) => {
    const a = matrixOf([[1, 0], [0, 2], [0, 0]]) // prettier-ignore
    const times = (x: Matrix): Matrix => createMatrix(x.rows, x.columns, x.data.map((value) => value * 2 ** e)) // prettier-ignore
    const { x } = leastSquares(times(a), times(matrixOf([[3], [8], [5]])))
    expect(Array.from(x.data)).toEqual([3, 4])
  })

  test.each([0, 1])(
    'progress rises to 1, by QR or, where the rank is short by %i of them, by singular values',
    (short) => {
      const a = randomMatrix(90, 60, new SeededRandom(3))
      for (let i = 0; i < 90 && short > 0; i++) a.data[i * 60] = a.data[i * 60 + 1]!
      const { watch, seen } = recording()
      expect(leastSquares(a, createMatrix(90, 1), watch).method).toBe(short === 0 ? 'qr' : 'svd')
      expect(seen.at(-1)).toBe(1)
      expect(seen).toEqual(seen.toSorted((x, y) => x - y))
    }
  )

  test('sizes of zero, shapes that do not agree, what is not finite, what is too large', () => {
    expect(leastSquares(createMatrix(0, 2), createMatrix(0, 1))).toEqual({
      x: createMatrix(2, 1),
      rank: 0,
      method: 'qr'
    })
    expect(leastSquares(createMatrix(2, 0), createMatrix(2, 1)).x).toEqual(createMatrix(0, 1))
    expect(leastSquares(createMatrix(2, 2), createMatrix(2, 1))).toEqual({
      x: createMatrix(2, 1),
      rank: 0,
      method: 'svd'
    })
    expect(() => leastSquares(createMatrix(2, 2), createMatrix(3, 1))).toThrow('2 × 2 and 3 × 1')
    expect(() => leastSquares(matrixOf([[NaN]]), matrixOf([[1]]))).toThrow('row 1, column 1')
    expect(() => leastSquares(matrixOf([[1]]), matrixOf([[Infinity]]))).toThrow('column 1 of the right sides')
    expect(() => leastSquares(matrixOf([[2 ** -600]]), matrixOf([[2 ** 600]]))).toThrow('too large')
  })
})
