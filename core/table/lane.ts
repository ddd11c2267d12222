import type { Dialect } from '../contract/table.ts'
import { cellRules, readCell, type CellRules } from './cell.ts'
import { divideByPowerOfTen, POWERS_OF_TEN } from './decimal-quotient.ts'

/** What a lane is told of a table: how it is written, how many fields a row has, and which of them are wanted, in rising
 * order. Plain data, so that a thread can be told. */
export interface LanePlan {
  dialect: Dialect
  nFields: number
  /** places of the number columns wanted among the fields, each once */
  wanted: number[]
}

/** What a lane read of a block: rows that are nothing but plain numbers and missing tokens. */
export interface LaneRows {
  /** value of row r of the wanted column w at w·capacity + r; missing is NaN */
  values: Float64Array
  /** rows there is room for */
  capacity: number
  /** bytes whose rows there is room for */
  bytes: number
  /** line of each row, counted from the first of the block, which is 0 */
  lineOf: Int32Array
  /** largest number of decimals written, by wanted column */
  decimals: Int32Array
  rows: number
  /** lines read, blank ones too */
  lines: number
  /** bytes read: where they end before the block does, the row that begins there is none for the lane */
  end: number
}

/** Rows that a block of so many bytes can have at most: a field is empty at least, and ended by one byte. */
export const mostRows = (bytes: number, nFields: number): number => Math.floor(bytes / nFields) + 1

export function newLaneRows(bytes: number, { nFields, wanted }: LanePlan): LaneRows {
  const capacity = mostRows(bytes, nFields)
  return {
    values: new Float64Array(capacity * wanted.length),
    capacity,
    bytes,
    lineOf: new Int32Array(capacity),
    decimals: new Int32Array(wanted.length),
    rows: 0,
    lines: 0,
    end: 0
  }
}

/** Encodings in which a byte below 128 is the ASCII character, wherever it stands. */
const ASCII_BASED = /^(utf-8|iso-8859-\d+|windows-125\d|koi8-r|macintosh)$/

/** Delimiters that are no part of a number and of no other sign. */
const isPlainDelimiter = (delimiter: string): boolean => /^[\t!#$%&*/:;<=>?@^_|~,]$/.test(delimiter)

/** Whether tables written so can have rows for a lane. */
export function suitsLane({ delimiter, repeated, encoding, decimal, footerRows, comment }: Dialect): boolean {
  const commentIsPlain = comment === '' || /^[^\s\d+\-.,\u0080-\uffff]/.test(comment)
  return (
    isPlainDelimiter(delimiter) &&
    delimiter !== decimal &&
    !repeated &&
    ASCII_BASED.test(encoding) &&
    footerRows === 0 &&
    commentIsPlain
  )
}

const LF = 10
const CR = 13
const PLUS = 43
const MINUS = 45
const ZERO = 48
const EXPONENT = 101
/** Makes a letter small. */
const SMALL = 32

/** Digits that are exact in a double as an integer, and more that decimal-quotient.ts takes. */
const EXACT_DIGITS = 15
const MOST_DIGITS = 19
/** A longer cell is no number anybody wrote. */
const LONGEST_CELL = 400

/** Reads bytes that are plain numbers, faster than text: every number is the double nearest to it, as Number has it.
 * Whatever is not a number or a missing token, every quote, every byte beyond ASCII, and every row of another length ends
 * it, at the beginning of the row. */
export class LaneReader {
  readonly #plan: LanePlan
  readonly #rules: CellRules
  readonly #delimiter: number
  readonly #newline: number
  readonly #mixed: boolean
  readonly #point: number
  readonly #quote: number
  readonly #comment: number
  readonly #emptyIsMissing: boolean
  /** what #readHard read */
  #value = NaN
  #decimals = 0

  /** @param plan of a dialect that suits (suitsLane) */
  constructor(plan: LanePlan) {
    const { dialect } = plan
    this.#plan = plan
    this.#rules = cellRules(dialect)
    this.#delimiter = dialect.delimiter.charCodeAt(0)
    this.#newline = dialect.newline === '\r' ? CR : LF
    this.#mixed = dialect.newline === 'mixed'
    this.#point = dialect.decimal.charCodeAt(0)
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.#comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0)
    this.#emptyIsMissing = this.#rules.missing.has('')
  }

  /** Reads whole lines from a place to another, where a line ends, into `into`, whose rows begin anew. */
  read(bytes: Uint8Array, from: number, to: number, into: LaneRows): void {
    this.#readRows(bytes, from, to, into)
    // The row it stopped in has left its decimals, and perhaps that row is not taken: once more, without it.
    if (into.end < to) this.#readRows(bytes, from, into.end, into)
  }

  #readRows(bytes: Uint8Array, from: number, to: number, into: LaneRows): void {
    const { nFields, wanted } = this.#plan
    const { values, capacity, lineOf, decimals } = into
    const delimiter = this.#delimiter
    const newline = this.#newline
    const point = this.#point
    const last = nFields - 1
    const fast = !this.#rules.numericMissing
    const everyField = wanted.length === nFields
    decimals.fill(0)
    let rows = 0
    let lines = 0
    let at = from
    let end = from
    reading: while (at < to) {
      end = at
      if (bytes[at] === this.#comment) break
      if (this.#endsLine(bytes, at)) {
        at += bytes[at] === newline ? 1 : 2
        end = at
        lines++
        continue
      }
      let column = 0
      for (let field = 0; field <= last; field++) {
        if (everyField || wanted[column] === field) {
          const start = at
          // 1 where the byte is a minus, without a branch, as nobody can foresee the signs of numbers
          const negative = ((bytes[at]! ^ MINUS) - 1) >>> 31
          at += negative
          const digitsStart = at
          let mantissa = 0
          let digit = bytes[at]! - ZERO
          while (digit >>> 0 <= 9) {
            mantissa = 10 * mantissa + digit
            digit = bytes[++at]! - ZERO
          }
          let digits = at - digitsStart
          let places = 0
          let plain = fast && (digits < 2 || bytes[digitsStart] !== ZERO)
          if (digit + ZERO === point) {
            const placesStart = ++at
            digit = bytes[at]! - ZERO
            while (digit >>> 0 <= 9) {
              mantissa = 10 * mantissa + digit
              digit = bytes[++at]! - ZERO
            }
            places = at - placesStart
            digits += places
            plain = fast
          }
          let value: number
          const ended = field < last ? digit + ZERO === delimiter : this.#endsLine(bytes, at)
          if (ended && plain && digits > 0 && digits <= EXACT_DIGITS) {
            value = (places === 0 ? mantissa : mantissa / POWERS_OF_TEN[places]!) * (1 - 2 * negative)
          } else {
            at = this.#readHard(bytes, start, field === last)
            if (at < 0) break reading
            value = this.#value
            places = this.#decimals
          }
          if (places > decimals[column]!) decimals[column] = places
          values[column * capacity + rows] = value
          column++
        } else {
          at = this.#findEnd(bytes, at)
          if (at < 0) break reading
        }
        if (field < last) {
          if (bytes[at] !== delimiter) break reading
          at++
        } else {
          if (!this.#endsLine(bytes, at)) break reading
          at += bytes[at] === newline ? 1 : 2
        }
      }
      end = at
      lineOf[rows++] = lines++
    }
    into.rows = rows
    into.lines = lines
    into.end = end
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

  /** Where the field ends that begins here; −1 where a byte in it is none for the lane. */
  #findEnd(bytes: Uint8Array, start: number): number {
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === this.#delimiter || byte === this.#newline) {
        return byte === LF && at > start && bytes[at - 1] === CR ? at - 1 : at
      }
      if (byte === this.#quote || byte >= 128 || byte === 0) return -1
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
