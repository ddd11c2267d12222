import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../core/contract/table.ts'
import { splitDamagedLine } from '../../../core/table/damaged-line.ts'
import { RowReader, type ReaderDialect } from '../../../core/table/tokenize.ts'

function read(pieces: string | string[], dialect: Partial<ReaderDialect> = {}) {
  const rows: [number, string[]][] = []
  const problems: Problem[] = []
  const reader = new RowReader(
    { delimiter: ',', quote: '"', newline: '\n', ...dialect },
    (cells, line) => rows.push([line, cells]),
    (problem) => problems.push(problem)
  )
  for (const piece of [pieces].flat()) reader.push(piece)
  reader.finish()
  return { rows, problems, places: problems.map(({ code, line, column }) => [code, line, column]) }
}

describe('RowReader', () => {
  it('gives rows with the line they begin on, across quoted line ends', () => {
    const { rows } = read('a,b\n1,"x\ny\n"\n2,z\n')
    expect(rows).toEqual([
      [1, ['a', 'b']],
      [2, ['1', 'x\ny\n']],
      [5, ['2', 'z']]
    ])
  })
  it('counts blank lines and skips them, but not an empty quoted field', () => {
    const { rows } = read('a\n\n  \n""\nb')
    expect(rows).toEqual([
      [1, ['a']],
      [4, ['']],
      [5, ['b']]
    ])
  })
  it.each([
    ['\r\n', 'a,b\r\n1,"x\r\ny"\r\n2,"z"\r\n3,w', ['x\r\ny', 3, 'w', 5]],
    ['\r', 'a,b\r1,"x\ry"\r2,"z"\r3,w', ['x\ry', 3, 'w', 5]],
    ['mixed', 'a,b\n1,"x\r\ny"\r2,"z"\r\n3,w', ['x\ny', 3, 'w', 5]]
  ] as const)('newline %j', (newline, text, [inner, , last, lastLine]) => {
    const { rows } = read(text, { newline })
    expect(rows[1]).toEqual([2, ['1', inner]])
    expect(rows[2]).toEqual([4, ['2', 'z']])
    expect(rows[3]).toEqual([lastLine, ['3', last]])
  })
  it('reads LF lines inside a CRLF file, and CRLF lines inside an LF one, quotes or not', () => {
    for (const newline of ['\n', '\r\n'] as const) {
      const { rows } = read('a,b\r\n1,2\n"3",4\r\n5,"6"\r\n7,8\n', { newline })
      expect(rows.map(([, cells]) => cells)).toEqual([
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
        ['7', '8']
      ])
    }
  })
  it('takes quotes for text where there is no quote', () => {
    expect(read('"a,b"\n', { quote: '' }).rows).toEqual([[1, ['"a', 'b"']]])
  })
  it('reads the same however the text is cut', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom('"a ""b"" c"', '"x\ny"', '"\r\n"', '""', 'a"b', '"open')
    )
    const text = fc.array(
      fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(',')),
      { maxLength: 8 }
    )
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('\n', '\r\n', 'mixed'),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (lines, newline, cuts) => {
          const whole = lines.join('\n')
          const pieces: string[] = []
          let at = 0
          for (const cut of [...cuts].sort((a, b) => a - b)) {
            pieces.push(whole.slice(at, Math.max(at, cut)))
            at = Math.max(at, cut)
          }
          pieces.push(whole.slice(at))
          const cutUp = read(pieces, { newline: newline as ReaderDialect['newline'] })
          const atOnce = read(whole, { newline: newline as ReaderDialect['newline'] })
          expect(cutUp.rows).toEqual(atOnce.rows)
          expect(cutUp.places).toEqual(atOnce.places)
        }
      ),
      { numRuns: 500 }
    )
  })
})

describe('quotes out of order', () => {
  it('a stray quote does not swallow the lines after it', () => {
    const { rows, places } = read('a,b,c\n1,"abc"def,3\n4,"x",6\n')
    expect(rows).toEqual([
      [1, ['a', 'b', 'c']],
      [2, ['1', '"abc"def', '3']],
      [3, ['4', 'x', '6']]
    ])
    expect(places).toEqual([['STRAY_QUOTE', 2, 2]])
  })
  it('a quote never closed is text, and reading goes on at the next line', () => {
    const { rows, places, problems } = read('a,b\n1,"x\n2,y\n3,z\n')
    expect(rows).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '"x']],
      [3, ['2', 'y']],
      [4, ['3', 'z']]
    ])
    expect(places).toEqual([['UNCLOSED_QUOTE', 2, 2]])
    expect(problems[0]!.severity).toBe('warning')
  })
  it('notes a quote inside a field that is not quoted, and keeps it', () => {
    const { rows, problems } = read('size,n\n5" pipe,3\n"4"" pipe",2\n')
    expect(rows.map(([, cells]) => cells[0])).toEqual(['size', '5" pipe', '4" pipe'])
    expect(problems).toMatchObject([{ code: 'STRAY_QUOTE', severity: 'info', line: 2, column: 1 }])
  })
  it('keeps a field with quotes that were not doubled in one piece', () => {
    const { rows, places } = read('a,b\n1,"he said "no" twice"\n2,y\n')
    expect(rows[1]).toEqual([2, ['1', 'he said "no" twice']])
    expect(places).toEqual([['STRAY_QUOTE', 2, 2]])
  })
  it('a cell of many megabytes with line ends in it is one cell', () => {
    const text = 'words, of a long document; and more "words"\nwithout a sign\n'.repeat(100_000)
    const { rows, problems } = read(`a,b\n1,"${text.replaceAll('"', '""')}"\n2,y\n`)
    expect(rows).toHaveLength(3)
    expect(rows[1]![1][1]!.length).toBe(text.length)
    expect(rows[2]).toEqual([200_003, ['2', 'y']])
    expect(problems).toEqual([])
  })
  it('a quote never closed swallows no rows, also where a later quote seems to close it, however the text is cut', () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i},name ${i % 9},x`)
    lines[100] = '100,"name,x'
    lines[39_990] = '39990,name",x'
    const text = `a,b,c\n${lines.join('\n')}\n`
    const whole = read(text)
    expect(whole.rows).toHaveLength(40_001)
    expect(whole.places).toEqual([
      ['UNCLOSED_QUOTE', 102, 2],
      ['STRAY_QUOTE', 39_992, 2]
    ])
    for (const size of [65_536, 250_001, 400_000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size)
      )
      const cut = read(pieces)
      expect([cut.rows.length, cut.places]).toEqual([whole.rows.length, whole.places])
    }
  })
  it('stays linear and in bounds where no quote is ever closed', () => {
    // every line opens a quote: read naively, each would look at all that follows
    const line = `"${'x'.repeat(60)},1\n`
    const nLines = Math.ceil(6_000_000 / line.length)
    let rows = 0
    const reader = new RowReader(
      { delimiter: ',', quote: '"', newline: '\n' },
      (cells) => (rows += cells.length === 2 ? 1 : 0)
    )
    const piece = line.repeat(1000)
    for (let i = 0; i < nLines; i += 1000) reader.push(piece)
    reader.finish()
    expect(rows).toBe(1000 * Math.ceil(nLines / 1000))
  })
})

describe('splitDamagedLine', () => {
  it('is linear in a line of quotes that nothing closes', () => {
    const fields = Array.from({ length: 100_000 }, () => '"a":"b"}')
    expect(splitDamagedLine(fields.join(','), { delimiter: ',', quote: '"' }, 7).cells).toEqual(fields)
  })
  it.each([
    ['"a,b","c"d,e', 3, ['a,b', '"c"d', 'e']],
    ['1,"abc,2,"x",4', 5, ['1', '"abc', '2', 'x', '4']],
    ['1,"say "hi" then",3', 3, ['1', 'say "hi" then', '3']],
    ['1,"say "hi, you" then",3', 3, ['1', 'say "hi, you" then', '3']],
    ['"', 1, ['"']],
    ['a,', 2, ['a', '']]
  ])('%j with %i fields', (line, expected, cells) => {
    expect(splitDamagedLine(line, { delimiter: ',', quote: '"' }, expected).cells).toEqual(cells)
  })
})
