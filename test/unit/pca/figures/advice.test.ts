import { describe, expect, it } from 'vitest'
import { adviceOn, type AdvisedResult } from '../../../../core/analyses/pca/figures/advice.ts'
import { missingHelp } from '../../../../core/analyses/pca/form-help.ts'
import type { PcaParams } from '../../../../core/analyses/pca/spec.ts'
import type { DatasetShape } from '../../../../core/contract/analysis.ts'
import type { ColumnSummary } from '../../../../core/contract/table.ts'
import { paramsFor, pcaOfTable, tableOf } from '../fit-rows.ts'

const column = (name: string, sd: number, missing = 0): ColumnSummary =>
  ({ name, type: 'number', missing, distinct: 50, sd, isRowNumber: false }) as unknown as ColumnSummary
const dataset = (...columns: ColumnSummary[]): DatasetShape => ({ name: 'd', nRows: 1200, columns, ratings: null })
const dropped = (count: number) => Array.from({ length: count }, (_, row) => ({ row, line: row + 2, columns: ['a'] }))

describe('advice on a result', () => {
  const params: Partial<PcaParams> = { columns: ['a', 'b'], scale: 'none', missing: 'drop' }
  /** of columns with these deviations in the fitted rows */
  const result = (deviations: number[], nSamples = 9, nDropped = 0): AdvisedResult => ({
    nSamples,
    dropped: dropped(nDropped),
    columns: ['a', 'b'].slice(0, deviations.length),
    totalVariance: deviations.reduce((sum, deviation) => sum + deviation ** 2, 0)
  })
  const advised = (asked: Parameters<typeof adviceOn>[0], deviations: number[]) =>
    adviceOn(asked, result(deviations), deviations)

  it('names a column that has nearly all of the variance, and how to let every column count', () => {
    // 100 of 101 is 99 %, a million of a million and one is nearly all
    expect(advised(params, [1, 10])).toEqual([
      {
        sentence: 'b has 99\u00a0% of the variance: the first component shows little else.',
        action: 'Scale to unit variance',
        change: { scale: 'unit' }
      }
    ])
    expect(advised(params, [1, 1000])[0]?.sentence).toMatch(/^b has nearly all of the variance/)
    // Squares beyond the range of doubles are never formed.
    expect(adviceOn(params, { ...result([1, 1]), totalVariance: 1e300 }, [1, 1e150])[0]?.sentence).toMatch(/^b has/)
  })

  it('says nothing of columns alike, of scaled ones, of one alone, of none that varies, of what is not known', () => {
    expect(advised(params, [1, 2])).toEqual([])
    expect(advised({ ...params, scale: 'unit' }, [1, 1000])).toEqual([])
    expect(advised({ ...params, columns: ['a'] }, [1000])).toEqual([])
    expect(advised(params, [0, 0])).toEqual([])
    expect(advised({}, [1, 1000])).toEqual([])
    expect(adviceOn(params, result([1, 1000]), null)).toEqual([])
  })

  it('goes by the rows that were fitted: one that was set aside may be what spreads a column', () => {
    const table = tableOf([
      [1, 2],
      [2, 1],
      [3, 4],
      [4, 3],
      [5, 900]
    ])
    const columns = table.columns.map(({ name }) => name)
    for (const [supplementaryRows, leads] of [
      ['5', false],
      ['', true]
    ] as const) {
      const asked = paramsFor(table, { scale: 'none', columns, supplementaryRows })
      const { summary, result } = pcaOfTable(table, asked)
      const advice = adviceOn(asked, summary, result.arrays['deviations']!.data)
      expect(advice.some(({ sentence }) => sentence.startsWith(columns[1]!))).toBe(leads)
    }
  })

  it('says when a fifth of the rows and more were left out, and offers to fill the cells', () => {
    const of = (nSamples: number, nDropped: number) => adviceOn(params, result([1, 1], nSamples, nDropped), null)
    expect(of(81, 19)).toEqual([])
    expect(of(4, 1196)).toEqual([
      {
        sentence: '1,196 of 1,200 rows have a missing cell and were left out.',
        action: 'Fill missing cells',
        change: { missing: 'iterative' }
      }
    ])
    expect(of(2, 1)[0]?.sentence).toBe('1 of 3 rows has a missing cell and was left out.')
  })

  it('offers no filling that the run would refuse: of one column, or of two rows', () => {
    expect(adviceOn({ ...params, columns: ['a'] }, result([1], 60, 40), null)).toEqual([])
    expect(adviceOn(params, result([1, 1], 1, 1), null)).toEqual([])
  })
})

it('the form says how many rows the missing cells of the chosen columns cost at least', () => {
  const table = dataset(column('a', 1, 1100), column('b', 1, 7), column('c', 1))
  const help = (columns: string[], missing: string): string => missingHelp({ columns, missing }, table)
  expect(help(['a', 'b'], 'drop')).toBe('A row with a missing cell is left out: at least 1,100 of 1,200 rows.')
  expect(help(['b', 'c'], 'drop')).toContain('at least 7 of')
  expect(help(['c'], 'drop')).toBe('A row with a missing cell is left out.')
  expect(help(['a'], 'mean')).toBe('A missing cell takes the mean of its column.')
})
