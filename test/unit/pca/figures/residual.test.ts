import { describe, expect, test } from 'vitest'
import { eigenvaluesLeftOver, residualLimitOf, residualLimits } from '../../../../core/analyses/pca/figures/residual.ts'

/** Standard normal numbers that are the same every time: Box & Muller over a linear congruential generator. */
function normals(seed: number): () => number {
  let state = seed >>> 0
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Values of Σ λ z², z standard normal: what Q is distributed as. */
function drawn(eigenvalues: number[], count: number, seed: number): Float64Array {
  const normal = normals(seed)
  return Float64Array.from({ length: count }, () => eigenvalues.reduce((sum, value) => sum + value * normal() ** 2, 0))
}

describe('limits of Q', () => {
  // Both are approximations of a distribution that has no closed form: here it is drawn from.
  test.each([
    [[3, 2, 1, 0.5, 0.2]],
    [[1, 1, 1, 1, 1, 1]],
    [[40, 0.7, 0.5, 0.4, 0.3, 0.1]],
    [[5, 0.01]],
    // many small ones beside a large one: h₀ is below 0
    [[4, ...Array.from({ length: 100 }, () => 0.5)]]
  ])('95 %% of Σ λ z² lie below them, case %#', (eigenvalues) => {
    const q = drawn(eigenvalues, 60_000, 7)
    const { jacksonMudholkar, box } = residualLimits(eigenvalues)
    const below = (limit: number): number => q.filter((value) => value <= limit).length / q.length
    expect(Math.abs(below(jacksonMudholkar!) - 0.95)).toBeLessThan(0.012)
    expect(Math.abs(below(box!) - 0.95)).toBeLessThan(0.012)
  })

  test('the last case has h₀ below 0, where the sign of z must not be lost', () => {
    const eigenvalues = [4, ...Array.from({ length: 100 }, () => 0.5)]
    const theta = (power: number): number => eigenvalues.reduce((sum, value) => sum + value ** power, 0)
    expect(1 - (2 * theta(1) * theta(3)) / (3 * theta(2) ** 2)).toBeLessThan(0)
  })

  test('of one eigenvalue Box has χ² with one degree of freedom, 3.841459 (R: qchisq(0.95, 1))', () => {
    const { jacksonMudholkar, box } = residualLimits([2])
    expect(box!).toBeCloseTo(2 * 3.841459, 5)
    // Jackson & Mudholkar's is Wilson & Hilferty's cube then: λ (1 − 2/9 + 1.644854 √(2/9))³
    expect(jacksonMudholkar!).toBeCloseTo(2 * (1 - 2 / 9 + 1.6448536269514722 * Math.sqrt(2 / 9)) ** 3, 10)
  })

  test('scale with the eigenvalues, at the ends of the doubles too', () => {
    const plain = residualLimits([3, 1, 0.5])
    for (const factor of [2 ** 400, 2 ** -400]) {
      const scaled = residualLimits([3, 1, 0.5].map((value) => value * factor))
      expect(scaled.jacksonMudholkar! / factor).toBeCloseTo(plain.jacksonMudholkar!, 12)
      expect(scaled.box! / factor).toBeCloseTo(plain.box!, 12)
    }
  })

  test('from the residuals themselves: the same, where they are many', () => {
    const eigenvalues = [3, 2, 1, 0.5, 0.2]
    const limit = residualLimitOf(drawn(eigenvalues, 60_000, 11))
    expect(Math.abs(limit! / residualLimits(eigenvalues).box! - 1)).toBeLessThan(0.03)
    expect(residualLimitOf([0, 0, 0])).toBeNull()
    expect(residualLimitOf([1, 2])).toBeNull()
  })
})

describe('eigenvalues left over', () => {
  test('all are known, none is left, or some were not computed', () => {
    expect([...eigenvaluesLeftOver([4, 2, 1], 7, 1)!]).toEqual([2, 1])
    expect(eigenvaluesLeftOver([4, 2, 1], 7, 3)).toHaveLength(0)
    expect(eigenvaluesLeftOver([4, 2, 1e-16], 6, 2)).toHaveLength(0)
    expect(eigenvaluesLeftOver([4, 2], 7, 1)).toBeNull()
    expect(residualLimits([])).toEqual({ jacksonMudholkar: null, box: null })
  })
})
