import { describe, expect, test } from 'vitest'
import { certifyComponents, certifyEigh } from '../../../core/linalg/decomposition-certificate.ts'
import { eigh } from '../../../core/linalg/eigh.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { multiply } from '../../../core/linalg/multiply.ts'
import { orthonormalizeRows } from '../../../core/linalg/orthonormalize.ts'
import { exponentOf, timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { euclideanNorm } from '../../../core/linalg/norms.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomSymmetric } from '../../zoo/symmetric-matrices.ts'

const ULP = Number.EPSILON

describe('certificate of a decomposition', () => {
  const n = 20
  const a = randomSymmetric(n, new SeededRandom(5))

  test('is small for a right one and grows with an error by as much as the definition says', () => {
    const { w, v: vectors } = eigh(createMatrix(n, n, a))
    const v = vectors.data
    expect(certifyEigh(a, n, w, v).residual).toBeLessThan(5)
    // I perturbed by 1e−10 in one entry of the diagonal: ‖A − VΛVᵀ‖₁ = 1e−10, ‖A‖₁ = 1.
    const identity = new Float64Array(9)
    for (let i = 0; i < 3; i++) identity[4 * i] = 1
    const off = certifyEigh(identity, 3, Float64Array.of(1, 1 - 1e-10, 1), identity)
    expect(off.residual * 3 * ULP).toBeCloseTo(1e-10, 14)
    expect(off.orthogonality).toBe(0)
    const bent = identity.slice()
    bent[1] = 1e-10
    expect(certifyEigh(identity, 3, Float64Array.of(1, 1, 1), bent).orthogonality * 3 * ULP).toBeCloseTo(1e-10, 14)
  })

  test('a wrong one, a zero matrix taken for another, and NaN are 1/ulp or plainly large', () => {
    const { w, v: vectors } = eigh(createMatrix(n, n, a))
    const v = vectors.data
    expect(
      certifyEigh(
        a,
        n,
        w.map((value) => -value),
        v
      ).residual
    ).toBeGreaterThan(1e10)
    expect(certifyEigh(new Float64Array(n * n), n, w, v).residual).toBe(1 / ULP)
    expect(
      certifyEigh(
        a,
        n,
        w.map(() => NaN),
        v
      ).residual
    ).toBe(1 / ULP)
    const broken = v.map((value, i) => (i === 0 ? NaN : value))
    expect(certifyEigh(a, n, w, broken).orthogonality).toBe(1 / ULP)
  })

  test('components of a matrix too wide for its covariance are measured the same way', () => {
    // Two rows, (1, 1, 0) and (−1, −1, 0): C = XᵀX/1 has λ₁ = 4 along (1, 1, 0)/√2.
    const x = Float64Array.of(1, 1, 0, -1, -1, 0)
    const right = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2, 0)
    expect(certifyComponents(x, 2, 3, right, Float64Array.of(4, 0)).residual).toBeLessThan(3)
    const wrong = certifyComponents(x, 2, 3, right, Float64Array.of(4 + 4e-10, 0))
    expect(wrong.residual * 3 * ULP).toBeCloseTo(1e-10, 13)
    const long = certifyComponents(
      x,
      2,
      3,
      right.map((value) => value * (1 + 1e-10)),
      Float64Array.of(4, 0)
    )
    expect(long.orthogonality * 3 * ULP).toBeCloseTo(2e-10, 13)
  })
})

describe('orthonormalizeRows', () => {
  test('nearly parallel rows become orthonormal, the first keeping its direction', () => {
    const random = new SeededRandom(6)
    const rows = Float64Array.from({ length: 5 * 40 }, (_, at) => 1 + 1e-9 * random.normal() * (at < 40 ? 0 : 1))
    expect(orthonormalizeRows(rows, 5, 40, 1e-14)).toEqual([])
    expect(rows[0]).toBeCloseTo(1 / Math.sqrt(40), 14)
    expectOrthonormal(rows, 5, 40)
  })

  test('rows that are zero or repeated are replaced and said to be', () => {
    const rows = Float64Array.of(3, 4, 0, 0, 6, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0)
    expect(orthonormalizeRows(rows, 4, 4, 1e-14)).toEqual([1, 2])
    expectOrthonormal(rows, 4, 4)
  })
})

function expectOrthonormal(rows: Float64Array, nRows: number, length: number): void {
  for (let i = 0; i < nRows; i++) {
    for (let j = 0; j <= i; j++) {
      const row = rows.slice(i * length, (i + 1) * length)
      const product = multiply(row, 1, rows.slice(j * length, (j + 1) * length), length, 1)[0]!
      expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(length * ULP)
    }
  }
}

describe('powers of two', () => {
  test.each([
    [1, 0],
    [1.9999999999999998, 0],
    [-2, 1],
    [Number.MAX_VALUE, 1023],
    [2 ** -1022, -1022],
    [Number.MIN_VALUE, -1074],
    [3 * Number.MIN_VALUE, -1073]
  ])('the exponent of %d is %d', (x, exponent) => {
    expect(exponentOf(x)).toBe(exponent)
  })

  test('multiply across the whole range without a detour through infinity', () => {
    expect(timesPowerOfTwo(Number.MIN_VALUE, 2097)).toBe(2 ** 1023)
    expect(timesPowerOfTwo(2 ** 1023, -2097)).toBe(Number.MIN_VALUE)
    expect(timesPowerOfTwo(3, 5)).toBe(96)
  })

  test('a norm whose squares would overflow or vanish', () => {
    expect(euclideanNorm(Float64Array.of(3e300, 4e300))).toBeCloseTo(5e300, -287)
    expect(euclideanNorm(Float64Array.of(3e-300, 4e-300)) / 5e-300).toBeCloseTo(1, 14)
    expect(euclideanNorm(new Float64Array(3))).toBe(0)
  })
})
