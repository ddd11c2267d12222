import { describe, expect, it } from 'vitest'
import { criteriaSummarySchema, type CriteriaSummary } from '../../../../core/analyses/pca/studies/criteria/spec.ts'
import { SCALES } from '../../../../core/analyses/pca/scales.ts'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { factorTable } from '../../stats/prepared-tables.ts'
import { pcaOfTable, tableOf, unwatchedRun } from '../fit-rows.ts'
import { studyOf } from './run-study.ts'

const rows = factorTable(80, 7, 2, 0.4, 31)
const table = tableOf(rows)
const criteria = (
  ...[given, fitted, asked]: [Parameters<typeof studyOf>[1], Parameters<typeof studyOf>[2]?, Record<string, unknown>?]
) => studyOf<CriteriaSummary>('criteria', given, fitted, asked).summary

describe('how many components', () => {
  it('every rule that is made for it finds the two factors there are', () => {
    const found = criteria(table, { scale: 'unit' })
    expect(found.parallel!.suggested).toBe(2)
    expect(found.press!.suggested).toBe(2)
    // its curve is flat beyond two, and rises later
    expect([2, 3]).toContain(found.gcv!.suggested)
    expect(found.kaiser!.suggested).toBe(2)
    expect(found.kaiser!.mean).toBeCloseTo(1, 12)
    expect(found.reasons).toEqual({})
    expect(found.parallel!.percentiles.length).toBe(7)
  })

  it.each(SCALES)('by chance as much varies as in the table (scale: %s)', (scale) => {
    const { summary } = pcaOfTable(table, { scale })
    const { parallel } = criteria(table, { scale }, { which: ['parallel'] })
    // permuting keeps each column's variance: medians add to about the total
    const sum = parallel!.medians.reduce((total, value) => total + value, 0)
    expect(sum / summary.totalVariance).toBeCloseTo(1, 1)
  })

  it('takes the divisor of the fit', () => {
    const [one, other] = (['n-1', 'n'] as const).map((divisor) => criteria(table, { divisor, scale: 'none' }))
    const ratio = other!.parallel!.percentiles[0]! / one!.parallel!.percentiles[0]!
    expect(ratio).toBeCloseTo(79 / 80, 12)
    expect(other!.mle!.suggested).toBe(one!.mle!.suggested)
  })

  it('computes the variances a solver left out', () => {
    const [direct, krylov] = (['eigh-covariance', 'krylov'] as const).map((solver) =>
      criteria(table, { solver, nComponents: 2 }, { which: [] })
    )
    expect(krylov!.mle!.values.slice(1)).toEqual(
      direct!.mle!.values.slice(1).map((v): unknown => expect.closeTo(v!, 8))
    )
    expect(krylov!.reasons).toEqual({ parallel: 'It was not asked for.', press: 'It was not asked for.' })
  })

  it('says why a rule has no answer', () => {
    const wide = criteria(tableOf(factorTable(6, 9, 1, 0.3, 2)))
    expect(wide.mle).toBeNull()
    expect(wide.reasons.mle).toBe('It needs at least as many rows as columns.')
    expect(wide.parallel!.percentiles.length).toBe(6)
  })

  it('weighs rows in every rule: weights of one kind change nothing, others find the factors too', () => {
    const columns = table.columns.map((column) => column.name)
    const weighted = (weightOf: (row: number) => number) =>
      criteria(tableOf(rows.map((row, i) => [...row, weightOf(i)])), {
        columns,
        weight: 'h',
        nComponents: 3,
        scale: 'unit'
      })
    const plain = criteria(table, { scale: 'unit', nComponents: 3 })
    const even = weighted(() => 2)
    even.press!.values.forEach((value, q) => expect(value! / plain.press!.values[q]!).toBeCloseTo(1, 8))
    expect(even.parallel!.percentiles).toEqual(
      plain.parallel!.percentiles.map((value): unknown => expect.closeTo(value, 10))
    )
    const uneven = weighted((row) => 1 + (row % 3))
    expect(uneven.parallel!.suggested).toBe(2)
    expect(uneven.press!.suggested).toBe(2)
    expect(uneven.reasons).toEqual({})
  })

  it.each([
    ['two rows of one column', [[1], [2]], {}],
    ['one column', [[1], [2], [5], [6]], {}],
    ['a constant column', rows.map((row) => [...row, 4]), {}],
    ['a duplicate column', rows.map((row) => [...row, row[0]!]), {}],
    ['nothing subtracted', rows, { centre: 'none' }],
    ['medians subtracted', rows, { centre: 'median', scale: 'robust' }],
    ['missing cells', rows.map((row, i) => (i === 3 ? [NaN, ...row.slice(1)] : row)), { missing: 'iterative' }]
  ] as const)('answers in numbers for %s', (_name, given, fitted) => {
    const found = criteria(tableOf(given as number[][]), fitted)
    expect(() => criteriaSummarySchema.parse(found)).not.toThrow()
    const numbers = [found.parallel?.percentiles, found.parallel?.medians, found.brokenStick?.shares].flat()
    expect(numbers.every((value) => value === undefined || Number.isFinite(value))).toBe(true)
  })

  it('stops when asked to', () => {
    let looks = 0
    const context = {
      ...unwatchedRun,
      checkpoint: () => {
        if (++looks > 20) throw new EigendeskError('CANCELLED')
      }
    }
    expect(() => studyOf('criteria', table, {}, {}, context)).toThrow(EigendeskError)
    expect(looks).toBe(21)
  })
})
