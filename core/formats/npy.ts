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
