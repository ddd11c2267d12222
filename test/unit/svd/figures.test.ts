import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  factorEnds,
  lowRank,
  nearestByCosine,
  pickRows,
  pointOf,
  storageOf
} from '../../../core/analyses/svd/figures.ts'
import { shownPart } from '../../../core/analyses/svd/shown-part.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { createSparse } from '../../../core/linalg/sparse.ts'
import { entryPlace, writeSum } from '../../../renderer/analyses/svd/math-entry.ts'
import { svdOfRows } from './build.ts'

const numbers = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 40 })

describe('factorEnds', () => {
  it('finds the largest on either side, as sorting would, and nothing at zero', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 6 }), (values, count) => {
        const { positive, negative } = factorEnds(values, 1, 0, count)
        const sorted = [...values].sort((a, b) => b - a)
        expect(positive.map((row) => values[row])).toEqual(sorted.filter((value) => value > 0).slice(0, count))
        const below = sorted.filter((value) => value < 0).reverse()
        expect(negative.map((row) => values[row])).toEqual(below.slice(0, count))
      })
    )
    expect(factorEnds([0, 0], 1, 0, 3)).toEqual({ positive: [], negative: [] })
  })
})

describe('nearestByCosine', () => {
  const cloud = { vectors: [1, 0, 0, 1, 1, 1, 0, 0, -2, 0], times: [1, 1] }

  it('orders by angle, leaves out the point itself and what lies at the origin', () => {
    const found = nearestByCosine(pointOf(cloud, 0), cloud, 9, 0)
    expect(found.map(({ row }) => row)).toEqual([2, 1, 4])
    expect(found[0]!.cosine).toBeCloseTo(Math.SQRT1_2, 15)
    expect(found[2]!.cosine).toBe(-1)
    expect(nearestByCosine(pointOf(cloud, 0), cloud, 1, 0).map(({ row }) => row)).toEqual([2])
    expect(nearestByCosine([0, 0], cloud, 9)).toEqual([])
  })

  it('weighs each factor', () => {
    const [first] = nearestByCosine([1, 0], { ...cloud, times: [10, 1] }, 1)
    expect(first).toEqual({ row: 0, cosine: 1 })
    expect(nearestByCosine([1, 0], { ...cloud, times: [10, 1] }, 2)[1]!.cosine).toBeCloseTo(10 / Math.sqrt(101), 15)
  })
})

describe('a matrix of low rank', () => {
  const rows = [
    [3, 1, 0],
    [0, 2, 5],
    [1, 1, 1],
    [4, 0, 2]
  ]
  const { summary, arrays } = svdOfRows(rows, { nFactors: 3 })
  const [left, right] = [arrays['shownLeft']!.data, arrays['shownRight']!.data]

  it('is the matrix again with all factors, nothing with none, and leaves what the summary says between', () => {
    for (let k = 0; k <= 3; k++) {
      const product = lowRank(left, right, summary.singularValues, k)
      const error = Math.sqrt(product.reduce((sum, value, at) => sum + (value - rows.flat()[at]!) ** 2, 0))
      expect(error).toBeCloseTo(summary.errors[k]!, 12)
    }
    expect(Array.from(lowRank(left, right, summary.singularValues, 0))).toEqual(Array<number>(12).fill(0))
    expect(storageOf(2, 4, 3)).toEqual({ factors: 16, cells: 12 })
  })

  it('is looked at in evenly chosen rows where numbers are many, in the fullest where entries are few', () => {
    expect(Array.from(pickRows([1, 2, 3, 4, 5, 6], 2, [2, 0]))).toEqual([5, 6, 1, 2])
    const tall = shownPart({
      columnNames: ['c'],
      matrix: { kind: 'dense', a: createMatrix(512, 1, Float64Array.from(Array(512).keys())) }
    })
    expect(tall.rows.length).toBe(256)
    expect(Array.from(tall.rows.subarray(0, 3))).toEqual([0, 2, 4])
    expect(tall.cells[255]).toBe(510)
    const last = {
      rowIndexes: Int32Array.of(299, 299),
      columnIndexes: Int32Array.of(0, 1),
      values: Float64Array.of(7, 8)
    }
    const sparse = shownPart({ columnNames: ['c', 'd'], matrix: { kind: 'sparse', a: createSparse(300, 2, last) } })
    expect(sparse.rows.at(-1)).toBe(299)
    expect(Array.from(sparse.cells.subarray(-2))).toEqual([7, 8])
  })

  it('is written out at the entry that was picked, else at the largest', () => {
    const part = { rows: [0, 1, 2, 3], columns: [0, 1, 2], cells: rows.flat(), left, right }
    expect(entryPlace(part, [], 4)).toEqual({ row: 1, column: 2 })
    expect(entryPlace(part, [2], 4)).toEqual({ row: 2, column: 0 })
    expect(entryPlace(part, [3, 4 + 1], 4)).toEqual({ row: 3, column: 1 })
    expect(writeSum([1, -0.5, 0.25])).toBe('1.000 − 0.500 + 0.250')
    expect(writeSum([1, 1, 1, 1, 1, 1, -1, -2])).toMatch(/ − 3\.000 \(2 more\)$/)
  })
})
