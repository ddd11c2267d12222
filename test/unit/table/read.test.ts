import { describe, expect, it } from 'vitest'
import { previewSchema } from '../../../core/contract/table.ts'
import { CHUNK_ROWS } from '../../../core/table/chunks.ts'
import { previewTable, TableProfiler } from '../../../core/table/read.ts'
import { build, importTable, latin1, preview, toBytes, utf16 } from './build.ts'

const european = [
  'art;länge;datum',
  ...Array.from({ length: 9 }, (_, i) => `Adelie;3${i},1;2024-01-0${i + 1}`),
  'Gentoo;19O;',
  'Gentoo;1;2;3'
].join('\r\n')

describe('previewTable', () => {
  it('understands a European file with a slip and a long line', () => {
    const read = preview(european)
    expect(previewSchema.parse(read)).toEqual(read)
    expect(read.dialect).toMatchObject({ delimiter: ';', decimal: ',', newline: '\r\n', headerRow: 1, firstDataRow: 2 })
    expect(read).toMatchObject({ nRows: 10, nRowsLeftOut: 1, fileBytes: toBytes(european).length, ragged: 'leaveOut' })
    expect(read.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['art', 'category', 0],
      ['länge', 'number', 1],
      ['datum', 'date', 1]
    ])
    expect(read.problems.kept).toMatchObject([
      {
        code: 'NOT_A_NUMBER',
        severity: 'warning',
        line: 11,
        column: 2,
        field: 'länge',
        text: '19O',
        message: '19O is not a number: the last sign is a letter',
        treatment: 'Read as missing'
      },
      {
        code: 'TOO_MANY_FIELDS',
        severity: 'error',
        line: 12,
        column: 4,
        message: '4 fields where the header has 3',
        treatment: 'The row is left out'
      }
    ])
    expect(read.problems).toMatchObject({ total: 2, counts: { NOT_A_NUMBER: 1, TOO_MANY_FIELDS: 1 } })
    expect(read.rows[0]).toEqual({ line: 2, cells: ['Adelie', '30,1', '2024-01-01'] })
    expect(read.rows[9]).toEqual({ line: 11, cells: ['Gentoo', '19O', ''] })
  })
  it('pads short rows and cuts long ones where it is told to', () => {
    const read = preview('a,b,c\n1,2\n3,4,5,6\n7,8,9\n', {}, undefined, 'pad')
    expect(read).toMatchObject({ nRows: 3, nRowsLeftOut: 0 })
    expect(read.rows.map(({ cells }) => cells)).toEqual([
      ['1', '2', null],
      ['3', '4', '5'],
      ['7', '8', '9']
    ])
    expect(read.columns[2]!.missing).toBe(1)
    expect(read.problems.kept.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ['TOO_FEW_FIELDS', 'warning', 2],
      ['TOO_MANY_FIELDS', 'warning', 3]
    ])
  })
  it('takes types a person chose, and shows what they cost', () => {
    const text = 'code,flag,word\n007,1,x\n011,0,y\n012,maybe,z\n'
    expect(preview(text).columns.map(({ type }) => type)).toEqual(['text', 'text', 'text'])
    const read = preview(text, {}, { 0: 'number', 1: 'boolean', 2: 'number' })
    expect(read.columns[0]).toMatchObject({ type: 'number', missing: 0, min: 7, max: 12 })
    expect(read.columns.map(({ missing }) => missing)).toEqual([0, 1, 3])
    expect(read.problems.kept.map(({ line, column, message }) => [line, column, message])).toEqual([
      [2, 3, 'x is not a number'],
      [3, 3, 'y is not a number'],
      [4, 2, 'maybe is neither true nor false'],
      [4, 3, 'z is not a number']
    ])
  })
  it('reads what the person says about the file', () => {
    const read = preview('1;2\n3;4\n', { delimiter: ';', headerRow: 1, missingTokens: ['4'] })
    expect(read.columns.map(({ name, missing }) => [name, missing])).toEqual([
      ['1', 0],
      ['2', 1]
    ])
    expect(preview(latin1('name,n\ncaf\u00e9,1\n')).rows[0]!.cells[0]).toBe('café')
    expect(preview(latin1('name,n\ncaf\u00e9,1\n'), { encoding: 'utf-8' }).problems.kept).toMatchObject([
      { code: 'INVALID_ENCODING', line: 2, column: 1 }
    ])
    expect(preview(utf16('\uFEFFname,n\ncafé,1\n', true)).rows[0]!.cells[0]).toBe('café')
  })
  it('speaks only of the bytes it was given', () => {
    const bytes = toBytes(`a,b\n${'1,2\n'.repeat(100)}3,45\n`)
    const read = previewTable(bytes.subarray(0, bytes.length - 2), bytes.length, 'part.csv')
    expect(read).toMatchObject({ nRows: 100, fileBytes: bytes.length, bytesRead: bytes.length - 2 })
    expect(read.columns[1]).toMatchObject({ min: 2, max: 2 })
    expect(read.evidence['delimiter']!.text).toBe('2 fields on all of the first 101 lines')
  })

  it('looks at the beginning of a part of a file, as far as it takes to know its columns, and says how far', () => {
    const bytes = new TextEncoder().encode(`a,b\n${`${'1'.repeat(49)},${'2'.repeat(49)}\n`.repeat(10_000)}`)
    const read = previewTable(bytes, bytes.length + 1, 'long.csv')
    // 1,310 rows of 100 bytes end within the first 128 KiB, and no more than 1,000 are wanted
    expect(read).toMatchObject({ nRows: 1_310, bytesRead: 131_072 })
    expect(previewTable(bytes, bytes.length, 'long.csv')).toMatchObject({ nRows: 10_000, bytesRead: bytes.length })
  })
  it('shows a first row longer than what was read as far as it goes', () => {
    const bytes = toBytes(`a,b\n1,"${'word '.repeat(4000)}"\n2,x\n`)
    const read = previewTable(bytes.subarray(0, 10_000), bytes.length, 'long.csv')
    expect(read.columns.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(read.rows[0]).toMatchObject({ line: 2, cells: ['1', expect.stringContaining('word word')] })
    expect(read.problems.total).toBe(0)
  })
  it('says once for a column that its integers are too large', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `90071992547${41001 + 2 * i},${i}`)
    const read = preview(`id,n\n${ids.join('\n')}\n`)
    expect(read.columns[0]!.type).toBe('text')
    expect(read.problems.kept).toMatchObject([
      { code: 'INTEGER_TOO_LARGE', line: 2, column: 1, text: '9007199254741001' }
    ])
    const chosen = preview(`id,n\n${ids.join('\n')}\n`, {}, { 0: 'number' })
    expect(chosen.problems.counts).toEqual({ INTEGER_TOO_LARGE: 30 })
  })
  it('reports infinities and reads them as missing', () => {
    const read = preview('x\n1.5\nInfinity\n-inf\n2.5\n')
    expect(read.columns[0]).toMatchObject({ type: 'number', missing: 2, max: 2.5 })
    expect(read.problems.kept.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['NON_FINITE', 3, 1],
      ['NON_FINITE', 4, 1]
    ])
  })
  it('understands a header without a name over the row names', () => {
    const read = preview('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun 710" 22.8 4\n')
    expect(read.columns.map(({ name, type }) => [name, type])).toEqual([
      ['row', 'text'],
      ['mpg', 'number'],
      ['cyl', 'number']
    ])
    expect(read.problems.total).toBe(0)
  })
  it('shows a wide table without sending all of it', () => {
    const row = Array.from({ length: 5000 }, (_, i) => i).join(',')
    const read = preview(`${row}\n`.repeat(60))
    expect(read.rows).toHaveLength(20)
    expect(read.columns).toHaveLength(5000)
  })
  it.each([
    ['FILE_EMPTY', ''],
    ['FILE_EMPTY', '\uFEFF'],
    ['FILE_EMPTY', '\n \n\r\n'],
    ['NO_ROWS', 'a,b,c'],
    ['NO_ROWS', 'a,b,c\n\n'],
    ['FILE_BINARY', '%PDF-1.7\n'],
    ['FILE_BINARY', '<html><body>a,b</body></html>'],
    ['FILE_BINARY', '1,'.repeat(200_001)],
    ['FILE_BINARY', '\0\u0001\u0002\0']
  ])('%s: %.30j, with its place', (code, text) => {
    // an empty file has no line; a line that is too long has its place where it is
    const place = code === 'FILE_EMPTY' ? {} : { line: 1, column: text.startsWith('1,') ? 200_001 : 1 }
    expect(() => preview(text)).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code, where: { file: 'table.csv', ...place } }) })
    )
  })
  it('keeps ten thousand problems and counts the rest', () => {
    const { problems } = preview(`a,b\n${'1,2\n'.repeat(500)}${'1,2,3\n'.repeat(12_000)}`)
    expect(problems.kept).toHaveLength(10_000)
    expect(problems).toMatchObject({ total: 12_000, counts: { TOO_MANY_FIELDS: 12_000 } })
  })
})

describe('TableBuilder', () => {
  it('stores what the preview promised', () => {
    const { nRows, nRowsLeftOut, lines, cells, columns, dictionaries, problems } = importTable(european)
    expect({ nRows, nRowsLeftOut }).toEqual({ nRows: 10, nRowsLeftOut: 1 })
    expect(lines).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(cells[1]).toEqual([30.1, 31.1, 32.1, 33.1, 34.1, 35.1, 36.1, 37.1, 38.1, null])
    expect(cells[2]!.slice(8)).toEqual(['2024-01-09', null])
    expect(dictionaries).toEqual([['Adelie', 'Gentoo'], null, null])
    expect(columns).toEqual(preview(european).columns)
    expect(problems).toEqual(preview(european).problems)
  })
  it('cuts columns into chunks of 65,536 rows, whatever pieces the file comes in', () => {
    const n = 2 * CHUNK_ROWS + 5
    const text = `id,word,note\n${Array.from({ length: n }, (_, i) => `${i * 0.5},w${i % 3},"note ${i}"`).join('\n')}\n`
    const choices = [
      { index: 0, name: 'id', type: 'number' as const },
      { index: 1, name: 'word', type: 'category' as const },
      { index: 2, name: 'note', type: 'text' as const }
    ]
    const { dialect } = preview(text)
    const whole = build(text, dialect, choices)
    const sizes = whole.chunks.map(({ columnIndex, chunkIndex, chunk }) => [
      columnIndex,
      chunkIndex,
      chunk.kind === 'codes' ? chunk.codes.length : chunk.values.length
    ])
    expect(sizes.filter(([column]) => column === 2)).toEqual([
      [2, 0, CHUNK_ROWS],
      [2, 1, CHUNK_ROWS],
      [2, 2, 5]
    ])
    expect(whole.cells[0]![CHUNK_ROWS + 1]).toBe((CHUNK_ROWS + 1) * 0.5)
    expect(whole.cells[1]![n - 1]).toBe(`w${(n - 1) % 3}`)
    expect(whole.cells[2]![n - 1]).toBe(`note ${n - 1}`)
    expect(whole.lines[n - 1]).toBe(n + 1)
    const cutUp = build(text, dialect, choices, 'leaveOut', 1009)
    expect(cutUp.cells).toEqual(whole.cells)
    expect(cutUp.columns).toEqual(whole.columns)
  })
  it('stores some of the columns, in another order, under another name', () => {
    const text = 'a,b,c\n1,x,3\n4,y,6\n'
    const built = build(text, preview(text).dialect, [
      { index: 2, name: 'last', type: 'number' },
      { index: 1, name: 'b', type: 'text' }
    ])
    expect(built.columns.map(({ name }) => name)).toEqual(['last', 'b'])
    expect(built.cells).toEqual([
      [3, 6],
      ['x', 'y']
    ])
  })
  it('refuses a column that the file does not have', () => {
    const text = 'a,b\n1,2\n'
    expect(() => build(text, preview(text).dialect, [{ index: 2, name: 'c', type: 'number' }])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'COLUMN_UNKNOWN' }) })
    )
  })
  it('codes more words than a profile remembers', () => {
    const n = 12_000
    const text = `w,n\n${Array.from({ length: n }, (_, i) => `word ${i},1`).join('\n')}\nword 11999,2\n`
    const { cells, dictionaries, columns } = build(text, preview(text).dialect, [
      { index: 0, name: 'w', type: 'category' }
    ])
    expect(dictionaries[0]).toHaveLength(n)
    expect(cells[0]![n]).toBe('word 11999')
    expect(columns[0]).toMatchObject({ distinct: 10_000, distinctIsLowerBound: true, missing: 0 })
  })
  it('fails typed on a file without rows', () => {
    const { dialect } = preview('a,b\n1,2\n')
    expect(() => build('a,b\n', dialect, [{ index: 0, name: 'a', type: 'number' }])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'NO_ROWS' }) })
    )
    expect(() => build('', dialect, [{ index: 0, name: 'a', type: 'number' }])).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'FILE_EMPTY' }) })
    )
  })
})

describe('TableProfiler', () => {
  it('sees types that only the end of a file shows', () => {
    const text = `x,y\n${'1,2\n'.repeat(1000)}${'red,2\n'.repeat(1000)}`
    const bytes = toBytes(text)
    const { dialect, columns } = previewTable(bytes.subarray(0, 2000), bytes.length, 'f.csv')
    expect(columns[0]!.type).toBe('number')
    const profiler = new TableProfiler('f.csv', dialect)
    for (let at = 0; at < bytes.length; at += 333) profiler.push(bytes.subarray(at, at + 333))
    const profile = profiler.finish()
    expect(profile.nRows).toBe(2000)
    expect(profile.columns.map(({ type }) => type)).toEqual(['category', 'number'])
  })
})
