import { describe, expect, test } from 'vitest'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { certifyAxes } from '../../../core/stats/component-certificate.ts'
import { product } from '../linalg/ratios.ts'

const ULP = Number.EPSILON

// Two rows, (1, 1, 0) and (−1, −1, 0): C = XᵀX/1 has λ₁ = 4 along (1, 1, 0)/√2.
const c = matrixOf([
  [2, 2, 0],
  [2, 2, 0],
  [0, 0, 0]
])
const right = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2, 0)
const certify = (components: Float64Array, eigenvalues: number[], image = (v: Matrix) => product(v, c).data) =>
  certifyAxes({ components, eigenvalues: Float64Array.from(eigenvalues) }, 3, image)

describe('the certificate of components', () => {
  test('is small for right ones and grows with an error by as much as the definition says', () => {
    expect(certify(right, [4, 0]).residual).toBeLessThan(3)
    expect(certify(right, [4, 0]).orthogonality).toBeLessThan(3)
    expect(certify(right, [4 + 4e-10, 0]).residual * 3 * ULP).toBeCloseTo(1e-10, 14)
    const long = right.map((value) => value * (1 + 1e-10))
    expect(certify(long, [4, 0]).orthogonality * 3 * ULP).toBeCloseTo(2e-10, 14)
  })

  test('is that of the worst of several components', () => {
    const two = Float64Array.of(...right, 0, 0, 1)
    expect(certify(two, [4, 0]).residual).toBeLessThan(3)
    expect(certify(two, [4, 4e-8]).residual * 3 * ULP).toBeCloseTo(1e-8, 14)
    // ⟨first, second⟩ = 1e−9: the sum of a column of |I − VVᵀ|.
    const bent = Float64Array.of(...right, Math.SQRT2 * 1e-9, 0, 1)
    expect(certify(bent, [4, 0]).orthogonality * 3 * ULP).toBeCloseTo(1e-9, 14)
  })

  test('of exact ones is 0', () => {
    const unit = Float64Array.of(1, 0, 0)
    const double = (v: Matrix) =>
      createMatrix(
        v.rows,
        v.columns,
        v.data.map((value) => 2 * value)
      ).data
    expect(certify(unit, [2], double)).toEqual({ residual: 0, orthogonality: 0 })
  })

  test('of what is plainly wrong, or not a number, is 1/ulp', () => {
    const wrong = 1 / ULP
    expect(certify(right, [NaN, 0]).residual).toBe(wrong)
    expect(certify(right, [1e-12, 0]).residual).toBe(wrong)
    expect(certify(right, [4, 0], () => new Float64Array(3).fill(NaN)).residual).toBe(wrong)
    expect(
      certify(
        right.map((value) => 1e9 * value),
        [4, 0]
      ).orthogonality
    ).toBe(wrong)
  })
})
