import { describe, expect, it } from 'vitest'
import { unwatched } from '../../../core/linalg/watch.ts'
import { ranksOf } from '../../../core/preparation/ranks.ts'
import { medianOf, spreadOf } from '../../../core/preparation/spread.ts'
import { prepare, tableOf, valuesOf } from './table.ts'

const transform = (values: (number | null)[], name: string) => {
  const { table, reports } = prepare(tableOf({ x: values }), [{ kind: 'transform', columns: ['x'], function: name }])
  return { values: valuesOf(table)['x']!, report: reports[0]! }
}

/** R's USArrests$Murder (McNeil 1977). */
const murder = [
  13.2, 10, 8.1, 8.8, 9, 7.9, 3.3, 5.9, 15.4, 17.4, 5.3, 2.6, 10.4, 7.2, 2.2, 6, 9.7, 15.4, 2.1, 11.3, 4.4, 12.1, 2.7,
  16.1, 9, 6, 4.3, 12.2, 2.1, 7.4, 11.4, 11.1, 13, 0.8, 7.3, 6.6, 4.9, 6.3, 3.4, 14.4, 3.8, 13.2, 12.7, 3.2, 2.2, 8.5,
  4, 5.7, 2.6, 6.8
]

describe('numbers of R', () => {
  it('scale(USArrests): Alabama', () => {
    // As printed by R: 1.24256408
    expect(transform(murder, 'standardize').values[0]).toBeCloseTo(1.24256408, 8)
  })

  it('summary(USArrests): mean 7.788, median 7.250, extremes 0.8 and 17.4', () => {
    const spread = spreadOf(Float64Array.from(murder), unwatched)
    expect([spread.min, spread.max]).toEqual([0.8, 17.4])
    expect(spread.mean).toBeCloseTo(7.788, 12)
    expect(medianOf(Float64Array.from(murder), unwatched)).toBe(7.25)
  })

  it('rank with ties, the second example of its help page', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    expect(transform(values, 'rank').values).toEqual([4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8])
  })
})

describe('functions', () => {
  it.each([
    ['log', [Math.E, 1, 0, -1, null], [1, 0, null, null, null], '; 2 cells not above 0 became missing'],
    ['log10', [100, 1, 0.1, 0, null], [2, 0, -1, null, null], '; 1 cell not above 0 became missing'],
    ['log1p', [0, Math.E - 1, -1, null, 1e-17], [0, 1, null, null, 1e-17], '; 1 cell not above −1 became missing'],
    ['sqrt', [9, 0, -1, null, 2], [3, 0, null, null, Math.SQRT2], '; 1 cell below 0 became missing'],
    ['center', [1, 2, 6, null, 3], [-2, -1, 3, null, 0], ''],
    ['minmax', [2, 4, 6, null, 3], [0, 0.5, 1, null, 0.25], ''],
    ['rank', [2, 2, -5, null, 3], [2.5, 2.5, 1, null, 4], '']
  ])('%s of %j', (name, given, wanted, lost) => {
    const { values, report } = transform(given, name)
    values.forEach((value, i) => {
      if (value === null || wanted[i] === null) expect(value).toBe(wanted[i])
      else expect(value as number).toBeCloseTo(wanted[i]!, 14)
    })
    expect(report.text.replace(/^.* of x/, '')).toBe(lost)
  })

  it('stays within the range of doubles where squares and sums would not', () => {
    const z = [-1, 0, 1]
    for (const unit of [1e300, 1.7e308 / 2, 1e-310, 5e-324 * 2 ** 30]) {
      const { values } = transform([-unit, 0, unit], 'standardize')
      values.forEach((value, i) => expect(value as number).toBeCloseTo(z[i]!, 6))
    }
    const far = spreadOf(Float64Array.of(1e9, 1e9 + 1, 1e9 + 2), unwatched)
    expect([far.mean, far.sd]).toEqual([1e9 + 1, 1])
  })

  it('puts the result beside the column where asked', () => {
    const { table, reports } = prepare(tableOf({ a: [1, 2], b: [3, 4] }), [
      { kind: 'transform', columns: ['a'], function: 'center', result: 'add' }
    ])
    expect(valuesOf(table)).toEqual({ a: [1, 2], 'Centring of a': [-0.5, 0.5], b: [3, 4] })
    expect(reports[0]).toMatchObject({ text: 'Centring of a, beside the column', columnsAfter: 3, cellsChanged: 0 })
  })

  it('is refused for words and, where it divides by a spread, for equal values', () => {
    expect(() => prepare(tableOf({ x: ['a'] }), [{ kind: 'transform', columns: ['x'], function: 'log' }])).toThrow(
      'Log needs a column of type number; "x" is category.'
    )
    for (const name of ['standardize', 'minmax']) expect(() => transform([2, 2, null], name)).toThrow(/of "x": all its/)
    expect(transform([2, 2], 'center').values).toEqual([0, 0])
  })
})

describe('ranks and medians', () => {
  it('of nothing, one value, and infinities', () => {
    expect([...ranksOf(Float64Array.of(), unwatched)]).toEqual([])
    expect([...ranksOf(Float64Array.of(Infinity, NaN, -Infinity, Infinity), unwatched)]).toEqual([2.5, NaN, 1, 2.5])
    expect(medianOf(Float64Array.of(NaN), unwatched)).toBeNaN()
    expect(medianOf(Float64Array.of(NaN, 3), unwatched)).toBe(3)
    expect(medianOf(Float64Array.of(1.7e308, 1.7e308), unwatched)).toBe(1.7e308)
  })
})
