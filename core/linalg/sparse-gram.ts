import { kernels } from './kernels/kernels.ts'
import { ROWS_TASKS } from './kernels/rows-kernels.ts'
import { mirrorLower } from './mirror-lower.ts'
import { zeros } from './passes.ts'
import type { SparseMatrix } from './sparse.ts'
import type { Watch } from './watch.ts'

/** Visits to memory of a task: some milliseconds. */
const TASK_VISITS = 1_000_000

/** XᵀX of a sparse matrix, dense, in the team of threads.
 * @param x n × p; columns ascending in a row
 * @param turned its transpose; columns in any order
 * @returns p × p, row-major, both triangles, in the memory of the kernels until the frame around it ends
 * @throws OUT_OF_MEMORY
 * Cost: for every row half of the square of its entries, each a visit to a row of the result; p² doubles and 24 bytes an entry.
 * The same bits for every number of threads: each row of the result is summed up by one, in order. */
export function sparseGram(x: SparseMatrix, turned: SparseMatrix, watch: Watch): Float64Array {
  const { memory } = kernels()
  const p = x.columns
  memory.require(8 * p * p + 24 * x.values.length)
  const gram = zeros(p * p, watch)
  memory.frame(() => {
    const place = (array: Int32Array): number => {
      const copy = memory.allocateIntegers(array.length)
      copy.set(array)
      return copy.byteOffset
    }
    const sides = [x, turned].flatMap(({ rowStarts, columnIndexes, values }) => [
      place(rowStarts),
      place(columnIndexes),
      memory.place(values).byteOffset
    ])
    const ranges = cutColumns(x, turned)
    kernels().share(ROWS_TASKS.sparseGram, [...sides, place(ranges), p, gram.byteOffset], ranges.length / 2, watch)
  })
  mirrorLower(gram, p, watch)
  return gram
}

/** First and end of the columns of each task, the heaviest task first: of popular columns a task has few. */
function cutColumns(x: SparseMatrix, turned: SparseMatrix): Int32Array {
  const tasks: { from: number; to: number; visits: number }[] = []
  let open = { from: 0, to: 0, visits: 0 }
  for (let column = 0; column < x.columns; column++) {
    let visits = 0
    for (let t = turned.rowStarts[column]!; t < turned.rowStarts[column + 1]!; t++) {
      const row = turned.columnIndexes[t]!
      visits += x.rowStarts[row + 1]! - x.rowStarts[row]!
    }
    if (open.to > open.from && open.visits + visits > TASK_VISITS) {
      tasks.push(open)
      open = { from: column, to: column, visits: 0 }
    }
    open = { from: open.from, to: column + 1, visits: open.visits + visits }
  }
  if (open.to > open.from) tasks.push(open)
  tasks.sort((a, b) => b.visits - a.visits || a.from - b.from)
  return Int32Array.from(tasks.flatMap(({ from, to }) => [from, to]))
}
