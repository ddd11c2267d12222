import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  diagnoseByComponent,
  diagnoseProjected,
  diagnoseRows,
  limitsOf
} from '../../../../core/analyses/pca/figures/diagnosis.ts'
import {
  hotellingLimits,
  hotellingT2,
  leverages,
  sampleVariances
} from '../../../../core/analyses/pca/figures/hotelling.ts'
import {
  hasFlatColumns,
  inDeviations,
  reconstructRow,
  rowErrors,
  squareWidth,
  tableErrors
} from '../../../../core/analyses/pca/figures/reconstruction.ts'
import { qResiduals } from '../../../../core/analyses/pca/figures/residual.ts'
import {
  componentsWithVariance,
  rowContributions,
  rowCos2,
  type RowScores
} from '../../../../core/analyses/pca/figures/row-measures.ts'
import { prepareRow, residualParts, scoreParts, t2Parts } from '../../../../core/analyses/pca/figures/row-parts.ts'
import { matrixOf } from '../../../../core/linalg/matrix.ts'
import { solve } from '../../../../core/linalg/solve.ts'
import { pcaOfRows, type Fitted } from '../fit-rows.ts'

/** Hald (1952), the heats of hardening of thirteen cements by their four ingredients, as Draper & Smith print them. */
const hald = [
  [7, 26, 6, 60],
  [1, 29, 15, 52],
  [11, 56, 8, 20],
  [11, 31, 8, 47],
  [7, 52, 6, 33],
  [11, 55, 9, 22],
  [3, 71, 17, 6],
  [1, 31, 22, 44],
  [2, 54, 18, 22],
  [21, 47, 4, 26],
  [1, 40, 23, 34],
  [11, 66, 9, 12],
  [10, 68, 8, 12]
]

const scoresOf = ({ result, summary }: Fitted): RowScores => ({
  scores: result.arrays['scores']!.data,
  nComponents: summary.nComponents,
  weights: null
})

const preparedRows = (rows: number[][], { summary }: Fitted): Float64Array[] =>
  rows.map((row) => prepareRow(row, summary.mean, summary.scale))

const squared = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value * value, 0)
const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)

/** A table of 6 to 12 rows and 2 to 4 columns, none of them constant, in general position. */
const tables = fc
  .record({ n: fc.integer({ min: 6, max: 12 }), p: fc.integer({ min: 2, max: 4 }), seed: fc.integer() })
  .map(({ n, p, seed }) => {
    let state = seed >>> 0
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32 - 0.5
    }
    return Array.from({ length: n }, (_, i) =>
      Array.from({ length: p }, (_, j) => next() * (j + 1) + (i === j ? 2 : 0))
    )
  })

describe('Hald’s cements, unscaled: the numbers of issue 5, those of the documentation of pca and pcares in MATLAB', () => {
  const fitted = pcaOfRows(hald)
  const prepared = preparedRows(hald, fitted)
  const rowOf = (i: number) => ({
    cells: prepared[i]!,
    scores: fitted.scores[i]!,
    components: fitted.result.arrays['components']!.data
  })

  test.each([
    [1, [2.035, 2.8304, -6.8378, 3.0879]],
    [2, [-2.4037, 2.693, -1.6482, 2.3425]]
  ])('row 1 less its reconstruction of rank %i', (rank, expected) => {
    const { residual, original, fitted: rebuilt } = reconstructRow(rowOf(0), rank, fitted.summary)
    expected.forEach((value, j) => expect(residual[j]!).toBeCloseTo(value, 4))
    hald[0]!.forEach((cell, j) => expect(original[j]!).toBeCloseTo(cell, 12))
    hald[0]!.forEach((cell, j) => expect(rebuilt[j]! + residual[j]!).toBeCloseTo(cell, 12))
  })

  test('row 1 and what its rank 2 misses in standard deviations of the columns, those of constant ones 0', () => {
    // The deviations of the four ingredients by R's sapply(hald, sd).
    const deviations = [5.8823944, 15.5608814, 6.4051261, 16.7381784]
    const means = [97 / 13, 626 / 13, 153 / 13, 390 / 13]
    const { original, fitted: rebuilt, residual } = inDeviations(reconstructRow(rowOf(0), 2, null), deviations)
    const published = [-2.4037, 2.693, -1.6482, 2.3425]
    hald[0]!.forEach((cell, j) => {
      expect(original[j]!).toBeCloseTo((cell - means[j]!) / deviations[j]!, 6)
      expect(residual[j]!).toBeCloseTo(published[j]! / deviations[j]!, 4)
      expect(rebuilt[j]! + residual[j]!).toBeCloseTo(original[j]!, 12)
    })
    expect(Array.from(inDeviations(reconstructRow(rowOf(0), 2, null), [0, 0, 0, 0]).original)).toEqual([0, 0, 0, 0])
    expect(hasFlatColumns(deviations)).toBe(false)
    expect(hasFlatColumns([...deviations, 0])).toBe(false)
    expect(hasFlatColumns([...deviations, 0.5])).toBe(true)
  })

  test('T² of the thirteen rows over all four components', () => {
    const expected = [
      5.6803, 3.0758, 6.0002, 2.6198, 3.3681, 0.5668, 3.4818, 3.9794, 2.6086, 7.4818, 4.183, 2.2327, 2.7216
    ]
    const t2 = hotellingT2(scoresOf(fitted), fitted.summary.explainedVariance, 4)
    expected.forEach((value, i) => expect(t2[i]!).toBeCloseTo(value, 4))
  })
})

describe('T² and Q', () => {
  test('T² over all components is the distance by the inverse of the covariance of the columns', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const [n, p] = [rows.length, rows[0]!.length]
        const mean = rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / n)
        const centred = rows.map((row) => row.map((value, j) => value - mean[j]!))
        const covariance = mean.map((_, j) =>
          mean.map((_, l) => centred.reduce((sum, row) => sum + row[j]! * row[l]!, 0) / (n - 1))
        )
        const fitted = pcaOfRows(rows)
        const t2 = hotellingT2(scoresOf(fitted), fitted.summary.explainedVariance, p)
        centred.forEach((row, i) => {
          const answer = solve(matrixOf(covariance), matrixOf(row.map((value) => [value]))).x.data
          const distance = row.reduce((sum, value, j) => sum + value * answer[j]!, 0)
          expect(Math.abs(t2[i]! - distance)).toBeLessThan(1e-9 * (1 + distance))
        })
      })
    )
  })

  test('what each column adds sums to T², to Q and to the score, and Q is the squared length of the residual', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 4 }), (rows, wanted) => {
        const fitted = pcaOfRows(rows, { scale: 'unit' })
        const cut = Math.min(wanted, rows[0]!.length)
        const { explainedVariance } = fitted.summary
        const t2 = hotellingT2(scoresOf(fitted), explainedVariance, cut)
        const q = qResiduals(scoresOf(fitted), new Float64Array(rows.length), cut)
        const components = fitted.result.arrays['components']!.data
        preparedRows(rows, fitted).forEach((cells, i) => {
          const row = { cells, scores: fitted.scores[i]!, components }
          expect(total(t2Parts(row, explainedVariance, cut))).toBeCloseTo(t2[i]!, 9)
          expect(squared(residualParts(row, cut))).toBeCloseTo(q[i]!, 9)
          expect(total(scoreParts(row, cut - 1))).toBeCloseTo(fitted.scores[i]![cut - 1]!, 9)
          expect(reconstructRow(row, cut, null).error).toBeCloseTo(Math.sqrt(q[i]! / cells.length), 9)
        })
      })
    )
  })

  test('with fewer components kept, Q is what they leave plus what lies beyond the cut', () => {
    const all = pcaOfRows(hald)
    const two = pcaOfRows(hald, { nComponents: 2 })
    const distances = preparedRows(hald, all).map(squared)
    const left = distances.map((distance, i) => distance - squared(two.scores[i]!))
    const q = qResiduals(scoresOf(two), left, 1)
    const direct = qResiduals(scoresOf(all), new Float64Array(hald.length), 1)
    direct.forEach((value, i) => expect(q[i]!).toBeCloseTo(value, 8))
  })

  test('added up group by group they are the same, from what is left over or from the distances', async () => {
    const fitted = pcaOfRows(hald)
    const { data } = fitted.result.arrays['scores']!
    const distances = preparedRows(hald, fitted).map(squared)
    const group = (from: number, width: number) => ({
      width,
      load: () => Promise.resolve(fitted.scores.flatMap((row) => row.slice(from, from + width)))
    })
    const none = new Float64Array(hald.length)
    const whole = await diagnoseRows(
      fitted.summary,
      3,
      [{ width: 4, load: () => Promise.resolve(data) }],
      { residuals: none },
      null
    )
    const pieces = await diagnoseRows(fitted.summary, 3, [group(0, 2), group(2, 2)], { residuals: none }, null)
    const within = await diagnoseRows(fitted.summary, 3, [group(0, 2), group(2, 1)], { distances }, null)
    // Projected rows take the same way: the fitted ones, taken as such, have what they have.
    const projected = { cut: 3, used: 3, ...diagnoseProjected(fitted.summary, 3, data, distances) }
    const t2 = hotellingT2(scoresOf(fitted), fitted.summary.explainedVariance, 3)
    for (const found of [whole, pieces, within, projected]) {
      expect(found).toMatchObject({ cut: 3, used: 3 })
      found.t2.forEach((value, i) => expect(value).toBeCloseTo(t2[i]!, 10))
      found.q.forEach((value, i) => expect(value).toBeCloseTo(fitted.scores[i]![3]! ** 2, 10))
    }
    const limits = limitsOf(fitted.summary, whole, fitted.spectrum, 0.95)
    expect(limits.boxFrom).toBe('eigenvalues')
    // One eigenvalue, 0.2372, is left over (MATLAB's documentation): Box has λ χ²(0.95; 1) = 0.2372 · 3.841459.
    expect(limits.q.box!).toBeCloseTo(0.2372 * 3.841459, 3)
    // Of a spectrum that was not computed whole the residuals themselves have to say it.
    const partial = limitsOf(fitted.summary, { ...whole, cut: 2 }, fitted.spectrum.slice(0, 3), 0.95)
    expect(partial).toMatchObject({ boxFrom: 'residuals', q: { jacksonMudholkar: null } })
    expect(partial.q.box).toBeGreaterThan(0)
  })

  test('of rows of another dataset, component by component, they are the same; without scores, or so many, there are none', async () => {
    const fitted = pcaOfRows(hald, { nComponents: 3 })
    const { data } = fitted.result.arrays['scores']!
    const distances = preparedRows(hald, fitted).map(squared)
    const left = fitted.result.arrays['residualSquares']!.data
    const load = (lacking: number | null) => (component: number) =>
      Promise.resolve(hald.map((_, i) => (i === lacking ? NaN : data[i * 3 + component]!)))
    const whole = await diagnoseByComponent(fitted.summary, 2, load(null), 3, left)
    const expected = diagnoseProjected(fitted.summary, 2, data, distances)
    hald.forEach((_, i) => {
      expect(whole.t2[i]!).toBeCloseTo(expected.t2[i]!, 10)
      expect(whole.q[i]!).toBeCloseTo(expected.q[i]!, 10)
      expect(whole.distances[i]!).toBeCloseTo(distances[i]!, 10)
    })
    const lacking = await diagnoseByComponent(fitted.summary, 2, load(4), 3, Float64Array.from(left).fill(NaN, 4, 5))
    expect([lacking.t2[4], lacking.q[4], lacking.distances[4]]).toEqual([NaN, NaN, NaN])
    expect(lacking.t2[5]).toBe(whole.t2[5])
    // A model that was cut to two components says nothing of three.
    const short = await diagnoseByComponent(fitted.summary, 3, load(null), 2, left)
    expect(short.t2.every(Number.isNaN) && short.q.every(Number.isNaN)).toBe(true)
  })

  test('a divisor of n changes variances and not T²', () => {
    const fitted = pcaOfRows(hald)
    const n = hald.length
    const asFactoMineR = fitted.summary.explainedVariance.map((value) => (value * (n - 1)) / n)
    sampleVariances(asFactoMineR, 'n', n).forEach((value, k) =>
      expect(value).toBeCloseTo(fitted.summary.explainedVariance[k]!, 10)
    )
  })

  test('a component in which no row differs counts for nothing', () => {
    // c = a + b, and in general position otherwise: two components
    const rows = [
      [1, 2, 3],
      [2, 1, 3],
      [4, 7, 11],
      [3, 3, 6],
      [9, 1, 10]
    ]
    const fitted = pcaOfRows(rows)
    const { explainedVariance } = fitted.summary
    expect(componentsWithVariance(explainedVariance)).toBe(2)
    const [two, three] = [2, 3].map((cut) => hotellingT2(scoresOf(fitted), explainedVariance, cut))
    expect(three).toEqual(two)
    const contributions = rowContributions(scoresOf(fitted), explainedVariance)
    rows.forEach((_, i) => expect(contributions[i * 3 + 2]).toBe(0))
    expect(componentsWithVariance([0, 0])).toBe(0)
  })
})

describe('cos² and contributions', () => {
  test('contributions of a component sum to 100 with weights too, cos² of a row to 1 over all components', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 12 }), (rows, drawn) => {
        const fitted = pcaOfRows(rows)
        const K = fitted.summary.nComponents
        const weights = rows.map((_, i) => drawn[i]! + 0.1)
        const contributions = rowContributions({ ...scoresOf(fitted), weights }, fitted.summary.explainedVariance)
        const cos2 = rowCos2(scoresOf(fitted), preparedRows(rows, fitted).map(squared))
        for (let k = 0; k < K; k++) {
          expect(total(rows.map((_, i) => contributions[i * K + k]!))).toBeCloseTo(100, 9)
        }
        rows.forEach((_, i) => expect(total(cos2.subarray(i * K, (i + 1) * K))).toBeCloseTo(1, 9))
      })
    )
  })

  test('a row at the origin is represented by nothing', () => {
    const cos2 = rowCos2({ scores: [0, 0, 3, 4], nComponents: 2, weights: null }, [0, 25])
    expect([...cos2]).toEqual([0, 0, 9 / 25, 16 / 25])
  })
})

describe('leverage', () => {
  test('is the diagonal of the projection onto the mean and the scores: it sums to K + 1', () => {
    const fitted = pcaOfRows(hald)
    const t2 = hotellingT2(scoresOf(fitted), fitted.summary.explainedVariance, 3)
    expect(total(leverages(t2, { weights: null, centredAtMean: true }))).toBeCloseTo(4, 10)
    expect(total(leverages(t2, { weights: null, centredAtMean: false }))).toBeCloseTo(3, 10)
    const { scores } = fitted
    const designs = scores.map((row) => [1, ...row.slice(0, 3)])
    const gram = [0, 1, 2, 3].map((j) => [0, 1, 2, 3].map((l) => designs.reduce((s, d) => s + d[j]! * d[l]!, 0)))
    const hat = leverages(t2, { weights: null, centredAtMean: true })
    designs.forEach((design, i) => {
      const answer = solve(matrixOf(gram), matrixOf(design.map((value) => [value]))).x.data
      expect(hat[i]!).toBeCloseTo(
        design.reduce((sum, value, j) => sum + value * answer[j]!, 0),
        10
      )
    })
  })
})

describe('what the first components miss', () => {
  test('of the table: from all of it to nothing, as the shares say', () => {
    const errors = tableErrors([0.64, 0.27, 0.09])
    ;[1, 0.6, 0.3, 0].forEach((value, k) => expect(errors[k]!).toBeCloseTo(value, 7))
  })

  test('of a row: the root of Q over its squared distance', () => {
    const errors = rowErrors([3, 0, 2], 25, 12)
    ;[1, 0.8, 0.8, Math.sqrt(12 / 25)].forEach((value, k) => expect(errors[k]!).toBeCloseTo(value, 12))
    expect(rowErrors([0], 0, 0)).toEqual([0, 0])
  })

  test('columns are pixels where their number is a square of four or more', () => {
    expect([64, 16, 784].map(squareWidth)).toEqual([8, 4, 28])
    expect([9, 15, 20, 1, 0].map(squareWidth)).toEqual([null, null, null, null, null])
  })
})

describe('the limits of T²', () => {
  test('are not there where rows are too few', () => {
    expect(hotellingLimits(4, 4)).toEqual({ f: null, beta: null })
    expect(hotellingLimits(4, 3).beta).toBeNull()
    expect(hotellingLimits(4, 3).f).toBeGreaterThan(0)
    expect(hotellingLimits(10, 0)).toEqual({ f: null, beta: null })
  })

  test('by Beta lies below the largest T² a row can have, (n − 1)²/n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 400 }), fc.integer({ min: 1, max: 20 }), (n, k) => {
        fc.pre(n > k + 1)
        const { f, beta } = hotellingLimits(n, k)
        expect(beta!).toBeLessThanOrEqual((n - 1) ** 2 / n)
        expect(f!).toBeGreaterThan(beta!)
      })
    )
  })
})
