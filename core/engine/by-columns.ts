import type { ResultArray } from '../contract/analysis.ts'

/** Rows turned at once: with some twenty columns they stay in the cache. */
const BLOCK_ROWS = 1024
/** From this many numbers on, reading two columns of twenty is worth the turning. */
const LARGE = 1_000_000

/** A large matrix turned so that its columns lie together, as its store keeps it: a picture asks for two of them. Others
 * are what they were. */
export function byColumns(array: ResultArray): ResultArray {
  const [rows = 0, columns = 0] = array.shape
  if (array.byColumns || array.shape.length !== 2 || columns < 2 || array.data.length < LARGE) return array
  return { ...array, byColumns: true, data: turn(array.data, rows, columns) } as ResultArray
}

/** Entry (i, j) of a row-major matrix goes to j·rows + i. */
function turn<T extends Float64Array | Int32Array>(data: T, rows: number, columns: number): T {
  const turned = (data instanceof Float64Array ? new Float64Array(data.length) : new Int32Array(data.length)) as T
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const to = Math.min(rows, from + BLOCK_ROWS)
    for (let j = 0; j < columns; j++) {
      for (let i = from, at = from * columns + j; i < to; i++, at += columns) turned[j * rows + i] = data[at]!
    }
  }
  return turned
}
