import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SCALES, type Scale } from '../../../core/analyses/pca/scales.ts'
import { diagnoseProjected } from '../../../core/analyses/pca/figures/diagnosis.ts'
import { sampleVariances } from '../../../core/analyses/pca/figures/hotelling.ts'
import { componentsWithVariance } from '../../../core/analyses/pca/figures/row-measures.ts'
import { prepareRow, residualParts, scoreParts, t2Parts } from '../../../core/analyses/pca/figures/row-parts.ts'
import type { PcaParams } from '../../../core/analyses/pca/spec.ts'
import { errorOf, pcaOfRows, pcaOfTable, tableOf, type Fitted } from './fit-rows.ts'
import { close, measurements, spread } from './generated-rows.ts'
import { numbersOf, sharedTable } from './read-numbers.ts'

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)
const arrayOf = ({ result }: Fitted, name: string): ArrayLike<number> => result.arrays[name]!.data

describe('scaling', () => {
  const rows = [
    [1, 10, 3],
    [2, 14, 3.5],
    [4, 11, 9],
    [8, 30, 1],
    [9, 12, 2]
  ]
  const column = (j: number): number[] => rows.map((row) => row[j]!)
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length
  const median = (values: number[]): number => [...values].sort((a, b) => a - b)[(values.length - 1) / 2]!
  const sd = (values: number[]): number =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1))
  const wanted: Record<Scale, (values: number[]) => number> = {
    none: () => 1,
    unit: sd,
    pareto: (values) => Math.sqrt(sd(values)),
    range: (values) => Math.max(...values) - Math.min(...values),
    robust: (values) => 1.482602218505602 * median(values.map((v) => Math.abs(v - median(values))))
  }

  test.each(SCALES)('%s: the divisors by their definition, and the components of the divided table', (scale) => {
    const fit = pcaOfRows(rows, { scale })
    const divisors = [0, 1, 2].map((j) => wanted[scale](column(j)))
    close(fit.summary.scale, divisors, 1e-14)
    const divided = pcaOfRows(rows.map((row) => row.map((v, j) => v / divisors[j]!)))
    close(fit.summary.explainedVariance, divided.summary.explainedVariance, 1e-12)
    close(fit.components.flat(), divided.components.flat(), 1e-11)
    close(fit.scores.flat(), divided.scores.flat(), 1e-11)
  })

  test('a scale of 0 gives way to the standard deviation, and it is said', () => {
    const { summary } = pcaOfRows(
      [
        [1, 1],
        [1, 2],
        [1, 5],
        [7, 3]
      ],
      { scale: 'robust' }
    )
    expect(summary.scale[0]).toBeCloseTo(3, 12)
    expect(summary.notes.join(' ')).toContain('The median absolute deviation of a is no usable scale')
  })
})

describe('the divisor n', () => {
  const file = sharedTable('decathlon2.csv')
  test.skipIf(!existsSync(file))(
    `decathlon2, rows 1–23 and columns 1–10: eigenvalues as FactoMineR (factoextra README)${existsSync(file) ? '' : ' (skipped: ../shared/data is absent)'}`,
    () => {
      const table = numbersOf(file)
      const columns = table.columns.slice(0, 10).map(({ name }) => name)
      const fit = pcaOfTable(table, {
        columns,
        scale: 'unit',
        divisor: 'n',
        supplementaryRows: '24-27',
        nComponents: 10
      })
      expect(fit.summary).toMatchObject({ nSamples: 23, divisor: 'n', supplementary: { rows: 4 } })
      const published = [
        4.1242133, 1.8385309, 1.2391403, 0.8194402, 0.7015528, 0.4228828, 0.3025817, 0.27447, 0.1552169, 0.121971
      ]
      published.forEach((value, k) => expect(Math.abs(fit.summary.explainedVariance[k]! - value)).toBeLessThan(6e-8))
      // X100m contributes 17.544293 % to the first component: its weight squared.
      expect(100 * fit.components[0]![0]! ** 2).toBeCloseTo(17.544293, 6)
      expect(fit.result.arrays['supplementaryScores']!.shape).toEqual([4, 10])
    }
  )

  test.each(SCALES)('%s: λ = σ²/n, scores of that variance, loadings component · √λ', (scale) => {
    const { summary, scores, loadings, components } = pcaOfRows(
      spread([
        [1, 2, 5],
        [3, 1, 1],
        [4, 9, 2],
        [6, 5, 3],
        [2, 2, 8]
      ]),
      { scale, divisor: 'n' }
    )
    const n = scores.length
    for (let k = 0; k < summary.nComponents; k++) {
      const squares = scores.reduce((sum, row) => sum + row[k]! ** 2, 0)
      expect(summary.explainedVariance[k]).toBeCloseTo(squares / n, 9)
      expect(summary.singularValues[k]).toBeCloseTo(Math.sqrt(squares), 9)
      loadings.forEach((row, j) =>
        expect(row[k]).toBeCloseTo(components[k]![j]! * Math.sqrt(summary.explainedVariance[k]!), 9)
      )
    }
    expect(summary.explainedVariance.reduce((sum, v) => sum + v, 0)).toBeCloseTo(summary.totalVariance, 9)
  })
})

describe('row weights', () => {
  test('whole weights are repeated rows, where sums are divided by n', () => {
    fc.assert(
      fc.property(measurements, fc.constantFrom<Scale>('none', 'unit', 'pareto'), (given, scale) => {
        const rows = spread(given)
        const weightOf = (i: number): number => (i % 4) + (i === 0 ? 2 : 0)
        const table = tableOf(
          rows.map((row, i) => [...row, weightOf(i)]),
          ['a', 'b', 'c', 'd', 'w']
        )
        const options: Partial<PcaParams> = { columns: ['a', 'b', 'c', 'd'], scale, divisor: 'n', nComponents: 4 }
        const weighted = pcaOfTable(table, { ...options, weight: 'w' })
        const repeated = pcaOfRows(
          rows.flatMap((row, i) => Array.from({ length: weightOf(i) }, () => row)),
          options
        )
        close(weighted.summary.mean, repeated.summary.mean, 1e-10)
        close(weighted.summary.scale, repeated.summary.scale, 1e-10)
        close(weighted.summary.explainedVariance, repeated.summary.explainedVariance, 1e-8)
      }),
      { numRuns: 60 }
    )
  })

  test('a weight that is missing or negative is refused with its row and line', () => {
    const table = tableOf(
      [
        [1, 2, 1],
        [2, 5, -1],
        [4, 3, 1]
      ],
      ['a', 'b', 'w']
    )
    const wrong = errorOf(() => pcaOfTable(table, { columns: ['a', 'b'], nComponents: 2, weight: 'w' }))
    expect(wrong.message).toContain('row 2 (line 3) has the weight -1 in w')
    expect(errorOf(() => pcaOfTable(table, { nComponents: 2, weight: 'w' })).message).toContain(
      'w is one of the columns'
    )
  })
})

describe('the centre', () => {
  const rows = [
    [1, 10],
    [2, 14],
    [4, 11],
    [8, 30],
    [9, 12]
  ]
  const origin = { none: [0, 0], median: [4, 12] }

  test.each(['none', 'median'] as const)('%s: eigenvectors of the second moments about it', (centre) => {
    const { summary, scores, components } = pcaOfRows(rows, { centre })
    expect(summary.mean).toEqual(origin[centre])
    const moved = rows.map((row) => row.map((v, j) => v - origin[centre][j]!))
    const total = moved.flat().reduce((sum, v) => sum + v * v, 0) / 4
    expect(summary.totalVariance).toBeCloseTo(total, 10)
    moved.forEach((row, i) =>
      components.forEach((component, k) =>
        expect(scores[i]![k]).toBeCloseTo(row[0]! * component[0]! + row[1]! * component[1]!, 10)
      )
    )
    expect(summary.certificate.residual).toBeLessThan(10)
  })

  test('without centring a constant column is not empty', () => {
    const { summary } = pcaOfRows(
      [
        [3, 1],
        [3, 2],
        [3, 4]
      ],
      { centre: 'none' }
    )
    expect(summary.notes.join(' ')).not.toContain('constant')
  })
})

describe('supplementary rows', () => {
  test('are projected and change nothing of the fit', () => {
    fc.assert(
      fc.property(measurements, (given) => {
        const rows = spread(given)
        const all = pcaOfRows(rows, { supplementaryRows: '2, 4-5', scale: 'unit', nComponents: 3 })
        const others = rows.filter((_, i) => ![1, 3, 4].includes(i))
        const fitted = pcaOfRows(others, { scale: 'unit', nComponents: 3 })
        expect(all.scores).toEqual(fitted.scores)
        expect(Array.from(arrayOf(all, 'supplementaryRowsUsed'))).toEqual([1, 3, 4])
        const { mean, scale } = all.summary
        const projected = [1, 3, 4].flatMap((i) =>
          all.components.map((component) =>
            component.reduce((sum, v, j) => sum + (v * (rows[i]![j]! - mean[j]!)) / scale[j]!, 0)
          )
        )
        close(arrayOf(all, 'supplementaryScores'), projected, 1e-8)
      }),
      { numRuns: 50 }
    )
  })

  test('the terms of their cells, those filled in too, sum to the score, T² and Q that are shown', () => {
    const of = fc.record({
      missing: fc.constantFrom('mean' as const, 'iterative' as const),
      centre: fc.constantFrom('mean' as const, 'median' as const, 'none' as const),
      scale: fc.constantFrom('none' as const, 'unit' as const),
      gaps: fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 })), { maxLength: 6 })
    })
    fc.assert(
      fc.property(measurements, of, (given, { missing, centre, scale, gaps }) => {
        const rows = spread(given).map((row) => [...row])
        const p = rows[0]!.length
        // Gaps in the fitted rows and in those aside; the first rows keep their cells, so that every column has some.
        for (const [row, column] of [...gaps, [1, 0] as const]) if (row < rows.length) rows[row]![column % p] = NaN
        for (let j = 0; j < p; j++) for (const i of [0, 2, 5]) rows[i]![j] = spread(given)[i]![j]!
        const fit = pcaOfRows(rows, { supplementaryRows: '2, 4-5', missing, centre, scale, nComponents: 2 })
        const { summary, result } = fit
        const cells = [1, 3, 4].map((i) => Float64Array.from(rows[i]!))
        const filled = result.arrays['supplementaryImputedRow']?.data ?? []
        filled.forEach((row, at) => {
          const column = arrayOf(fit, 'supplementaryImputedColumn')[at]!
          const value = arrayOf(fit, 'supplementaryImputedValue')[at]!
          cells[[1, 3, 4].indexOf(row)]![column] = value
        })
        expect(filled.length).toBeGreaterThan(0)
        const scores = Float64Array.from(arrayOf(fit, 'supplementaryScores'))
        const distances = arrayOf(fit, 'supplementarySquaredDistances')
        const { t2, q } = diagnoseProjected(summary, 2, scores, distances)
        cells.forEach((row, i) => {
          expect(row.every(Number.isFinite)).toBe(true)
          const own = scores.slice(2 * i, 2 * i + 2)
          const prepared = prepareRow(row, summary.mean, summary.scale)
          const shown = { cells: prepared, scores: own, components: arrayOf(fit, 'components') }
          const size = 1 + Math.sqrt(distances[i]!)
          for (const k of [0, 1]) expect(Math.abs(total(scoreParts(shown, k)) - own[k]!)).toBeLessThan(1e-9 * size)
          const variances = sampleVariances(summary.explainedVariance, summary.divisor, summary.nSamples)
          const used = componentsWithVariance(variances)
          expect(Math.abs(total(t2Parts(shown, variances, used)) - t2[i]!)).toBeLessThan(1e-6 * (1 + t2[i]!))
          expect(Math.abs(total(residualParts(shown, 2).map((e) => e * e)) - q[i]!)).toBeLessThan(1e-8 * size * size)
        })
      }),
      { numRuns: 60 }
    )
  })

  test('iterative: a cell is what the components say of the row, the mean where they cannot', () => {
    // Twelve rows along (1, 2, −1) with a little off it; the last four are projected, three of them with gaps.
    const line = (t: number, off: number): number[] => [t + off, 2 * t - off, -t + 2 * off]
    const rows = Array.from({ length: 12 }, (_, i) => line(i - 5, ((i * 7) % 5) / 50))
    rows[9] = [NaN, 8, -4]
    rows[10] = [NaN, NaN, NaN]
    const asked = { supplementaryRows: '9-12', scale: 'none', imputeComponents: 1 } as const
    const fit = pcaOfRows(rows, { ...asked, missing: 'iterative' })
    const [first, ...all] = Array.from(arrayOf(fit, 'supplementaryImputedValue'))
    // On the line 8 and −4 stand beside 4; rows lie up to 0.08 off it. The mean of the fitted rows is −1.46.
    expect(Math.abs(first! - 4)).toBeLessThan(0.2)
    all.forEach((value, j) => expect(value).toBeCloseTo(fit.summary.mean[j]!, 12))
    expect(fit.summary.imputed).toEqual({})
    expect(fit.summary.notes).toContain(
      '4 missing cells of supplementary rows were filled by iterative PCA with 1 component.'
    )
    const plain = pcaOfRows(rows, { ...asked, missing: 'mean' })
    expect(arrayOf(plain, 'supplementaryImputedValue')[0]).toBeCloseTo(plain.summary.mean[0]!, 12)
    // The fit knows nothing of them: it is the same without.
    const without = pcaOfRows(rows.slice(0, 8), { scale: 'none' })
    without.scores.flat().forEach((score, i) => expect(Math.abs(fit.scores.flat()[i]! - score)).toBeLessThan(1e-12))
  })

  test('rows that do not exist are refused by name', () => {
    const refused = errorOf(() =>
      pcaOfRows(
        [
          [1, 2],
          [2, 1],
          [3, 7]
        ],
        { supplementaryRows: '2-9' }
      )
    )
    expect(refused).toMatchObject({ code: 'INVALID_PARAMETER' })
    expect(refused.message).toContain('there is no row 9')
  })
})

describe('what is left of the distances', () => {
  test('squared distances are scores and residuals together, for every scale and centre', () => {
    fc.assert(
      fc.property(
        measurements,
        fc.constantFrom(...SCALES),
        fc.constantFrom('mean', 'median', 'none'),
        (given, scale, centre) => {
          const fit = pcaOfRows(spread(given), { scale, centre, nComponents: 2 })
          const distances = arrayOf(fit, 'squaredDistances')
          const left = arrayOf(fit, 'residualSquares')
          const whole = pcaOfRows(spread(given), { scale, centre })
          fit.scores.forEach((row, i) => {
            const all = whole.scores[i]!.reduce((sum, v) => sum + v * v, 0)
            expect(Math.abs(distances[i]! - all)).toBeLessThan(1e-9 * (1 + all))
            expect(Math.abs(left[i]! - (distances[i]! - row[0]! ** 2 - row[1]! ** 2))).toBeLessThan(1e-9 * (1 + all))
          })
          expect(whole.result.arrays['residualSquares']!.data.every((v) => v === 0)).toBe(true)
        }
      ),
      { numRuns: 60 }
    )
  })

  test('a mean of a billion takes no digits away', () => {
    const rows = [
      [1e9 + 1, 2],
      [1e9 + 2, 5],
      [1e9 + 4, 1],
      [1e9 + 9, 3]
    ]
    const fit = pcaOfRows(rows, { nComponents: 1 })
    const near = pcaOfRows(
      rows.map(([a, b]) => [a! - 1e9, b!]),
      { nComponents: 1 }
    )
    close(arrayOf(fit, 'squaredDistances'), arrayOf(near, 'squaredDistances'), 1e-12)
    close(arrayOf(fit, 'residualSquares'), arrayOf(near, 'residualSquares'), 1e-10)
  })
})

describe('missing cells', () => {
  const rows = [
    [1, 2, 1.5],
    [2, 4.5, NaN],
    [3, 6.2, 4],
    [4, 7.9, 5.2],
    [5, NaN, 6],
    [6, 12.1, 7.7],
    [7, 13.8, 9]
  ]

  test('iterative: filled cells are kept, and their rows are fitted with them', () => {
    const fit = pcaOfRows(rows, { missing: 'iterative', imputeComponents: 1, scale: 'unit' })
    expect(fit.summary.imputed).toEqual({ b: 1, c: 1 })
    expect(fit.summary.imputeComponents).toBe(1)
    expect(Array.from(arrayOf(fit, 'imputedRow'))).toEqual([1, 4])
    expect(Array.from(arrayOf(fit, 'imputedColumn'))).toEqual([2, 1])
    const filled = rows.map((row) => [...row])
    filled[1]![2] = arrayOf(fit, 'imputedValue')[0]!
    filled[4]![1] = arrayOf(fit, 'imputedValue')[1]!
    const complete = pcaOfRows(filled, { scale: 'unit' })
    close(fit.scores.flat(), complete.scores.flat(), 1e-10)
    // Both follow the line of the others far better than the means of their columns, 7.75 and 5.57.
    expect(filled[4]![1]).toBeGreaterThan(9)
    expect(filled[1]![2]).toBeLessThan(4)
  })

  test('too many components to fill with are refused', () => {
    const refused = errorOf(() => pcaOfRows(rows, { missing: 'iterative', imputeComponents: 3 }))
    expect(refused).toMatchObject({ code: 'INVALID_PARAMETER' })
  })
})

test.each<[string, Partial<PcaParams>]>([
  ['plain', {}],
  ['without centring', { centre: 'none' }],
  ['centred at medians', { centre: 'median', scale: 'robust' }],
  ['with weights', { weight: 'd' }]
])('%s, more components than columns are refused', (_, params) => {
  const table = tableOf([
    [1, 5, 2, 1],
    [2, 3, 9, 2],
    [4, 4, 1, 1],
    [3, 8, 7, 3]
  ])
  const columns = ['a', 'b', 'c']
  expect(pcaOfTable(table, { ...params, columns, nComponents: 3 }).summary.nComponents).toBe(3)
  expect(errorOf(() => pcaOfTable(table, { ...params, columns, nComponents: 4 }))).toMatchObject({
    code: 'TOO_MANY_COMPONENTS'
  })
})
