import { describe, expect, it } from 'vitest'
import { commaDialect, type Dialect } from '../../../core/contract/table.ts'
import { ProblemLog } from '../../../core/table/problems.ts'
import { joinHeaderRows, TableRows } from '../../../core/table/rows.ts'
import { toBytes } from './build.ts'

const dialect: Dialect = commaDialect

function read(text: string, parts: Partial<Dialect> = {}, complete = true, pieceBytes = 7) {
  const log = new ProblemLog()
  const rows: [number, string[]][] = []
  const table = new TableRows('f.csv', { ...dialect, ...parts }, 'leaveOut', log, (cells, line) =>
    rows.push([line, [...cells]])
  )
  const bytes = toBytes(text)
  for (let at = 0; at < bytes.length; at += pieceBytes) table.push(bytes.subarray(at, at + pieceBytes))
  table.finish(complete)
  const skipped = log.report().kept.filter(({ code }) => code === 'LINE_SKIPPED')
  return { names: table.names, rows, skipped: skipped.map(({ line, message }) => [line, message]), log }
}

describe('the parts of a dialect', () => {
  it('delimiters of several characters', () => {
    const { rows } = read('1::1193::5::978300760\n1::661::3::978302109\n', {
      delimiter: '::',
      headerRow: null,
      firstDataRow: 1
    })
    expect(rows[0]).toEqual([1, ['1', '1193', '5', '978300760']])
  })
  it('runs of spaces, the leading ones too', () => {
    const { names, rows } = read('  x    y\n  1  2.5\n 10 -3\n\n', { delimiter: ' ', repeated: true })
    expect(names).toEqual(['x', 'y'])
    expect(rows).toEqual([
      [2, ['1', '2.5']],
      [3, ['10', '-3']]
    ])
  })
  it('quotes behind a backslash, with the lines counted', () => {
    const { rows, log } = read('a,b\n"x \\"y\\"\nz",1\n"w",2\n', { escape: '\\' })
    expect(rows).toEqual([
      [2, ['x "y"\nz', '1']],
      [4, ['w', '2']]
    ])
    expect(log.report().total).toBe(0)
  })
  it('comment lines, wherever they stand', () => {
    const { names, rows, skipped } = read('# made by "hand\na,b\n1,2\n#3,4\n5,6\n# end', {
      comment: '#',
      headerRow: 2
    })
    expect(names).toEqual(['a', 'b'])
    expect(rows).toEqual([
      [3, ['1', '2']],
      [5, ['5', '6']]
    ])
    expect(skipped.map(([line]) => line)).toEqual([1, 4, 6])
  })
  it('names in a comment, with the quotes they may have', () => {
    const { names, rows, skipped } = read('# made by hand\n## a,"b, c"\n1,2\n# 3,4\n5,6\n', {
      comment: '#',
      headerRow: 2,
      firstDataRow: 3
    })
    expect(names).toEqual(['a', 'b, c'])
    expect(rows.map(([line]) => line)).toEqual([3, 5])
    expect(skipped.map(([line]) => line)).toEqual([1, 4])
  })
  it('the rows of another table below the first', () => {
    const { rows, skipped } = read('a,b\n1,2\nsum,2\n\nc,d,e\n3,4,5\n', { lastDataRow: 3, footerRows: 1 })
    expect(rows).toEqual([[2, ['1', '2']]])
    expect(skipped).toEqual([
      [3, 'Line 3 stands below the data'],
      [5, 'Line 5 stands below the table'],
      [6, 'Line 6 stands below the table']
    ])
  })
  it('a header of several rows', () => {
    const { names, rows } = read(',Sepal,,Petal,\nid,length,width,length,width\n1,5,3,1,0\n', {
      headerRows: 2,
      firstDataRow: 3
    })
    expect(names).toEqual(['id', 'Sepal length', 'Sepal width', 'Petal length', 'Petal width'])
    expect(rows).toEqual([[3, ['1', '5', '3', '1', '0']]])
  })
  it('a footer, held back until the file ends', () => {
    const text = 'a,b\n1,2\n3,4\nTotal,6\n\nSource: nobody\n'
    const { rows, skipped, log } = read(text, { footerRows: 2 })
    expect(rows.map(([line]) => line)).toEqual([2, 3])
    expect(skipped).toEqual([
      [4, 'Line 4 stands below the data'],
      [6, 'Line 6 stands below the data']
    ])
    expect(log.report().total).toBe(2)
    // where only the beginning of a file is seen, its last rows are rows like others; the one that may be cut is left
    expect(read('a,b\n1,2\n3,4\n5,', { footerRows: 1 }, false).rows.map(([line]) => line)).toEqual([2, 3])
  })
  it('a table of nothing but a footer has no rows', () => {
    expect(() => read('a,b\nTotal,6\n', { footerRows: 3 })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'NO_ROWS' }) })
    )
  })
})

it('says at which column a row is too long or too short', () => {
  const { log } = read('a,b,c\n1,2,3\n1,2\n1,2,3,4,5\n')
  expect(log.report().kept.map(({ code, line, column, field }) => [code, line, column, field])).toEqual([
    ['TOO_FEW_FIELDS', 3, 3, 'c'],
    ['TOO_MANY_FIELDS', 4, 4, undefined]
  ])
})

describe('joinHeaderRows', () => {
  it('fills merged cells to the right, in upper rows only', () => {
    expect(
      joinHeaderRows([
        ['2019', '', '2020', ''],
        ['m', 'f', 'm', '']
      ])
    ).toEqual(['2019 m', '2019 f', '2020 m', '2020'])
    expect(joinHeaderRows([['a', '', 'b']])).toEqual(['a', '', 'b'])
    expect(joinHeaderRows([['x'], ['a', 'b']])).toEqual(['x a', 'x b'])
  })
})

describe('a header that has more names than rows have fields', () => {
  it.each([
    ['the empty ones in it are left out', 'a,,b\n1,2\n3,4\n', ['a', 'b']],
    ['at its end too', 'a,b,\n1,2\n3,4\n', ['a', 'b']],
    ['not where others are too many', 'a,,b,c\n1,2\n3,4\n', ['a', 'column 2', 'b', 'c']],
    ['not where a row has as many', 'a,,b\n1,2\n3,4\n5,6,7\n', ['a', 'column 2', 'b']]
  ])('%s', (_, text, names) => {
    expect(read(text).names).toEqual(names)
  })
})
