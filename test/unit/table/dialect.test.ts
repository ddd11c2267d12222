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
    // delimiters inside quoted fields do not count
    [',', lines('a,b', '"x;y;z",1', '"u;v;w",2')],
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
    expect(detect(lines('a,b', '"39,1",2', '"18,7",3')).dialect.decimal).toBe('.')
  })
  it('is unsure where both occur', () => {
    const { dialect, evidence } = detect(lines('a;b', '39,1;2,5', '18,7;3.5'))
    expect(dialect.decimal).toBe(',')
    expect(evidence['decimal']).toEqual({ text: '3 cells with a comma, 1 with a point', certainty: 'unsure' })
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
  it('are those of the person', () => {
    expect(detect(lines('a,b', '1,-999'), { missingTokens: ['-999'] }).evidence['missingTokens']!.text).toBe(
      'None empty, 1 -999'
    )
  })
})

it('has evidence for every part of the dialect a person can see', () => {
  const { evidence } = detect(lines('a,b', '1,2'))
  expect(Object.keys(evidence).sort()).toEqual([
    'decimal',
    'delimiter',
    'encoding',
    'headerRow',
    'missingTokens',
    'newline',
    'quote'
  ])
})

it('reads its own errors from the catalogue', () => {
  try {
    detect('a', { delimiter: '"' })
  } catch (thrown) {
    expect(toErrorData(thrown).message).toContain('Delimiter')
  }
})
