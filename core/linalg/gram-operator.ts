import { GRAM_TASKS } from './kernels/gram-kernels.ts'
import { kernels } from './kernels/kernels.ts'
import { PRODUCT_TASKS } from './kernels/product-kernels.ts'
import type { Watch } from './watch.ts'

/** A symmetric matrix known by what it does to a block of vectors. */
export interface GramOperator {
  readonly order: number
  /** y = G·x for blocks of order × b, row-major and without gaps, in the memory of the kernels; y and x do not overlap */
  multiply: (x: Float64Array, y: Float64Array, b: number, watch: Watch) => void
}

/** Entries of A that a task passes over: about 2 ms. At most so many tasks, for each has a result of its own. */
const TASK_ENTRIES = 400_000
const MOST_TASKS = 64

/** The smaller of AᵀA and A·Aᵀ without forming it: a product takes one pass through A.
 * @param a rows × columns, row-major, in the memory of the kernels, valid as long as the operator is used
 * @param mean where given, A is taken as A − 1·meanᵀ. The terms cancel: errors are of the order of ulp·‖A‖²
 * Cost: 4·rows·columns·b flops; memory: up to 64 blocks for the time of a product. The sums do not depend on the threads. */
export function gramOperator(
  a: Float64Array,
  rows: number,
  columns: number,
  mean: Float64Array | null = null
): GramOperator {
  const { memory, run } = kernels()
  const tall = rows >= columns
  const order = Math.min(rows, columns)
  const length = Math.max(rows, columns)
  const means = mean === null ? null : memory.place(mean)
  const most = Math.max(Math.ceil(TASK_ENTRIES / order), Math.ceil(length / MOST_TASKS))
  const size = Math.min(length, Math.ceil(most / 12) * 12)
  const tasks = Math.ceil(length / size)
  const multiply: GramOperator['multiply'] = (x, y, b, watch) => {
    memory.frame(() => {
      const extent = (order + 1) * b
      const parts = memory.allocate(tasks * extent)
      // What A·x, or Aᵀ·x, loses by the centring: meanᵀ·x, or mean·(1ᵀx).
      const loss = memory.zeros(b)
      if (means && tall) run.multiplyColumns(order, b, 1, x.byteOffset, b, means.byteOffset, loss.byteOffset)
      if (means && !tall) for (let at = 0; at < x.length; at++) loss[at % b]! += x[at]!
      const kernel = tall ? GRAM_TASKS.tall : GRAM_TASKS.wide
      const place = [a.byteOffset, columns, rows, columns, size, x.byteOffset, b]
      const given = [loss.byteOffset, means && !tall ? means.byteOffset : 0, parts.byteOffset, 8 * extent]
      kernels().share(kernel, [...place, ...given], tasks, watch)
      const sum = memory.zeros(extent)
      const width = Math.max(64, Math.ceil(extent / 8))
      const adding = [extent, parts.byteOffset, 8 * extent, tasks, sum.byteOffset, width]
      kernels().share(PRODUCT_TASKS.addUp, adding, Math.ceil(extent / width), watch)
      y.set(sum.subarray(0, order * b))
      if (!means) return
      const sums = sum.subarray(order * b)
      for (let i = 0; i < order; i++) {
        for (let q = 0; q < b; q++) y[i * b + q]! -= (tall ? means[i]! : 1) * sums[q]!
      }
    })
  }
  return { order, multiply }
}
