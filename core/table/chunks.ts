import type { ColumnType } from '../contract/table.ts'

/** Rows of one stored piece of a column, unless one of every column together would be too large. */
export const CHUNK_ROWS = 65_536

/** Chunks under this column position hold the file line of each row (Int32). */
export const LINES_POSITION = -1

/** Bytes that one chunk of every column may have together. */
const CHUNKS_BYTES = 64 * 2 ** 20

/** Rows of a chunk: the largest power of two, up to CHUNK_ROWS, with which one chunk of every column fits into 64 MiB.
 * @param bytesPerRow as far as can be told */
export function chooseChunkRows(bytesPerRow: number): number {
  const fitting = Math.floor(Math.log2(CHUNKS_BYTES / Math.max(1, bytesPerRow)))
  return Math.min(CHUNK_ROWS, 2 ** Math.max(0, fitting))
}

/** How a column lies in storage. */
export type StorageKind = 'number' | 'codes' | 'text'

/** At most as many values of one column as a chunk has rows. Missing is NaN, code −1, null. */
export type ColumnChunk =
  | { kind: 'number'; values: Float64Array }
  | { kind: 'codes'; codes: Int32Array }
  | { kind: 'text'; values: (string | null)[] }

/** Length that stands for a missing text. */
const MISSING_TEXT = 0xffffffff

/** Numbers as doubles; the few words of categories and booleans as codes of a dictionary; text and dates as written. */
export function storageKind(type: ColumnType): StorageKind {
  if (type === 'number') return 'number'
  return type === 'category' || type === 'boolean' ? 'codes' : 'text'
}

/** The bytes of a chunk, little-endian on every machine: Float64 for numbers, Int32 for codes, and for texts a Uint32
 * length (0xFFFFFFFF: missing) before the UTF-8 of each. The buffer belongs to the result alone, so it may be transferred. */
export function encodeChunk(chunk: ColumnChunk): Uint8Array<ArrayBuffer> {
  if (chunk.kind === 'text') return encodeTexts(chunk.values)
  const numbers = chunk.kind === 'number' ? chunk.values : chunk.codes
  const bytes = new Uint8Array(new ArrayBuffer(numbers.byteLength))
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
  if (!machineIsLittleEndian) reverseEach(bytes, numbers.BYTES_PER_ELEMENT)
  return bytes
}

/** The same, and the chunk's own memory where it has these bytes already: whoever calls does not need it any more. */
export function giveChunk(chunk: ColumnChunk): Uint8Array<ArrayBuffer> {
  if (chunk.kind === 'text') return encodeTexts(chunk.values)
  const numbers = chunk.kind === 'number' ? chunk.values : chunk.codes
  const { buffer, byteLength } = numbers
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
  return isWhole && machineIsLittleEndian ? new Uint8Array(buffer) : encodeChunk(chunk)
}

/** The inverse of encodeChunk. The bytes may lie at any offset of their buffer; they are copied.
 * @throws RangeError where the bytes end inside a value */
export function decodeChunk(kind: StorageKind, bytes: Uint8Array): ColumnChunk {
  if (kind === 'text') return { kind, values: decodeTexts(bytes) }
  const width = kind === 'number' ? Float64Array.BYTES_PER_ELEMENT : Int32Array.BYTES_PER_ELEMENT
  if (bytes.byteLength % width !== 0) throw new RangeError(`a chunk of ${bytes.byteLength} bytes ends inside a value`)
  const copy = new Uint8Array(new ArrayBuffer(bytes.byteLength))
  copy.set(bytes)
  if (!machineIsLittleEndian) reverseEach(copy, width)
  return kind === 'number'
    ? { kind, values: new Float64Array(copy.buffer) }
    : { kind, codes: new Int32Array(copy.buffer) }
}

/** Writes the values of a chunk of numbers or codes into an array, from an index on. Returns how many there are. */
export function decodeInto(target: Float64Array | Int32Array, at: number, bytes: Uint8Array): number {
  const width = target.BYTES_PER_ELEMENT
  if (bytes.byteLength % width !== 0) throw new RangeError(`a chunk of ${bytes.byteLength} bytes ends inside a value`)
  const place = new Uint8Array(target.buffer, target.byteOffset + at * width, bytes.byteLength)
  place.set(bytes)
  if (!machineIsLittleEndian) reverseEach(place, width)
  return bytes.byteLength / width
}

export const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

function reverseEach(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse()
}

function encodeTexts(values: readonly (string | null)[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  // exact where all is ASCII
  let bytes = new Uint8Array(values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0))
  let at = 0
  for (const value of values) {
    const text = value ?? ''
    let written = 0
    for (let read = -1; read < text.length;) {
      // a UTF-16 unit takes at most three bytes of UTF-8
      if (read >= 0 || at + 4 > bytes.length) bytes = enlarge(bytes, at + 4 + 3 * text.length)
      const done = encoder.encodeInto(text, bytes.subarray(at + 4))
      read = done.read
      written = done.written
    }
    new DataView(bytes.buffer).setUint32(at, value === null ? MISSING_TEXT : written, true)
    at += 4 + written
  }
  return at === bytes.length ? bytes : bytes.slice(0, at)
}

function enlarge(bytes: Uint8Array<ArrayBuffer>, wanted: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(wanted, Math.ceil(1.5 * bytes.length)))
  larger.set(bytes)
  return larger
}

function decodeTexts(bytes: Uint8Array): (string | null)[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values: (string | null)[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const length = view.getUint32(at, true)
    at += 4
    if (length === MISSING_TEXT) {
      values.push(null)
      continue
    }
    if (at + length > bytes.byteLength) throw new RangeError('a chunk of texts ends inside a text')
    values.push(decoder.decode(bytes.subarray(at, at + length)))
    at += length
  }
  return values
}
