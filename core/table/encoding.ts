import type { Encoding, Evidence } from '../contract/table.ts'
import { encodingOfLetters } from './letters.ts'
import { countOf, writeCount } from './problems.ts'

/** Bytes looked at for zeros. */
const HEAD_BYTES = 65_536
/** Bytes of lines that are not plain ASCII handed to the statistics of letters: they tell the same from more. */
const LETTERS_BYTES = 32_768

interface Guess<T> {
  value: T
  evidence: Evidence
}

/** The encoding of a file from its leading bytes: a byte order mark decides; then the zeros of UTF-16; then valid UTF-8;
 * then its letters, where they speak clearly for another than Latin 1; else windows-1252, in which every byte means something.
 * @param complete whether the bytes are the whole file: the last character of a part may be cut */
export function detectEncoding(bytes: Uint8Array, complete: boolean): Guess<Encoding> {
  const marked = encodingOfMark(bytes)
  if (marked) return { value: marked, evidence: { text: 'Byte order mark at the start', certainty: 'sure' } }
  const wide = encodingOfZeros(bytes)
  if (wide) return { value: wide, evidence: { text: 'Every second byte is zero', certainty: 'unsure' } }
  if (hasJapaneseEscape(bytes)) {
    return { value: 'iso-2022-jp', evidence: { text: 'Japanese escape sequences', certainty: 'sure' } }
  }
  if (isValidUtf8(bytes, complete)) {
    return { value: 'utf-8', evidence: { text: `${countOf(bytes.length, 'byte')}, none invalid`, certainty: 'sure' } }
  }
  const where = `Line ${writeCount(firstInvalidLine(bytes))} is not UTF-8`
  const lines = linesBeyondAscii(bytes)
  if (looksLikeOldMac(bytes, lines)) {
    return { value: 'macintosh', evidence: { text: `${where}; lines end as on an old Mac`, certainty: 'unsure' } }
  }
  const letters = encodingOfLetters(lines)
  const text = letters.confidence === null ? where : `${where}; its letters fit to ${letters.confidence} %`
  return { value: letters.value, evidence: { text, certainty: 'unsure' } }
}

function encodingOfMark(bytes: Uint8Array): Encoding | null {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return a === 0xfe && b === 0xff ? 'utf-16be' : null
}

/** Latin text in UTF-16 has a zero in nearly every second byte and nearly none between. */
function encodingOfZeros(bytes: Uint8Array): Encoding | null {
  const head = bytes.subarray(0, HEAD_BYTES)
  const pairs = head.length >> 1
  if (pairs < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < 2 * pairs; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  if (odd > 0.7 * pairs && even < 0.05 * pairs) return 'utf-16le'
  return even > 0.7 * pairs && odd < 0.05 * pairs ? 'utf-16be' : null
}

/** ISO 2022-JP is all ASCII: only its escapes (ESC $ B, ESC $ @) tell it. */
function hasJapaneseEscape(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(27); at !== -1; at = bytes.indexOf(27, at + 1)) {
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return true
  }
  return false
}

function isValidUtf8(bytes: Uint8Array, complete: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete })
    return true
  } catch {
    return false
  }
}

function firstInvalidLine(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  const before = text.slice(0, Math.max(0, text.indexOf('\uFFFD')))
  return before.split(/\r\n|\r|\n/).length
}

/** The lines that have a byte beyond ASCII, one after the other. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let size = 0
  for (let start = 0; start < bytes.length && size < LETTERS_BYTES;) {
    const end = endOfLine(bytes, start)
    const line = bytes.subarray(start, Math.min(end, start + LETTERS_BYTES))
    if (line.some((byte) => byte > 127)) {
      parts.push(line)
      size += line.length
    }
    start = end
  }
  const joined = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

function endOfLine(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) if (bytes[at] === 10 || bytes[at] === 13) return at + 1
  return bytes.length
}

/** Mac OS before X ended lines with CR alone and kept its accented letters at 0x80 to 0x9f, where windows-1252 has none. */
function looksLikeOldMac(bytes: Uint8Array, lines: Uint8Array): boolean {
  if (bytes.includes(10) || !bytes.includes(13)) return false
  let low = 0
  let high = 0
  for (const byte of lines) {
    if (byte >= 0xa0) high++
    else if (byte >= 0x80) low++
  }
  return low > high
}
