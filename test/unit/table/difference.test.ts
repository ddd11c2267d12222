import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnSummary, ColumnType } from '../../../core/contract/table.ts'
import { LINES_POSITION } from '../../../core/table/chunks.ts'
import { compareVersions, type Version } from '../../../core/table/difference.ts'

type Cell = number | string | null
type Row = [number: Cell, word: Cell]

/** A version of a table with a number column "size" and a category column "kind"; line 1 is its header. */
function version(
  rows: Row[],
  columns: [string, ColumnType][] = [
    ['size', 'number'],
    ['kind', 'category']
  ],
  chunkRows = 3
): Version {
  // prettier-ignore
  const words = [...new Set(rows.map((row) => row[1]).filter((word) => word !== null))].map(String)
  const summaries = columns.map(([name, type]): ColumnSummary => ({ name, type, missing: 0 }))
  return {
    nRows: rows.length,
    chunkRows,
    columns: summaries,
    dictionaries: [null, words],
    chunk: (position, index) => {
      const from = index * chunkRows
      const here = rows.slice(from, from + chunkRows)
      if (position === LINES_POSITION) return { kind: 'codes', codes: Int32Array.from(here, (_, i) => from + i + 2) }
      return position === 0
        ? { kind: 'number', values: Float64Array.from(here, (row) => (row[0] as number | null) ?? NaN) }
        : { kind: 'codes', codes: Int32Array.from(here, (row) => words.indexOf(String(row[1]))) }
    }
  }
}
const compare = (before: Version, after: Version) =>
  compareVersions(before, after, { checkpoint: () => undefined, progress: () => undefined })

const rows: Row[] = [
  [1, 'a'],
  [2, 'b'],
  [3, 'a'],
  [4, null]
]

describe('two readings of a file', () => {
  it('that are the same differ in nothing, also where the words have other codes', () => {
    expect(compare(version(rows), version(rows.map((row) => [...row])))).toMatchObject({
      rows: { before: 4, after: 4 },
      rowsAdded: 0,
      rowsRemoved: 0,
      rowsChanged: 0,
      cellsChanged: 0,
      examples: []
    })
  })

  it('differ by a corrected cell, with its line', () => {
    const after = rows.map((row, i): Row => (i === 2 ? [3.5, 'a'] : row))
    const { rowsChanged, cellsChanged, examples } = compare(version(rows), version(after))
    expect({ rowsChanged, cellsChanged, examples }).toEqual({
      rowsChanged: 1,
      cellsChanged: 1,
      examples: [{ line: 4, column: 'size', before: '3', after: '3.5' }]
    })
  })

  it('differ by a cell that was missing', () => {
    const after = rows.map((row, i): Row => (i === 3 ? [4, 'c'] : row))
    expect(compare(version(rows), version(after)).examples).toEqual([
      { line: 5, column: 'kind', before: null, after: 'c' }
    ])
  })

  it('differ by a row put in at the top and one taken out further down, and not by those that only moved', () => {
    const after: Row[] = [[0, 'z'], ...rows.filter((_, i) => i !== 1)]
    // As many come as go: told as one row changed in both its cells.
    expect(compare(version(rows), version(after))).toMatchObject({ rowsChanged: 1, cellsChanged: 2, rowsAdded: 0 })
    expect(compare(version(rows), version([[0, 'z'], ...rows]))).toMatchObject({ rowsAdded: 1, rowsChanged: 0 })
    expect(compare(version(rows), version(rows.slice(1)))).toMatchObject({ rowsRemoved: 1, cellsChanged: 0 })
  })

  it('differ by columns', () => {
    const other = version(rows, [
      ['size', 'text'],
      ['sort', 'category']
    ])
    expect(compare(version(rows), other)).toMatchObject({
      columnsAdded: ['sort'],
      columnsRemoved: ['kind'],
      columnsRetyped: [{ name: 'size', before: 'number', after: 'text' }]
    })
  })

  it('differ by the first corrected cells, rows before columns, and by all of them counted', () => {
    const many = Array.from({ length: 40 }, (_, i): Row => [i, `w${i}`])
    const after = many.map(([size, word], i): Row => (i < 5 ? [size, word] : [Number(size) + 0.5, `${word}!`]))
    const { cellsChanged, examples } = compare(version(many), version(after))
    expect(cellsChanged).toBe(70)
    expect(examples).toHaveLength(20)
    expect(examples.slice(0, 3)).toEqual([
      { line: 7, column: 'size', before: '5', after: '5.5' },
      { line: 7, column: 'kind', before: 'w5', after: 'w5!' },
      { line: 8, column: 'size', before: '6', after: '6.5' }
    ])
  })

  it('count every row once, whatever was put in, taken out and changed (property)', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'b', null)) as fc.Arbitrary<Row>
    fc.assert(
      fc.property(fc.array(row), fc.array(row), (one, two) => {
        const found = compare(version(one), version(two, undefined, 2))
        expect(two.length - one.length).toBe(found.rowsAdded - found.rowsRemoved)
        expect(Math.min(found.rowsAdded, found.rowsRemoved)).toBe(0)
        // What is common to both as bags of rows is what has no part in the difference.
        const bag = one.map((r) => JSON.stringify(r))
        const common = two.filter((r) => {
          const at = bag.indexOf(JSON.stringify(r))
          if (at >= 0) bag.splice(at, 1)
          return at >= 0
        })
        expect(found.rowsChanged + found.rowsAdded).toBe(two.length - common.length)
        expect(found.cellsChanged).toBeLessThanOrEqual(2 * found.rowsChanged)
        expect(found.cellsChanged >= found.rowsChanged).toBe(true)
      })
    )
  })
})
