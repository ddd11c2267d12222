import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { takeOut } from './passes.ts'
import type { QrFactors } from './qr-factors.ts'
import { copyColumns, factorColumns, formColumns, rowsOf } from './reflections.ts'
import { paddedStride, SQUARES, takeScaled } from './scaled-copy.ts'
import { TALL_COLUMNS, tallQr } from './tall-qr.ts'
import { unwatched, type Watch } from './watch.ts'

/** A matrix of few columns and so many times as many rows is cut into blocks of rows: up to a fifth faster with one thread,
 * and its columns are shared among threads too. */
const TALL_SHAPE = 16

/** A = Q·R by blocked reflections, without pivoting.
 * @param a m × n, any shape
 * @param mode 'thin': Q is m × k and R is k × n with k = min(m, n); 'full': Q is m × m and R is m × n
 * @returns where A has full column rank, the thin factors with this sign of R are the only ones there are. Of a matrix
 *   without columns the full Q is the identity
 * @throws NON_FINITE naming row and column | OUT_OF_MEMORY | OUT_OF_RANGE where an entry of R is too large for a double
 * Accuracy: ‖A − QR‖₁/(max(m,n)·ulp·‖A‖₁) and ‖I − QᵀQ‖₁/(m·ulp) below 10 (LAPACK's ratios), at every scale.
 * Cost: 4mnk − 2(m+n)k² + 4k³/3 flops for R and about as many again for the thin Q; extra doubles: m(n + k) and twice
 * the size of Q.
 * Source: Golub & Van Loan, Matrix Computations, §5.2.3; Elmroth & Gustavson (2000) for the panels; tallQr() for tall matrices. */
export function qr(a: Matrix, mode: 'thin' | 'full' = 'thin', watch: Watch = unwatched): QrFactors {
  const { memory, run } = kernels()
  const { rows: m, columns: n } = a
  const k = Math.min(m, n)
  const width = mode === 'full' ? m : k
  if (width === n && n <= TALL_COLUMNS && m >= TALL_SHAPE * n) return tallQr(a, watch)
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
