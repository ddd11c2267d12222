import { expect, it } from 'vitest'
import type { ColumnFilter } from '../../../core/contract/looking.ts'
import { keepRows, stepsFromFilters } from '../../../renderer/prepare/steps-from-table.ts'
import { prepare, tableOf } from './table.ts'

const table = () =>
  tableOf({
    n: [1, 2, 3, 4, null, 6],
    c: ['a', 'b', 'a', null, 'c', 'a'],
    t: { type: 'text', values: ['one', 'two', 'three', 'one two', null, 'ONE'] }
  })
const linesOf = (filters: ColumnFilter[], only: number[] | null = null): number[] => [
  ...prepare(table(), stepsFromFilters(filters, only)).table.lines
]

it.each<[ColumnFilter[], number[]]>([
  [[{ kind: 'range', column: 'n', from: 2, to: 4 }], [3, 4, 5]],
  [[{ kind: 'range', column: 'n', from: null, to: 2 }], [2, 3]],
  [[{ kind: 'values', column: 'c', values: ['a', 'c'], missing: false }], [2, 4, 6, 7]],
  [[{ kind: 'values', column: 'c', values: ['b'], missing: true }], [3, 5]],
  [[{ kind: 'values', column: 'c', values: [], missing: true }], [5]],
  [[{ kind: 'text', column: 't', test: 'begins', text: 'one' }], [2, 5, 7]],
  [[{ kind: 'text', column: 't', test: 'equals', text: 'one' }], [2, 7]],
  [[{ kind: 'text', column: 't', test: 'contains', text: 'two' }], [3, 5]],
  [[{ kind: 'missing', column: 'n', present: true }], [2, 3, 4, 5, 7]],
  [
    [
      { kind: 'values', column: 'c', values: ['a'], missing: true },
      { kind: 'range', column: 'n', from: 3, to: null }
    ],
    [4, 5, 7]
  ]
])('rows shown by %j are the rows of the steps', (filters, lines) => {
  expect(linesOf(filters)).toEqual(lines)
})

it('takes chosen rows first, by their numbers, then the filters', () => {
  expect(linesOf([{ kind: 'range', column: 'n', from: 2, to: null }], [0, 1, 2])).toEqual([3, 4])
})

it('keeps chosen rows, or leaves them out, and says how many', () => {
  const { table: kept, reports } = prepare(table(), [keepRows([0, 1, 4])])
  expect([...kept.lines]).toEqual([2, 3, 6])
  expect(reports[0]!.text).toBe('Kept 3 of 6 rows: 3 chosen rows')
  const { table: left, reports: said } = prepare(table(), [keepRows([5], true)])
  expect([...left.lines]).toEqual([2, 3, 4, 5, 6])
  expect(said[0]!.text).toBe('Kept 5 of 6 rows: all but 1 chosen row')
  // Chosen rows are those of the table that is prepared, wherever the step stands.
  const odd = { kind: 'filter', conditions: [{ test: 'oneOf', column: 'c', values: ['a', 'b'] }] }
  expect([...prepare(table(), [odd, keepRows([1, 5])]).table.lines]).toEqual([3, 7])
  expect([...prepare(table(), [keepRows([1, 5]), odd]).table.lines]).toEqual([3, 7])
  expect(() => prepare(table(), [keepRows([6])])).toThrow('Rows: rows beyond the 6 rows there are were chosen.')
})
