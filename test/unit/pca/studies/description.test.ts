import { describe, expect, test } from 'vitest'
import { descriptionSpec, descriptionSummarySchema } from '../../../../core/analyses/pca/studies/description/spec.ts'
import { runDescription } from '../../../../core/analyses/pca/studies/description/run.ts'
import { relateCategory, relateNumber, type Axes } from '../../../../core/analyses/pca/studies/description/relations.ts'
import type { ColumnSummary, TableView } from '../../../../core/contract/table.ts'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { paramsFor, pcaOfTable, tableOf, unwatchedRun } from '../fit-rows.ts'

function numbers(column: TableView['columns'][number]) {
  if (column.kind !== 'number') throw new Error('no numbers')
  return column
}

const axes: Axes = { scores: [-2, 1, -1, 0, 1, 2, 2, -3], stride: 2, count: 2, weights: null }

describe('a column of numbers and the components', () => {
  test('the correlation over the rows in which it has a value', () => {
    // R 4.2.2: cor.test(c(1, 3, 5), c(-2, -1, 2)): 0.9607689, p = 0.1789124
    const found = relateNumber([1, 3, NaN, 5], axes, unwatched)!
    expect(found.rows).toBe(3)
    expect(found.correlations[0]!).toBeCloseTo(0.9607689, 7)
    expect(found.pValues[0]!).toBeCloseTo(0.1789124, 7)
  })

  test('does not depend on the size of the numbers', () => {
    const plain = relateNumber([1, 3, 4, 5], axes, unwatched)!
    const huge = relateNumber([1e300, 3e300, 4e300, 5e300], axes, unwatched)!
    const tiny = relateNumber([1e-300, 3e-300, 4e-300, 5e-300], axes, unwatched)!
    for (const other of [huge, tiny]) {
      other.correlations.forEach((r, k) => expect(r).toBeCloseTo(plain.correlations[k]!, 12))
    }
  })

  test('one that says nothing has no relation', () => {
    expect(relateNumber([4, 4, 4, 4], axes, unwatched)).toBeNull()
    expect(relateNumber([1, NaN, NaN, 2], axes, unwatched)).toBeNull()
    expect(relateNumber([0, 0, 0, 0], axes, unwatched)).toBeNull()
  })

  test('a perfect correlation has the p-value 0, but for rounding', () => {
    const found = relateNumber([-2, -1, 1, 2], { ...axes, count: 1 }, unwatched)!
    expect(found.correlations[0]).toBeCloseTo(1, 14)
    expect(found.pValues[0]).toBeLessThan(1e-14)
  })
})

describe('a category and the components', () => {
  test('levels without a row are left out, rows without a level too', () => {
    const found = relateCategory([0, 0, 2, -1], ['a', 'empty', 'c'], axes, () => 1, unwatched)!
    expect(found.rows).toBe(3)
    expect(found.levels.map(({ level, rows }) => [level, rows])).toEqual([
      ['a', 2],
      ['c', 1]
    ])
    expect(found.levels[0]!.coordinates).toEqual([-1.5, 0.5])
    for (const { vTests, pValues, cos2 } of found.levels) {
      for (const value of [...vTests, ...pValues, ...cos2]) expect(Number.isFinite(value)).toBe(true)
    }
  })

  test('one level, or a level for every row, says nothing that is surprising', () => {
    expect(relateCategory([0, 0, 0, 0], ['a'], axes, () => 1, unwatched)).toBeNull()
    const each = relateCategory([0, 1, 2, 3], ['a', 'b', 'c', 'd'], axes, () => 1, unwatched)!
    expect(each.r2[0]).toBeCloseTo(1, 12)
    expect(each.pValues[0]).toBe(1)
  })
})

describe('the study', () => {
  const table: TableView = {
    ...tableOf(
      [
        [1, 2, 2, 7],
        [2, 1, 4, 7],
        [3, 5, 6, 7],
        [5, 4, 10, 7],
        [4, 6, 8, 7]
      ],
      ['a', 'b', 'twice a', 'constant']
    )
  }
  table.columns.push(
    { kind: 'codes', name: 'kind', codes: Int32Array.from([0, 0, 1, 1, -1]), dictionary: ['x', 'y'] },
    { kind: 'text', name: 'note', values: ['u', 'u', 'v', null, 'v'] },
    { kind: 'codes', name: 'same', codes: Int32Array.from([0, 0, 0, 0, 0]), dictionary: ['only'] }
  )

  test('relates what was fitted and what was not, leaves out what cannot be, and changes nothing', () => {
    const params = paramsFor(table, { columns: ['a', 'b', 'twice a'], nComponents: 3 })
    const { summary, result } = pcaOfTable(table, params)
    const before = JSON.stringify(table.columns.map((column) => Object.values(column).map(String)))
    const study = runDescription(
      { table, params, summary, array: (name) => result.arrays[name] },
      { nComponents: 3 },
      unwatchedRun
    )
    const found = descriptionSummarySchema.parse(JSON.parse(JSON.stringify(study.summary)))
    // twice a adds no direction: two components have a variance
    expect(found.nComponents).toBe(2)
    expect(found.numeric).toEqual(['a', 'b', 'twice a'])
    expect(found.categories.map(({ column, rows }) => [column, rows])).toEqual([
      ['kind', 4],
      ['note', 4]
    ])
    expect(found.leftOut.map(({ column }) => column)).toEqual(['constant', 'same'])
    const { shape, data } = study.arrays['correlations']!
    expect(shape).toEqual([3, 2])
    expect(data[0]).toBeCloseTo(data[4]!, 12)
    expect(before).toBe(JSON.stringify(table.columns.map((column) => Object.values(column).map(String))))
  })

  test('what is left out is left out for the reason that is said', () => {
    const scarce: TableView = {
      ...table,
      columns: [
        ...table.columns,
        { ...numbers(table.columns[0]!), name: 'scarce', values: Float64Array.of(1, NaN, NaN, 4, NaN) },
        { kind: 'codes', name: 'rare', codes: Int32Array.from([0, -1, 1, -1, -1]), dictionary: ['x', 'y'] }
      ]
    }
    const params = paramsFor(scarce, { columns: ['a', 'b'], nComponents: 2 })
    const { summary, result } = pcaOfTable(scarce, params)
    const input = { table: scarce, params, summary, array: (name: string) => result.arrays[name] }
    expect(runDescription(input, { nComponents: 2 }, unwatchedRun).summary.leftOut).toEqual([
      { column: 'constant', reason: 'it has the same value in every row' },
      { column: 'same', reason: 'it has one level only' },
      { column: 'scarce', reason: 'fewer than three rows have a value' },
      { column: 'rare', reason: 'fewer than three rows have a value' }
    ])
  })

  test('groups written as numbers are compared as groups, not correlated', () => {
    const params = paramsFor(table, { columns: ['b', 'twice a'], group: 'a', nComponents: 2 })
    const { summary, result } = pcaOfTable(table, params)
    const { categories, numeric } = runDescription(
      { table, params, summary, array: (name) => result.arrays[name] },
      { nComponents: 2 },
      unwatchedRun
    ).summary
    expect(numeric).not.toContain('a')
    expect(categories.find(({ column }) => column === 'a')?.levels.map(({ level }) => level)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5'
    ])
  })

  test('stops when asked to', () => {
    const params = paramsFor(table, { columns: ['a', 'b'], nComponents: 2 })
    const { summary, result } = pcaOfTable(table, params)
    const input = { table, params, summary, array: (name: string) => result.arrays[name] }
    const stop = (): never => {
      throw new EigendeskError('CANCELLED')
    }
    expect(() => runDescription(input, { nComponents: 2 }, { ...unwatchedRun, checkpoint: stop })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'CANCELLED' }) })
    )
  })

  test('reads measurements and categories, not what numbers, names or weighs the rows', () => {
    const column = (name: string, type: ColumnSummary['type'], more: Partial<ColumnSummary> = {}): ColumnSummary => ({
      name,
      type,
      missing: 0,
      ...more
    })
    const dataset = {
      name: 'd',
      nRows: 100,
      ratings: null,
      columns: [
        column('id', 'number', { isRowNumber: true }),
        column('name', 'text', { distinct: 100 }),
        column('a', 'number'),
        column('b', 'number'),
        column('other', 'number'),
        column('kind', 'category', { distinct: 3 }),
        column('plate', 'category', { distinct: 90 }),
        column('yes', 'boolean', { distinct: 2 }),
        column('w', 'number'),
        column('when', 'date', { distinct: 4 })
      ]
    }
    const params = paramsFor(table, {
      columns: ['a', 'b'],
      label: 'name',
      weight: 'w',
      supplementaryColumns: ['plate']
    })
    expect(descriptionSpec.columnsNeeded({ nComponents: 2 }, params, dataset)).toEqual([
      'a',
      'b',
      'plate',
      'other',
      'kind',
      'yes'
    ])
  })
})
