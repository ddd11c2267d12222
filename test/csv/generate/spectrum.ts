import type { CorpusFile } from './pollute.ts'
import { encode } from './write.ts'

const file = (name: string, text: string, header: string[], rows: string[][]): CorpusFile => ({
  name: `csv-spectrum: ${name}`,
  bytes: encode(text, 'utf-8'),
  header,
  rows
})

/** The twelve cases of csv-spectrum (Max Ogden), written from what each is about. */
export const spectrum: CorpusFile[] = [
  file(
    'comma in quotes',
    'first,last,address,city,zip\nJane,Roe,"12 Elm St, Floor 3","Springfield, IL",08123',
    ['first', 'last', 'address', 'city', 'zip'],
    [['Jane', 'Roe', '12 Elm St, Floor 3', 'Springfield, IL', '08123']]
  ),
  file(
    'empty',
    'a,b,c\n1,"",""\n2,3,4',
    ['a', 'b', 'c'],
    [
      ['1', '', ''],
      ['2', '3', '4']
    ]
  ),
  file(
    'empty, CRLF',
    'a,b,c\r\n1,"",""\r\n2,3,4',
    ['a', 'b', 'c'],
    [
      ['1', '', ''],
      ['2', '3', '4']
    ]
  ),
  file(
    'escaped quotes',
    'a,b\n1,"ha ""ha"" ha"\n3,4',
    ['a', 'b'],
    [
      ['1', 'ha "ha" ha'],
      ['3', '4']
    ]
  ),
  file(
    'JSON',
    'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"',
    ['key', 'val'],
    [['1', '{"type": "Point", "coordinates": [102.0, 0.5]}']]
  ),
  file(
    'location coordinates',
    'id,location\n1,"(41.4, \n-87.6)"\n2,"(41.5, -87.7)"',
    ['id', 'location'],
    [
      ['1', '(41.4, \n-87.6)'],
      ['2', '(41.5, -87.7)']
    ]
  ),
  file(
    'newlines',
    'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9',
    ['a', 'b', 'c'],
    [
      ['1', '2', '3'],
      ['Once upon \na time', '5', '6'],
      ['7', '8', '9']
    ]
  ),
  file(
    'newlines, CRLF',
    'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9',
    ['a', 'b', 'c'],
    [
      ['1', '2', '3'],
      ['Once upon \r\na time', '5', '6'],
      ['7', '8', '9']
    ]
  ),
  file(
    'quotes and newlines',
    'a,b\n1,"ha \n""ha"" \nha"\n3,4',
    ['a', 'b'],
    [
      ['1', 'ha \n"ha" \nha'],
      ['3', '4']
    ]
  ),
  file('simple', 'a,b,c\n1,2,3', ['a', 'b', 'c'], [['1', '2', '3']]),
  file('simple, CRLF', 'a,b,c\r\n1,2,3', ['a', 'b', 'c'], [['1', '2', '3']]),
  file(
    'UTF-8',
    'a,b,c\n1,2,3\n4,5,ʤ',
    ['a', 'b', 'c'],
    [
      ['1', '2', '3'],
      ['4', '5', 'ʤ']
    ]
  )
]
