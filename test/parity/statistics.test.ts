import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unwatched } from '../../core/linalg/watch.ts'
import { clusterOrder } from '../../core/stats/cluster-order.ts'
import { pearson, spearman } from '../../core/stats/correlation.ts'
import { describeNumbers } from '../../core/stats/describe-column.ts'

interface ColumnCase {
  name: string
  values: number[]
  mean: number
  sd: number
  quantiles: number[]
  skewness: number
  distinct: number
}
interface CorrelationCase {
  name: string
  columns: (number | null)[][]
  pearson: number[][]
  spearman: number[][]
  n: number[][]
  clusters: number[][]
}
/** Made by scripts/fixtures/make-statistics.py with the versions it names. */
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/statistics.json'), 'utf8')) as {
  columns: ColumnCase[]
  correlations: CorrelationCase[]
}
const unchecked = (): void => undefined

describe('statistics of a column, against numpy and scipy', () => {
  it.each(fixture.columns)('$name', ({ values, mean, sd, quantiles, skewness, distinct }) => {
    const found = describeNumbers(Float64Array.of(NaN, ...values, NaN), unchecked)
    expect(found.present).toBe(values.length)
    expect(found.distinct).toBe(distinct)
    // numpy sums in pairs and we twice over: both to a few units in the last place of the largest value
    const scale = Math.max(...values.map(Math.abs))
    expect(Math.abs(found.mean! - mean)).toBeLessThan(4e-16 * scale)
    expect(found.sd! / sd).toBeCloseTo(1, 12)
    found.quantiles!.forEach((q, k) => expect(Math.abs(q - quantiles[k]!)).toBeLessThan(4e-16 * scale))
    // at 1e9 with a spread of 1, a deviation is known to seven digits fewer
    expect(found.skewness!).toBeCloseTo(skewness, scale > 1e6 ? 6 : 11)
  })
})

describe('correlations, against scipy on the rows of each pair', () => {
  it.each(fixture.correlations)('$name', (given) => {
    const columns = given.columns.map((column) => Float64Array.from(column, (value) => value ?? NaN))
    // columns 1e7 from zero with a spread of 1 are themselves known to nine digits
    const digits = given.name === 'far from zero' ? 7 : 12
    for (const [method, expected] of [
      [pearson, given.pearson],
      [spearman, given.spearman]
    ] as const) {
      const { r, n } = method(columns, unwatched)
      expected.flat().forEach((value, at) => expect(r[at]).toBeCloseTo(value, digits))
      expect([...n]).toEqual(given.n.flat())
    }
  })

  it.each(fixture.correlations)(
    'the columns of every cluster stand side by side: $name',
    ({ pearson: r, clusters }) => {
      const size = r.length
      const order = clusterOrder(
        Float64Array.from(r.flat(), (value) => 1 - Math.abs(value)),
        size,
        unchecked
      )
      expect([...order].sort((a, b) => a - b)).toEqual([...r.keys()])
      for (const cluster of clusters) {
        const places = cluster.map((column) => order.indexOf(column)).sort((a, b) => a - b)
        expect(places.at(-1)! - places[0]!).toBe(cluster.length - 1)
      }
    }
  )
})
