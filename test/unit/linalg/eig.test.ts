import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { eig, eigenvalues } from '../../../core/linalg/eig.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomNormal, scaled } from '../../zoo/random-matrices.ts'
import { recording, stoppingAt } from './watches.ts'

const ULP = Number.EPSILON

function expectClose(found: Float64Array, wanted: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(wanted.length)
  wanted.forEach((value, k) => expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(tolerance))
}

/** Ones below the diagonal, the coefficients of xⁿ − c₁xⁿ⁻¹ − … in the first row: Golub & Van Loan, §7.4.6. */
function companion(coefficients: readonly number[]): Matrix {
  const n = coefficients.length
  return matrixOf([coefficients, ...Array.from({ length: n - 1 }, (_, i) => coefficients.map((_, j) => +(i === j)))])
}

describe('eig: exact small cases', () => {
  test('[[4, 1], [2, 3]]: 5 along (1, 1), 2 along (1, −2)', () => {
    const { real, imaginary, vectorsReal, vectorsImaginary } = eig(
      matrixOf([
        [4, 1],
        [2, 3]
      ])
    )
    expectClose(real, [5, 2], 4 * ULP)
    expect(Array.from(imaginary)).toEqual([0, 0])
    const [half, fifth] = [Math.SQRT1_2, 1 / Math.sqrt(5)]
    expectClose(vectorsReal.data, [half, -fifth, half, 2 * fifth], 4 * ULP)
    expect(Array.from(vectorsImaginary.data)).toEqual([0, 0, 0, 0])
  })

  test.each([0.1, 1, Math.PI / 2, 3])('a rotation by %d: cos ± i·sin, vectors (1, ∓i)/√2', (angle) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const { real, imaginary, vectorsReal, vectorsImaginary } = eig(
      matrixOf([
        [c, -s],
        [s, c]
      ])
    )
    expectClose(real, [c, c], ULP)
    expectClose(imaginary, [s, -s], ULP)
    expectClose(vectorsReal.data, [Math.SQRT1_2, Math.SQRT1_2, 0, 0], 2 * ULP)
    expectClose(vectorsImaginary.data, [0, 0, -Math.SQRT1_2, Math.SQRT1_2], 2 * ULP)
  })

  test('a triangular matrix, its rows and columns exchanged: its diagonal, to the last bit', () => {
    // [[1, 5, 7], [0, −3, 2], [0, 0, 1e−9]] with rows and columns in the order 3, 1, 2
    const { real } = eig(
      matrixOf([
        [1e-9, 0, 0],
        [7, 1, 5],
        [2, 0, -3]
      ])
    )
    expect(Array.from(real)).toEqual([-3, 1, 1e-9])
  })

  test('companion matrices of (x − 1)…(x − 5) and of x⁴ + 1', () => {
    const { real, imaginary } = eig(companion([15, -85, 225, -274, 120]))
    // The condition of these roots is below 1e4 (Wilkinson, Rounding Errors in Algebraic Processes, chapter 2).
    expectClose(real, [5, 4, 3, 2, 1], 1e-11)
    expect(Array.from(imaginary)).toEqual([0, 0, 0, 0, 0])
    const unity = eigenvalues(companion([0, 0, 0, -1]))
    const half = Math.SQRT1_2
    expectClose(unity.imaginary.map(Math.abs), [half, half, half, half], 8 * ULP)
    expectClose(unity.real.slice().sort(), [-half, -half, half, half], 8 * ULP)
  })

  test('a cyclic shift, on which unshifted steps stand still: the roots of unity', () => {
    const n = 12
    const a = createMatrix(n, n)
    for (let i = 0; i < n; i++) a.data[i * n + ((i + 1) % n)] = 1
    const { real, imaginary } = eig(a)
    const angles = Array.from(real, (re, k) => Math.round((Math.atan2(imaginary[k]!, re) * n) / (2 * Math.PI)))
    expect(angles.sort((x, y) => x - y)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6])
    real.forEach((re, k) => expect(Math.abs(Math.hypot(re, imaginary[k]!) - 1)).toBeLessThan(2 * n * ULP))
  })

  test('Frank’s matrix of order 9: real, in reciprocal pairs about 1', () => {
    // Frank, "Computing eigenvalues of complex matrices by determinant evaluation", J. SIAM 6 (1958).
    const n = 9
    const a = createMatrix(n, n)
    for (let i = 0; i < n; i++) for (let j = Math.max(0, i - 1); j < n; j++) a.data[i * n + j] = n - Math.max(i, j)
    const { real, imaginary } = eig(a)
    expect(imaginary.every((value) => value === 0)).toBe(true)
    // The condition of the smallest is near 1e5 (Golub & Wilkinson, SIAM Review 18 (1976)).
    for (let k = 0; k < n; k++) expect(Math.abs(real[k]! * real[n - 1 - k]! - 1)).toBeLessThan(1e-9)
  })

  test('Grcar’s matrix: twenty eigenvalues, complex all, with the trace and the traces of its powers', () => {
    // −1 below the diagonal, 1 on it and on three diagonals above: Trefethen & Embree, Spectra and Pseudospectra, §7.
    const n = 20
    const a = createMatrix(n, n)
    for (let i = 0; i < n; i++) {
      if (i > 0) a.data[i * n + i - 1] = -1
      for (let j = i; j < Math.min(n, i + 4); j++) a.data[i * n + j] = 1
    }
    const { real, imaginary } = eig(a)
    expect(imaginary.every((value) => value !== 0)).toBe(true)
    expect(real.reduce((sum, re) => sum + re, 0)).toBeCloseTo(n, 10)
    // trace(A²) = Σ aᵢⱼaⱼᵢ = n − 2(n − 1)
    expect(real.reduce((sum, re, k) => sum + re * re - imaginary[k]! ** 2, 0)).toBeCloseTo(n - 2 * (n - 1), 10)
  })

  test('a Jordan block of order 4 at 2, out of its basis: within the fourth root of the rounding', () => {
    const { real, imaginary } = eig(
      matrixOf([
        [2, 1, 1, 0],
        [0, 2, 1, 1],
        [0, 0, 2, 1],
        [0, 0, 0, 2]
      ])
    )
    expect(Array.from(real)).toEqual([2, 2, 2, 2])
    const turned = eig(
      matrixOf([
        [2, 1, 0, 0],
        [0, 3, 1, 0],
        [0, -1, 1, 1],
        [0, 0, 0, 2]
      ])
    )
    turned.real.forEach((re, k) => expect(Math.hypot(re - 2, turned.imaginary[k]!)).toBeLessThan(1e-3))
    expect(Array.from(imaginary)).toEqual([0, 0, 0, 0])
  })
})

describe('eig: scaling', () => {
  test('rows and columns in units as unlike as 2^±160 cost no digits: balancing finds the units', () => {
    const n = 5
    const plain = randomNormal(n, n, new SeededRandom(7))
    const unlike = createMatrix(n, n)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) unlike.data[i * n + j] = plain.data[i * n + j]! * 2 ** (80 * (i - j))
    }
    const wanted = eigenvalues(plain)
    const found = eigenvalues(unlike)
    expectClose(found.real, Array.from(wanted.real), 1e-13)
    expectClose(found.imaginary, Array.from(wanted.imaginary), 1e-13)
  })

  test.each([500, -500, -1030])('by 2^%d scales the eigenvalues and leaves the vectors', (e) => {
    const a = randomNormal(6, 6, new SeededRandom(8))
    // Entries with 20 bits each survive among the subnormals.
    a.data.forEach((value, at) => (a.data[at] = Math.round(value * 2 ** 18) / 2 ** 18))
    const plain = eig(a)
    const moved = eig(scaled(a, e))
    expect(moved.real).toEqual(plain.real.map((value) => timesPowerOfTwo(value, e)))
    expect(moved.imaginary).toEqual(plain.imaginary.map((value) => timesPowerOfTwo(value, e)))
    expect(moved.vectorsReal).toEqual(plain.vectorsReal)
    expect(moved.vectorsImaginary).toEqual(plain.vectorsImaginary)
  })

  test('small eigenvalues keep the digits that balancing gives them, unless it spoils the vectors', () => {
    // diag(2^200, 1)·[[1, 2], [3, 4]]·diag(2^−200, 1): eigenvalues (5 ± √33)/2
    const graded = eig(
      matrixOf([
        [1, 2 ** 201],
        [3 * 2 ** -200, 4]
      ])
    )
    expectClose(graded.real, [(5 + Math.sqrt(33)) / 2, (5 - Math.sqrt(33)) / 2], 8 * ULP)
    expect(graded.residual).toBeLessThan(5)
    const entries = fc.integer({ min: -300, max: 300 }).map((e) => 2 ** e)
    const entry = fc.oneof(
      entries,
      entries.map((x) => -x),
      fc.constant(0)
    )
    fc.assert(
      fc.property(fc.array(entry, { minLength: 9, maxLength: 9 }), (data) => {
        expect(eig(createMatrix(3, 3, Float64Array.from(data))).residual).toBeLessThan(10)
      }),
      { numRuns: 1000 }
    )
  })

  test('an eigenvalue beyond the largest double is refused, one just below is not', () => {
    const most = Number.MAX_VALUE
    expect(
      eig(
        matrixOf([
          [most / 2, most / 2],
          [most / 4, most / 4]
        ])
      ).real[0]
    ).toBe(0.75 * most)
    expect(() =>
      eig(
        matrixOf([
          [most, most],
          [most, most]
        ])
      )
    ).toThrow(EigendeskError)
    expect(() =>
      eigenvalues(
        matrixOf([
          [most, most],
          [most, most]
        ])
      )
    ).toThrow(/too large/)
  })
})

describe('eig: edges', () => {
  test('0 × 0 and 1 × 1', () => {
    const none = eig(createMatrix(0, 0))
    expect(none.real).toHaveLength(0)
    expect(none.vectorsReal).toEqual(createMatrix(0, 0))
    const one = eig(matrixOf([[-3]]))
    expect([one.real[0], one.imaginary[0], one.vectorsReal.data[0], one.vectorsImaginary.data[0]]).toEqual([
      -3, 0, 1, 0
    ])
  })

  test('not square, and not finite', () => {
    expect(() => eig(createMatrix(2, 3))).toThrow(/2 × 3/)
    expect(() => eigenvalues(createMatrix(3, 2))).toThrow(/3 × 2/)
    expect(() =>
      eig(
        matrixOf([
          [1, 2],
          [NaN, 4]
        ])
      )
    ).toThrow(/row 2, column 1/)
    expect(() =>
      eigenvalues(
        matrixOf([
          [1, Infinity],
          [1, 4]
        ])
      )
    ).toThrow(/row 1, column 2/)
  })

  test('can be stopped, gives its memory back, and leaves what it was given', () => {
    const a = randomNormal(80, 80, new SeededRandom(9))
    const kept = a.data.slice()
    const free = kernels().memory.free
    expect(() => eig(a, stoppingAt(100))).toThrow('stopped')
    expect(kernels().memory.free).toBe(free)
    expect(a.data).toEqual(kept)
    expect(eig(a)).toEqual(eig(a))
    expect(kernels().memory.free).toBe(free)
  })

  test('progress goes from 0 to 1 and never back', () => {
    const { watch, seen } = recording()
    eig(randomNormal(60, 60, new SeededRandom(10)), watch)
    expect(seen.at(-1)).toBeCloseTo(1, 12)
    expect(seen).toEqual(seen.slice().sort((x, y) => x - y))
  })
})

describe('eig: properties', () => {
  const squares = fc
    .integer({ min: 1, max: 7 })
    .chain((n) =>
      fc
        .array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(0)), { minLength: n * n, maxLength: n * n })
        .map((entries) => createMatrix(n, n, Float64Array.from(entries)))
    )

  test('of small integer matrices: each pair solves A v = λ v, and the sum is the trace', () => {
    fc.assert(
      fc.property(squares, (a) => {
        const n = a.rows
        const { real, imaginary, vectorsReal, vectorsImaginary } = eig(a)
        const norm = 3 * n
        for (let k = 0; k < n; k++) {
          for (let i = 0; i < n; i++) {
            const x = (row: number): number => vectorsReal.data[row * n + k]!
            const y = (row: number): number => vectorsImaginary.data[row * n + k]!
            let re = imaginary[k]! * y(i) - real[k]! * x(i)
            let im = -imaginary[k]! * x(i) - real[k]! * y(i)
            for (let j = 0; j < n; j++) {
              re += a.data[i * n + j]! * x(j)
              im += a.data[i * n + j]! * y(j)
            }
            expect(Math.hypot(re, im)).toBeLessThan(10 * n * ULP * norm)
          }
        }
        const trace = Array.from({ length: n }, (_, i) => a.data[i * n + i]!).reduce((sum, value) => sum + value, 0)
        expect(Math.abs(real.reduce((sum, re) => sum + re, 0) - trace)).toBeLessThan(20 * n * n * ULP * norm)
      }),
      { numRuns: 400 }
    )
  })
})
