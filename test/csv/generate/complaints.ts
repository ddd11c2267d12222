import { Random } from './random.ts'
import type { CorpusFile } from './pollute.ts'
import { encode, joinLines } from './write.ts'

const numbers = (n: number, delimiter = ';'): string[] =>
  Array.from({ length: n }, (_, i) => [`x${i % 7}`, `${i},5`, String(2 * i)].join(delimiter))
const cellsOf = (lines: readonly string[], delimiter = ';'): string[][] => lines.map((line) => line.split(delimiter))

/** What people have complained of, one file each. The large ones are made on demand.
 * @param large characters of the large cell and lines of the large file */
export function complaints(large: { cell: number; lines: number }): CorpusFile[] {
  const lines = numbers(30)
  const points = lines.map((line) => line.replaceAll(';', ',').replace(/,(\d+),5,/, ',$1.5,'))
  const long = 'word '.repeat(large.cell / 5)
  const many = Array.from({ length: large.lines }, (_, i) => `${i},name ${i % 10},${i}.5`)
  const strayAt = new Random(5).integer(100, large.lines - 100)
  const stray = many.map((line, i) => (i === strayAt ? line.replace(',name', ',"name') : line))
  return [
    {
      name: 'Latin 1, semicolon, decimal comma, footer',
      bytes: encode(joinLines(['Größe;Wert;n', ...lines, '', 'Quelle: Müller & Söhne'], '\r\n'), 'windows-1252'),
      header: ['Größe', 'Wert', 'n'],
      rows: cellsOf(lines),
      dialect: { encoding: 'windows-1252', delimiter: ';', decimal: ',', footerRows: 1 }
    },
    {
      name: 'CR alone',
      bytes: encode(joinLines(['a,b,c', ...points], '\r'), 'utf-8'),
      header: ['a', 'b', 'c'],
      rows: cellsOf(points, ','),
      dialect: { newline: '\r' }
    },
    {
      name: 'semicolon with decimal comma',
      bytes: encode(joinLines(['a;b;c', ...lines], '\n'), 'utf-8'),
      header: ['a', 'b', 'c'],
      rows: cellsOf(lines),
      dialect: { delimiter: ';', decimal: ',' }
    },
    {
      name: 'a stray quote in a big file',
      bytes: encode(joinLines(['id,name,v', ...stray], '\n'), 'utf-8'),
      header: ['id', 'name', 'v'],
      rows: cellsOf(stray, ','),
      problems: [['UNCLOSED_QUOTE', strayAt + 2, 2]]
    },
    {
      name: 'names that are dangerous, double, empty',
      bytes: encode('__proto__,constructor,x,x,\n1,2,3,4,5\n6,7,8,9,0\n', 'utf-8'),
      header: ['__proto__', 'constructor', 'x', 'x', ''],
      rows: [
        ['1', '2', '3', '4', '5'],
        ['6', '7', '8', '9', '0']
      ],
      problems: [
        ['DUPLICATE_NAME', 1, 4],
        ['EMPTY_NAME', 1, 5]
      ]
    },
    {
      name: 'a cell of many megabytes',
      bytes: encode(`a,b\n1,"${long}"\n2,x\n`, 'utf-8'),
      header: ['a', 'b'],
      rows: [
        ['1', long],
        ['2', 'x']
      ]
    },
    {
      name: 'zero bytes',
      bytes: encode(joinLines(['name,b', 'x\0y,1', 'z,2', 'w,3', 'v,4'], '\n'), 'utf-8'),
      header: ['name', 'b'],
      rows: [
        ['xy', '1'],
        ['z', '2'],
        ['w', '3'],
        ['v', '4']
      ],
      problems: [['NUL_BYTE', 2, 1]]
    },
    {
      name: 'the ratings of MovieLens',
      bytes: encode(
        joinLines(
          Array.from({ length: 40 }, (_, i) => `${i % 5}::${i}::${1 + (i % 5)}::${978300760 + i}`),
          '\n'
        ),
        'utf-8'
      ),
      header: null,
      rows: Array.from({ length: 40 }, (_, i) => [
        String(i % 5),
        String(i),
        String(1 + (i % 5)),
        String(978300760 + i)
      ]),
      dialect: { delimiter: '::', headerRow: null }
    },
    {
      name: 'columns filled up with blanks',
      bytes: encode('  x      y name\n  1  2.500 a\n 10 -3.000 b\n100  7.125 c\n', 'utf-8'),
      header: ['x', 'y', 'name'],
      rows: [
        ['1', '2.500', 'a'],
        ['10', '-3.000', 'b'],
        ['100', '7.125', 'c']
      ],
      dialect: { delimiter: ' ', repeated: true }
    },
    {
      name: 'one cell',
      bytes: encode('42', 'utf-8'),
      header: null,
      rows: [['42']]
    }
  ]
}
