import { describe, expect, test } from 'vitest'
import { runPca } from '../../../../core/analyses/pca/run.ts'
import type { PcaParams } from '../../../../core/analyses/pca/spec.ts'
import { runClusters } from '../../../../core/analyses/pca/studies/clusters/run.ts'
import {
  clustersParamsSchema,
  clustersSpec,
  clustersSummarySchema,
  describedColumns,
  type ClustersParams
} from '../../../../core/analyses/pca/studies/clusters/spec.ts'
import type { TableView } from '../../../../core/contract/table.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { errorOf, paramsFor, tableOf, unwatchedRun } from '../fit-rows.ts'

/** Three groups of rows in columns a, b, c, d (constant); c has a gap in row 0. A category that follows the groups. */
function groupedTable(): TableView {
  const random = new SeededRandom(3)
  const rows = Array.from({ length: 45 }, (_, i) => {
    const group = i % 3
    return [10 * group + random.normal(), -6 * group + random.normal(), i === 0 ? NaN : random.normal(), 7]
  })
  const table = tableOf(rows)
  const codes = Int32Array.from({ length: 45 }, (_, i) => (i === 4 ? -1 : i % 3))
  return {
    ...table,
    columns: [...table.columns, { kind: 'codes', name: 'kind', codes, dictionary: ['low', 'middle', 'high'] }]
  }
}

function study(table: TableView, asked: Partial<ClustersParams> = {}, fit: Partial<PcaParams> = {}) {
  const params = { ...paramsFor(table, { columns: ['a', 'b', 'c', 'd'], nComponents: 3, ...fit }) }
  const result = runPca(table, params, unwatchedRun)
  const input = { table, params, summary: result.summary, array: (name: string) => result.arrays[name] }
  const chosen = clustersParamsSchema.parse(clustersSpec.defaults(input, asked))
  const found = runClusters(input, chosen, unwatchedRun)
  const summary = clustersSummarySchema.parse(JSON.parse(JSON.stringify(found.summary)))
  return { found, summary, fit: result }
}

describe('clusters of a PCA', () => {
  test('are the groups that are there, told in rows of the dataset, and described by what sets them apart', () => {
    const { summary, found, fit } = study(groupedTable())
    expect(summary).toMatchObject({
      nSamples: 44,
      nComponents: 3,
      nClusters: 3,
      suggested: 3,
      condensed: false,
      notes: []
    })
    const rows = fit.arrays['rowsUsed']!.data
    const { data: assignment } = found.arrays['assignment']!
    for (const [at, row] of Array.from(rows).entries())
      expect(assignment[at]).toBe(assignment[Array.from(rows).indexOf(3 + (row % 3))])
    expect(summary.clusters.map(({ size }) => size).sort()).toEqual([14, 15, 15])
    for (const [q, cluster] of summary.clusters.entries()) {
      for (const { row } of [...cluster.paragons, ...cluster.specific]) expect(assignment[rows.indexOf(row)]).toBe(q)
      const first = cluster.categories[0]!
      expect(first).toMatchObject({ column: 'kind', shareOfValue: 1 })
      expect(first.vTest).toBeGreaterThan(5)
    }
    // The middle group is at the mean of a and b: only its category says what it is.
    const outer = summary.clusters.filter((_, q) => q !== 1)
    for (const { numbers } of outer) {
      expect(numbers.map(({ column }) => column).sort()).toEqual(['a', 'b'])
      expect(Math.sign(numbers[0]!.vTest)).toBe(-Math.sign(numbers[1]!.vTest))
    }
    expect(summary.described).toEqual(['a', 'b', 'c', 'd', 'kind'])
    expect(summary.clusters[0]!.centre[0]!).toBeLessThan(summary.clusters[2]!.centre[0]!)
  })

  test('the arrays are those of a tree over the rows of the fit', () => {
    const { found } = study(groupedTable(), { nClusters: 5 })
    const shapes = Object.fromEntries(Object.entries(found.arrays).map(([name, { shape }]) => [name, shape]))
    expect(shapes).toEqual({
      assignment: [44],
      merge: [43, 2],
      height: [43],
      order: [44],
      leafSize: [44],
      leafCluster: [44]
    })
    expect(found.summary.clusters.length).toBe(5)
    expect(found.summary.withinFinal).toBeLessThanOrEqual(found.summary.withinCut)
    expect(found.summary.within[4]).toBeCloseTo(found.summary.withinCut, 10)
  })

  test('the same bits twice, and the input is not touched', () => {
    const table = groupedTable()
    const before = structuredClone(table)
    expect(study(table).found).toEqual(study(table).found)
    expect(table).toEqual(before)
  })

  test('row weights count in means, and rows of weight 0 are grouped all the same', () => {
    const table = groupedTable()
    const weights = Float64Array.from({ length: 45 }, (_, i) => (i === 6 ? 0 : 1 + (i % 2)))
    const weighted = { ...table, columns: [...table.columns, { kind: 'number' as const, name: 'w', values: weights }] }
    const { summary } = study(weighted, {}, { weight: 'w' })
    expect(summary.clusters.reduce((sum, { size }) => sum + size, 0)).toBe(44)
    expect(summary.nClusters).toBe(3)
  })

  test('one component, two rows, equal rows', () => {
    const two = study(
      tableOf([
        [1, 2],
        [3, 5]
      ]),
      {},
      { columns: ['a', 'b'], nComponents: 1 }
    )
    expect(two.summary).toMatchObject({ nClusters: 2, nComponents: 1 })
    const equal = study(
      tableOf([
        [1, 2],
        [1, 2],
        [1, 2],
        [4, 4]
      ]),
      { nClusters: 3 },
      { columns: ['a', 'b'], nComponents: 1 }
    )
    expect(equal.summary.clusters.map(({ size }) => size).sort()).toEqual([1, 3])
    expect(equal.summary.notes).toEqual(['3 clusters were asked for; only 2 different rows or centres are there.'])
  })

  test('more components than the result has are refused in words', () => {
    expect(errorOf(() => study(groupedTable(), { nComponents: 4 })).message).toContain('Components')
  })

  test('stops when asked to', () => {
    const table = groupedTable()
    const params = paramsFor(table, { columns: ['a', 'b'], nComponents: 2 })
    const result = runPca(table, params, unwatchedRun)
    const input = { table, params, summary: result.summary, array: (name: string) => result.arrays[name] }
    const stopped = {
      ...unwatchedRun,
      checkpoint: () => {
        throw new Error('stopped')
      }
    }
    const asked = clustersSpec.defaults(input)
    expect(() => runClusters(input, asked, stopped)).toThrow('stopped')
  })
})

test('columns that describe: the fitted ones, other numbers and categories, none that names or counts the rows', () => {
  const shape = {
    name: 'x',
    nRows: 100,
    ratings: null,
    columns: [
      { name: 'id', type: 'number' as const, missing: 0, isRowNumber: true },
      { name: 'a', type: 'number' as const, missing: 0 },
      { name: 'b', type: 'number' as const, missing: 0 },
      { name: 'code', type: 'category' as const, missing: 0, distinct: 90 },
      { name: 'kind', type: 'category' as const, missing: 0, distinct: 4 },
      { name: 'yes', type: 'boolean' as const, missing: 0, distinct: 2 },
      { name: 'town', type: 'category' as const, missing: 0, distinct: 40 },
      { name: 'note', type: 'text' as const, missing: 0, distinct: 100 }
    ]
  }
  expect(describedColumns(['a'], shape, 'town')).toEqual(['a', 'b', 'kind', 'yes'])
  expect(describedColumns(['a'], { ...shape, nRows: 40_000_000 }, null)).toEqual(['a'])
})
