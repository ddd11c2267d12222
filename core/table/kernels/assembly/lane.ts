// Reads rows of plain numbers, and of texts where they are wanted, from bytes. Two steps over a piece that fits the first
// cache: find every delimiter and line end sixteen bytes at a time, then read the fields between them, sixteen bytes at once.
// No field waits for the one before it to know where it begins.
// Sources: Langdale & Lemire, The VLDB Journal 28 (2019) 941, for finding marks by comparing and flattening bits;
// Lemire, Software: Practice and Experience 51 (2021) 1700, for adding up digits side by side.
// The ignored lines: TypeScript knows no decorator of a function.

/** A field that is not a short plain number: where it ends, counted from the first byte of the block, or −1. */
@external('lane', 'readHard')
declare function readHard(start: i32, isLast: bool): i32
@external('lane', 'hardValue')
declare function hardValue(): f64
@external('lane', 'hardDecimals')
declare function hardDecimals(): i32
/** A field that nobody wants: where it ends, or −1. */
@external('lane', 'skipField')
declare function skipField(start: i32): i32
/** A field of text with a byte that is not plain: twice where it ends, and 1 more where it is not ASCII; or −1. */
@external('lane', 'readWord')
declare function readWord(start: i32): i32

const CR: u32 = 13
const LF: u32 = 10
const MINUS: u32 = 45
const ZERO: u32 = 48
const APOSTROPHE: u32 = 39

/** Bytes looked through at a time; a row that is longer makes its piece longer. */
const PIECE: usize = 16384
/** Bytes of a field that are read at once, and the digits among them that are exact in a double as an integer. */
const WORD: u32 = 16
const EXACT_DIGITS: u32 = 15

/** Where the tables stand, from their beginning. */
const POINT_BYTES: usize = 0
const SIXTEENS: usize = 16
const NINES: usize = 32
const LOW_BYTES: usize = 48
const TENS: usize = 64
const HUNDREDS: usize = 80
const MYRIADS: usize = 96
const HALVES: usize = 112
const MASKS: usize = 128
const SHUFFLES: usize = 160
const POWERS: usize = 432
const QUOTES: usize = 576
const RETURNS: usize = 592

/** Beside the count of fields that nobody wants before a column: the column is one of text. */
const WORD_COLUMN: u32 = 0x80000000

let delimiter: u32 = 0
let newline: u32 = 0
/** 256: none */
let comment: u32 = 0
/** whether plain numbers may be read here; where one of them stands for a missing cell, they may not */
let plain: bool = false
/** columns wanted, and before each, and behind the last, how many fields nobody wants (u32), with WORD_COLUMN or without */
let columns: u32 = 0
let skips: usize = 0
let tables: usize = 0

export let rows: i32 = 0
export let lines: i32 = 0
export let end: i32 = 0
/** bytes of texts */
export let characters: i32 = 0

/** Tables take 608 bytes, 16-aligned. */
export function setLane(
  delimiterByte: u32, newlineByte: u32, pointByte: u32, commentByte: u32, quoteByte: u32, mayBePlain: bool, columnsWanted: u32, skipsAt: usize, tablesAt: usize
): void {
  delimiter = delimiterByte
  newline = newlineByte
  comment = commentByte
  plain = mayBePlain
  columns = columnsWanted
  skips = skipsAt
  tables = tablesAt
  v128.store(tables + POINT_BYTES, i8x16.splat(<i8>(pointByte - ZERO)))
  v128.store(tables + SIXTEENS, i8x16.splat(<i8>ZERO))
  v128.store(tables + NINES, i8x16.splat(127 - 9))
  v128.store(tables + LOW_BYTES, i16x8.splat(255))
  v128.store(tables + TENS, i16x8.splat(10))
  v128.store(tables + HUNDREDS, i32x4.splat(100 | (1 << 16)))
  v128.store(tables + MYRIADS, i32x4.splat(10000 | (1 << 16)))
  v128.store(tables + HALVES, f64x2(1e8, 1))
  v128.store(tables + QUOTES, i8x16.splat(<i8>quoteByte))
  v128.store(tables + RETURNS, i8x16.splat(<i8>CR))
  v128.store(tables + MASKS, i8x16.splat(0))
  v128.store(tables + MASKS + 16, i8x16.splat(-1))
  let power: f64 = 1
  for (let at: i32 = 16; at >= 0; at--) {
    for (let lane = 0; lane < 16; lane++) store<u8>(tables + SHUFFLES + (at << 4) + lane, <u8>(at < 16 && lane <= at ? lane - 1 : lane))
    store<f64>(tables + POWERS + (at << 3), power)
    if (at < 16) power *= 10
  }
}

// @ts-ignore: decorator
@inline
function marksOf(at: usize, d: v128, n: v128): u64 {
  const bytes = v128.load(at)
  return <u64>(<u32>i8x16.bitmask(v128.or(i8x16.eq(bytes, d), i8x16.eq(bytes, n))))
}

/** Writes the addresses of all marks from a place to another; up to eight words behind the last are overwritten. Returns
 * where the addresses end. */
function findMarks(from: usize, to: usize, out: usize): usize {
  const d = i8x16.splat(<i8>delimiter)
  const n = i8x16.splat(<i8>newline)
  for (let at = from; at < to; at += 64) {
    let bits = marksOf(at, d, n) | (marksOf(at + 16, d, n) << 16) | (marksOf(at + 32, d, n) << 32) | (marksOf(at + 48, d, n) << 48)
    const left = to - at
    if (left < 64) bits &= ((<u64>1) << left) - 1
    const next = out + ((<usize>popcnt<u64>(bits)) << 2)
    while (out < next) {
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits))
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 4)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 8)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 12)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 16)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 20)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 24)
      bits &= bits - 1
      store<u32>(out, <u32>at + <u32>ctz<u64>(bits), 28)
      bits &= bits - 1
      out += 32
    }
    out = next
  }
  return out
}

/** Whether a line ends here; of lines that end LF, a CR before it belongs to it. Returns its length, 0 where none ends. */
// @ts-ignore: decorator
@inline
function lineEndAt(at: usize): usize {
  const byte = <u32>load<u8>(at)
  if (byte == newline) return 1
  return byte == CR && newline == LF && <u32>load<u8>(at + 1) == LF ? 2 : 0
}

/** Whether a field has only plain bytes: ASCII, no quote, no zero byte, no CR. */
function isPlainText(from: usize, to: usize): bool {
  const quotes = v128.load(tables, QUOTES)
  const returns = v128.load(tables, RETURNS)
  const zeros = i8x16.splat(0)
  for (let at = from; at < to; at += 16) {
    const bytes = v128.load(at)
    const odd = v128.or(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, returns)), v128.or(i8x16.eq(bytes, zeros), i8x16.lt_s(bytes, zeros)))
    const left = <u32>min<usize>(to - at, 16)
    if (<u32>i8x16.bitmask(odd) & ((1 << left) - 1)) return false
  }
  return true
}

/** Copies bytes, and some behind them. Returns where they end. */
function copyText(from: usize, to: usize, into: usize): usize {
  const end = into + (to - from)
  for (; from < to; from += 16, into += 16) v128.store(into, v128.load(from))
  return end
}

/** Reads whole lines; what it read stands in rows, lines, end and characters.
 * @param block address of the first byte, 16 bytes of ours before it; from and to count from there
 * @param texts room for the ASCII texts of all rows, one behind the other: as many bytes as the block has, and sixteen more
 * @param spans of each row, for each column of text, where it begins among the texts and where it ends (i32); of one that is
 * not ASCII, where it begins in the block, and −1 less where it ends
 * @param decimals u16 a column, room for a multiple of eight; scratch as much
 * @param marks room for the addresses of as many marks as the block has bytes, and sixteen more */
export function readRows(
  block: usize, from: i32, to: i32, values: usize, capacity: i32, lineOf: usize, decimals: usize, spans: usize, texts: usize, scratch: usize, marks: usize
): void {
  const stride = <usize>capacity << 3
  const stop = block + to
  const ours = tables
  const placesEnd = scratch + (columns << 1)
  const behind = load<u32>(skips + (columns << 2))
  let span = spans
  let text = texts
  characters = 0
  /** where the column stands with which the row ends */
  const placesLast = behind == 0 ? placesEnd - 2 : 0
  const lengthMost = plain ? WORD : 0
  let at = block + from
  let piece = PIECE
  rows = 0
  lines = 0
  end = from
  while (at < stop) {
    let pieceEnd = min(at + piece, stop)
    let marksEnd = findMarks(at, pieceEnd, marks)
    // up to the last line end
    while (marksEnd > marks && load<u8>(load<u32>(marksEnd - 4)) != newline) marksEnd -= 4
    if (marksEnd == marks) {
      if (pieceEnd == stop) return
      piece <<= 1
      continue
    }
    pieceEnd = <usize>load<u32>(marksEnd - 4) + 1
    let mark = marks
    while (at < pieceEnd) {
      if (<u32>load<u8>(at) == comment) return
      const blank = lineEndAt(at)
      if (blank) {
        at += blank
        mark += 4
        lines++
        end = <i32>(at - block)
        continue
      }
      let into = values + (<usize>rows << 3)
      let skip = skips
      let places = scratch
      let spanOfRow = span
      let textOfRow = text
      while (true) {
        const head = load<u32>(skip)
        for (let left = head & ~WORD_COLUMN; left > 0; left--) {
          const ended = skipField(<i32>(at - block))
          if (ended < 0) return
          at = block + ended
          while (mark < marksEnd && <usize>load<u32>(mark) < at) mark += 4
          if (places == placesEnd && left == 1) break
          if (<u32>load<u8>(at) != delimiter) return
          at++
          mark += 4
        }
        if (places == placesEnd) break
        let fieldEnd = <usize>load<u32>(mark)
        if (head & WORD_COLUMN) {
          const isLast = places == placesLast
          if (isLast && fieldEnd > at && <u32>load<u8>(fieldEnd) == LF && <u32>load<u8>(fieldEnd - 1) == CR) fieldEnd--
          if (<u32>load<u8>(at) != APOSTROPHE && isPlainText(at, fieldEnd)) {
            store<i32>(spanOfRow, <i32>(textOfRow - texts))
            textOfRow = copyText(at, fieldEnd, textOfRow)
            store<i32>(spanOfRow, <i32>(textOfRow - texts), 4)
            at = fieldEnd
          } else {
            const read = readWord(<i32>(at - block))
            if (read < 0) return
            const ended = read >> 1
            if (read & 1) {
              store<i32>(spanOfRow, <i32>(at - block))
              store<i32>(spanOfRow, -1 - ended, 4)
            } else {
              store<i32>(spanOfRow, <i32>(textOfRow - texts))
              textOfRow = copyText(at, block + ended, textOfRow)
              store<i32>(spanOfRow, <i32>(textOfRow - texts), 4)
            }
            at = block + ended
          }
          spanOfRow += 8
          while (mark < marksEnd && <usize>load<u32>(mark) < at) mark += 4
          if (isLast) {
            const lineEnd = lineEndAt(at)
            if (lineEnd == 0) return
            at += lineEnd
          } else {
            if (<u32>load<u8>(at) != delimiter) return
            at++
          }
          mark += 4
          store<u16>(places, 0)
          places += 2
          skip += 4
          continue
        }
        let next = fieldEnd + 1
        const digitsAt = at + <usize>(<u32>load<u8>(at) == MINUS)
        let ended = <u32>load<u8>(fieldEnd) == delimiter
        if (places == placesLast) {
          ended = !ended
          if (fieldEnd > digitsAt && <u32>load<u8>(fieldEnd) == LF && <u32>load<u8>(fieldEnd - 1) == CR) fieldEnd--
        }
        const length = <u32>(fieldEnd - digitsAt)
        if (ended) {
          if (length - 1 < lengthMost) {
            const shifted = v128.and(i8x16.sub(v128.load(fieldEnd - 16), v128.load(ours, SIXTEENS)), v128.load(ours + length, MASKS))
            const strangers = <u32>i8x16.bitmask(i8x16.add_sat_u(shifted, v128.load(ours, NINES)))
            const pointBits = <u32>i8x16.bitmask(i8x16.eq(shifted, v128.load(ours, POINT_BYTES)))
            // no byte but digits and one decimal sign, and a digit too
            if (((strangers ^ pointBits) | (pointBits & (pointBits - 1))) == 0) {
              const pointAt = ctz<u32>(pointBits | 0x10000)
              const digits = i8x16.relaxed_swizzle(shifted, v128.load(ours + (pointAt << 4), SHUFFLES))
              const twos = i16x8.add(i16x8.mul(v128.and(digits, v128.load(ours, LOW_BYTES)), v128.load(ours, TENS)), i16x8.shr_u(digits, 8))
              const fours = i32x4.dot_i16x8_s(twos, v128.load(ours, HUNDREDS))
              const eights = i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), v128.load(ours, MYRIADS))
              const halves = f64x2.mul(f64x2.convert_low_i32x4_s(eights), v128.load(ours, HALVES))
              let value = f64x2.extract_lane(halves, 0) + f64x2.extract_lane(halves, 1)
              let written: u32 = 0
              let isPlain: bool
              if (pointBits) {
                value /= load<f64>(ours + (pointAt << 3), POWERS)
                written = 15 - pointAt
                isPlain = length > 1
              } else isPlain = length == 1 || (length < WORD && <u32>load<u8>(digitsAt) != ZERO)
              if (isPlain) {
                // the sign goes into its bit, without a branch, as nobody can foresee the signs of numbers
                store<u64>(into, reinterpret<u64>(value) | ((<u64>(digitsAt - at)) << 63))
                store<u16>(places, <u16>written)
                at = next
                mark += 4
                into += stride
                places += 2
                skip += 4
                continue
              }
            }
          }
        }
        const hardEnd = readHard(<i32>(at - block), places == placesLast)
        if (hardEnd < 0) return
        store<f64>(into, hardValue())
        store<u16>(places, <u16>hardDecimals())
        at = block + hardEnd
        while (mark < marksEnd && <usize>load<u32>(mark) < at) mark += 4
        if (places != placesLast) {
          if (<u32>load<u8>(at) != delimiter) return
          at++
        } else {
          const lineEnd = lineEndAt(at)
          if (lineEnd == 0) return
          at += lineEnd
        }
        mark += 4
        into += stride
        places += 2
        skip += 4
      }
      if (behind != 0) {
        const lineEnd = lineEndAt(at)
        if (lineEnd == 0) return
        at += lineEnd
        mark += 4
      }
      for (let a = scratch, b = decimals; a < places; a += 16, b += 16) {
        v128.store(b, i16x8.max_u(v128.load(a), v128.load(b)))
      }
      span = spanOfRow
      text = textOfRow
      characters = <i32>(text - texts)
      store<i32>(lineOf + (<usize>rows << 2), lines)
      rows++
      lines++
      end = <i32>(at - block)
    }
  }
}
