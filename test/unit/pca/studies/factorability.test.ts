import { describe, expect, it } from 'vitest'
import type { FactorabilitySummary } from '../../../../core/analyses/pca/studies/factorability/spec.ts'
import { factorTable } from '../../stats/prepared-tables.ts'
import { tableOf } from '../fit-rows.ts'
import { studyOf } from './run-study.ts'

const rows = factorTable(60, 5, 2, 0.6, 12)
const study = (...given: [Parameters<typeof studyOf>[1], Parameters<typeof studyOf>[2]?]) =>
  studyOf<FactorabilitySummary>('factorability', ...given)

describe('fit for factor work of a PCA', () => {
  it('does not depend on how columns are scaled or centred', () => {
    const plain = study(tableOf(rows))
    for (const fitted of [
      { scale: 'unit' },
      { scale: 'range' },
      { centre: 'median', scale: 'robust' },
      { centre: 'none' }
    ] as const) {
      const other = study(tableOf(rows), fitted)
      expect(other.summary.kmo!.overall).toBeCloseTo(plain.summary.kmo!.overall, 10)
      expect(other.summary.bartlett!.chiSquare).toBeCloseTo(plain.summary.bartlett!.chiSquare, 7)
    }
  })

  it('leaves constant columns out, and says null of them', () => {
    const plain = study(tableOf(rows))
    const found = study(tableOf(rows.map(([a, ...others]) => [a!, 3, ...others])))
    expect(found.summary.kmo!.columns[1]).toBeNull()
    expect(found.summary.columns).toEqual(['a', 'c', 'd', 'e', 'f'])
    expect(found.summary.kmo!.overall).toBeCloseTo(plain.summary.kmo!.overall, 10)
    expect(found.arrays['antiImage']!.shape).toEqual([5, 5])
  })

  it('of rows that count twice is that of rows that are there twice, but for their number', () => {
    const weighted = tableOf(rows.map((row, i) => [...row, i < 20 ? 2 : 1]))
    const columns = ['a', 'b', 'c', 'd', 'e']
    const doubled = tableOf([...rows, ...rows.slice(0, 20)])
    const found = study(weighted, { columns, weight: 'f', nComponents: 2 })
    expect(found.summary.kmo!.overall).toBeCloseTo(study(doubled).summary.kmo!.overall, 10)
  })

  it.each([
    ['one column', [[1], [2], [4]], 'One column has nothing to share with others.'],
    ['fewer rows than columns', factorTable(4, 6, 1, 1, 3), /as many columns as rows/],
    [
      'columns that follow from others',
      rows.map((row) => [...row, row[0]! + row[1]!]),
      /follows from the others exactly/
    ],
    ['constant columns', rows.map((row) => [row[0]!, 1, 1]), 'Fewer than two columns vary.'],
    [
      'nothing in common',
      [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1]
      ],
      'No two columns are correlated at all.'
    ]
  ])('is null for %s, with the reason', (_name, given, reason) => {
    const { summary } = study(tableOf(given))
    expect(summary.kmo).toBeNull()
    expect(summary.reason).toMatch(reason)
  })
})
