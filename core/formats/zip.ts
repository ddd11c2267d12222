/** What a ZIP archive needs that the platform has: no pure room imports it. */
export interface ZipTools {
  /** CRC-32 of bytes that follow those of which `before` is the CRC-32 */
  crc32: (bytes: Uint8Array, before: number) => number
  /** a piece of a raw deflate stream, ending at a whole byte; null: entries are stored as they are */
  deflate: ((bytes: Uint8Array, last: boolean) => Uint8Array) | null
}

export interface ZipEntry {
  name: string
  /** length of all pieces together */
  bytes: number
  pieces: Iterable<Uint8Array>
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
/** sizes follow the data; names are UTF-8 */
const FLAGS = 0x0808
/** 1 January 1980: the same table gives the same bytes */
const DATE = 0x21
const LARGE = 0xffffffff
const DEFLATED = 8

interface Written {
  name: Uint8Array
  method: number
  crc: number
  packed: number
  bytes: number
  offset: number
}

/** A ZIP archive, in pieces. Every entry has its sizes as 64-bit numbers, so that none is too large.
 * Source: PKWARE, APPNOTE 6.3.10, sections 4.3 to 4.5. */
export function* writeZip(entries: Iterable<ZipEntry>, { crc32, deflate }: ZipTools): Generator<Uint8Array> {
  const written: Written[] = []
  let at = 0
  const method = deflate ? DEFLATED : 0
  for (const { name, bytes, pieces } of entries) {
    const entry: Written = { name: new TextEncoder().encode(name), method, crc: 0, packed: 0, bytes, offset: at }
    const head = record([LOCAL, 4], [45, 2], [FLAGS, 2], [method, 2], [0, 2], [DATE, 2], [0, 4], [LARGE, 4], [LARGE, 4])
    const extra = record([entry.name.length, 2], [20, 2])
    const sizes = record([1, 2], [16, 2], [0, 8], [0, 8])
    const start = join(head, extra, entry.name, sizes)
    yield start
    for (const piece of pieces) {
      entry.crc = crc32(piece, entry.crc)
      const packed = deflate ? deflate(piece, false) : piece
      entry.packed += packed.length
      yield packed
    }
    if (deflate) {
      const end = deflate(new Uint8Array(0), true)
      entry.packed += end.length
      yield end
    }
    const descriptor = record([DESCRIPTOR, 4], [entry.crc, 4], [entry.packed, 8], [bytes, 8])
    yield descriptor
    at += start.length + entry.packed + descriptor.length
    written.push(entry)
  }
  const directory = join(...written.map(centralRecord))
  yield directory
  const count = written.length
  const end64 = record([END_64, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8])
  yield join(end64, record([directory.length, 8], [at, 8]))
  yield record([LOCATOR_64, 4], [0, 4], [at + directory.length, 8], [1, 4])
  const few = Math.min(count, 0xffff)
  yield record([END, 4], [0, 2], [0, 2], [few, 2], [few, 2], [Math.min(directory.length, LARGE), 4], [LARGE, 4], [0, 2])
}

function centralRecord({ name, method, crc, packed, bytes, offset }: Written): Uint8Array {
  return join(
    record(
      [CENTRAL, 4],
      [45, 2],
      [45, 2],
      [FLAGS, 2],
      [method, 2],
      [0, 2],
      [DATE, 2],
      [crc, 4],
      [LARGE, 4],
      [LARGE, 4]
    ),
    record([name.length, 2], [28, 2], [0, 2], [0, 2], [0, 2], [0, 4], [LARGE, 4]),
    name,
    record([1, 2], [24, 2], [bytes, 8], [packed, 8], [offset, 8])
  )
}

/** Numbers as little-endian fields of 2, 4 or 8 bytes. */
function record(...fields: [value: number, bytes: 2 | 4 | 8][]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((sum, [, bytes]) => sum + bytes, 0))
  const view = new DataView(whole.buffer)
  let at = 0
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true)
    else if (bytes === 4) view.setUint32(at, value, true)
    else view.setBigUint64(at, BigInt(value), true)
    at += bytes
  }
  return whole
}

function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
