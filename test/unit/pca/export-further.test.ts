import { describe, expect, test } from 'vitest'
import { exportPca } from '../../../core/analyses/pca/export.ts'
import type { ExportTable, ResultArray, StoredResult } from '../../../core/contract/analysis.ts'
import type { PcaParams, PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { TableView } from '../../../core/contract/table.ts'
import { pcaOfTable, tableOf } from './fit-rows.ts'
import { studyOf } from './studies/run-study.ts'

const rows = [
  [7, 26, 6, 60],
  [1, 29, 15, 52],
  [11, NaN, 8, 20],
  [11, 31, 8, 47],
  [7, 52, NaN, 33],
  [11, 55, 9, 22],
  [3, 71, 17, 6],
  [1, 31, 22, 44]
]
const kinds = {
  kind: 'codes' as const,
  name: 'kind',
  codes: Int32Array.of(0, 1, 0, 1, -1, 0, 1, 0),
  dictionary: ['x', 'y']
}
const base = tableOf(rows)
const table: TableView = { ...base, columns: [...base.columns, kinds] }
const fitted: Partial<PcaParams> = {
  columns: ['a', 'b', 'c'],
  nComponents: 3,
  missing: 'mean',
  scale: 'unit',
  supplementaryRows: '8',
  supplementaryColumns: ['d', 'kind']
}

function tables(of = table): ExportTable[] {
  const { result, summary } = pcaOfTable(of, fitted)
  const description = studyOf('description', of, fitted)
  const arrays: Record<string, ResultArray> = { ...result.arrays }
  for (const [name, array] of Object.entries(description.arrays)) arrays[`description.${name}`] = array
  const stored: StoredResult<PcaSummary> = {
    summary,
    arrays: Object.keys(arrays),
    array: (name) => arrays[name]!,
    list: (name) => description.lists[name.replace('description.', '')]!,
    table: () => of.columns
  }
  return exportPca(stored, null)
}
const found = tables()
const columnsOf = (name: string): Record<string, unknown[]> =>
  Object.fromEntries(
    found.find((one) => one.name === name)!.columns.map((column) => [column.name, Array.from<unknown>(column.values)])
  )

describe('tables of what was not fitted, and of what was filled', () => {
  test('the whole table has the filled values in its gaps, every other cell as it was, and a list of those cells', () => {
    const whole = columnsOf('imputed-table')
    expect(Object.keys(whole)).toEqual(['a', 'b', 'c', 'd', 'kind'])
    const list = columnsOf('imputed')
    expect(list['row']).toEqual([3, 5])
    expect(list['column']).toEqual(['b', 'c'])
    // The mean over the fitted rows that have a value: all but the supplementary eighth.
    const mean = (26 + 29 + 31 + 52 + 55 + 71) / 6
    expect(whole['b']![2]).toBeCloseTo(mean, 12)
    expect(whole['b']![2]).toBe(list['value']![0])
    expect(whole['b']!.filter((_, row) => row !== 2)).toEqual(rows.map((row) => row[1]).filter((_, row) => row !== 2))
    expect(whole['kind']).toEqual(['x', 'y', 'x', 'y', '', 'x', 'y', 'x'])
    // The data itself stays as it is.
    expect(Number.isNaN((table.columns[1] as { values: Float64Array }).values[2])).toBe(true)
  })

  test('gaps of supplementary rows are filled in the whole table too, where no other row has one as well', () => {
    const gap = (every: number[][]): TableView =>
      tableOf(every.map((row, i) => (i === 7 ? [NaN, ...row.slice(1)] : row)))
    const whole = rows.map((row) => row.map((value) => (Number.isNaN(value) ? 30 : value)))
    for (const own of [rows, whole]) {
      const made = tables({ ...table, columns: [...gap(own).columns, kinds] })
      const filled = made.find(({ name }) => name === 'imputed-table')!.columns[0]!.values
      // The mean of the fitted rows, as the fit has it.
      expect(filled[7]).toBeCloseTo((7 + 1 + 11 + 11 + 7 + 11 + 3) / 7, 12)
      expect(made.some(({ name }) => name === 'imputed')).toBe(own === rows)
    }
  })

  test('supplementary rows have cos² that sum to 1, and nothing left over where all components are kept', () => {
    const cos2 = columnsOf('supplementary-cos2')
    expect(cos2['row']).toEqual([8])
    const sum = ['PC1', 'PC2', 'PC3'].reduce((total, name) => total + (cos2[name]![0] as number), 0)
    expect(sum).toBeCloseTo(1, 12)
    expect(columnsOf('supplementary-diagnostics')['Q']![0]).toBeCloseTo(0, 10)
  })

  test('columns and levels that were described say which were fitted, and their numbers a component', () => {
    const columns = columnsOf('description-columns')
    expect(columns['column']).toEqual(['a', 'b', 'c', 'd'])
    expect(columns['part']).toEqual(['fitted', 'fitted', 'fitted', 'supplementary'])
    expect(columns['PC1 r']![0]).toBeCloseTo(columnsOf('column-correlations')['PC1']![0] as number, 12)
    const levels = columnsOf('description-levels')
    expect(levels['column']).toEqual(['kind', 'kind'])
    expect(levels['level']).toEqual(['x', 'y'])
    expect(levels['rows']).toEqual([3, 3])
    const scores = columnsOf('scores')['PC1'] as number[]
    expect(levels['PC1 mean']![0]).toBeCloseTo((scores[0]! + scores[2]! + scores[5]!) / 3, 12)
    expect(Object.keys(levels)).toContain('PC3 v-test')
  })
})
