import { describe, expect, it } from 'vitest'
import { toErrorData } from '../../../core/contract/errors.ts'
import { detectDialect } from '../../../core/table/dialect.ts'

const lines = (...rows: string[]): string => rows.join('\n') + '\n'
const detect = (text: string, overrides = {}) => detectDialect(text, overrides)

describe('delimiter', () => {
  it.each([
    [',', lines('a,b,c', '1,2,3', '4,5,6')],
    [';', lines('a;b;c', '1,5;2,5;3,5', '4,5;5,5;6,5')],
    [';', lines('1,5;2,5;3,5', '4,5;5,5;6,5')],
    ['\t', lines('name\tnote', 'x\tone, two', 'y\tthree')],
    ['|', lines('1|Toy Story (1995)|Animation, Comedy', '2|Heat (1995)|Crime')],
    [' ', lines('a b c', '1 2 3', '4 5 6')],
    [':', lines('root:x:0', 'daemon:x:1', 'bin:x:2')],
    // times and sentences are not split
    [',', lines('time', '12:30:00', '12:31:00')],
    [',', lines('when', '2024-01-01 10:00', '2024-01-02 11:00')],
    [',', lines('remark', 'all is well here', 'nothing to see', 'rain')],
    [';', lines('remark', 'all is well here', 'nothing to see, rain', 'rain', 'sun, later, clouds')],
    // delimiters inside quoted fields do not count
    [',', lines('a,b', '"x;y;z",1', '"u;v;w",2')],
    ['::', lines('1::1193::5::978300760', '1::661::3::978302109', '2::914::3::978301968')],
    ['::', lines("1::Toy Story (1995)::Animation|Children's", '2::Heat: a film (1995)::Action|Crime|Thriller')],
    ['||', lines('a||b||c', '1||2||3', '4||||6')],
    ['\t\t', lines('a\t\tb', '1\t\t2', '3\t\t4')],
    ['\\t', lines('a\\tb', '1\\t2', '3\\t4')],
    ['~', lines('a~b~c', '1~2~3', '4~5~6')],
    ['\u0001', lines('a\u0001b', '1\u0001x', '3\u0001y')],
    ['§', lines('a§b', 'x§1', 'y§2')],
    // a blank behind every comma belongs to none of the words; among numbers it means nothing
    [', ', lines('age, work, pay', '39, State-gov, 77516', '50, "Self, emp", 83311', '38, Private, 215646')],
    [' | ', lines('a | b | c', '1 | 2 | x', '3 | 4 | y')],
    // one column of decimals, not two of integers
    [';', lines('x', '1,5', '2,5', '3')],
    [',', lines('a, b', '1, 2', '3, 4', '5, 6')],
    [',', lines('a,b', 'x, y', 'z,w', 'u, v')],
    // one odd line among many
    [';', lines('a;b', ...Array.from({ length: 9 }, (_, i) => `${i};x`), 'a, b, c')]
  ])('%j', (delimiter, text) => {
    expect(detect(text).dialect.delimiter).toBe(delimiter)
  })
  it('says on how many lines it holds', () => {
    const text = lines('a;b', ...Array.from({ length: 19 }, () => '1;2'), '1;2;3')
    expect(detect(text).evidence['delimiter']).toEqual({ text: '2 fields on 20 of 21 lines', certainty: 'sure' })
    expect(detect(lines('a', 'b')).evidence['delimiter']).toEqual({
      text: '1 field on all 2 lines',
      certainty: 'unsure'
    })
    expect(detectDialect('a,b\n1,2\n3,', {}, false).evidence['delimiter']!.text).toBe(
      '2 fields on all of the first 2 lines'
    )
  })
  it('obeys the line Excel puts first', () => {
    const { dialect } = detect('sep=;\na;b\n1;2\n')
    expect(dialect).toMatchObject({ delimiter: ';', headerRow: 2, firstDataRow: 3 })
  })
  it.each(['"', '\n', '\r'])('cannot be %j', (delimiter) => {
    expect(() => detect('a,b\n', { delimiter })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'INVALID_PARAMETER' }) })
    )
  })
})

describe('quote and decimal sign', () => {
  it('is a single quote only where fields are wrapped in it', () => {
    expect(detect(lines("'a','b'", "'x, y',1", "'z',2")).dialect.quote).toBe("'")
    expect(detect(lines('a,b', "it's,1", "that's,2")).dialect.quote).toBe('"')
    expect(detect(lines('"a","b"', '"x",1')).evidence['quote']).toEqual({ text: '3 quoted fields', certainty: 'sure' })
    expect(detect(lines('a,b', '1,2')).evidence['quote']).toEqual({
      text: 'No quoted field in the file',
      certainty: 'none'
    })
  })
  it('is a comma where cells have commas and the delimiter is none', () => {
    const { dialect, evidence } = detect(lines('a;b', '39,1;2', '18,7;3'))
    expect(dialect.decimal).toBe(',')
    expect(evidence['decimal']).toEqual({ text: '2 cells with a comma, none with a point', certainty: 'sure' })
    expect(detect(lines('a,b', '"39,1",2', '"18,7",3')).dialect.decimal).toBe(',')
  })
  it('is unsure where both occur', () => {
    const { dialect, evidence } = detect(lines('a;b', '39,1;2,5', '18,7;3.5'))
    expect(dialect.decimal).toBe(',')
    expect(evidence['decimal']).toEqual({ text: '3 cells with a comma, 1 with a point', certainty: 'unsure' })
  })
})

describe('runs of blanks', () => {
  it.each([
    [lines('  x    y', '  1  2.5', ' 10   -3'), { delimiter: ' ', repeated: true }],
    [lines('18.0   8   307.0\t"chevy malibu"', '15.0   8   350.0\t"buick"'), { delimiter: ' ', repeated: true }],
    [lines('a b', '1 2', '3 4'), { delimiter: ' ', repeated: false }],
    [lines('a;b', '1;2'), { delimiter: ';', repeated: false }]
  ])('%j', (text, parts) => {
    expect(detect(text).dialect).toMatchObject(parts)
  })
  it('are told also where a person said that blanks delimit', () => {
    expect(detect(lines('x    y', '1  2.5'), { delimiter: ' ' }).dialect.repeated).toBe(true)
    expect(detect(lines('x    y', '1  2.5'), { delimiter: ' ', repeated: false }).dialect.repeated).toBe(false)
  })
})

describe('escape', () => {
  it.each([
    [lines('a,b', String.raw`"say \"hi\", you",1`, '"x",2', '"y",3'), '\\'],
    [lines('a,b', String.raw`"C:\dir\",1`, String.raw`"D:\",2`, '"y",3'), ''],
    [lines('a,b', '"say ""hi"" to",1', '"x",2'), '']
  ])('%s', (text, escape) => {
    expect(detect(text).dialect.escape).toBe(escape)
  })
})

describe('comments', () => {
  it.each([
    [lines('# made by hand, in haste, in May', 'a,b', '1,2', '3,4', '# end'), '#'],
    [lines('% one', '% two', 'a;b', '1;2', '3;4'), '%'],
    [lines('#id,name', '1,x', '2,y'), ''],
    [lines('colour,n', '#ff0000,1', '#00ff00,2', 'red,3'), ''],
    [lines('a,b', '1,2'), '']
  ])('%j', (text, comment) => {
    expect(detect(text).dialect.comment).toBe(comment)
  })
  it('do not shift the header', () => {
    const { dialect } = detect(lines('# a title', '#', 'a,b', '1,2', '3,4'))
    expect(dialect).toMatchObject({ comment: '#', headerRow: 3, firstDataRow: 4 })
  })
})

describe('digits in groups', () => {
  const formOf = (text: string) => {
    const { dialect, evidence } = detect(text)
    return [dialect.decimal, dialect.thousands, evidence['thousands']!.certainty]
  }
  it.each([
    [lines('a,b', '"1,234.5",x', '"12,345.0",y'), ['.', ',', 'sure']],
    [lines('a;b', '1.234,5;x', '12.345,0;y'), [',', '.', 'sure']],
    [lines('a;b', '1 234,5;x', '12 345,0;y'), [',', ' ', 'sure']],
    [lines('a;b', '1\u202f234;x', '12\u202f345;y'), ['.', ' ', 'sure']],
    [lines('a;b', "1'234.50;x", "12'345.00;y"), ['.', "'", 'sure']],
    [lines('a;b', "x;1'520'968", "y;1'034'977"), ['.', "'", 'sure']],
    [lines('a;b', '1,234,567;x', '345;y'), ['.', ',', 'sure']],
    // nobody can tell, and that is said
    [lines('a,b', '"1,234",x', '"2,345",y'), ['.', ',', 'unsure']],
    [lines('a;b', '1,234;x', '2,345;y'), [',', '', 'unsure']],
    [lines('a;b', '1.234;x', '2.345;y'), ['.', '', 'unsure']],
    // one cell tells
    [lines('a;b', '1,234;x', '0,345;y'), [',', '', 'none']],
    [lines('a,b', '1.234,x', '2.345,y'), ['.', '', 'none']],
    // telephone numbers, addresses
    [lines('a;b', '123 456 789;x', '223 456 789;y'), ['.', '', 'none']],
    [lines('a;b', '192.168.100.100;x', '10.0.0.1;y'), ['.', '', 'none']]
  ])('%j', (text, form) => {
    expect(formOf(text)).toEqual(form)
  })
  it('keep what a person decided', () => {
    expect(detect(lines('a;b', '1,234;x'), { decimal: '.' }).dialect).toMatchObject({ decimal: '.', thousands: ',' })
    expect(detect(lines('a;b', '1,234;x'), { thousands: '' }).dialect).toMatchObject({ decimal: ',', thousands: '' })
  })
})

describe('order of day and month', () => {
  it.each([
    [['13/4/2024', '1/2/2024'], 'dmy', 'sure'],
    [['4/13/2024', '1/2/2024'], 'mdy', 'sure'],
    [['3/4/2024', '1/2/2024'], null, 'unsure'],
    [['2024-01-02', '5.6.2024'], null, 'none'],
    [['x', 'y'], null, 'none']
  ] as const)('%j', (dates, order, certainty) => {
    const { dialect, evidence } = detect(lines('day,n', ...dates.map((date) => `${date},1`)))
    expect([dialect.dateOrder, evidence['dateOrder']!.certainty]).toEqual([order, certainty])
  })
  it('says which date cannot be told', () => {
    const { evidence } = detect(lines('day,n', '3/4/2024,1'))
    expect(evidence['dateOrder']!.text).toBe('3/4/2024: day or month first cannot be told')
  })
})

describe('footer', () => {
  const footerOf = (text: string): number => detect(text).dialect.footerRows
  const rows = Array.from({ length: 12 }, (_, i) => `item ${i};${i};${2 * i}`)
  it.each([
    ['none', lines('name;n;m', ...rows), 0],
    ['a total', lines('name;n;m', ...rows, 'Total;66;132'), 1],
    ['a total and a source', lines('name;n;m', ...rows, 'Summe;66;132', '', 'Quelle: niemand'), 2],
    ['a remark filled up with delimiters', lines('name;n;m', ...rows, 'Source: x;;'), 1],
    ['nothing but delimiters', lines('name;n;m', ...rows, ';;', ';;'), 2],
    ['words after a blank line', lines('name;n;m', ...rows, '', 'as of May'), 1],
    ['a short row of data', lines('name;n;m', ...rows, 'item 12;5'), 0],
    ['totals between the data', lines('name;n;m', 'Total;1;2', ...rows, 'Total;66;132'), 0],
    ['one column', lines('name', 'x', 'y', 'Total'), 0]
  ])('%s', (_, text, n) => {
    expect(footerOf(text)).toBe(n)
  })
  it('is looked for at the end of a file of which only the beginning is read', () => {
    const head = lines('name;n;m', ...rows)
    const tail = lines(...rows, 'Total;66;132')
    expect(detectDialect(head, {}, false, tail).dialect.footerRows).toBe(1)
    expect(detectDialect(head, {}, false, lines(...rows)).dialect.footerRows).toBe(0)
    expect(detectDialect(head, {}, false, 'in a "quoted\nfield').dialect.footerRows).toBe(0)
  })
})

describe('header', () => {
  const headerOf = (text: string, overrides = {}) => {
    const { dialect, evidence } = detect(text, overrides)
    return [dialect.headerRow, dialect.firstDataRow, evidence['headerRow']!.certainty]
  }
  it.each([
    ['names over numbers', lines('a,b', '1,2', '3,4'), [1, 2, 'sure']],
    ['numbers over numbers', lines('1,2', '3,4', '5,6'), [null, 1, 'sure']],
    [
      'counts and class names',
      lines('150,4,setosa,versicolor,virginica', '5.1,3.5,1.4,0.2,0', '4.9,3.0,1.4,0.2,0'),
      [null, 2, 'unsure']
    ],
    ['counts on a shorter line', lines('569,30,malignant', '1.5,2.5,3.5,4.5', '1.5,2.5,3.5,4.5'), [null, 2, 'unsure']],
    ['words over words', lines('name,city', 'Ann,Rome', 'Bo,Oslo'), [1, 2, 'unsure']],
    ['words that come again', lines('x,red', 'y,red', 'z,red'), [null, 1, 'unsure']],
    ['mixed data', lines('1|24|M', '2|53|F', '3|23|M'), [null, 1, 'sure']],
    ['years', lines('country,1990,1991,1992', 'France,56.7,57.1,57.5', 'Spain,39.0,39.2,39.4'), [1, 2, 'unsure']],
    ['a count over the columns', lines(',0,1,2,3', 'x,5,9,1,2', 'y,3,8,4,4'), [1, 2, 'unsure']],
    ['three by three', lines('x,1,2,3', 'y,4,5,6', 'z,7,8,9'), [null, 1, 'sure']],
    ['a title above', lines('Penguins of 2007', '', 'a,b,c', '1,2,3', '4,5,6'), [3, 4, 'unsure']],
    ['no name over the row names', lines('cyl mpg', 'Mazda 6 21', 'Fiat 4 32'), [1, 2, 'sure']],
    ['a name over two lines', lines('a,"b', 'in mm"', '1,2', '3,4'), [1, 3, 'sure']],
    ['dates below', lines('day,city', '2024-01-01,Rome', '2024-01-02,Rome'), [1, 2, 'sure']],
    ['one name is a number', lines('name,age,2,height', 'Ann,3,4,5.5', 'Bo,6,7,8.5'), [1, 2, 'unsure']]
  ])('%s', (_, text, wanted) => {
    expect(headerOf(text)).toEqual(wanted)
  })
  it.each([
    [
      'merged cells above',
      lines(',Sepal,,Petal,', 'id,length,width,length,width', '1,5,3,1,0', '2,4,3,1,0'),
      [1, 2, 3]
    ],
    ['years above', lines(',2019,2019,2020,2020', 'name,m,f,m,f', 'Ann,1,2,3,4', 'Bo,2,3,4,5'), [1, 2, 3]],
    ['units below', lines('name,height,mass', ',cm,kg', 'Ann,170,60', 'Bo,180,70'), [1, 2, 3]],
    ['a slip below', lines('name,height,mass', 'Ann,unknown,60', 'Bo,180,70', 'Cy,170,60'), [1, 1, 2]],
    ['words below that come again', lines('a,b', 'x,low', '1,low', '2,3', '4,5'), [1, 1, 2]],
    ['a title filled up with delimiters', lines('Sales 2024,,,', ',,,', 'a,b,c,d', '1,2,3,4', '5,6,7,8'), [3, 1, 4]],
    ['two title cells', lines('Author,Ann,,,,', 'a,b,c,d,e,f', '1,2,3,4,5,6', '5,6,7,8,9,1'), [2, 1, 3]]
  ])('several rows: %s', (_, text, wanted) => {
    const { headerRow, headerRows, firstDataRow } = detect(text).dialect
    expect([headerRow, headerRows, firstDataRow]).toEqual(wanted)
  })
  it('has as many rows as the person says', () => {
    expect(detect(lines('a,b', 'c,d', '1,2', '3,4'), { headerRows: 1 }).dialect.firstDataRow).toBe(2)
    expect(detect(lines('a,b', '', 'c,d', '1,2'), { headerRows: 2 }).dialect.firstDataRow).toBe(4)
    expect(detect(lines('x', 'a,b', 'c,d', '1,2'), { headerRow: 2, headerRows: 2 }).dialect).toMatchObject({
      headerRow: 2,
      headerRows: 2,
      firstDataRow: 4
    })
  })
  it('is counted in words', () => {
    expect(detect(lines('a,b', '1,2')).evidence['headerRow']!.text).toBe('2 distinct names, no number among them')
    expect(detect(lines('a,a', '1,2')).evidence['headerRow']!.text).toBe('2 names, no number among them')
  })
  it('obeys the person', () => {
    const text = lines('a,b', '1,2', '3,4')
    expect(headerOf(text, { headerRow: null }).slice(0, 2)).toEqual([null, 1])
    expect(headerOf(text, { headerRow: 2 }).slice(0, 2)).toEqual([2, 3])
    expect(headerOf(text, { firstDataRow: 3 }).slice(0, 2)).toEqual([1, 3])
    expect(headerOf(text, { headerRow: null, firstDataRow: 2 }).slice(0, 2)).toEqual([null, 2])
  })
})

describe('missing tokens', () => {
  it('counts the empty cells and the words', () => {
    expect(detect(lines('a,b', '1,', 'NA,2', ',?')).evidence['missingTokens']!.text).toBe('2 empty, 1 NA, 1 ?')
    expect(detect(lines('a,b', '1,2')).evidence['missingTokens']!.text).toBe('No missing cell')
  })
  it('a minus is none where plus signs stand beside it', () => {
    expect(detect(lines('strand,n', '+,1', '-,2')).dialect.missingTokens).not.toContain('-')
    expect(detect(lines('x,n', '5,1', '-,2')).dialect.missingTokens).toContain('-')
  })
  it('are those of the person', () => {
    expect(detect(lines('a,b', '1,-999'), { missingTokens: ['-999'] }).evidence['missingTokens']!.text).toBe(
      'None empty, 1 -999'
    )
  })
})

it('has evidence for every part of the dialect a person can see', () => {
  const { evidence, dialect } = detect(lines('a,b', '1,2'))
  // runs are a matter of the delimiter, rows of names one of the header, as is where the data begins
  const within = ['repeated', 'headerRows', 'firstDataRow', 'dateOrders']
  const parts = Object.keys(dialect).filter((part) => !within.includes(part))
  expect(Object.keys(evidence).sort()).toEqual(parts.sort())
})

it('reads its own errors from the catalogue', () => {
  try {
    detect('a', { delimiter: '"' })
  } catch (thrown) {
    expect(toErrorData(thrown).message).toContain('Delimiter')
  }
})
