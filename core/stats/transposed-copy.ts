import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { takeIn, takeOut, transposeEntries } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'

/** Aᵀ, or its first rows, in memory of its own. */
export function transposedCopy(a: Matrix, watch: Watch, count = a.columns): Matrix {
  const { memory } = kernels()
  return memory.frame(() => {
    const from = memory.holds(a.data) ? a.data : takeIn(a.data, watch)
    const turned = memory.allocate(count * a.rows)
    transposeEntries(a.rows, count, from.byteOffset, a.columns, turned.byteOffset, a.rows, watch)
    return createMatrix(count, a.rows, takeOut(turned, watch))
  })
}
