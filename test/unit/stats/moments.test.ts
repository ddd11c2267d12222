import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { columnRows, residentRows } from '../../../core/linalg/row-source.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import {
  centreRows,
  columnMoments as momentsOfSource,
  projectRows,
  type ColumnMoments
} from '../../../core/stats/moments.ts'

/** Moments of a row-major array. */
function columnMoments(x: Float64Array, rows: number, columns: number, products = false): ColumnMoments {
  const { memory } = kernels()
  return memory.frame(() => momentsOfSource(residentRows(memory.copy(x), rows, columns), products))
}

/** Mean and variance without any rounding until the end: doubles that are multiples of 2^−scale, as integers. */
function exactMoments(values: number[], scale: number): { mean: number; variance: number } {
  const integers = values.map((value) => BigInt(value * 2 ** scale))
  const n = BigInt(values.length)
  const sum = integers.reduce((total, value) => total + value, 0n)
  // n·Σx² − (Σx)² over n(n − 1), with 60 more bits before the division.
  const squares = n * integers.reduce((total, value) => total + value * value, 0n) - sum * sum
  return {
    mean: Number((sum << 60n) / n) / 2 ** (60 + scale),
    variance: Number((squares << 60n) / (n * (n - 1n))) / 2 ** 60 / 4 ** scale
  }
}

describe('columnMoments', () => {
  test.each([0, 1e6, 1e9, 1e12])('mean %d and unit variance: against exact integer arithmetic', (mean) => {
    const random = new SeededRandom(1)
    const values = Array.from({ length: 5000 }, () => mean + Math.round(random.normal() * 512) / 512)
    const exact = exactMoments(values, 9)
    const { mean: ours, sd } = columnMoments(Float64Array.from(values), values.length, 1)
    expect(Math.abs(sd[0]! ** 2 / exact.variance - 1)).toBeLessThan(1e-14 * 20)
    expect(Math.abs(ours[0]! - exact.mean)).toBeLessThanOrEqual(1e-15 + Number.EPSILON * Math.abs(mean))
  })

  test('NIST StRD NumAcc4: mean 10000000.2 and standard deviation 0.1 exactly', () => {
    // 1001 values: 10000000.2, then 10000000.1 and 10000000.3 in turn. Source: NIST Statistical Reference Datasets.
    const values = Float64Array.from({ length: 1001 }, (_, i) =>
      i === 0 ? 10000000.2 : i % 2 === 1 ? 10000000.1 : 10000000.3
    )
    const { mean, sd } = columnMoments(values, 1001, 1)
    expect(mean[0]).toBeCloseTo(10000000.2, 8)
    // The data themselves carry 1e−9 of rounding: eight digits of 0.1 are all there are.
    expect(sd[0]).toBeCloseTo(0.1, 8)
  })

  test.each([1e-320, 1e-300, 1e-150, 1e150, 1e300, 8e307])('a size of %d changes no digit', (size) => {
    const { sd, mean } = columnMoments(Float64Array.of(size, -size, 2 * size, -2 * size, 0), 5, 1)
    expect(Math.abs(mean[0]!)).toBeLessThan(1e-15 * size + Number.MIN_VALUE)
    expect(sd[0]! / size).toBeCloseTo(Math.sqrt(2.5), size === 1e-320 ? 2 : 14)
  })

  test('constant columns have exactly their value as mean and exactly 0 as spread', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 2, max: 50 }), (value, n) => {
        const moments = columnMoments(new Float64Array(n).fill(value), n, 1)
        expect(moments.constant).toEqual([true])
        expect(moments.mean[0]! - value).toBe(0)
        expect(moments.sd[0]).toBe(0)
      }),
      { seed: 9, numRuns: 200 }
    )
  })

  test('one value apart by a single unit in the last place is not constant', () => {
    const moments = columnMoments(Float64Array.of(1, 1, 1 + Number.EPSILON), 3, 1)
    expect(moments.constant).toEqual([false])
    expect(moments.sd[0]! / Number.EPSILON).toBeCloseTo(Math.sqrt(1 / 3), 14)
  })

  test.each([NaN, Infinity])('%d is refused with its row and column', (bad) => {
    expect(() => columnMoments(Float64Array.of(1, 2, 3, bad), 2, 2)).toThrow('The value in row 2, column 2')
  })

  test('of several values that are not finite, the first of the first row is named', () => {
    const x = new Float64Array(100).fill(1)
    for (const at of [92, 37, 38]) x[at] = NaN
    expect(() => columnMoments(x, 10, 10)).toThrow('The value in row 4, column 8')
  })

  test('columns do not mix and the input is not modified', () => {
    const x = Float64Array.of(1, 1e300, 5, 2, -1e300, 5, 6, 0, 5)
    const before = x.slice()
    const { mean, sd, constant } = columnMoments(x, 3, 3)
    expect(x).toEqual(before)
    expect(Array.from(mean)).toEqual([3, 0, 5])
    expect(sd[0]).toBeCloseTo(Math.sqrt(7), 14)
    expect(sd[1]! / 1e300).toBeCloseTo(1, 14)
    expect(constant).toEqual([false, false, true])
  })
})

test('a table whose tasks would be longer than its pieces: 520,000 × 1,100', () => {
  const rows = 520_000
  const rising = Float64Array.from({ length: rows }, (_, i) => i)
  const falling = Float64Array.from({ length: rows }, (_, i) => 1 - i)
  const columns = Array.from({ length: 1100 }, (_, j) => (j % 2 === 0 ? rising : falling))
  const { mean, scaledVariance } = kernels().memory.frame(() => momentsOfSource(columnRows(columns, null, null), false))
  // Of 0 … n − 1 the mean is (n − 1)/2 and the variance n(n + 1)/12.
  mean.forEach((value, j) => expect(value).toBe(j % 2 === 0 ? (rows - 1) / 2 : 1 - (rows - 1) / 2))
  for (const value of scaledVariance) expect(Math.abs(value / ((rows * (rows + 1)) / 12) - 1)).toBeLessThan(1e-14)
})

describe('products of the columns', () => {
  const random = new SeededRandom(4)

  test.each([
    [1, 1],
    [2, 3],
    [300, 5],
    [1000, 20],
    [777, 50],
    [257, 61],
    [600, 192]
  ])('%d × %d, from rows and from columns: those of the centred columns', (rows, columns) => {
    const x = Float64Array.from({ length: rows * columns }, (_, at) => random.normal() + 10 * (at % columns))
    const apart = Array.from({ length: columns }, (_, j) =>
      Float64Array.from({ length: rows }, (_, i) => x[i * columns + j]!)
    )
    const byRows = columnMoments(x, rows, columns, true)
    const byColumns = kernels().memory.frame(() => momentsOfSource(columnRows(apart, null, null), true))
    const plain = columnMoments(x, rows, columns)
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0
        for (let r = 0; r < rows; r++) sum += (apart[i]![r]! - plain.mean[i]!) * (apart[j]![r]! - plain.mean[j]!)
        expect(Math.abs(byRows.products![i * columns + j]! - sum)).toBeLessThan(1e-12 * rows)
        expect(Math.abs(byColumns.products![i * columns + j]! - sum)).toBeLessThan(1e-12 * rows)
      }
      if (rows > 1) expect(Math.abs(plain.scaledVariance[i]! - byRows.scaledVariance[i]!)).toBeLessThan(1e-12)
    }
  })

  test('of a column of means that drift by thousands of standard deviations', () => {
    const rows = 20_000
    const x = Float64Array.from({ length: rows }, (_, i) => 1e6 + 8 * i + ((i * 7919) % 128) / 128)
    const exact = exactMoments(Array.from(x), 7)
    const { scaledVariance } = columnMoments(x, rows, 1, true)
    expect(Math.abs(scaledVariance[0]! / exact.variance - 1)).toBeLessThan(1e-14)
  })
})

describe('centreRows and projectRows', () => {
  test('leave columns whose means are 0 to rounding of their spread, even far from 0', () => {
    const random = new SeededRandom(2)
    const n = 1000
    const values = Float64Array.from({ length: 2 * n }, (_, at) => (at % 2 === 0 ? 1e9 + random.normal() : 0.7))
    const { memory } = kernels()
    memory.frame(() => {
      const source = residentRows(memory.copy(values), n, 2)
      const moments = momentsOfSource(source, false)
      const x = memory.allocate(2 * n)
      centreRows(source, moments, Float64Array.of(1, 1), [0, n], [0, 2], x)
      let sum = 0
      for (let i = 0; i < n; i++) {
        sum += x[2 * i]!
        expect(x[2 * i + 1]).toBe(0)
        // Half a unit in the last place of 1e9 is 6e−8.
        expect(Math.abs(values[2 * i]! - moments.mean[0]! - x[2 * i]!)).toBeLessThan(1.2e-7)
      }
      expect(Math.abs(sum / n)).toBeLessThan(1e-15)
      const scores = projectRows(source, moments, Float64Array.of(2, 0, 0, 1), 2)
      for (let i = 0; i < n; i++) expect([scores[2 * i], scores[2 * i + 1]]).toEqual([2 * x[2 * i]!, 0])
    })
  })

  test('rows left out and cells filled', () => {
    const { memory } = kernels()
    memory.frame(() => {
      const source = columnRows(
        [Float64Array.of(1, 2, NaN, 4), Float64Array.of(5, 6, 7, 8)],
        Int32Array.of(0, 2, 3),
        [9, 0]
      )
      const moments = momentsOfSource(source, true)
      expect(Array.from(moments.mean)).toEqual([14 / 3, 20 / 3])
      const scores = projectRows(source, moments, Float64Array.of(1, 0, 0, 1), 2)
      ;[1 - 14 / 3, 5 - 20 / 3, 9 - 14 / 3, 7 - 20 / 3, 4 - 14 / 3, 8 - 20 / 3].forEach((value, at) => {
        expect(scores[at]).toBeCloseTo(value, 14)
      })
    })
  })

  // 2,000 rows are several blocks and tasks; 7 and 20 columns fill a tile up, or not.
  test.each([
    [2000, 20, 20],
    [2000, 7, 3],
    [1025, 3, 2],
    [5, 2, 2]
  ])('%i rows × %i columns on %i axes lie by columns as they do by rows, with their lengths', (n, p, k) => {
    const random = new SeededRandom(n + p)
    const columns = Array.from({ length: p }, (_, j) =>
      Float64Array.from({ length: n }, () => 10 * j + random.normal())
    )
    const directions = Float64Array.from({ length: p * k }, () => random.normal())
    const units = Float64Array.from({ length: p }, (_, j) => 1 / (j + 1))
    const { memory } = kernels()
    memory.frame(() => {
      const source = columnRows(columns, null, null)
      const moments = momentsOfSource(source, true)
      const byRows = projectRows(source, moments, directions, k)
      const coordinates = memory.allocate(n * k)
      const squares = memory.allocate(n)
      projectRows(source, moments, directions, k, unwatched, { coordinates, lengths: { squares, units } })
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < k; c++) expect(coordinates[c * n + i]).toBe(byRows[i * k + c])
        const length = columns.reduce((sum, column, j) => sum + ((column[i]! - moments.mean[j]!) * units[j]!) ** 2, 0)
        expect(Math.abs(squares[i]! / length - 1)).toBeLessThan(1e-12)
      }
    })
  })
})
