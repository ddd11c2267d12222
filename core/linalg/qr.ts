import type { Matrix } from './matrix.ts'
import type { QrFactors } from './qr-factors.ts'
import { qrByReflections } from './reflected-qr.ts'
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
  const { rows: m, columns: n } = a
  const width = mode === 'full' ? m : Math.min(m, n)
  if (width === n && n <= TALL_COLUMNS && m >= TALL_SHAPE * n) return tallQr(a, watch)
  return qrByReflections(a, width, watch)
}
