import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { takeOut } from './passes.ts'
import type { QrFactors } from './qr-factors.ts'
import { copyColumns, factorColumns, formColumns, rowsOf } from './reflections.ts'
import { paddedStride, SQUARES, takeScaled } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

/** A = Q·R by blocked reflections of whole columns; what qr() does with all but tall matrices of few columns.
 * @param width columns of Q: min(m, n), or m
 * @throws NON_FINITE | OUT_OF_MEMORY | OUT_OF_RANGE, as qr() */
export function qrByReflections(a: Matrix, width: number, watch: Watch): QrFactors {
  const { memory, run } = kernels()
  const { rows: m, columns: n } = a
  const k = Math.min(m, n)
  memory.require(8 * (m * n + paddedStride(m) * (n + k + 2 * width) + 200 * (n + width)))
  return memory.frame(() => {
    const { columns, exponent } = copyColumns(a, watch, SQUARES)
    const reflections = factorColumns(columns, watch)
    const r = rowsOf({ ...columns, rows: k }, watch)
    for (let i = 1; i < k; i++) r.fill(0, i * n, i * n + Math.min(i, n))
    const q = formColumns(reflections, m, width, watch)
    for (let i = 0; i < k; i++) {
      if (r[i * n + i]! >= 0) continue
      run.scale(n - i, -1, r.byteOffset + 8 * (i * n + i))
      run.scale(m, -1, q.at + 8 * i * q.columnStride)
    }
    const upper = createMatrix(width, n)
    upper.data.set(takeScaled(r, exponent, 'R of a QR decomposition', watch))
    return { q: createMatrix(m, width, takeOut(rowsOf(q, watch), watch)), r: upper }
  })
}
