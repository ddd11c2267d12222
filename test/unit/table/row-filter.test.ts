import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RowFilter } from '../../../core/contract/looking.ts'
import { filterRows, findText } from '../../../core/table/row-filter.ts'
import { categories, numbers, texts, unchecked } from './stored-columns.ts'

const columns = [
  numbers('x', [1, 2.5, NaN, -3, 2.5]),
  categories('kind', ['setosa', 'Virginica'], [0, 1, -1, 0, 1]),
  texts('note', ['Red apple', null, 'green', 'apple pie', 'APPLE']),
  texts('day', ['2024-01-05', '2023-12-31', null, '2024-02-01', '2024-01-06'], 'date')
]
const kept = (...filters: RowFilter[]): number[] => [
  ...filterRows(5, filters, new Map(columns.map((column) => [column.name, column])), unchecked)
]

describe('filters', () => {
  it('keep the rows whose cell is one of some values', () => {
    expect(kept({ kind: 'values', column: 'kind', values: ['setosa'], missing: false })).toEqual([0, 3])
    expect(kept({ kind: 'values', column: 'kind', values: ['Virginica'], missing: true })).toEqual([1, 2, 4])
    expect(kept({ kind: 'values', column: 'x', values: ['2.5'], missing: true })).toEqual([1, 2, 4])
  })

  it('keep the rows in a range, its ends included', () => {
    expect(kept({ kind: 'range', column: 'x', from: 1, to: 2.5 })).toEqual([0, 1, 4])
    expect(kept({ kind: 'range', column: 'x', from: null, to: 0 })).toEqual([3])
    expect(kept({ kind: 'range', column: 'day', from: '2024-01-01', to: '6 Jan 2024' })).toEqual([0, 4])
  })

  it('keep the rows with a text, in any case', () => {
    expect(kept({ kind: 'text', column: 'note', test: 'contains', text: 'apple' })).toEqual([0, 3, 4])
    expect(kept({ kind: 'text', column: 'note', test: 'begins', text: 'APPLE' })).toEqual([3, 4])
    expect(kept({ kind: 'text', column: 'note', test: 'equals', text: 'apple' })).toEqual([4])
    expect(kept({ kind: 'text', column: 'x', test: 'contains', text: '.5' })).toEqual([1, 4])
  })

  it('look for numbers as they are shown', () => {
    const column = { ...numbers('x', [5, 15, -5]), decimals: 1 }
    const keep = (text: string): number[] => [
      ...filterRows(3, [{ kind: 'text', column: 'x', test: 'equals', text }], new Map([['x', column]]), unchecked)
    ]
    expect([keep('5.0'), keep('5'), keep('−5.0')]).toEqual([[0], [], [2]])
  })

  it('keep the rows without a value, or those with one', () => {
    expect(kept({ kind: 'missing', column: 'note', present: false })).toEqual([1])
    expect(kept({ kind: 'missing', column: 'x', present: true })).toEqual([0, 1, 3, 4])
  })

  it('keep what every one of them keeps', () => {
    const rows: RowFilter = { kind: 'rows', rows: Int32Array.of(0, 1, 3, 3, 99) }
    expect(kept(rows)).toEqual([0, 1, 3])
    expect(kept(rows, { kind: 'range', column: 'x', from: 0, to: null })).toEqual([0, 1])
    expect(kept()).toEqual([0, 1, 2, 3, 4])
  })

  it('by missing and not missing share the rows between them', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string(), { nil: null }), { maxLength: 20 }), (values) => {
        const column = texts('t', values)
        const keep = (present: boolean): number[] => [
          ...filterRows(values.length, [{ kind: 'missing', column: 't', present }], new Map([['t', column]]), unchecked)
        ]
        expect([...keep(true), ...keep(false)].sort((a, b) => a - b)).toEqual(values.map((_, i) => i))
      })
    )
  })
})

describe('a search', () => {
  it('marks rows by the first column that has the text', () => {
    const marks = new Int32Array(5).fill(-1)
    columns.forEach((column, position) => findText(column, '2', position, marks))
    expect([...marks]).toEqual([3, 0, -1, 3, 0])
  })
})
