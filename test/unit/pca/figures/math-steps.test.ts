import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { CONVENTIONS } from '../../../../core/analyses/pca/figures/conventions.ts'
import { mathSteps, type MathContext, type MathStepId } from '../../../../core/analyses/pca/figures/math-steps.ts'

const iris: MathContext = {
  nSamples: 150,
  nFeatures: 4,
  nComponents: 4,
  divisor: 'n-1',
  centre: 'mean',
  scale: 'unit',
  weighted: false,
  solver: 'eigh-covariance',
  totalVariance: 4,
  missing: 'drop',
  nDropped: 0,
  nImputed: 0,
  supplementaryRows: 0,
  supplementaryColumns: 0,
  convention: 'eigendesk'
}
const steps = (changes: Partial<MathContext> = {}) => mathSteps({ ...iris, ...changes })
const step = (id: MathStepId, changes: Partial<MathContext> = {}) => {
  const found = steps(changes).find((one) => one.id === id)
  if (!found) throw new Error(`there is no step ${id}`)
  return found
}
const idsOf = (changes: Partial<MathContext>): string =>
  steps(changes)
    .map((one) => one.id)
    .join(' ')

describe('the steps of a fit', () => {
  test('of iris with unit variance are six, with their shapes', () => {
    expect(steps().map(({ shapes }) => `${shapes.from} ${shapes.to}`)).toEqual([
      'X (150×4) − 1 (150×1) · x̄ᵀ (1×4) = X_c (150×4)',
      'X_c (150×4) · diag(s)⁻¹ (4×4) = Z (150×4)',
      'Z (150×4)ᵀ · Z (150×4) / 149 = C (4×4)',
      'C (4×4) · V (4×4) = V (4×4) · Λ (4×4)',
      'λ (4) / 4 = r (4)',
      'Z (150×4) · V (4×4) = T (150×4)'
    ])
    expect(step('covariance').formula).toBe(String.raw`C=\frac{1}{n-1}\,Z^{\top}Z`)
    expect(step('share').text).toContain('one for each scaled column')
  })

  test('follow what was asked for', () => {
    expect(idsOf({})).toBe('centre scale covariance axes share project')
    expect(idsOf({ scale: 'none' })).toBe('centre covariance axes share project')
    expect(idsOf({ nDropped: 2, weighted: true, supplementaryRows: 3 })).toBe(
      'rows weigh centre scale covariance axes share project supplementary'
    )
    expect(idsOf({ missing: 'mean', nImputed: 2, solver: 'eigh-gram' })).toBe(
      'fill centre scale gram axes share project'
    )
  })

  test('without scaling name X_c, and covariance', () => {
    const { title, formula } = step('covariance', { scale: 'none' })
    expect([title, formula]).toEqual(['Covariance', String.raw`C=\frac{1}{n-1}\,X_c^{\top}X_c`])
    expect(step('project', { scale: 'none' }).formula).toBe('T=X_c\\,V')
  })

  test('each scale has its divisor', () => {
    const divisors = (['unit', 'pareto', 'range', 'robust'] as const).map((scale) => step('scale', { scale }).formula)
    expect(new Set(divisors).size).toBe(4)
    expect(divisors[1]).toContain(String.raw`\sqrt{s}`)
    expect(divisors[3]).toContain('1.4826')
  })

  test('divisor n, weights and medians stand in the formulas', () => {
    expect(step('covariance', { divisor: 'n', weighted: true }).formula).toBe(String.raw`C=\frac{1}{n}\,Z^{\top}WZ`)
    expect(step('covariance', { divisor: 'n' }).shapes.from).toContain('/ 150')
    expect(step('centre', { centre: 'median' }).formula).toContain(String.raw`\tilde{x}`)
    expect(step('centre', { centre: 'none' }).formula).toBe('X_c=X')
    expect(step('covariance', { centre: 'none' }).text).not.toContain('correlation')
  })

  test('of few rows say that products of rows give the same answer', () => {
    const wide = { solver: 'eigh-gram', nSamples: 64, nFeatures: 6830, nComponents: 63 } as const
    expect(step('gram', wide).text).toContain('the answer is the same')
    expect(step('gram', wide).shapes).toEqual({ from: 'Z (64×6,830) · Z (64×6,830)ᵀ / 63 =', to: 'G (64×64)' })
    expect(step('axes', wide).shapes.to).toBe('V (6,830×63)')
  })

  test('of one row or column keep their number', () => {
    expect(step('fill', { missing: 'iterative', nImputed: 1 }).text).toMatch(/^1 missing cell:/)
    expect(step('rows', { nDropped: 1 }).text).toContain('1 row with a missing cell is left out')
  })

  test('in another convention have its divisors and its names', () => {
    const theirs = { convention: 'factominer' } as const
    expect(step('scale', theirs).text).toContain('(divisor n)')
    expect(step('covariance', theirs).shapes.from).toContain('/ 150')
    expect(step('project', theirs).name).toBe('ind$coord')
    expect(step('covariance', { convention: 'scikit-learn' }).text).toContain(
      'n/(n\u00a0−\u00a01) times the correlation'
    )
    expect(step('axes', theirs).text).toContain('sum of the entries')
  })

  test('formulas can be set whatever is asked for', () => {
    for (const convention of CONVENTIONS) {
      for (const centre of ['mean', 'median', 'none'] as const) {
        for (const scale of ['none', 'unit', 'pareto', 'range', 'robust'] as const) {
          for (const missing of ['mean', 'iterative'] as const) {
            for (const solver of ['eigh-covariance', 'eigh-gram', 'krylov'] as const) {
              const asked = { convention, centre, scale, missing, solver, weighted: scale === 'range', nImputed: 1 }
              for (const { formula, text } of steps({ ...asked, supplementaryRows: 2, supplementaryColumns: 1 })) {
                katex.renderToString(formula, { output: 'mathml', strict: 'error' })
                expect(text).toMatch(/^\S[^!]*\.$/)
                expect(text).not.toMatch(/undefined|NaN/)
              }
            }
          }
        }
      }
    }
  })
})
