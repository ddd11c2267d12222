import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortRows } from '../../../core/table/row-sort.ts'
import { categories, every, numbers, texts, unchecked } from './stored-columns.ts'

const sorted = (...keys: Parameters<typeof sortRows>[1]): number[] => {
  const [{ column }] = keys as [(typeof keys)[number]]
  const width = column.kind === 'number' ? 8 : 4
  const rows = column.kind === 'text' ? NaN : column.chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0) / width
  return [...sortRows(every(rows), keys, unchecked)]
}

describe('rows in an order', () => {
  it('puts numbers in order, missing last in both directions, zeros of either sign together', () => {
    const column = numbers('x', [3, NaN, -0, 0, -7.5, 1e300, -Infinity, NaN, 5e-324])
    expect(sorted({ column, direction: 'ascending' })).toEqual([6, 4, 2, 3, 8, 0, 5, 1, 7])
    expect(sorted({ column, direction: 'descending' })).toEqual([5, 0, 8, 2, 3, 4, 6, 1, 7])
  })

  it('puts words as a person does: without case, numbers in them by value', () => {
    const words = ['item 10', 'Item 2', 'apple', 'Banana']
    const column = categories('word', words, [0, 1, 2, 3, -1, 2])
    expect(sorted({ column, direction: 'ascending' })).toEqual([2, 5, 3, 1, 0, 4])
    expect(sorted({ column, direction: 'descending' })).toEqual([0, 1, 3, 2, 5, 4])
  })

  it('puts dates by the moment they name', () => {
    const column = texts('day', ['3.1.2024', '15.2.2023', null, '1.12.2023'], 'date')
    expect([...sortRows(every(4), [{ column, direction: 'ascending' }], unchecked)]).toEqual([1, 3, 0, 2])
  })

  it('keeps the order of the rows it was given where all keys are equal', () => {
    const column = numbers('x', [1, 1, 1, 0])
    expect([...sortRows(Int32Array.of(2, 0, 3, 1), [{ column, direction: 'descending' }], unchecked)]).toEqual([
      2, 0, 1, 3
    ])
  })

  it('sorts by several columns as comparing them one after the other does', () => {
    const value = fc.oneof(fc.constant(NaN), fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }))
    const row = fc.record({ x: value, word: fc.integer({ min: -1, max: 2 }), y: fc.integer({ min: 0, max: 3 }) })
    const direction = fc.constantFrom('ascending' as const, 'descending' as const)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.tuple(direction, direction, direction), (rows, [a, b, c]) => {
        const keys = [
          {
            column: categories(
              'word',
              ['a', 'b', 'c'],
              rows.map((r) => r.word)
            ),
            direction: a
          },
          {
            column: numbers(
              'x',
              rows.map((r) => r.x)
            ),
            direction: b
          },
          {
            column: numbers(
              'y',
              rows.map((r) => r.y)
            ),
            direction: c
          }
        ]
        const compare = (p: number, q: number, turn: string): number => {
          if (Number.isNaN(p) || Number.isNaN(q)) return Number(Number.isNaN(p)) - Number(Number.isNaN(q))
          return (p < q ? -1 : p > q ? 1 : 0) * (turn === 'ascending' ? 1 : -1)
        }
        const ofWord = (code: number): number => (code < 0 ? NaN : code)
        const expected = rows
          .map((_, i) => i)
          .sort(
            (i, j) =>
              compare(ofWord(rows[i]!.word), ofWord(rows[j]!.word), a) ||
              compare(rows[i]!.x, rows[j]!.x, b) ||
              compare(rows[i]!.y, rows[j]!.y, c) ||
              i - j
          )
        expect([...sortRows(every(rows.length), keys, unchecked)]).toEqual(expected)
      })
    )
  })
})
