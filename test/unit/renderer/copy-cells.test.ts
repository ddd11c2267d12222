import fc from 'fast-check'
import Papa from 'papaparse'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CELL_CHARACTERS } from '../../../core/contract/looking-calls.ts'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import type { Cells } from '../../../core/contract/table.ts'
import { cellsAsText, quoteCell } from '../../../renderer/table/copy-cells.ts'

type Column = number[] | (string | null)[]

/** the columns of the table that the engine would have */
let table: Column[] = []
const asked: { rows: number[]; columns: number[] }[] = []

vi.mock('../../../renderer/app/api.ts', () => ({
  call: (name: string, params: { rows: number[]; columns: number[]; row: number; column: number }) => {
    if (name === 'table.cell') return Promise.resolve({ text: table[params.column]![params.row] as string })
    asked.push(params)
    return Promise.resolve(
      params.columns.map((column): Cells => {
        const values = params.rows.map((row) => table[column]![row]!)
        if (values.every((value) => typeof value === 'number')) {
          return { kind: 'number', values: Float64Array.from(values) }
        }
        return {
          kind: 'text',
          values: values.map((value) => (value === null ? null : String(value).slice(0, CELL_CHARACTERS)))
        }
      })
    )
  }
}))

const dataset = (names: string[]): DatasetInfo =>
  ({ id: 'one', columns: names.map((name) => ({ name })) }) as unknown as DatasetInfo
const columns = (...given: Column[]): void => {
  table = given
}
beforeEach(() => (asked.length = 0))

describe('cells as they are copied', () => {
  it('have all their digits, a missing one has none, and a text is quoted only where it must be', async () => {
    columns([0.1 + 0.2, NaN, 1e-7], ['plain, with a comma', null, 'a\ttab and a "quote"'])
    // 0.1 + 0.2 is 0.30000000000000004 in doubles
    expect(await cellsAsText(dataset(['x', 'y']), [0, 1, 2], [0, 1], false)).toBe(
      '0.30000000000000004\tplain, with a comma\n\t\n1e-7\t"a\ttab and a ""quote"""'
    )
  })

  it('stand in the order asked for, names above them where they are wanted', async () => {
    columns([1, 2, 3], ['a', 'b', 'c'])
    expect(await cellsAsText(dataset(['x', 'two\nlines']), [2, 0], [1, 0], true)).toBe('"two\nlines"\tx\nc\t3\na\t1')
  })

  it('are whole, also a text that is cut on its way to the screen', async () => {
    const long = 'x'.repeat(CELL_CHARACTERS + 7)
    columns([long, 'short'])
    expect(await cellsAsText(dataset(['t']), [0, 1], [0], false)).toBe(`${long}\nshort`)
  })

  it('of many rows are asked for in pieces', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => i)
    columns(many)
    expect(await cellsAsText(dataset(['n']), many, [0], false)).toBe(many.join('\n'))
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.flatMap(({ rows }) => rows)).toEqual(many)
  })

  it('are read back as they were by a reader of tab-separated text', () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const text = rows.map((row) => row.map(quoteCell).join('\t')).join('\n')
        expect(Papa.parse(text, { delimiter: '\t', newline: '\n', quoteChar: '"' }).data).toEqual(rows)
      }),
      { seed: 23 }
    ))
})
