import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { angleBetween, cosineSimilarity } from '../../../core/linalg/angle.ts'
import { checkOrthogonal } from '../../../core/linalg/check-orthogonal.ts'
import { checkPositiveDefinite } from '../../../core/linalg/check-positive-definite.ts'
import { checkSymmetric } from '../../../core/linalg/check-symmetric.ts'
import { createMatrix, matrixOf } from '../../../core/linalg/matrix.ts'
import { matrixNorm } from '../../../core/linalg/matrix-norm.ts'
import { timesPowerOfTwo } from '../../../core/linalg/power-of-two.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { vectorNorm } from '../../../core/linalg/vector-norm.ts'
import { withSingularValues, withSymmetricEigenvalues } from '../../zoo/random-matrices.ts'

const ULP = Number.EPSILON
const vector = (...entries: number[]): Float64Array => Float64Array.from(entries)

describe('vectorNorm', () => {
  test('of (3, 0, −4), and of nothing', () => {
    const x = vector(3, 0, -4)
    const norms = (['L0', 'L1', 'L2', 'Linf'] as const).map((norm) => vectorNorm(x, norm))
    expect(norms).toEqual([2, 7, 5, 4])
    expect((['L0', 'L1', 'L2', 'Linf'] as const).map((norm) => vectorNorm(vector(), norm))).toEqual([0, 0, 0, 0])
  })

  test.each([500, -500, 1019, -1074])('times 2^%d it is as large, to the last bit', (e) => {
    const x = vector(3, 4, 12).map((value) => timesPowerOfTwo(value, e))
    expect(vectorNorm(x, 'L2')).toBe(timesPowerOfTwo(13, e))
    expect(vectorNorm(x, 'L1')).toBe(timesPowerOfTwo(19, e))
  })

  test('beyond the largest double, and not finite', () => {
    const most = Number.MAX_VALUE
    expect(() => vectorNorm(vector(most, most), 'L2')).toThrow(/too large/)
    expect(() => vectorNorm(vector(most, most), 'L1')).toThrow(/too large/)
    expect(vectorNorm(vector(most, most), 'Linf')).toBe(most)
    expect(vectorNorm(vector(most, most), 'L0')).toBe(2)
    expect(() => vectorNorm(vector(1, NaN), 'L0')).toThrow(/Entry 2/)
  })

  test('‖x‖∞ ≤ ‖x‖₂ ≤ ‖x‖₁ ≤ √n·‖x‖₂', () => {
    const entries = fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(entries, (values) => {
        const x = Float64Array.from(values)
        const slack = 1 + 200 * ULP
        const [one, two, most] = (['L1', 'L2', 'Linf'] as const).map((norm) => vectorNorm(x, norm))
        expect(most!).toBeLessThanOrEqual(two!)
        expect(two!).toBeLessThanOrEqual(one! * slack)
        expect(one!).toBeLessThanOrEqual(Math.sqrt(x.length) * two! * slack + x.length * Number.MIN_VALUE)
      })
    )
  })
})

describe('matrixNorm', () => {
  test('of [[3, 0], [4, 5]]: singular values 3√5 and √5', () => {
    const a = matrixOf([
      [3, 0],
      [4, 5]
    ])
    expect(matrixNorm(a, 'frobenius')).toBeCloseTo(Math.sqrt(50), 14)
    expect(matrixNorm(a, 'one')).toBe(7)
    expect(matrixNorm(a, 'infinity')).toBe(9)
    expect(matrixNorm(a, 'spectral')).toBeCloseTo(3 * Math.sqrt(5), 13)
    expect(matrixNorm(a, 'nuclear')).toBeCloseTo(4 * Math.sqrt(5), 13)
  })

  const kinds = ['frobenius', 'one', 'infinity', 'spectral', 'nuclear'] as const

  test.each(kinds)('%s of a row of 2^±500 and of nothing', (kind) => {
    for (const e of [500, -500]) {
      const norm = matrixNorm(matrixOf([[2 ** e, -(2 ** e)]]), kind) / 2 ** e
      expect(norm).toBeCloseTo(kind === 'one' ? 1 : kind === 'infinity' ? 2 : Math.SQRT2, 13)
    }
    for (const [rows, columns] of [
      [0, 0],
      [0, 3],
      [2, 0]
    ] as const) {
      expect(matrixNorm(createMatrix(rows, columns), kind)).toBe(0)
    }
    expect(() => matrixNorm(matrixOf([[1], [Infinity]]), kind)).toThrow(/row 2, column 1/)
  })

  test.each(['frobenius', 'one', 'infinity'] as const)('%s is named where it is too large', (kind) => {
    const most = Number.MAX_VALUE
    expect(() => matrixNorm(matrixOf([[most, most], [most, most]]), kind)).toThrow(`${kind} norm`) // prettier-ignore
  })

  test.each(['frobenius', 'infinity', 'spectral', 'nuclear'] as const)('%s beyond the largest double', (kind) => {
    expect(() => matrixNorm(matrixOf([[Number.MAX_VALUE, Number.MAX_VALUE]]), kind)).toThrow(/too large/)
  })
})

describe('angles', () => {
  test('of right angles, of (1, 0) and (1, 1), of opposites, and with nothing', () => {
    expect(angleBetween(vector(1, 0), vector(0, 5))).toBeCloseTo(Math.PI / 2, 15)
    expect(angleBetween(vector(1, 0), vector(3, 3))).toBeCloseTo(Math.PI / 4, 15)
    expect(angleBetween(vector(1, 2), vector(-2, -4))).toBe(Math.PI)
    expect(cosineSimilarity(vector(1, 0), vector(3, 3))).toBeCloseTo(Math.SQRT1_2, 15)
    expect(cosineSimilarity(vector(1, 2), vector(2, 4))).toBeCloseTo(1, 15)
    expect([cosineSimilarity(vector(0, 0), vector(1, 2)), angleBetween(vector(1, 2), vector(0, 0))]).toEqual([
      0,
      Math.PI / 2
    ])
    expect([cosineSimilarity(vector(), vector()), angleBetween(vector(), vector())]).toEqual([0, Math.PI / 2])
  })

  test.each([1e-5, 1e-9, 1e-12])('an angle of %d keeps its digits, near 0 and near π', (angle) => {
    const [x, y] = [vector(1, 0), vector(Math.cos(angle), Math.sin(angle))]
    expect(Math.abs(angleBetween(x, y) / angle - 1)).toBeLessThan(4 * ULP)
    // Neither vector along an axis: what remains is the rounding of the vectors themselves.
    const [c, s] = [Math.cos(1), Math.sin(1)]
    const turned = vector(y[0]! * c - y[1]! * s, y[0]! * s + y[1]! * c)
    expect(Math.abs(angleBetween(vector(c, s), turned) - angle)).toBeLessThan(4 * ULP)
    expect(Math.abs(Math.PI - angleBetween(vector(-c, -s), turned) - angle)).toBeLessThan(8 * ULP)
  })

  test('the scale of either vector does not count', () => {
    const far = vector(3, 4).map((value) => value * 2 ** 1000)
    const near = vector(4, 3).map((value) => value * 2 ** -1060)
    expect(cosineSimilarity(far, near)).toBeCloseTo(24 / 25, 15)
    expect(angleBetween(far, near)).toBeCloseTo(Math.acos(24 / 25), 15)
  })

  test('bad input', () => {
    expect(() => cosineSimilarity(vector(1), vector(1, 2))).toThrow(/2 entries and 1 entries/)
    expect(() => angleBetween(vector(1, 2), vector(1, NaN))).toThrow(/Entry 2/)
    expect(() => angleBetween(vector(Infinity, 2), vector(1, 0))).toThrow(/Entry 1/)
  })
})

describe('checks', () => {
  test('symmetric', () => {
    expect(
      checkSymmetric(
        matrixOf([
          [1, 2],
          [2, 5]
        ])
      )
    ).toEqual({ holds: true, residual: 0, tolerance: 0 })
    expect(
      checkSymmetric(
        matrixOf([
          [1, 2],
          [-2, 4]
        ])
      )
    ).toEqual({ holds: false, residual: 1, tolerance: 0 })
    const most = Number.MAX_VALUE
    expect(
      checkSymmetric(
        matrixOf([
          [0, most],
          [-most, 0]
        ]),
        0.1
      )
    ).toEqual({ holds: false, residual: 2, tolerance: 0.1 })
    expect(
      checkSymmetric(
        matrixOf([
          [1, 2 + 2 * ULP],
          [2, 4]
        ]),
        ULP
      ).holds
    ).toBe(true)
    expect(checkSymmetric(createMatrix(0, 0)).holds).toBe(true)
    expect(() => checkSymmetric(createMatrix(1, 2))).toThrow(/1 × 2/)
  })

  test('orthogonal', () => {
    const turned = withSingularValues(20, 7, new Float64Array(7).fill(1), new SeededRandom(4))
    expect(checkOrthogonal(turned).holds).toBe(true)
    turned.data[0]! += 1e-9
    expect(checkOrthogonal(turned).holds).toBe(false)
    expect(checkOrthogonal(turned, 1e-7).holds).toBe(true)
    expect(checkOrthogonal(matrixOf([[1, 0]])).residual).toBe(1)
    expect(checkOrthogonal(matrixOf([[1e300]])).holds).toBe(false)
    expect(checkOrthogonal(createMatrix(3, 0)).holds).toBe(true)
    expect(() => checkOrthogonal(matrixOf([[NaN]]))).toThrow(/row 1, column 1/)
  })

  test('positive definite', () => {
    const small = checkPositiveDefinite(
      matrixOf([
        [2, 1],
        [1, 2]
      ])
    )
    expect(small.holds).toBe(true)
    expect(small.residual).toBeCloseTo(1 / 3, 15)
    expect(
      checkPositiveDefinite(
        matrixOf([
          [1, 2],
          [2, 1]
        ])
      ).residual
    ).toBeCloseTo(-1 / 3, 15)
    // Positive, but only within rounding of a singular matrix; and the same with a limit of one's own.
    const values = Float64Array.of(1, 0.5, 1e-16, 1e-3)
    const nearlySingular = withSymmetricEigenvalues(values, new SeededRandom(5))
    expect(checkPositiveDefinite(nearlySingular).holds).toBe(false)
    expect(checkPositiveDefinite(nearlySingular, -1e-14).holds).toBe(true)
    expect(checkPositiveDefinite(withSymmetricEigenvalues(values, new SeededRandom(5), 900), 1e-3).holds).toBe(false)
    expect(
      checkPositiveDefinite(
        matrixOf([
          [2, 1],
          [1 + ULP, 2]
        ])
      ).holds
    ).toBe(false)
    expect(checkPositiveDefinite(createMatrix(2, 2)).holds).toBe(false)
    expect(checkPositiveDefinite(createMatrix(0, 0))).toMatchObject({ holds: true, residual: 1 })
    expect(() => checkPositiveDefinite(createMatrix(1, 2))).toThrow(/1 × 2/)
  })
})
