import type { ResultArray } from '../contract/analysis.ts'
import type { Connection } from './database.ts'

/** Values of a result array in one BLOB: 512 KiB of doubles, as for columns. */
export const VALUES_PER_CHUNK = 65_536

/** Stores an array of a result. The caller has a transaction open. */
export function putArray(db: Connection, analysisId: string, name: string, array: ResultArray): void {
  db.prepare('INSERT INTO result_array (analysis_id, name, dtype, shape) VALUES (?, ?, ?, ?)').run(
    analysisId,
    name,
    array.dtype,
    JSON.stringify(array.shape)
  )
  const add = db.prepare('INSERT INTO result_chunk (analysis_id, name, chunk, data) VALUES (?, ?, ?, ?)')
  let chunk = 0
  for (const data of splitArray(array)) add.run(analysisId, name, chunk++, data)
}

/** Stores a list of names of a result. */
export function putList(db: Connection, analysisId: string, name: string, items: readonly string[]): void {
  db.prepare('INSERT INTO result_list (analysis_id, name, length, items) VALUES (?, ?, ?, ?)').run(
    analysisId,
    name,
    items.length,
    JSON.stringify(items)
  )
}

/** The bytes of a result array, chunk by chunk. */
function* splitArray(array: ResultArray): Generator<Buffer> {
  const { data } = array
  for (let from = 0; from < data.length; from += VALUES_PER_CHUNK) {
    const part = data.subarray(from, from + VALUES_PER_CHUNK)
    yield Buffer.from(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength)
  }
}

/** The array from its chunks. Chunks are copied: a BLOB may begin at any byte. */
export function joinArray(dtype: ResultArray['dtype'], shape: number[], chunks: Iterable<Uint8Array>): ResultArray {
  const length = shape.reduce((product, n) => product * n, 1)
  const data = dtype === 'float64' ? new Float64Array(length) : new Int32Array(length)
  const bytes = new Uint8Array(data.buffer)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return { dtype, shape, data } as ResultArray
}

/** Chosen columns of a row-major 2-D array, in the order asked. */
export function pickColumns(array: ResultArray, columns: number[]): ResultArray {
  const [rows = 0, width = 1] = array.shape
  const data =
    array.dtype === 'float64' ? new Float64Array(rows * columns.length) : new Int32Array(rows * columns.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns.length; j++) data[i * columns.length + j] = array.data[i * width + columns[j]!]!
  }
  return { dtype: array.dtype, shape: [rows, columns.length], data } as ResultArray
}
