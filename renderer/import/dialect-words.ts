import type { Dialect, DialectOverrides, Encoding } from '../../core/contract/table.ts'

const delimiters: Record<string, string> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
  ' ': 'Space',
  ':': 'Colon',
  '::': 'Two colons'
}

/** A delimiter in words; a rare one as itself. */
export function delimiterName(delimiter: string): string {
  return delimiters[delimiter] ?? `“${delimiter}”`
}

export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little endian',
  'utf-16be': 'UTF-16, big endian',
  'windows-1252': 'Windows 1252 (Latin 1)',
  'iso-8859-2': 'ISO 8859-2 (Central European)',
  'iso-8859-5': 'ISO 8859-5 (Cyrillic)',
  'iso-8859-7': 'ISO 8859-7 (Greek)',
  'iso-8859-15': 'ISO 8859-15 (Latin 9)',
  'windows-1250': 'Windows 1250 (Central European)',
  'windows-1251': 'Windows 1251 (Cyrillic)',
  'windows-1253': 'Windows 1253 (Greek)',
  'windows-1254': 'Windows 1254 (Turkish)',
  'windows-1255': 'Windows 1255 (Hebrew)',
  'windows-1256': 'Windows 1256 (Arabic)',
  'koi8-r': 'KOI8-R (Cyrillic)',
  ibm437: 'DOS 437 (US)',
  ibm850: 'DOS 850 (Western European)',
  ibm852: 'DOS 852 (Central European)',
  ibm866: 'DOS 866 (Cyrillic)',
  macintosh: 'Mac Roman',
  shift_jis: 'Shift JIS (Japanese)',
  'euc-jp': 'EUC-JP (Japanese)',
  'iso-2022-jp': 'ISO 2022-JP (Japanese)',
  gb18030: 'GB 18030 (Chinese)',
  big5: 'Big5 (Chinese)',
  'euc-kr': 'EUC-KR (Korean)'
}

const newlineNames: Record<Dialect['newline'], string> = {
  '\n': 'LF',
  '\r\n': 'CRLF',
  '\r': 'CR',
  mixed: 'Mixed'
}

/** Lines offered as the header; a header further down is one by itself. */
const HEADER_LINES = 10
/** Rows of names, and lines below the table, that are offered; a larger number is one by itself. */
const NAME_ROWS = 4
const FOOTER_LINES = 6
/** In a choice: a header nobody wrote, an order nobody told, a delimiter that is typed. */
export const NONE = 'none'
export const OTHER = 'other'
const BY_COLUMN = 'by column'

const areOrdersApart = ({ dateOrders }: Dialect): boolean => Object.keys(dateOrders).length > 0

interface Option {
  value: string
  label: string
}

export type DialectPart = Exclude<
  keyof Dialect,
  'missingTokens' | 'signs' | 'firstDataRow' | 'lastDataRow' | 'repeated' | 'comment' | 'dateOrders'
>

/** The numbers 1 to n as choices, and the one that holds. */
function upTo(n: number, chosen: number): number[] {
  return [...new Set([...Array.from({ length: n }, (_, i) => i + 1), ...(chosen > n ? [chosen] : [])])]
}

/** What can be chosen for each part of a dialect; what was understood is always among it. */
export function dialectOptions(dialect: Dialect): Record<DialectPart, Option[]> {
  const known = Object.keys(delimiters)
  const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`)
  return {
    delimiter: [...new Set([...known, dialect.delimiter])].map((value) => ({
      value,
      label: known.includes(value) && value.trim() !== '' ? `${delimiterName(value)}  ${value}` : delimiterName(value)
    })),
    decimal: [
      { value: '.', label: 'Point  39.1' },
      { value: ',', label: 'Comma  39,1' }
    ],
    thousands: [
      { value: '', label: 'None  1234' },
      { value: ',', label: 'Comma  1,234' },
      { value: '.', label: 'Point  1.234' },
      { value: ' ', label: 'Space  1 234' },
      { value: "'", label: "Apostrophe  1'234" }
    ],
    headerRow: [
      { value: NONE, label: 'None: line 1 is data' },
      ...upTo(HEADER_LINES, dialect.headerRow ?? 1).map((line) => ({ value: String(line), label: `Line ${line}` }))
    ],
    headerRows: upTo(NAME_ROWS, dialect.headerRows).map((count) => ({
      value: String(count),
      label: count === 1 ? '1 row' : `${count} rows`
    })),
    footerRows: [
      { value: '0', label: 'None' },
      ...upTo(FOOTER_LINES, dialect.footerRows).map((count) => ({ value: String(count), label: lines(count) }))
    ],
    encoding: Object.entries(encodingNames).map(([value, label]) => ({ value, label })),
    quote: [
      { value: '"', label: 'Double quote  "' },
      { value: "'", label: "Single quote  '" },
      { value: '', label: 'None' }
    ],
    escape: [
      { value: '', label: 'Doubled  ""' },
      { value: '\\', label: 'Behind a backslash  \\"' }
    ],
    dateOrder: [
      ...(areOrdersApart(dialect) ? [{ value: BY_COLUMN, label: 'As found, column by column' }] : []),
      { value: NONE, label: 'Not known: kept as text' },
      { value: 'dmy', label: 'Day first  31/12/2024' },
      { value: 'mdy', label: 'Month first  12/31/2024' }
    ],
    guard: [
      { value: 'lift', label: "Taken off  '=1+1 is =1+1" },
      { value: 'keep', label: 'Part of the text' }
    ],
    newline: Object.entries(newlineNames).map(([value, label]) => ({ value, label }))
  }
}

const counted: readonly DialectPart[] = ['headerRow', 'headerRows', 'footerRows']

/** A part of a dialect as the value of its choice, and back. */
export function wordOf(dialect: Dialect, part: DialectPart): string {
  if (part === 'dateOrder' && areOrdersApart(dialect)) return BY_COLUMN
  return String(dialect[part] ?? NONE)
}

export function readWord(part: DialectPart, word: string): DialectOverrides {
  if (word === NONE) return { [part]: null }
  if (word === BY_COLUMN) return { dateOrder: undefined, dateOrders: undefined }
  return { [part]: counted.includes(part) ? Number(word) : word }
}

/** A delimiter as it is typed: a tab cannot be, and is written \\t. */
export function readDelimiter(text: string): string {
  return text === '\\t' ? '\t' : text
}

/** The number of a line as it is typed; null where none is. */
export function readLine(text: string): number | null {
  const line = Number(text)
  return Number.isInteger(line) && line > 0 ? line : null
}

/** Signs at numbers as a person types them. */
export function readSigns(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((sign) => sign !== ''))]
}

/** Missing-cell words as a person types them, and back. The empty cell is always missing and is not listed. */
export function missingWords(tokens: readonly string[]): string {
  return tokens.filter((token) => token !== '').join(', ')
}

export function readMissingWords(text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  return ['', ...new Set(words)]
}
