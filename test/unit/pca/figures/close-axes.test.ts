import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  closeAxes,
  closeAxesSentence,
  closeAxesWords,
  closeKeptAxes
} from '../../../../core/analyses/pca/figures/close-axes.ts'
import { pcaOfRows } from '../fit-rows.ts'

describe('components that are nearly equal', () => {
  test('by North’s rule: the gap is smaller than the variance is known to, λ√(2/n)', () => {
    // 2/n = 0.04: a variance is known to a fifth of it.
    const found = closeAxes([10, 4, 3.5, 1], 0.05, 50)
    expect(found).toEqual({ closest: [1, 2], nearlyEqual: [[1, 2]] })
    expect(closeAxes([10, 4, 3.1, 1], 0.09, 50).nearlyEqual).toEqual([])
    expect(closeAxes([10, 4, 3.1, 1], 0.09, 20).nearlyEqual).toEqual([[1, 2]])
  })

  test('neighbours of neighbours are one run, and what has no variance is none', () => {
    expect(closeAxes([5, 4.9, 4.8, 1, 0, 0], 0, 100).nearlyEqual).toEqual([[0, 2]])
  })

  test('the smallest gap may be the one to the first component that was not kept', () => {
    const rows = [
      [1, 0, 0.1],
      [-1, 0.5, 0],
      [2, -0.5, 0.3],
      [-2, 0.2, -0.3],
      [0.5, 0.1, 0.4]
    ]
    const all = pcaOfRows(rows, { nComponents: 3 }).summary
    const two = pcaOfRows(rows, { nComponents: 2 }).summary
    expect(closeAxes(all.explainedVariance, all.certificate.eigengap, 5).closest).toEqual([1, 2])
    expect(closeAxes(two.explainedVariance, two.certificate.eigengap, 5).closest).toEqual([1, 2])
    const one = pcaOfRows(rows.map((row) => row.slice(0, 1))).summary
    expect(closeAxes(one.explainedVariance, one.certificate.eigengap, 5)).toEqual({ closest: null, nearlyEqual: [] })
  })

  test('runs are apart, in order, and within the components', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 2, max: 1000 }),
        (values, n) => {
          const variances = values.sort((a, b) => b - a)
          const { nearlyEqual } = closeAxes(variances, 0.5, n)
          let before = -1
          for (const [first, last] of nearlyEqual) {
            expect(first).toBeGreaterThan(before)
            expect(last).toBeGreaterThan(first)
            expect(last).toBeLessThan(variances.length)
            before = last
          }
        }
      )
    )
  })

  test('are named in a sentence', () => {
    expect(closeAxesSentence([])).toBeNull()
    expect(closeAxesSentence([[1, 2]])).toBe(
      'PC2 and PC3 are nearly equal: with other rows their axes may turn into each other.'
    )
    expect(
      closeAxesSentence([
        [1, 2],
        [4, 8],
        [10, 11]
      ])
    ).toBe(
      'PC2 and PC3, as PC5 to PC9, and 1 group further on, are nearly equal: with other rows their axes may turn into each other.'
    )
  })
})

test('of the kept components alone, in few words where there is little room', () => {
  const result = { explainedVariance: [10, 9.5, 4, 1, 0.95], certificate: { eigengap: 0.005 }, nSamples: 50 }
  expect(closeKeptAxes(result, 5)).toEqual([
    [0, 1],
    [3, 4]
  ])
  // The cut lies between PC3 and PC4: what turns beyond it is not looked at.
  expect(closeKeptAxes(result, 3)).toEqual([[0, 1]])
  expect(closeAxesWords(closeKeptAxes(result, 3))).toBe('PC1 and PC2 nearly equal: their axes may turn')
  expect(closeAxesWords(closeKeptAxes(result, 5))).toBe('PC1–2 and PC4–5 nearly equal: axes may turn')
  const runs: [number, number][] = [
    [0, 2],
    [4, 5],
    [7, 8]
  ]
  expect(closeAxesWords(runs.slice(0, 1))).toBe('PC1 to PC3 nearly equal: their axes may turn')
  expect(closeAxesWords(runs)).toBe('PC1–3, PC5–6 and others nearly equal: axes may turn')
  expect(closeAxesWords([])).toBeNull()
})
