import { describe, expect, test } from 'vitest'
import type { CriteriaSummary } from '../../../core/analyses/pca/studies/criteria/spec.ts'
import { criteriaTables } from '../../../core/analyses/pca/export-criteria.ts'
import type { ExportTable, ResultArray } from '../../../core/contract/analysis.ts'
import type { PcaStudyKind } from '../../../core/contract/study.ts'
import { factorTable } from '../stats/prepared-tables.ts'
import { tableOf } from './fit-rows.ts'
import { studyOf } from './studies/run-study.ts'

const table = tableOf(factorTable(40, 4, 2, 0.5, 7).map((row) => [...row, 1]))

/** The tables of a result of which some studies were made. */
function tablesAfter(...kinds: PcaStudyKind[]): ExportTable[] {
  const arrays: Record<string, ResultArray> = {}
  const lists: Record<string, string[]> = {}
  for (const kind of kinds) {
    const found = studyOf(kind, table, {}, kind === 'bootstrap' ? { resamples: 20, nComponents: 2 } : {})
    for (const [name, array] of Object.entries(found.arrays)) arrays[`${kind}.${name}`] = array
    for (const [name, list] of Object.entries(found.lists)) lists[`${kind}.${name}`] = list
  }
  const result = {
    summary: { columns: table.columns.map((column) => column.name) },
    arrays: Object.keys(arrays),
    array: (name: string) => arrays[name]!,
    list: (name: string) => lists[name]!
  }
  return criteriaTables(result)
}

const namesOf = ({ columns }: ExportTable): string[] => columns.map((column) => column.name)
const rowsOf = ({ columns }: ExportTable): number[] => [...new Set(columns.map((column) => column.values.length))]

describe('what is taken away of how many components', () => {
  test('is what was computed, and nothing else', () => {
    expect(tablesAfter()).toEqual([])
    expect(tablesAfter('criteria').map((one) => one.name)).toEqual(['criteria', 'parallel-analysis'])
  })

  test('one row a rule, a component or a column', () => {
    const [criteria, parallel, image, shares, loadings] = tablesAfter('criteria', 'factorability', 'bootstrap')
    expect(criteria!.columns[0]!.values).toEqual(['parallel', 'kaiser', 'brokenStick', 'gcv', 'press', 'mle'])
    const { summary } = studyOf<CriteriaSummary>('criteria', table)
    expect(criteria!.columns[1]!.values[0]).toBe(summary.parallel!.suggested)
    expect(criteria!.columns[1]!.values[4]).toBe(summary.press!.suggested)
    expect([rowsOf(parallel!), rowsOf(shares!), rowsOf(loadings!)]).toEqual([[5], [5], [5]])
    // the constant column e has no correlations
    expect(namesOf(image!)).toEqual(['column', 'a', 'b', 'c', 'd'])
    expect(rowsOf(image!)).toEqual([4])
    expect(namesOf(loadings!)).toEqual(['column', 'PC1 lower', 'PC1 upper', 'PC2 lower', 'PC2 upper'])
    const [lower, upper] = [loadings!.columns[1]!.values, loadings!.columns[2]!.values] as [Float64Array, Float64Array]
    lower.forEach((value, j) => expect(value).toBeLessThanOrEqual(upper[j]!))
  })
})
