import type { ResultArray } from '../contract/analysis.ts'
import type { Connection } from './database.ts'

/** Values of a result array in one BLOB: 512 KiB of doubles, as for columns. */
export const VALUES_PER_CHUNK = 65_536

/** How the values of an array follow one another in its chunks: row by row, or column by column, each of which begins a
 * chunk of its own, so that it can be read alone. */
export type Layout = 'rows' | 'columns'

/** Stores an array of a result. The caller has a transaction open. */
export function putArray(db: Connection, analysisId: string, name: string, array: ResultArray): void {
  const layout: Layout = array.byColumns ? 'columns' : 'rows'
  db.prepare('INSERT INTO result_array (analysis_id, name, dtype, shape, layout) VALUES (?, ?, ?, ?, ?)').run(
    analysisId,
    name,
    array.dtype,
    JSON.stringify(array.shape),
    layout
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
function* splitArray({ data, shape, byColumns }: ResultArray): Generator<Buffer> {
  const length = byColumns ? shape[0]! : data.length
  for (let begin = 0; begin < data.length; begin += length) {
    for (let from = begin; from < begin + length; from += VALUES_PER_CHUNK) {
      const part = data.subarray(from, Math.min(begin + length, from + VALUES_PER_CHUNK))
      yield Buffer.from(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength)
    }
  }
}

interface Head {
  dtype: ResultArray['dtype']
  shape: string
  layout: Layout
}

/** A stored array, or some columns of a matrix, row-major. null where there is none of that name, or a column is not there. */
export function readArray(db: Connection, analysisId: string, name: string, columns?: number[]): ResultArray | null {
  const head = db
    .prepare<[string, string], Head>('SELECT dtype, shape, layout FROM result_array WHERE analysis_id = ? AND name = ?')
    .get(analysisId, name)
  if (!head) return null
  const shape = JSON.parse(head.shape) as number[]
  const width = shape[1] ?? 1
  if (columns?.some((column) => column >= width)) return null
  const chunks = (from: number, to: number): Iterable<Uint8Array> =>
    db
      .prepare(
        `SELECT data FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk >= ? AND chunk < ? ORDER BY chunk`
      )
      .pluck()
      .iterate(analysisId, name, from, to) as IterableIterator<Buffer>
  if (head.layout === 'rows') {
    const whole = joinArray(head.dtype, shape, chunks(0, Number.MAX_SAFE_INTEGER))
    return columns ? pickColumns(whole, columns) : whole
  }
  const rows = shape[0] ?? 0
  const wanted = columns ?? Array.from({ length: width }, (_, column) => column)
  const perColumn = Math.ceil(rows / VALUES_PER_CHUNK)
  const result = empty(head.dtype, [rows, wanted.length])
  wanted.forEach((column, j) => {
    const one = joinArray(head.dtype, [rows], chunks(column * perColumn, (column + 1) * perColumn))
    for (let i = 0, at = j; i < rows; i++, at += wanted.length) result.data[at] = one.data[i]!
  })
  return result
}

function empty(dtype: ResultArray['dtype'], shape: number[]): ResultArray {
  const length = shape.reduce((product, n) => product * n, 1)
  return dtype === 'float64'
    ? { dtype, shape, data: new Float64Array(length) }
    : { dtype, shape, data: new Int32Array(length) }
}

/** The array from its chunks. Chunks are copied: a BLOB may begin at any byte. */
function joinArray(dtype: ResultArray['dtype'], shape: number[], chunks: Iterable<Uint8Array>): ResultArray {
  const array = empty(dtype, shape)
  const bytes = new Uint8Array(array.data.buffer)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return array
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
