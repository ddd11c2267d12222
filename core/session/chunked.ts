import type { ResultArray } from '../contract/analysis.ts'
import type { Connection } from './database.ts'

/** Values of a result array in one BLOB: 512 KiB of doubles, as for columns. */
export const VALUES_PER_CHUNK = 65_536

/** How the values of an array follow one another in its chunks: row by row, or column by column, each of which begins a
 * chunk of its own, so that it can be read alone. */
export type Layout = 'rows' | 'columns'

/** An array of a result as it is kept, in chunks: in the database, or in memory until it is there. */
export interface StoredArray {
  dtype: ResultArray['dtype']
  shape: number[]
  layout: Layout
  /** the values of a chunk; valid until the next turn */
  chunk: (index: number) => Float64Array | Int32Array
  /** some values of a chunk */
  part: (index: number, first: number, length: number) => Float64Array | Int32Array
}

export const layoutOf = (array: ResultArray): Layout => (array.byColumns ? 'columns' : 'rows')

/** Values of which the chunks of an array are counted: of one column where columns lie together, else of the whole. */
const runLength = (shape: number[], layout: Layout): number =>
  layout === 'columns' ? (shape[0] ?? 0) : shape.reduce((product, n) => product * n, 1)

/** How many chunks an array has. */
export function countChunks({ shape, layout }: Pick<StoredArray, 'shape' | 'layout'>): number {
  const runs = layout === 'columns' ? (shape[1] ?? 1) : 1
  return runs * Math.ceil(runLength(shape, layout) / VALUES_PER_CHUNK)
}

/** An array that is not in the database yet. */
export function arrayInMemory(array: ResultArray): StoredArray {
  const layout = layoutOf(array)
  const length = runLength(array.shape, layout)
  const perRun = Math.ceil(length / VALUES_PER_CHUNK)
  const chunk = (index: number): Float64Array | Int32Array => {
    const begin = Math.floor(index / perRun) * length
    const from = begin + (index % perRun) * VALUES_PER_CHUNK
    return array.data.subarray(from, Math.min(begin + length, from + VALUES_PER_CHUNK))
  }
  return {
    dtype: array.dtype,
    shape: array.shape,
    layout,
    chunk,
    part: (index, first, count) => chunk(index).subarray(first, first + count)
  }
}

/** An array in the database; null where there is none of that name. */
export function arrayInDatabase(db: Connection, analysisId: string, name: string): StoredArray | null {
  const head = db
    .prepare<[string, string], Head>('SELECT dtype, shape, layout FROM result_array WHERE analysis_id = ? AND name = ?')
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

interface Head {
  dtype: ResultArray['dtype']
  shape: string
  layout: Layout
}

/** A stored array, or some columns of a matrix, row-major. null where a column is not there. */
export function readArray(stored: StoredArray, columns?: number[]): ResultArray | null {
  const { dtype, shape, layout } = stored
  const width = shape[1] ?? 1
  if (columns?.some((column) => column >= width)) return null
  if (layout === 'rows') {
    const whole = empty(dtype, shape)
    join(stored, 0, countChunks(stored), whole.data)
    return columns ? pickColumns(whole, columns) : whole
  }
  const rows = shape[0] ?? 0
  const wanted = columns ?? Array.from({ length: width }, (_, column) => column)
  const perColumn = Math.ceil(rows / VALUES_PER_CHUNK)
  const result = empty(dtype, [rows, wanted.length])
  const one = empty(dtype, [rows]).data
  wanted.forEach((column, j) => {
    join(stored, column * perColumn, perColumn, one)
    for (let i = 0, at = j; i < rows; i++, at += wanted.length) result.data[at] = one[i]!
  })
  return result
}

function empty(dtype: ResultArray['dtype'], shape: number[]): ResultArray {
  const length = shape.reduce((product, n) => product * n, 1)
  return dtype === 'float64'
    ? { dtype, shape, data: new Float64Array(length) }
    : { dtype, shape, data: new Int32Array(length) }
}

/** Some chunks one after the other. */
function join(stored: StoredArray, first: number, count: number, into: Float64Array | Int32Array): void {
  let at = 0
  for (let index = first; index < first + count; index++) {
    const values = stored.chunk(index)
    into.set(values, at)
    at += values.length
  }
}

/** Chosen columns of a row-major 2-D array, in the order asked. */
function pickColumns(array: ResultArray, columns: number[]): ResultArray {
  const [rows = 0, width = 1] = array.shape
  const picked = empty(array.dtype, [rows, columns.length])
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns.length; j++) picked.data[i * columns.length + j] = array.data[i * width + columns[j]!]!
  }
  return picked
}
