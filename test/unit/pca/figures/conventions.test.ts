import { describe, expect, test } from 'vitest'
import {
  conventionCall,
  conventionFactors,
  conventionNotes,
  conventionSign,
  CONVENTIONS,
  conventions,
  type ConventionContext
} from '../../../../core/analyses/pca/figures/conventions.ts'

const context: ConventionContext = { nSamples: 10, divisor: 'n-1', centre: 'mean', scale: 'unit', weighted: false }

describe('the factors of a convention', () => {
  test('Eigendesk’s are 1, whatever was chosen', () => {
    for (const divisor of ['n', 'n-1'] as const) {
      const factors = conventionFactors('eigendesk', { ...context, divisor })
      expect(factors).toEqual({
        scale: 1,
        scores: 1,
        variance: 1,
        loadings: 1,
        singular: 1,
        divisor: divisor === 'n' ? 10 : 9
      })
    }
  })

  // Σ scores² / divisor is the variance, in every program.
  test.each(CONVENTIONS)('of %s leave a variance the sum of squares over its divisor', (id) => {
    for (const divisor of ['n', 'n-1'] as const) {
      for (const scale of ['none', 'unit', 'pareto'] as const) {
        const fitted = { ...context, divisor, scale }
        const factors = conventionFactors(id, fitted)
        const sumOfSquares = 2 * (divisor === 'n' ? 10 : 9)
        expect(2 * factors.variance).toBeCloseTo((sumOfSquares * factors.scores ** 2) / factors.divisor, 12)
      }
    }
  })

  test('a result with divisor n is FactoMineR’s already', () => {
    expect(conventionFactors('factominer', { ...context, divisor: 'n' })).toMatchObject({ scores: 1, variance: 1 })
  })

  test('a table scaled otherwise is handed over as it is', () => {
    expect(conventionFactors('factominer', { ...context, scale: 'robust' }).scores).toBe(1)
  })
})

describe('the sign of an axis', () => {
  const weights = [-0.8, 0.9, -0.3]
  test('is by the sum of the weights in FactoMineR', () => {
    expect(conventionSign('factominer', weights, [])).toBe(-1)
    expect(conventionSign('factominer', [0.5, -0.5], [])).toBe(1)
  })
  test('was by the largest score in scikit-learn', () => {
    expect(conventionSign('scikit-learn-1.4', weights, [2, -3, 1])).toBe(-1)
    expect(conventionSign('scikit-learn-1.4', weights, [3, -3, 1])).toBe(1)
    expect(conventionSign('scikit-learn-1.4', weights, [0, 0])).toBe(1)
  })
  test('is Eigendesk’s own elsewhere', () => {
    for (const id of ['eigendesk', 'scikit-learn', 'prcomp', 'matlab'] as const) {
      expect(conventionSign(id, weights, [2, -3, 1])).toBe(1)
    }
  })
})

describe('what is said', () => {
  test('a program that cannot centre or weigh like this is said to find other axes', () => {
    const other = { ...context, centre: 'median', weighted: true } as const
    expect(conventionNotes('scikit-learn', other).filter((note) => note.includes('other axes'))).toHaveLength(2)
    expect(conventionNotes('prcomp', other).join(' ')).toContain('takes no row weights')
    expect(conventionNotes('matlab', context).join(' ')).not.toContain('other axes')
  })
  test('both divisors of scikit-learn are named', () => {
    expect(conventionNotes('scikit-learn', context)[0]).toBe(
      'Standard deviations have the divisor n (StandardScaler), variances n\u00a0−\u00a01.'
    )
  })
  test.each(CONVENTIONS)('%s has a call, and names', (id) => {
    for (const scale of ['none', 'unit', 'range'] as const) {
      expect(conventionCall(id, { ...context, scale }) === '').toBe(id === 'eigendesk')
    }
    expect(conventions[id].names.scores).not.toBe('')
  })
})
