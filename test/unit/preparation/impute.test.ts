import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../../core/linalg/matrix.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { chooseComponents, completeByPca } from '../../../core/preparation/iterative-pca.ts'
import { prepare, tableOf, valuesOf } from './table.ts'

const NA = NaN
/** Twelve orange juices, eight sensory attributes: the data set "orange" of missMDA, in 24ths as it was averaged, after the
 * two decimals printed in Husson's slides "PCA with missing data using the missMDA R package". */
const orange = [
  [4.79, 5.29, NA, NA, NA, 2.83, NA, 5.21],
  [4.58, 6.04, 4.42, 5.46, 4.13, 3.54, 4.62, 4.46],
  [4.71, 5.33, NA, NA, 4.29, 3.17, 6.25, 5.17],
  [6.58, 6.0, 7.42, 4.17, 6.75, NA, 1.42, 3.42],
  [NA, 6.17, 5.33, 4.08, NA, 4.38, 3.42, 4.42],
  [6.33, 5.0, 5.38, 5.0, 5.5, 3.63, 4.21, 4.88],
  [4.29, 4.92, 5.29, 5.54, 5.25, NA, 1.29, 4.33],
  [NA, 4.54, 4.83, NA, 4.96, 2.92, 1.54, 3.96],
  [4.42, NA, 5.17, 4.62, 5.04, 3.67, 1.54, 3.96],
  [4.54, 4.29, NA, 5.79, 4.38, NA, NA, 5.0],
  [4.08, 5.13, 3.92, NA, NA, NA, 7.33, 5.25],
  [6.5, 5.88, 6.13, 4.88, 5.29, 4.17, 1.5, 3.5]
].map((row) => row.map((value) => Math.round(value * 24) / 24))

describe('iterative PCA', () => {
  const x = matrixOf(orange)

  it('fills orange as missMDA does', () => {
    const { data, rounds, converged } = completeByPca(x, 2, true, unwatched)
    // Attack.intensity of juices 1 and 3 as printed by Josse & Husson (2016), Journal of Statistical Software 70(1).
    expect(data[0 * 8 + 2]).toBeCloseTo(4.077034, 6)
    expect(data[2 * 8 + 2]).toBeCloseTo(4.158054, 6)
    // The others by numpy 2 from the published algorithm, with an SVD where this one has an eigendecomposition.
    expect(data[0 * 8 + 3]).toBeCloseTo(5.527352, 6)
    expect(data[0 * 8 + 4]).toBeCloseTo(4.177564, 6)
    expect(data[0 * 8 + 6]).toBeCloseTo(5.711715, 6)
    expect([rounds, converged]).toEqual([50, true])
  })

  it('keeps what was observed to the last bit, and the table given', () => {
    const before = x.data.slice()
    const { data } = completeByPca(x, 2, true, unwatched)
    expect(x.data).toEqual(before)
    before.forEach((value, at) => !Number.isNaN(value) && expect(data[at]).toBe(value))
  })

  it('takes two components for orange, as estim_ncpPCA does', () => {
    // missMDA's help page of imputePCA: "nb = 2".
    expect(chooseComponents(x, true, unwatched)).toBe(2)
  })

  it('finds the cells of a table of rank one', () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i, 2 * i, -i].map((value) => value + 5))
    const holes = rows.map((row, i) => row.map((value, j) => (i % 7 === j ? NA : value)))
    const { data } = completeByPca(matrixOf(holes), 1, true, unwatched)
    // It stops where the loss settles to a millionth: within 0.3 % of the spread.
    rows.flat().forEach((value, at) => expect(Math.abs(data[at]! - value)).toBeLessThan(0.2))
  })
})

describe('filling', () => {
  const table = tableOf({ a: [1, null, 3, 8], b: [null, 2, null, 4], c: ['x', null, 'y', 'y'] })

  it('takes the mean or the median of the column, and marks the cells', () => {
    const { table: filled, reports } = prepare(table, [{ kind: 'impute', columns: ['a', 'b'], method: 'median' }])
    expect(valuesOf(filled)).toMatchObject({ a: [1, 3, 3, 8], b: [3, 2, 3, 4] })
    expect(filled.columns.map(({ imputed }) => imputed && [...imputed])).toEqual([[0, 1, 0, 0], [1, 0, 1, 0], null])
    expect(reports[0]).toMatchObject({
      text: 'Filled 3 missing cells of a, b with the median of each column',
      cellsImputed: 3,
      cellsChanged: 3
    })
    expect(valuesOf(prepare(table, [{ kind: 'impute', columns: ['a'], method: 'mean' }]).table)['a']).toEqual([
      1, 4, 3, 8
    ])
  })

  it('is refused for words and for a column without any value, naming the column', () => {
    const empty = tableOf({ a: [1, 2], void: [null, null] })
    expect(() => prepare(table, [{ kind: 'impute', columns: ['c'], method: 'mean' }])).toThrow(/"c" is category/)
    expect(() => prepare(empty, [{ kind: 'impute', columns: ['void'], method: 'mean' }])).toThrow(
      /cell of void is missing/
    )
    expect(() => prepare(table, [{ kind: 'impute', columns: ['a', 'b'], method: 'pca', nComponents: 2 }])).toThrow(
      'Components: 2 are more than 2 columns and 4 rows have.'
    )
  })

  it('takes the most frequent value of words and numbers, says which, and marks the cells', () => {
    const words = tableOf({
      sex: ['f', null, 'm', 'f', null],
      answer: { type: 'boolean', values: ['no', 'yes', null, 'yes', 'no'] },
      note: { type: 'text', values: [null, 'b', 'b', 'a', null] },
      n: [2, 2, null, 1, 7]
    })
    const { table: filled, reports } = prepare(words, [
      { kind: 'impute', columns: ['sex', 'answer'], method: 'mode' },
      { kind: 'impute', columns: ['note', 'n'], method: 'mode' }
    ])
    expect(valuesOf(filled)).toEqual({
      sex: ['f', 'f', 'm', 'f', 'f'],
      answer: ['no', 'yes', 'no', 'yes', 'no'],
      note: ['b', 'b', 'b', 'a', 'b'],
      n: [2, 2, 2, 1, 7]
    })
    expect(filled.columns.map(({ missing, imputed }) => [missing, imputed && [...imputed]])).toEqual([
      [0, [0, 1, 0, 0, 1]],
      [0, [0, 0, 1, 0, 0]],
      [0, [1, 0, 0, 0, 1]],
      [0, [0, 0, 1, 0, 0]]
    ])
    expect(reports.map(({ text, cellsImputed }) => [text, cellsImputed])).toEqual([
      [
        'Filled 3 missing cells of sex, answer with the most frequent value of each column: f, no (as frequent as yes, and before it in order)',
        3
      ],
      ['Filled 3 missing cells of note, n with the most frequent value of each column: b, 2', 3]
    ])
    expect(valuesOf(words)['sex']).toEqual(['f', null, 'm', 'f', null])
  })

  it('by the most frequent value is refused for a column without any', () => {
    const empty = tableOf({ a: [1, 2], void: { type: 'category', values: [null, null] } })
    expect(() => prepare(empty, [{ kind: 'impute', columns: ['void'], method: 'mode' }])).toThrow(
      /cell of void is missing/
    )
  })
})
