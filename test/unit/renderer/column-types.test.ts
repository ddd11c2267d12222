import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnType } from '../../../core/contract/table.ts'
import { columnTypes, countTypes, unitBeside } from '../../../renderer/ui/column-types.ts'

describe('countTypes', () => {
  it('counts integers apart from other numbers, in the order of the types', () => {
    const columns = [
      { type: 'text' as const },
      { type: 'number' as const, integer: true },
      { type: 'number' as const, integer: false },
      { type: 'number' as const },
      { type: 'boolean' as const }
    ]
    expect(countTypes(columns)).toEqual([
      { type: 'number', label: 'Number', count: 2 },
      { type: 'number', label: 'Integer', count: 1 },
      { type: 'text', label: 'Text', count: 1 },
      { type: 'boolean', label: 'Yes or no', count: 1 }
    ])
    expect(countTypes([])).toEqual([])
  })

  it('counts every column once', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ type: fc.constantFrom(...(Object.keys(columnTypes) as ColumnType[])), integer: fc.boolean() })
        ),
        (columns) => {
          const counts = countTypes(columns)
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(columns.length)
          expect(new Set(counts.map(({ label }) => label)).size).toBe(counts.length)
        }
      ),
      { seed: 27 }
    ))
})

it('a unit stands beside the name of its column, unless the name says it', () => {
  expect(unitBeside({ name: 'price', unit: '$' })).toBe('$')
  expect(unitBeside({ name: 'Price ($)', unit: '$' })).toBeUndefined()
  expect(unitBeside({ name: 'Margin %', unit: '%' })).toBeUndefined()
  expect(unitBeside({ name: 'length' })).toBeUndefined()
})
