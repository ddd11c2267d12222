import { describe, expect, it } from 'vitest'
import type { Dialect, Preview } from '../../core/contract/table.ts'
import { importTable, latin1, preview, toBytes, utf16 } from '../unit/table/build.ts'

const delimiters = [',', ';', '\t', '|']
const newlines = ['\n', '\r\n', '\r'] as const

/** Twelve rows of a name, a measurement and a count, with a blank, written in every dialect. */
function writeFlowers(delimiter: string, newline: string, decimal: string, quote: string): string {
  const wrap = (text: string): string => `${quote}${text}${quote}`
  const header = ['name', 'size', 'count'].map(wrap).join(delimiter)
  const rows = Array.from({ length: 12 }, (_, i) =>
    [wrap(`flower ${i % 5}`), i === 3 ? '' : `${i}${decimal}25`, i * i].join(delimiter)
  )
  return [header, ...rows].join(newline) + newline
}

describe('every common dialect is told and read alike', () => {
  for (const delimiter of delimiters) {
    for (const newline of newlines) {
      for (const decimal of delimiter === ',' ? ['.'] : ['.', ',']) {
        for (const quote of ['', '"']) {
          it(JSON.stringify({ delimiter, newline, decimal, quote }), () => {
            const text = writeFlowers(delimiter, newline, decimal, quote)
            const { dialect } = preview(text)
            expect(dialect).toMatchObject({
              delimiter,
              newline,
              decimal,
              headerRow: 1,
              firstDataRow: 2
            } satisfies Partial<Record<keyof Dialect, unknown>>)
            const { cells, columns, lines, problems } = importTable(text)
            expect(columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
              ['name', 'category', 0],
              ['size', 'number', 1],
              ['count', 'number', 0]
            ])
            expect(cells[1]).toEqual([0.25, 1.25, 2.25, null, 4.25, 5.25, 6.25, 7.25, 8.25, 9.25, 10.25, 11.25])
            expect(cells[2]![11]).toBe(121)
            expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
            expect(problems.total).toBe(0)
          })
        }
      }
    }
  }
  it.each([
    ['UTF-8 with a mark', toBytes('\uFEFFname,n\nnaïve,1\n'), 'utf-8'],
    ['UTF-16, little end first', utf16('\uFEFFname,n\nnaïve,1\n', true), 'utf-16le'],
    ['UTF-16, big end first', utf16('\uFEFFname,n\nnaïve,1\n', false), 'utf-16be'],
    ['Latin-1', latin1('name,n\nna\u00efve,1\n'), 'windows-1252']
  ])('%s', (_, bytes, encoding) => {
    const { dialect } = preview(bytes)
    expect(dialect.encoding).toBe(encoding)
    expect(importTable(bytes)).toMatchObject({ cells: [['naïve'], [1]], problems: { total: 0 } })
  })
})

const placesOf = ({ problems }: Pick<Preview, 'problems'>) =>
  problems.kept.map(({ code, line, column }) => [code, line, column])

/** What is wrong, and the line and column it is wrong at. */
const cases: [string, string | Uint8Array, unknown[], unknown[][]][] = [
  ['one field too many', 'a,b\n1,2\n3,4,5\n6,7\n', [2, 1], [['TOO_MANY_FIELDS', 3, 3]]],
  ['one field too few, after a quoted line end', 'a,b\n"1\n1",2\n3\n4,5\n', [2, 1], [['TOO_FEW_FIELDS', 4, 2]]],
  [
    'one name twice, one missing',
    'x,x,\n1,2,3\n',
    [1, 0],
    [
      ['DUPLICATE_NAME', 1, 2],
      ['EMPTY_NAME', 1, 3]
    ]
  ],
  ['a letter O', `n,w\n${'1,x\n'.repeat(9)}1O,x\n`, [10, 0], [['NOT_A_NUMBER', 11, 1]]],
  ['a decimal comma among points', `w;n\n${'x;1.5\n'.repeat(10)}x;2,5\n`, [11, 0], [['NOT_A_NUMBER', 12, 2]]],
  ['infinity', 'a,b\n1,2\n3,inf\n5,6\n', [3, 0], [['NON_FINITE', 3, 2]]],
  ['an integer beyond 2^53', 'id,b\n9007199254740993,2\n1,3\n', [2, 0], [['INTEGER_TOO_LARGE', 2, 1]]],
  ['a long number in a text, all well', 'a,b\nx,9007199254740993\ny,soon\n', [2, 0], []],
  ['a stray quote', 'a,b\n1,"x"y\n2,z\n', [2, 0], [['STRAY_QUOTE', 2, 2]]],
  ['a quote never closed', 'a,b\n1,x\n2,"y\n3,z\n', [3, 0], [['UNCLOSED_QUOTE', 3, 2]]],
  ['a zero byte', 'name,b\nx,1\ny\0,2\nz,3\nw,4\n', [4, 0], [['NUL_BYTE', 3, 1]]],
  ['a line above the data', '150,3,red,blue\n5.1,3.5,2.5,0\n4.9,3.0,2.4,1\n', [2, 0], [['LINE_SKIPPED', 1, 0]]],
  ['CRLF and LF, all well', 'a,b\r\n1,2\n3,4\r\n', [2, 0], []],
  ['blank lines, all well', 'a,b\n\n1,2\n\n\n3,4\n\n', [2, 0], []]
]

describe('a fault is reported where it stands, and only there', () => {
  it.each(cases)('%s', (_, content, [nRows, nRowsLeftOut], places) => {
    const read = preview(content)
    expect(read).toMatchObject({ nRows, nRowsLeftOut })
    expect(placesOf(read)).toEqual(places)
    for (const { message, treatment } of read.problems.kept)
      expect([message, treatment].every((text) => text.length > 5)).toBe(true)
  })
  it.each(cases)('the import says the same: %s', (_, content, [nRows, nRowsLeftOut], places) => {
    const built = importTable(content)
    expect(built).toMatchObject({ nRows, nRowsLeftOut })
    expect(placesOf(built)).toEqual(places)
  })
  it('a dangerous name is a name like others', () => {
    const read = preview('__proto__,constructor,toString\n1,2,3\n4,5,6\n')
    expect(read.columns.map(({ name, mean }) => [name, mean])).toEqual([
      ['__proto__', 2.5],
      ['constructor', 3.5],
      ['toString', 4.5]
    ])
    expect(importTable('__proto__,constructor\n1,2\n').cells).toEqual([[1], [2]])
    const words = importTable('w,v\n__proto__,1\nconstructor,2\n__proto__,3\nconstructor,4\n')
    expect(words.dictionaries[0]).toEqual(['__proto__', 'constructor'])
    expect(words.columns[0]!.topValues![0]).toEqual({ value: '__proto__', count: 2 })
  })
  it('bytes that are no UTF-8 after the part the encoding was told from', () => {
    const text = toBytes(`name,n\n${'abc,1\n'.repeat(50)}`)
    const bytes = new Uint8Array([...text, ...latin1('caf\u00e9,2\n')])
    const { dialect } = preview(text)
    const read = preview(bytes, { encoding: dialect.encoding })
    expect(placesOf(read)).toEqual([['INVALID_ENCODING', 52, 1]])
  })
})
