import type { Dialect, Encoding } from '../../core/contract/table.ts'

const delimiters: Record<string, string> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
  ' ': 'Space',
  ':': 'Colon'
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
/** In a choice, a header nobody wrote. */
export const NO_HEADER = 'none'

interface Option {
  value: string
  label: string
}

/** What can be chosen for each part of a dialect; what was understood is always among it. */
export function dialectOptions(
  dialect: Dialect
): Record<'delimiter' | 'decimal' | 'header' | 'encoding' | 'quote' | 'newline', Option[]> {
  const known = Object.keys(delimiters)
  const header = dialect.headerRow ?? 1
  const lines = Array.from({ length: Math.max(HEADER_LINES, header) }, (_, i) => i + 1).filter(
    (line) => line <= HEADER_LINES || line === header
  )
  return {
    delimiter: [...new Set([...known, dialect.delimiter])].map((value) => ({
      value,
      label: known.includes(value) && value.trim() !== '' ? `${delimiterName(value)}  ${value}` : delimiterName(value)
    })),
    decimal: [
      { value: '.', label: 'Point  39.1' },
      { value: ',', label: 'Comma  39,1' }
    ],
    header: [
      { value: NO_HEADER, label: 'None: the first line is data' },
      ...lines.map((line) => ({ value: String(line), label: `Line ${line}` }))
    ],
    encoding: Object.entries(encodingNames).map(([value, label]) => ({ value, label })),
    quote: [
      { value: '"', label: 'Double quote  "' },
      { value: "'", label: "Single quote  '" },
      { value: '', label: 'None' }
    ],
    newline: Object.entries(newlineNames).map(([value, label]) => ({ value, label }))
  }
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
