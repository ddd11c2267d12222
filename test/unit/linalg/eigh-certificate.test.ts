import { describe, expect, test } from 'vitest'
import { eigh } from '../../../core/linalg/eigh.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { certifyEigh } from '../../zoo/eigh-certificate.ts'
import { randomSymmetric } from '../../zoo/symmetric-matrices.ts'

const ULP = Number.EPSILON

describe('the certificate that the symmetric zoo is measured by', () => {
  const n = 20
  const a = randomSymmetric(n, new SeededRandom(5))
  const { w, v } = eigh(createMatrix(n, n, a))

  test('is small for a right one and grows with an error by as much as the definition says', () => {
    expect(certifyEigh(a, n, w, v.data).residual).toBeLessThan(5)
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

  test('is large for a wrong one, infinite for another matrix’s where all is zero, and no number for NaN', () => {
    const turned = w.map((value) => -value)
    expect(certifyEigh(a, n, turned, v.data).residual).toBeGreaterThan(1e10)
    expect(certifyEigh(new Float64Array(n * n), n, w, v.data).residual).toBe(Infinity)
    expect(() => certifyEigh(a, n, w.with(0, NaN), v.data)).toThrow(/not a finite number/)
    expect(() => certifyEigh(a, n, w, v.data.with(0, NaN))).toThrow(/not a finite number/)
  })
})
