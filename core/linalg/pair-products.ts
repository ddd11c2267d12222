import { kernels } from './kernels/kernels.ts'
import { ROWS_TASKS } from './kernels/rows-kernels.ts'
import { placeIn } from './passes.ts'
import type { Watch } from './watch.ts'

/** Pairs of a round: 16 MB of indexes and products. */
const ROUND_PAIRS = 1_000_000
/** Multiplications of a task: about a millisecond. */
const TASK_WORK = 1_000_000

/** left[rows[t]] · right[columns[t]] for every pair t, in the team of threads: what a model of factors predicts for given cells.
 * @param rows one a pair, or by offsets, as the rows of a sparse matrix; a number below 0 makes the product 0, as does one of `columns`
 * @param left nRows × size, row-major @param right nColumns × size
 * @param take told the products of the pairs from … from + products.length − 1, in order, and their rows; valid during the call
 * Cost: size multiplications a pair, each pair a visit to memory out of order. The same bits for every number of threads. */
export function multiplyPairs(
  rows: Int32Array | { offsets: Int32Array },
  columns: Int32Array,
  left: Float64Array,
  right: Float64Array,
  size: number,
  watch: Watch,
  take: (from: number, products: Float64Array, rows: Int32Array) => void
): void {
  const { memory } = kernels()
  memory.frame(() => {
    const sides = [placeIn(left, watch).byteOffset, placeIn(right, watch).byteOffset]
    const most = Math.min(ROUND_PAIRS, columns.length)
    const places = [memory.allocateIntegers(most), memory.allocateIntegers(most)] as const
    const products = memory.allocate(most)
    const writeRows = rows instanceof Int32Array ? copied(rows) : spreadOut(rows.offsets)
    const height = Math.max(64, Math.ceil(TASK_WORK / Math.max(1, size)))
    for (let from = 0; from < columns.length; from += most) {
      watch.checkpoint()
      const count = Math.min(most, columns.length - from)
      writeRows(from, places[0].subarray(0, count))
      places[1].set(columns.subarray(from, from + count))
      const args = [places[0].byteOffset, places[1].byteOffset, count, size, ...sides, products.byteOffset, height]
      kernels().share(ROWS_TASKS.multiplyPairs, args, Math.ceil(count / height), watch)
      take(from, products.subarray(0, count), places[0].subarray(0, count))
      watch.progress((from + count) / columns.length)
    }
  })
}

/** Writes the rows of the pairs from … from + to.length − 1. */
type WriteRows = (from: number, to: Int32Array) => void

const copied =
  (rows: Int32Array): WriteRows =>
  (from, to) =>
    to.set(rows.subarray(from, from + to.length))

/** For pairs that are asked for in order. An array of all rows would be fresh memory of the size of the table, for every sweep. */
function spreadOut(offsets: Int32Array): WriteRows {
  let row = 0
  return (from, to) => {
    const end = from + to.length
    for (let at = from; at < end;) {
      while (offsets[row + 1]! <= at) row++
      const stop = Math.min(end, offsets[row + 1]!)
      to.fill(row, at - from, stop - from)
      at = stop
    }
  }
}
