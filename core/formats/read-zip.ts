import { EigendeskError } from '../contract/errors.ts'
import type { RandomAccess } from './typed-table.ts'

/** What an archive says of one of its files. */
export interface ZipListing {
  name: string
  /** 0 stored, 8 deflated */
  method: number
  packed: number
  bytes: number
  crc: number
  /** where its local header stands */
  offset: number
}

const END_BYTES = 22
const COMMENT_LIMIT = 65_535
/** An entry as large as this in memory is refused: a few bytes may claim to be terabytes. */
const ENTRY_LIMIT = 2 ** 30
const MEGABYTE = 2 ** 20

/** The files in an archive, from its directory.
 * @throws FILE_CORRUPT */
export function listZip(file: RandomAccess): ZipListing[] {
  const corrupt = (reason: string): EigendeskError => new EigendeskError('FILE_CORRUPT', { file: file.name, reason })
  const tail = file.read(Math.max(0, file.bytes - END_BYTES - COMMENT_LIMIT), file.bytes)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  let end = tail.length - END_BYTES
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw corrupt('the directory of the archive is missing')
  let count = view.getUint16(end + 10, true)
  let size = view.getUint32(end + 12, true)
  let at = view.getUint32(end + 16, true)
  if (end >= 20 && view.getUint32(end - 20, true) === 0x07064b50) {
    const end64 = viewOf(file.read(...within(file, Number(view.getBigUint64(end - 12, true)), 56)))
    if (end64.byteLength < 56 || end64.getUint32(0, true) !== 0x06064b50) throw corrupt('its directory is damaged')
    count = Number(end64.getBigUint64(32, true))
    size = Number(end64.getBigUint64(40, true))
    at = Number(end64.getBigUint64(48, true))
  }
  if (at + size > file.bytes) throw corrupt('its directory lies beyond its end')
  const directory = viewOf(file.read(at, at + size))
  const listed: ZipListing[] = []
  let place = 0
  for (let i = 0; i < count; i++) {
    if (place + 46 > size || directory.getUint32(place, true) !== 0x02014b50) throw corrupt('its directory is damaged')
    const entry = readEntry(directory, place)
    place = entry.next
    listed.push(entry.listing)
  }
  return listed
}

function readEntry(view: DataView, at: number): { listing: ZipListing; next: number } {
  const nameLength = view.getUint16(at + 28, true)
  const extraLength = view.getUint16(at + 30, true)
  const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
  const listing = {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    bytes: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true)
  }
  const extraEnd = at + 46 + nameLength + extraLength
  for (let extra = at + 46 + nameLength; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
    if (view.getUint16(extra, true) !== 1) continue
    // Only the sizes that did not fit stand here, in this order.
    let value = extra + 4
    for (const field of ['bytes', 'packed', 'offset'] as const) {
      if (listing[field] !== 0xffffffff) continue
      listing[field] = Number(view.getBigUint64(value, true))
      value += 8
    }
  }
  return { listing, next }
}

/** A file of the archive: read from where it lies, or unpacked once when it is first asked for.
 * @param inflate unpacks a raw deflate stream of which at most so many bytes are wanted
 * @throws FILE_CORRUPT | FILE_CODEC | UNPACKED_TOO_LARGE */
export function openZipEntry(
  file: RandomAccess,
  listing: ZipListing,
  tools: { inflate: (bytes: Uint8Array, limit: number) => Uint8Array; crc32: (bytes: Uint8Array) => number }
): RandomAccess {
  const { name, method, packed, bytes, crc, offset } = listing
  const corrupt = (reason: string): EigendeskError => new EigendeskError('FILE_CORRUPT', { file: file.name, reason })
  const local = viewOf(file.read(...within(file, offset, 30)))
  if (local.byteLength < 30 || local.getUint32(0, true) !== 0x04034b50)
    throw corrupt(`${name} is not where it should be`)
  const from = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  if (from + packed > file.bytes) throw corrupt(`${name} ends early`)
  if (method === 0) {
    return {
      name,
      bytes,
      read: (start, end) => file.read(from + start, Math.min(from + bytes, from + Math.max(start, end)))
    }
  }
  if (method !== 8) throw new EigendeskError('FILE_CODEC', { file: file.name, value: `ZIP method ${method}` })
  if (bytes > ENTRY_LIMIT) {
    const [value, limit] = [Math.round(bytes / MEGABYTE), ENTRY_LIMIT / MEGABYTE]
    throw new EigendeskError('UNPACKED_TOO_LARGE', { file: file.name, value, limit })
  }
  let unpacked: Uint8Array | undefined
  const unpack = (): Uint8Array => {
    let whole: Uint8Array
    try {
      whole = tools.inflate(file.read(from, from + packed), bytes)
    } catch (thrown) {
      throw corrupt(`${name} cannot be unpacked: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
    if (whole.length !== bytes || tools.crc32(whole) !== crc) throw corrupt(`${name} is not what its checksum says`)
    return whole
  }
  return {
    name,
    bytes,
    read: (start, end) => {
      unpacked ??= unpack()
      return Uint8Array.from(unpacked.subarray(start, end))
    }
  }
}

function within(file: RandomAccess, from: number, length: number): [number, number] {
  return [Math.min(from, file.bytes), Math.min(from + length, file.bytes)]
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
