import { expect, it } from 'vitest'
import { levelsOfNumbers, MOST_NUMBER_LEVELS, withLevels } from '../../../../core/analyses/pca/figures/number-levels.ts'

const column = (values: number[]) => ({ kind: 'number' as const, name: 'digit', values: Float64Array.from(values) })

it('gives numbers the levels they stand for, ascending, and leaves gaps', () => {
  expect(levelsOfNumbers(column([2, 0, NaN, 10, 0, -1]))).toEqual({
    kind: 'codes',
    name: 'digit',
    codes: Int32Array.from([2, 1, -1, 3, 1, 0]),
    dictionary: ['-1', '0', '2', '10']
  })
  expect(levelsOfNumbers(column([]))?.dictionary).toEqual([])
})

it('makes no groups of more values than one can compare', () => {
  const values = Array.from({ length: MOST_NUMBER_LEVELS + 1 }, (_, i) => i)
  expect(levelsOfNumbers(column(values))).toBeNull()
  expect(levelsOfNumbers(column(values.slice(1)))?.dictionary).toHaveLength(MOST_NUMBER_LEVELS)
})

it('turns the column that groups the rows and no other, unless it is fitted', () => {
  const [digit, size] = [column([1, 2]), { ...column([3, 4]), name: 'size' }]
  const kinds = (group: string | null, columns: string[]): string[] =>
    withLevels([digit, size], { group, columns }).map(({ kind }) => kind)
  expect(kinds('digit', ['size'])).toEqual(['codes', 'number'])
  expect(kinds('digit', ['digit', 'size'])).toEqual(['number', 'number'])
  expect(kinds(null, ['size'])).toEqual(['number', 'number'])
})
