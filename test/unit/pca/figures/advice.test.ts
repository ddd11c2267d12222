import { describe, expect, it } from 'vitest'
import { adviceOn } from '../../../../core/analyses/pca/figures/advice.ts'
import { missingHelp } from '../../../../core/analyses/pca/form-help.ts'
import type { DatasetShape } from '../../../../core/contract/analysis.ts'
import type { ColumnSummary } from '../../../../core/contract/table.ts'

const column = (name: string, sd: number, missing = 0): ColumnSummary =>
  ({ name, type: 'number', missing, distinct: 50, sd, isRowNumber: false }) as unknown as ColumnSummary
const dataset = (...columns: ColumnSummary[]): DatasetShape => ({ name: 'd', nRows: 1200, columns, ratings: null })
const dropped = (count: number) => Array.from({ length: count }, (_, row) => ({ row, line: row + 2, columns: ['a'] }))

describe('advice on a result', () => {
  const params = { columns: ['a', 'b'], scale: 'none', missing: 'drop' } as const

  it('names a column that has nearly all of the variance, and how to let every column count', () => {
    // 100 of 101 is 99 %, a million of a million and one is nearly all
    const [advice] = adviceOn(
      { ...params, columns: ['a', 'b'] },
      { nSamples: 9, dropped: [] },
      dataset(column('a', 1), column('b', 10))
    )
    expect(advice).toEqual({
      sentence: 'b has 99\u00a0% of the variance: the first component shows little else.',
      action: 'Scale to unit variance',
      change: { scale: 'unit' }
    })
    const all = adviceOn(
      { ...params, columns: ['a', 'b'] },
      { nSamples: 9, dropped: [] },
      dataset(column('a', 1), column('b', 1000))
    )
    expect(all[0]?.sentence).toMatch(/^b has nearly all of the variance/)
  })

  it('says nothing of columns alike, of scaled ones, of one alone', () => {
    const uneven = dataset(column('a', 1), column('b', 1000))
    const asked = { nSamples: 9, dropped: [] }
    expect(adviceOn({ ...params, columns: ['a', 'b'] }, asked, dataset(column('a', 1), column('b', 2)))).toEqual([])
    expect(adviceOn({ ...params, columns: ['a', 'b'], scale: 'unit' }, asked, uneven)).toEqual([])
    expect(adviceOn({ ...params, columns: ['b'] }, asked, uneven)).toEqual([])
    expect(adviceOn({}, asked, uneven)).toEqual([])
  })

  it('says when a fifth of the rows and more were left out, and offers to fill the cells', () => {
    const even = dataset(column('a', 1), column('b', 1))
    const asked = { ...params, columns: ['a', 'b'] }
    expect(adviceOn(asked, { nSamples: 81, dropped: dropped(19) }, even)).toEqual([])
    expect(adviceOn(asked, { nSamples: 4, dropped: dropped(1196) }, even)).toEqual([
      {
        sentence: '1,196 of 1,200 rows have a missing cell and were left out.',
        action: 'Fill missing cells',
        change: { missing: 'iterative' }
      }
    ])
    expect(adviceOn(asked, { nSamples: 2, dropped: dropped(1) }, even)[0]?.sentence).toBe(
      '1 of 3 rows has a missing cell and was left out.'
    )
  })

  it('offers no filling that the run would refuse: of one column, or of two rows', () => {
    const even = dataset(column('a', 1), column('b', 1))
    expect(adviceOn({ ...params, columns: ['a'] }, { nSamples: 60, dropped: dropped(40) }, even)).toEqual([])
    expect(adviceOn({ ...params, columns: ['a', 'b'] }, { nSamples: 1, dropped: dropped(1) }, even)).toEqual([])
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
