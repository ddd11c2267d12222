import type { Dialect } from '../contract/table.ts'
import { cellRules, readCell, type CellRules } from './cell.ts'
import { divideByPowerOfTen, POWERS_OF_TEN } from './decimal-quotient.ts'
import type { TableKernels } from './kernels/exports.ts'
import { instantiate } from './kernels/table-memory.ts'

/** What a lane is told of a table: how it is written, how many fields a row has, and which of them are wanted, in rising
 * order. Plain data, so that a thread can be told. */
export interface LanePlan {
  dialect: Dialect
  nFields: number
  /** places of the columns wanted among the fields, each once */
  wanted: number[]
  /** those of them that are wanted as text */
  words: number[]
}

/** What a lane read of a block: rows that are nothing but plain numbers, missing tokens, and texts where text is wanted. */
export interface LaneRows {
  /** value of row r of the n-th column of numbers at n·capacity + r; missing is NaN */
  values: Float64Array
  /** the texts that are ASCII, one behind the other */
  texts: Uint8Array
  /** bytes of them */
  characters: number
  /** of row r and the k-th of K columns of text, at 2·(r·K + k), where it begins among the texts, and where it ends; of one that
   * is not ASCII, where it begins in the block, and −1 less where it ends */
  spans: Int32Array
  /** rows there is room for */
  capacity: number
  /** line of each row, counted from the first of the block, which is 0 */
  lineOf: Int32Array
  /** largest number of decimals written, by wanted column */
  decimals: Uint16Array
  rows: number
  /** lines read, blank ones too */
  lines: number
  /** bytes read: where they end before the block does, the row that begins there is none for the lane */
  end: number
}

/** A block of a file, and room for what is read of it. */
export interface LaneSlot {
  bytes: Uint8Array
  rows: LaneRows
}

/** Rows that a block of so many bytes can have at most: a field is empty at least, and ended by one byte. */
const mostRows = (bytes: number, nFields: number): number => Math.floor(bytes / nFields) + 1

/** Bytes that a kernel may read beside a block, or write behind an array. */
const SLACK = 64
/** What the kernel has its tables in, bytes. */
const TABLES_BYTES = 608
/** Says of a column, beside how many fields to skip before it, that it is one of text. */
const WORD_COLUMN = 0x80000000

const align = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** Where the parts of a slot lie, in bytes. */
function slotLayout({ nFields, wanted, words }: LanePlan, blockBytes: number) {
  const capacity = mostRows(blockBytes, nFields)
  const spans = align(8 * capacity * (wanted.length - words.length))
  const lineOf = align(spans + 8 * capacity * words.length)
  const texts = align(lineOf + 4 * capacity)
  const decimals = align(texts + (words.length > 0 ? blockBytes + SLACK : 0))
  const bytes = align(decimals + 2 * wanted.length + SLACK)
  return { capacity, spans, texts, lineOf, decimals, bytes, total: bytes + blockBytes + SLACK }
}

/** Bytes that a slot takes. */
export const slotBytes = (plan: LanePlan, blockBytes: number): number => slotLayout(plan, blockBytes).total

/** A slot in the memory of the kernels. @param at 16-aligned */
export function viewSlot(buffer: ArrayBufferLike, at: number, plan: LanePlan, blockBytes: number): LaneSlot {
  const { capacity, spans, texts, lineOf, decimals, bytes } = slotLayout(plan, blockBytes)
  const columns = plan.wanted.length
  const words = plan.words.length
  return {
    bytes: new Uint8Array(buffer, at + bytes, blockBytes),
    rows: {
      values: new Float64Array(buffer, at, capacity * (columns - words)),
      spans: new Int32Array(buffer, at + spans, 2 * capacity * words),
      texts: new Uint8Array(buffer, at + texts, words > 0 ? blockBytes : 0),
      characters: 0,
      capacity,
      lineOf: new Int32Array(buffer, at + lineOf, capacity),
      decimals: new Uint16Array(buffer, at + decimals, columns),
      rows: 0,
      lines: 0,
      end: 0
    }
  }
}

/** Where the parts of a reader's own memory lie, in bytes. */
function readerLayout({ wanted }: LanePlan, blockBytes: number) {
  const skips = TABLES_BYTES
  const scratch = align(skips + 4 * (wanted.length + 1))
  const marks = align(scratch + 2 * wanted.length + SLACK)
  return { skips, scratch, marks, total: marks + 4 * blockBytes + SLACK }
}

/** Bytes that a reader takes beside its slots. */
export const readerBytes = (plan: LanePlan, blockBytes: number): number => readerLayout(plan, blockBytes).total

/** Encodings in which a byte below 128 is the ASCII character, wherever it stands. */
const ASCII_BASED = /^(utf-8|iso-8859-\d+|windows-125\d|koi8-r|macintosh)$/

/** Delimiters that are no part of a number and of no other sign. */
const isPlainDelimiter = (delimiter: string): boolean => /^[\t!#$%&*/:;<=>?@^_|~,]$/.test(delimiter)

/** Whether tables written so can have rows for a lane. It would read on where the table has ended, and does not say which sign
 * stands at a number. */
export function suitsLane(dialect: Dialect): boolean {
  const { delimiter, repeated, encoding, decimal, footerRows, lastDataRow, comment, signs } = dialect
  const commentIsPlain = comment === '' || /^[^\s\d+\-.,\u0080-\uffff]/.test(comment)
  return (
    isPlainDelimiter(delimiter) &&
    delimiter !== decimal &&
    !repeated &&
    ASCII_BASED.test(encoding) &&
    footerRows === 0 &&
    lastDataRow === null &&
    signs.length === 0 &&
    commentIsPlain
  )
}

const LF = 10
const CR = 13
const PLUS = 43
const MINUS = 45
const ZERO = 48
const APOSTROPHE = 39
const EXPONENT = 101
/** Makes a letter small. */
const SMALL = 32
/** No byte. */
const NONE = 256

/** Digits that are exact in a double as an integer, and more that decimal-quotient.ts takes. */
const EXACT_DIGITS = 15
const MOST_DIGITS = 19
/** A longer cell is no number anybody wrote. */
const LONGEST_CELL = 400

/** Whether columns of text may be read by a lane: not where a field may be written otherwise than it is read. */
export function suitsWords({ escape }: Dialect, nFields: number): boolean {
  return escape === '' && nFields > 1
}

/** Reads bytes that are plain numbers, and texts between them, faster than text: every number is the double nearest to it, as
 * Number has it. Whatever is not a number or a missing token in a column of numbers, every quote, a byte beyond ASCII unless
 * it is UTF-8 in a column of text, and every row of another length ends it, at the beginning of the row. The numbers most people write are read by a kernel (kernels/assembly/lane.ts), which
 * asks here about the others. */
export class LaneReader {
  readonly #plan: LanePlan
  readonly #rules: CellRules
  readonly #delimiter: number
  readonly #newline: number
  readonly #mixed: boolean
  readonly #point: number
  readonly #quote: number
  readonly #emptyIsMissing: boolean
  readonly #readsUnicode: boolean
  readonly #liftsGuards: boolean
  readonly #kernels: TableKernels
  readonly #scratch: number
  readonly #marks: number
  /** what is being read */
  #bytes: Uint8Array = new Uint8Array(0)
  /** what #readHard read */
  #value = NaN
  #decimals = 0

  /** @param plan of a dialect that suits (suitsLane)
   * @param memory that the slots lie in
   * @param at address of readerBytes for this reader alone, 16-aligned
   * @param blockBytes of the largest slot */
  constructor(plan: LanePlan, memory: WebAssembly.Memory, at: number, blockBytes: number) {
    const { dialect, wanted, words, nFields } = plan
    this.#plan = plan
    this.#rules = cellRules(dialect)
    this.#delimiter = dialect.delimiter.charCodeAt(0)
    this.#newline = dialect.newline === '\r' ? CR : LF
    this.#mixed = dialect.newline === 'mixed'
    this.#point = dialect.decimal.charCodeAt(0)
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.#emptyIsMissing = this.#rules.missing.has('')
    this.#readsUnicode = dialect.encoding === 'utf-8'
    this.#liftsGuards = dialect.guard === 'lift'
    this.#kernels = instantiate(memory, {
      readHard: (start, isLast) => this.#readHard(this.#bytes, start, isLast !== 0),
      hardValue: () => this.#value,
      hardDecimals: () => this.#decimals,
      skipField: (start) => this.#findEnd(this.#bytes, start),
      readWord: (start) => this.#readWord(this.#bytes, start)
    })
    const { skips, scratch, marks } = readerLayout(plan, blockBytes)
    this.#scratch = at + scratch
    this.#marks = at + marks
    const fields = [-1, ...wanted, nFields]
    const isWord = new Set(words)
    new Uint32Array(memory.buffer, at + skips).set(
      wanted.concat(nFields).map((field, i) => field - fields[i]! - 1 + (isWord.has(field) ? WORD_COLUMN : 0))
    )
    this.#kernels.setLane(
      this.#delimiter,
      this.#newline,
      this.#point,
      dialect.comment === '' ? NONE : dialect.comment.charCodeAt(0),
      Math.max(0, this.#quote),
      this.#rules.numericMissing ? 0 : 1,
      wanted.length,
      at + skips,
      at
    )
  }

  /** Reads whole lines of a slot from a place to another, where a line ends; its rows begin anew. */
  read({ bytes, rows }: LaneSlot, from: number, to: number): void {
    const { values, spans, texts, capacity, lineOf, decimals } = rows
    const kernels = this.#kernels
    this.#bytes = bytes
    decimals.fill(0)
    kernels.readRows(
      bytes.byteOffset,
      from,
      to,
      values.byteOffset,
      capacity,
      lineOf.byteOffset,
      decimals.byteOffset,
      spans.byteOffset,
      texts.byteOffset,
      this.#scratch,
      this.#marks
    )
    rows.rows = kernels.rows.value as number
    rows.lines = kernels.lines.value as number
    rows.end = kernels.end.value as number
    rows.characters = kernels.characters.value as number
  }

  /** Whether a line end begins here: of lines that end LF, a CR before it belongs to it. */
  #endsLine(bytes: Uint8Array, at: number): boolean {
    const byte = bytes[at]!
    return byte === this.#newline || (byte === CR && this.#newline === LF && bytes[at + 1] === LF)
  }

  /** Reads a field that is not a short plain number. Returns where it ends, or −1 where it is none for the lane. */
  #readHard(bytes: Uint8Array, start: number, isLast: boolean): number {
    this.#decimals = 0
    const long = this.#rules.numericMissing ? -1 : this.#readLong(bytes, start)
    if (long >= 0 && (isLast ? this.#endsLine(bytes, long) : bytes[long] === this.#delimiter)) return long
    const end = this.#findEnd(bytes, start)
    if (end < 0 || end - start > LONGEST_CELL) return -1
    this.#decimals = 0
    if (end === start) {
      this.#value = NaN
      return this.#emptyIsMissing ? end : -1
    }
    let text = ''
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
    // a blank line of a table of one column is no row
    if (this.#plan.nFields === 1 && text.trim() === '') return -1
    const { kind, value, decimals } = readCell(text, this.#rules)
    this.#value = value
    this.#decimals = decimals
    return kind === 'number' || kind === 'missing' ? end : -1
  }

  /** Reads a number with a decimal sign or an exponent and up to 19 digits. Returns where it ends, or −1. */
  #readLong(bytes: Uint8Array, start: number): number {
    let at = start
    const negative = bytes[at] === MINUS
    if (negative || bytes[at] === PLUS) at++
    let head = 0
    let tail = 0
    let digits = 0
    let places = -1
    for (; ; at++) {
      const byte = bytes[at]!
      const digit = byte - ZERO
      if (digit >= 0 && digit <= 9) {
        if (digits++ < EXACT_DIGITS) head = 10 * head + digit
        else tail = 10 * tail + digit
        if (places >= 0) places++
      } else if (byte === this.#point && places < 0) places = 0
      else break
      if (digits > MOST_DIGITS) return -1
    }
    if (digits === 0) return -1
    let power = -Math.max(0, places)
    if ((bytes[at]! | SMALL) === EXPONENT) {
      const sign = bytes[at + 1]!
      at += sign === MINUS || sign === PLUS ? 2 : 1
      const from = at
      let exponent = 0
      for (; bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9; at++) exponent = 10 * exponent + bytes[at]! - ZERO
      if (at === from || at - from > 3) return -1
      power += sign === MINUS ? -exponent : exponent
    } else if (places < 0) return -1
    this.#decimals = Math.max(0, places)
    this.#value = scale(head, tail, Math.max(0, digits - EXACT_DIGITS), power)
    if (negative) this.#value = -this.#value
    return Number.isNaN(this.#value) ? -1 : at
  }

  /** A field of text: twice where it ends, and 1 more where it is not ASCII; −1 where it is none for the lane. */
  #readWord(bytes: Uint8Array, start: number): number {
    // may be the sign of a formula made harmless
    if (this.#liftsGuards && bytes[start] === APOSTROPHE) return -1
    const end = this.#findEnd(bytes, start, this.#readsUnicode)
    if (end < 0) return -1
    const word = bytes.subarray(start, end)
    if (word.every((byte) => byte < 128)) return 2 * end
    return decodeStrictly(word) === null ? -1 : 2 * end + 1
  }

  /** Where the field ends that begins here; −1 where a byte in it is none for the lane.
   * @param wide whether bytes beyond ASCII are */
  #findEnd(bytes: Uint8Array, start: number, wide = false): number {
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === this.#delimiter || byte === this.#newline) {
        return byte === LF && at > start && bytes[at - 1] === CR ? at - 1 : at
      }
      if (byte === this.#quote || (byte >= 128 && !wide) || byte === 0) return -1
      if (this.#mixed && byte === CR && bytes[at + 1] !== LF) return -1
    }
    return -1
  }
}

/** The double nearest to (head·10^tailDigits + tail)·10^power; NaN where that takes more than this can. */
function scale(head: number, tail: number, tailDigits: number, power: number): number {
  const size = Math.abs(power)
  if (size >= POWERS_OF_TEN.length) return NaN
  if (tailDigits === 0) return power < 0 ? head / POWERS_OF_TEN[size]! : head * POWERS_OF_TEN[size]!
  return power < 0 ? divideByPowerOfTen(head, tail, tailDigits, size) : NaN
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of bytes that are UTF-8; null where they are not, or say that a text lost a letter before. */
export function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    const text = strict.decode(bytes)
    return text.includes('\uFFFD') ? null : text
  } catch {
    return null
  }
}
