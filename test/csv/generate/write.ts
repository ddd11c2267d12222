import type { Encoding } from '../../../core/contract/table.ts'

export interface Writing {
  delimiter: string
  quote: string
  /** what stands before a quote inside quotes */
  escape: string
  newline: string
  /** every cell in quotes, or those that need it */
  quoteAll: boolean
}

export const rfc4180: Writing = { delimiter: ',', quote: '"', escape: '"', newline: '\r\n', quoteAll: false }

export function writeCell(text: string, { delimiter, quote, escape, quoteAll }: Writing): string {
  const needs = quoteAll || [delimiter, quote, '\n', '\r'].some((sign) => sign !== '' && text.includes(sign))
  const edge = delimiter.trim() === '' && (text === '' || text !== text.trim())
  if (!needs && !edge) return text
  return quote + text.replaceAll(quote, escape + quote) + quote
}

export const writeRow = (cells: readonly string[], writing: Writing): string =>
  cells.map((cell) => writeCell(cell, writing)).join(writing.delimiter)

/** Lines, each with its end. */
export const joinLines = (lines: readonly string[], newline: string): string =>
  lines.map((line) => line + newline).join('')

/** A text as bytes; what an encoding of one byte a letter does not have becomes a question mark. */
export function encode(text: string, encoding: Encoding, mark = false): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(mark ? `\uFEFF${text}` : text)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const marked = mark ? `\uFEFF${text}` : text
    const view = new DataView(new ArrayBuffer(2 * marked.length))
    for (let i = 0; i < marked.length; i++) view.setUint16(2 * i, marked.charCodeAt(i), encoding === 'utf-16le')
    return new Uint8Array(view.buffer)
  }
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from(Array.from(text, (letter) => bytes.get(letter) ?? 63))
}
