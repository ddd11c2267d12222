import type { ResultArray } from '../contract/analysis.ts'
import type { Connection } from './database.ts'
import { arrayInMemory, countChunks, type ArrayHead, type StoredArray } from './stored-array.ts'

/** An array in the database; null where there is none of that name. */
export function arrayInDatabase(db: Connection, analysisId: string, name: string): StoredArray | null {
  const head = db
    .prepare<[string, string], Omit<ArrayHead, 'shape'> & { shape: string }>(
      'SELECT dtype, shape, layout FROM result_array WHERE analysis_id = ? AND name = ?'
    )
    .get(analysisId, name)
  if (!head) return null
  const { dtype, layout } = head
  const width = dtype === 'float64' ? Float64Array.BYTES_PER_ELEMENT : Int32Array.BYTES_PER_ELEMENT
  const valuesOf = (sql: string, parameters: (string | number)[]): Float64Array | Int32Array => {
    const bytes = db
      .prepare(sql)
      .pluck()
      .get(...parameters) as Buffer
    const { buffer, byteOffset, byteLength } = bytes
    // A BLOB may begin at any byte.
    const aligned = byteOffset % width === 0
    const own = aligned ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)
    const from = aligned ? byteOffset : 0
    return dtype === 'float64'
      ? new Float64Array(own as ArrayBuffer, from, byteLength / width)
      : new Int32Array(own as ArrayBuffer, from, byteLength / width)
  }
  return {
    dtype,
    shape: JSON.parse(head.shape) as number[],
    layout,
    chunk: (index) =>
      valuesOf('SELECT data FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?', [
        analysisId,
        name,
        index
      ]),
    part: (index, first, length) =>
      valuesOf('SELECT substr(data, ?, ?) FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?', [
        first * width + 1,
        length * width,
        analysisId,
        name,
        index
      ])
  }
}

/** Stores an array of a result. The caller has a transaction open. */
export function putArray(db: Connection, analysisId: string, name: string, array: ResultArray): void {
  const stored = arrayInMemory(array)
  putArrayHead(db, analysisId, name, stored)
  const count = countChunks(stored)
  for (let chunk = 0; chunk < count; chunk++) putChunk(db, analysisId, name, chunk, stored.chunk(chunk))
}

/** Says that there is an array: after its chunks, or in one transaction with them. */
export function putArrayHead(
  db: Connection,
  analysisId: string,
  name: string,
  { dtype, shape, layout }: StoredArray
): void {
  db.prepare('INSERT INTO result_array (analysis_id, name, dtype, shape, layout) VALUES (?, ?, ?, ?, ?)').run(
    analysisId,
    name,
    dtype,
    JSON.stringify(shape),
    layout
  )
}

export function putChunk(
  db: Connection,
  analysisId: string,
  name: string,
  chunk: number,
  { buffer, byteOffset, byteLength }: Float64Array | Int32Array
): void {
  db.prepare('INSERT INTO result_chunk (analysis_id, name, chunk, data) VALUES (?, ?, ?, ?)').run(
    analysisId,
    name,
    chunk,
    Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
  )
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
