import { describe, expect, it } from 'vitest'
import type { BootstrapSummary } from '../../../../core/analyses/pca/studies/bootstrap/spec.ts'
import { factorTable } from '../../stats/prepared-tables.ts'
import { errorOf, pcaOfTable, tableOf } from '../fit-rows.ts'
import { studyOf } from './run-study.ts'

const rows = factorTable(60, 6, 2, 0.5, 41)
const table = tableOf(rows)
const study = (...given: [Parameters<typeof studyOf>[1], Parameters<typeof studyOf>[2]?, Record<string, unknown>?]) =>
  studyOf<BootstrapSummary>('bootstrap', ...given)

describe('bootstrap of a PCA', () => {
  const fit = pcaOfTable(table, { scale: 'unit' })
  const found = study(table, { scale: 'unit' }, { nComponents: 2, seed: 5 })

  it('holds what the fit found inside of its intervals', () => {
    const { variances, ratios, cumulative, agreement } = found.summary
    expect(variances.lower.length).toBe(6)
    for (let k = 0; k < 2; k++) {
      expect(variances.lower[k]).toBeLessThan(fit.summary.explainedVariance[k]!)
      expect(variances.upper[k]).toBeGreaterThan(fit.summary.explainedVariance[k]!)
      expect(ratios.upper[k]).toBeGreaterThan(ratios.lower[k]!)
    }
    expect(cumulative.upper.at(-1)).toBeCloseTo(1, 12)
    expect(agreement.every((cosine) => cosine > 0.7 && cosine <= 1 + 1e-12)).toBe(true)
  })

  it('draws clouds round the arrows, and intervals that hold most of them', () => {
    const [samples, p, k] = found.arrays['cloud']!.shape as [number, number, number]
    expect([samples, p, k]).toEqual([200, 6, 2])
    const cloud = found.arrays['cloud']!.data
    const [lower, upper] = ['loadingsLower', 'loadingsUpper'].map((name) => found.arrays[name]!.data)
    let inside = 0
    for (let at = 0; at < cloud.length; at++) {
      if (cloud[at]! >= lower![at % (p * k)]! && cloud[at]! <= upper![at % (p * k)]!) inside++
    }
    expect(inside / cloud.length).toBeCloseTo(0.95, 2)
    for (let j = 0; j < p; j++) expect(lower![j * k]!).toBeLessThanOrEqual(fit.loadings[j]![0]!)
  })

  it('keeps a cloud for every column of many, of fewer samples where they would be too many', () => {
    const wide = study(tableOf(factorTable(8, 3000, 2, 0.5, 7)), {}, { nComponents: 5, resamples: 200 })
    // Two million loadings at most: 133 samples of 3,000 columns on five components.
    expect(wide.arrays['cloud']!.shape).toEqual([133, 3000, 5])
    expect(wide.summary.cloudSamples).toBe(133)
    expect(wide.arrays['cloud']!.data.every(Number.isFinite)).toBe(true)
  })

  it('wider confidence gives wider intervals, another seed other ones', () => {
    const wide = study(table, { scale: 'unit' }, { nComponents: 2, seed: 5, confidence: 99 })
    expect(wide.summary.variances.upper[0]).toBeGreaterThan(found.summary.variances.upper[0]!)
    const other = study(table, { scale: 'unit' }, { nComponents: 2, seed: 6 })
    expect(other.summary.variances.upper[0]).not.toBe(found.summary.variances.upper[0])
  })

  it.each([
    ['fewer rows than columns', factorTable(7, 12, 1, 0.5, 3), {}],
    ['two rows of one column', [[1], [3]], {}],
    ['a constant column', rows.map((row) => [...row, 2]), { scale: 'unit' }],
    ['Pareto scaling and divisor n', rows, { scale: 'pareto', divisor: 'n' }],
    ['robust scaling about medians', rows, { centre: 'median', scale: 'robust' }],
    ['nothing subtracted', rows, { centre: 'none' }]
  ] as const)('answers in numbers for %s', (_name, given, fitted) => {
    const { summary } = study(tableOf(given as number[][]), fitted, { resamples: 20 })
    expect([...summary.variances.lower, ...summary.ratios.upper, ...summary.agreement].every(Number.isFinite)).toBe(
      true
    )
  })

  it('refuses more components than were kept, with both numbers', () => {
    expect(errorOf(() => study(table, { nComponents: 2 }, { nComponents: 3 }))).toMatchObject({
      code: 'TOO_MANY_COMPONENTS'
    })
  })
})
