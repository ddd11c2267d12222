import type { Dialect, Encoding, Evidence } from '../contract/table.ts'
import { newDecoder, type Decoder } from './code-pages.ts'
import { countOf, writeCount } from './problems.ts'

/** Bytes looked at to tell text from something else. */
const HEAD_BYTES = 65_536

interface Guess<T> {
  value: T
  evidence: Evidence
}

/** First bytes of files that are often opened by mistake. `bare`: the mark is plain letters, so zeros must follow too. */
const magics: { mark: number[] | string; bare?: boolean; what: string }[] = [
  { mark: 'SQLite format 3\0', what: 'it is an SQLite database' },
  { mark: [0x89, 0x50, 0x4e, 0x47], what: 'it is a PNG picture' },
  { mark: [0xff, 0xd8, 0xff], what: 'it is a JPEG picture' },
  { mark: 'GIF8', bare: true, what: 'it is a GIF picture' },
  { mark: '%PDF-', what: 'it is a PDF document' },
  { mark: [0x1f, 0x8b], what: 'it is compressed with gzip' },
  { mark: [0x42, 0x5a, 0x68], bare: true, what: 'it is compressed with bzip2' },
  { mark: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'it is compressed with xz' },
  { mark: [0x28, 0xb5, 0x2f, 0xfd], what: 'it is compressed with Zstandard' },
  { mark: [0x37, 0x7a, 0xbc, 0xaf], what: 'it is a 7z archive' },
  { mark: [0xd0, 0xcf, 0x11, 0xe0], what: 'it is an Excel workbook or another Office document' },
  { mark: 'PAR1', bare: true, what: 'it is a Parquet file' },
  { mark: 'ARROW1', bare: true, what: 'it is an Arrow (Feather) file' },
  { mark: [0x89, 0x48, 0x44, 0x46], what: 'it is an HDF5 file' },
  { mark: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], what: 'it is a NumPy array' },
  { mark: [0x7f, 0x45, 0x4c, 0x46], what: 'it is a program' }
]

/** Why the bytes are no text table, or null where they may be one. A few stray NUL bytes in text are let through: they
 * are reported cell by cell. */
export function detectBinary(bytes: Uint8Array, encoding: Encoding): string | null {
  const head = bytes.subarray(0, HEAD_BYTES)
  if (startsWith(head, 'PK\u0003\u0004')) return nameOfZip(head)
  const { nul, control } = countControls(head)
  const known = magics.find(({ mark, bare }) => startsWith(head, mark) && (bare !== true || nul + control > 0))
  if (known) return known.what
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return null
  const looksBinary = nul > 0 && (nul > 0.1 * head.length || control > 0 || encoding !== 'utf-8')
  if (looksBinary) return `it holds binary data (${countOf(nul, 'zero byte')} near its start)`
  return control > 0.02 * head.length ? 'it holds binary data (control characters)' : null
}

/** What a text is that is no table, though it may have commas: null where it may be one. */
export function detectMarkup(text: string): string | null {
  const start = text.slice(0, 1000).trimStart()
  if (/^<(!doctype html|html)[\s>]/i.test(start)) return 'it is a web page (HTML)'
  if (/^<\?xml\s/i.test(start)) return 'it is an XML document'
  return /^(\[\s*)?\{\s*("|\})/.test(start) ? 'it is JSON' : null
}

function startsWith(bytes: Uint8Array, mark: number[] | string): boolean {
  const wanted = typeof mark === 'string' ? Array.from(mark, (letter) => letter.charCodeAt(0)) : mark
  return wanted.every((byte, i) => bytes[i] === byte)
}

function nameOfZip(head: Uint8Array): string {
  const names = new TextDecoder('windows-1252').decode(head)
  if (names.includes('xl/') || names.includes('[Content_Types].xml')) return 'it is an Excel workbook (.xlsx)'
  return names.includes('opendocument.spreadsheet') ? 'it is an OpenDocument spreadsheet' : 'it is a ZIP archive'
}

function countControls(bytes: Uint8Array): { nul: number; control: number } {
  let nul = 0
  let control = 0
  for (const byte of bytes) {
    if (byte === 0) nul++
    // tab, line feed, vertical tab, form feed, carriage return, the DOS end mark and escape do occur in text; 1 and 28 to 31
    // part fields, records and groups in some
    else if ((byte > 1 && byte < 9) || (byte > 13 && byte < 26)) control++
  }
  return { nul, control }
}

/** Bytes to text, piece by piece: a character cut by a piece is completed by the next; a byte order mark is dropped;
 * what is invalid becomes U+FFFD. */
export class TextStream {
  readonly #decoder: Decoder

  constructor(encoding: Encoding) {
    this.#decoder = newDecoder(encoding)
  }

  push(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true })
  }

  finish(): string {
    return this.#decoder.decode()
  }
}

/** How lines end. Line ends inside quoted fields do not count, unless quotes are so unbalanced that most would not. */
export function detectNewline(text: string, quote: Dialect['quote'] = '"'): Guess<Dialect['newline']> {
  const outside = countLineEnds(text, quote)
  const all = countLineEnds(text, '')
  const counts = outside.total * 2 >= all.total ? outside : all
  const found = (['\r\n', '\n', '\r'] as const).filter((end) => counts[end] > 0)
  const [only] = found
  if (only === undefined) return { value: '\n', evidence: { text: 'One line', certainty: 'none' } }
  if (found.length === 1) {
    return { value: only, evidence: { text: `All ${countOf(counts.total, 'line end')}`, certainty: 'sure' } }
  }
  const names = { '\r\n': 'CRLF', '\n': 'LF', '\r': 'CR' }
  const text_ = found.map((end) => `${writeCount(counts[end])} ${names[end]}`).join(', ')
  return { value: 'mixed', evidence: { text: text_, certainty: 'unsure' } }
}

function countLineEnds(text: string, quote: string): Record<'\r\n' | '\n' | '\r' | 'total', number> {
  const counts = { '\r\n': 0, '\n': 0, '\r': 0, total: 0 }
  const pattern = quote === '' ? /\r\n|\n|\r/g : new RegExp(`\\r\\n|\\n|\\r|${quote}`, 'g')
  let inside = false
  for (const [found] of text.matchAll(pattern)) {
    if (found === quote) inside = !inside
    else if (!inside) {
      counts[found as '\r\n' | '\n' | '\r']++
      counts.total++
    }
  }
  return counts
}
