import { brotliDecompressSync, crc32, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib'
import type { Compressors } from 'hyparquet'
import { imageTable, isImage } from '../formats/image-table.ts'
import { isNpy } from '../formats/npy.ts'
import { numpyTable } from '../formats/numpy-table.ts'
import { parquetTable } from '../formats/parquet-table.ts'
import { listZip, openZipEntry } from '../formats/read-zip.ts'
import type { RandomAccess, TypedTable } from '../formats/typed-table.ts'

const HEAD_BYTES = 64
/** Bytes of a file's header in an archive before its name. */
const NAME_AT = 30

const compressors: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: length }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: length }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: length })
}

/** What unpacks the entries of an archive. */
export const unpacking = {
  inflate: (bytes: Uint8Array, limit: number): Uint8Array =>
    inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit) }),
  crc32: (bytes: Uint8Array): number => crc32(bytes)
}

/** The table of a file in which types stand, told by its first bytes and never by its name; null where it is none such.
 * @throws FILE_CORRUPT | FILE_CODEC | IMAGE_TOO_LARGE | NUMPY_UNSUPPORTED | ARRAYS_DIFFER | UNPACKED_TOO_LARGE | NO_ROWS */
export async function openTyped(file: RandomAccess): Promise<TypedTable | null> {
  const start = file.read(0, HEAD_BYTES)
  const begins = (mark: string): boolean => Array.from(mark).every((letter, i) => start[i] === letter.charCodeAt(0))
  if (begins('PAR1')) return isText(start) ? null : parquetTable(file, compressors)
  if (isImage(begins)) return imageTable(file)
  if (isNpy(start)) return numpyTable(file.name, [{ name: stemOf(file.name), data: file }])
  // Any other archive (a workbook, a document) is refused by name where text is read, whole or not.
  if (!begins('PK\u0003\u0004') || !firstName(file, start).endsWith('.npy')) return null
  const listed = listZip(file)
  if (listed.length === 0 || !listed.every(({ name }) => name.endsWith('.npy'))) return null
  return numpyTable(
    file.name,
    listed.map((listing) => ({ name: stemOf(listing.name), data: openZipEntry(file, listing, unpacking) }))
  )
}

/** A text may begin with PAR1: then only letters follow, and in Parquet a header of bytes does. */
const isText = (start: Uint8Array): boolean => start.every((byte) => byte === 9 || byte === 10 || byte >= 32)

/** The name of the first file of an archive, from its own header (PKWARE, APPNOTE.TXT, 4.3.7). */
function firstName(file: RandomAccess, start: Uint8Array): string {
  if (start.length < NAME_AT) return ''
  const length = start[NAME_AT - 4]! + 256 * start[NAME_AT - 3]!
  return new TextDecoder().decode(file.read(NAME_AT, Math.min(file.bytes, NAME_AT + length)))
}

const stemOf = (name: string): string => name.replace(/\.(npy|npz)$/i, '')
