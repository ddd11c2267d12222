import type { ResultArray } from '../contract/analysis.ts'

/** Values of a result array in one BLOB: 512 KiB of doubles, as for columns. */
export const VALUES_PER_CHUNK = 65_536

/** How the values of an array follow one another in its chunks: row by row, or column by column, each of which begins a
 * chunk of its own, so that it can be read alone. */
export type Layout = 'rows' | 'columns'

/** What an array is, without its values. */
export interface ArrayHead {
  dtype: ResultArray['dtype']
  shape: number[]
  layout: Layout
}

/** An array of a result as it is kept, in chunks: in the database, in memory until it is there, or with another thread. */
export interface StoredArray extends ArrayHead {
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
