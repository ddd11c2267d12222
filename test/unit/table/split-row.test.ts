import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { splitRow, type FieldSigns } from '../../../core/table/split-row.ts'

/** Every row of a text, with splitRow alone. */
function splitAll(text: string, signs: FieldSigns, newline = '\n'): string[][] {
  const rows: string[][] = []
  for (let at = 0; at < text.length;) {
    const row = splitRow(text, at, signs, newline, true)!
    rows.push(row.cells)
    expect(row.end).toBeGreaterThan(at)
    at = row.end
  }
  return rows
}

const plain = { delimiter: ',', quote: '"' } as const
const backslash = { ...plain, escape: '\\' } as const
const blanks = { delimiter: ' ', quote: '"', repeated: true } as const

describe('splitRow', () => {
  it('reads what Papa Parse reads, where nothing is out of order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ' ', 'é') })
    const cell = fc.oneof(
      text.filter((t) => !/[",\r\n]/.test(t)),
      text.map((t) => `"${t.replaceAll('"', '""')}"`)
    )
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.constantFrom(',', '::', '||'), fc.boolean(), (table, delimiter, ends) => {
        const joined = table.map((row) => row.join(delimiter)).join('\n') + (ends ? '\n' : '')
        const parsed = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' }).parse(joined, 0, false) as {
          data: string[][]
        }
        const expected = ends ? parsed.data.slice(0, -1) : parsed.data
        const own = splitAll(joined, { delimiter, quote: '"' })
        // an empty line at the very end is a row for one and none for the other
        expect(own).toEqual(expected.slice(0, own.length))
        expect(expected.slice(own.length).every((cells) => cells.join('') === '')).toBe(true)
      }),
      { numRuns: 500 }
    )
  })
  it.each([
    [String.raw`1,"say \"hi\", you",2`, ['1', 'say "hi", you', '2']],
    [String.raw`"ends with \\",2`, ['ends with \\', '2']],
    [String.raw`"C:\new",2`, [String.raw`C:\new`, '2']],
    ['"both ""ways""",2', ['both "ways"', '2']],
    ['"",2', ['', '2']]
  ])('backslash: %s', (line, cells) => {
    expect(splitAll(line, backslash)).toEqual([cells])
  })
  it.each([
    ['  1   2.5 -3', ['1', '2.5', '-3']],
    ['1 2 \t "buick skylark"', ['1', '2', 'buick skylark']],
    ['1 "" 3  ', ['1', '', '3']],
    ['1 2\r', ['1', '2']],
    ['a  "b"  \r', ['a', 'b']]
  ])('runs of blanks: %j', (line, cells) => {
    expect(splitAll(`${line}\nx\n`, blanks)).toEqual([cells, ['x']])
  })
  it('takes any delimiter in runs', () => {
    expect(splitAll('a;;;b;c\n', { delimiter: ';', quote: '', repeated: true })).toEqual([['a', 'b', 'c']])
  })
  it('says where quotes are out of order, and when more must be seen', () => {
    expect(splitRow('"a"b,c\n', 0, plain, '\n', false)).toEqual(null)
    expect(splitRow('"a"b,c\n"', 0, plain, '\n', true)).toMatchObject({ fault: 'misplaced', end: 8 })
    expect(splitRow('"a,b\nc', 0, plain, '\n', true)).toMatchObject({ fault: 'unclosed', end: 6 })
    expect(splitRow('a,b', 0, plain, '\n', false)).toBeNull()
    expect(splitRow('"a\nb', 0, plain, '\n', false)).toBeNull()
  })
})
