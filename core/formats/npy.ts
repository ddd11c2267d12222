import { EigendeskError } from '../contract/errors.ts'

/** What a .npy file says of its array: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export interface NpyHeader {
  /** as NumPy writes it: '<f8', '|b1', '<U7' */
  dtype: string
  fortranOrder: boolean
  shape: number[]
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const
/** The data begins at a multiple of this. */
const ALIGNMENT = 64

/** The bytes before the data of an array in C order, version 1.0 of the format. */
export function writeNpyHeader(dtype: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const words = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`
  const before = MAGIC.length + 4
  const length = Math.ceil((before + words.length + 1) / ALIGNMENT) * ALIGNMENT
  const bytes = new Uint8Array(length).fill(32)
  bytes.set(MAGIC)
  bytes[6] = 1
  bytes[7] = 0
  new DataView(bytes.buffer).setUint16(8, length - before, true)
  bytes.set(new TextEncoder().encode(words), before)
  bytes[length - 1] = 10
  return bytes
}

/** Longest header that is looked at: names of fields may stand in it. */
const HEADER_LIMIT = 1 << 20

/** The header of a .npy file, and where its data begins.
 * @param read bytes from … to of the file
 * @throws FILE_CORRUPT | NUMPY_UNSUPPORTED naming the dtype or the shape */
export function readNpyHeader(
  file: string,
  read: (from: number, to: number) => Uint8Array
): { header: NpyHeader; dataAt: number } {
  const corrupt = (reason: string): EigendeskError => new EigendeskError('FILE_CORRUPT', { file, reason })
  const start = read(0, 12)
  if (start.length < 12 || !isNpy(start)) throw corrupt('it does not begin as a NumPy array does')
  const view = new DataView(start.buffer, start.byteOffset)
  const wide = start[6]! > 1
  const before = wide ? 12 : 10
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  if (length > HEADER_LIMIT) throw corrupt(`its header would be ${length} bytes long`)
  const words = new TextDecoder().decode(read(before, before + length))
  const dtype = /'descr':\s*(?:'([^']*)'|"([^"]*)"|(\[[\s\S]*?\])\s*,\s*'fortran)/.exec(words)
  const order = /'fortran_order':\s*(True|False)/.exec(words)
  const shape = /'shape':\s*\(([^)]*)\)/.exec(words)
  if (!dtype || !order || !shape || read(before + length - 1, before + length).length === 0) {
    throw corrupt('its header says no type or no shape')
  }
  const sizes = shape[1]!
    .split(',')
    .filter((size) => size.trim() !== '')
    .map((size) => Number(size.trim().replace(/L$/, '')))
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0)) throw corrupt('its shape is no shape')
  const header = { dtype: dtype[1] ?? dtype[2] ?? dtype[3]!, fortranOrder: order[1] === 'True', shape: sizes }
  return { header, dataAt: before + length }
}

export const isNpy = (start: Uint8Array): boolean => MAGIC.every((byte, i) => start[i] === byte)

/** How the values of a dtype are read; bytes of one value. */
export interface NpyValues {
  bytes: number
  type: 'number' | 'boolean' | 'text'
  read: (view: DataView, at: number) => number | bigint | string
}

/** @throws NUMPY_UNSUPPORTED naming the dtype */
export function npyValues(file: string, dtype: string): NpyValues {
  const parts = /^([<>=|])([fiubU])(\d+)$/.exec(dtype)
  const little = parts?.[1] !== '>'
  const kind = `${parts?.[2] ?? '?'}${parts?.[3] ?? ''}`
  if (parts?.[2] === 'U' && Number(parts[3]) > 0 && Number(parts[3]) < 2 ** 24) {
    const length = Number(parts[3])
    return { bytes: 4 * length, type: 'text', read: (view, at) => readText(view, at, length, little) }
  }
  const read = readers[kind]
  if (!read) throw new EigendeskError('NUMPY_UNSUPPORTED', { file, value: `dtype ${dtype}` })
  const type = kind === 'b1' ? 'boolean' : 'number'
  return { bytes: Number(parts![3]), type, read: (view, at) => read(view, at, little) }
}

const readers: Record<string, (view: DataView, at: number, little: boolean) => number | bigint | string> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => view.getBigUint64(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => (view.getUint8(at) === 0 ? 'false' : 'true')
}

/** A text of at most length characters, four bytes each, filled up with zeros.
 * @throws RangeError where four bytes are no character */
function readText(view: DataView, at: number, length: number, little: boolean): string {
  let text = ''
  let end = length
  while (end > 0 && view.getUint32(at + 4 * (end - 1), little) === 0) end--
  for (let i = 0; i < end; i++) text += String.fromCodePoint(view.getUint32(at + 4 * i, little))
  return text
}
