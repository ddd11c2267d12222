import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, describeShape, type Matrix } from './matrix.ts'
import { estimateOneNorm, oneNorm } from './one-norm.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces } from './passes.ts'
import { pseudoInverseFactors } from './pinv.ts'
import { applyReflections, copyColumns, factorColumns, rowsOf } from './reflections.ts'
import { copyScaled, paddedStride, scaleInPlace, SQUARES, takeScaled } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

const ULP = Number.EPSILON
/** Right sides of at most 2^400 leave room for the solution. */
const RIGHT_SIDES = 400
/** The part of the progress that is QR's: what may follow cannot be foreseen. */
const BY_QR = 0.5

export interface LeastSquares {
  /** n × p; each column has the least ‖B − AX‖₂, and of all those the least ‖X‖₂ */
  x: Matrix
  rank: number
  /** 'qr' where the rank is full beyond doubt; 'svd' where it is not, or is in doubt */
  method: 'qr' | 'svd'
}

/** X that minimizes ‖B − AX‖₂ for each column, of minimum norm where several do.
 * @param a m × n, any shape: of full rank, it is solved by QR of A, or of Aᵀ where m < n; where the estimated condition leaves
 *   a doubt, by the singular values above max(m, n)·ulp·σ₁
 * @param b m × p
 * @returns n = 0 gives an X without rows, m = 0 one of zeros
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_RANGE where X is too large for a double | NO_CONVERGENCE | OUT_OF_MEMORY
 * Accuracy: the exact solution of a problem within max(m, n)·ulp of this one, column by column (Higham, Accuracy and Stability
 * of Numerical Algorithms, §20.2). Cost: 2mn² − ⅔n³ + 4mnp flops for m ≥ n by QR, about five times that by singular
 * values; 2mn + mp extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §5.3.2, §5.5.1 and §5.6.2. */
export function leastSquares(a: Matrix, b: Matrix, watch: Watch = unwatched): LeastSquares {
  if (a.rows !== b.rows) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: describeShape(b) })
  }
  const { memory } = kernels()
  const { rows: m, columns: n } = a
  const p = b.columns
  const most = Math.max(m, n)
  const least = Math.min(m, n)
  memory.require(8 * (m * n + 2 * paddedStride(most) * (least + 100) + (m + n) * p))
  return memory.frame(() => {
    const right = copyScaled(b, watch, RIGHT_SIDES, 'the right sides')
    const data = memory.zeros(n * p)
    const x = panelOf(data, n, p)
    const take = (exponent: number): Matrix =>
      createMatrix(n, p, takeScaled(data, right.exponent - exponent, 'a least-squares solution', watch))
    const byQr = memory.frame(() => solveByQr(a, panelOf(right.data, m, p), x, partOf(watch, 0, BY_QR)))

    if (byQr !== null) {
      watch.progress(1)
      return { x: take(byQr), rank: least, method: 'qr' }
    }
    // The right sides may have been turned, and X begun.
    data.fill(0)
    inPieces(b.data.length, 1, watch, (from, to) => right.data.set(b.data.subarray(from, to), from))
    scaleInPlace({ ...b, data: right.data }, watch, RIGHT_SIDES)
    const { left, right: axes, rank, exponent } = pseudoInverseFactors(a, undefined, partOf(watch, BY_QR, 1))
    const coordinates = panelOf(memory.zeros(rank * p), rank, p)
    multiplyInto(coordinates, 1, left, panelOf(right.data, m, p), watch)
    multiplyInto(x, 1, axes, coordinates, watch)
    return { x: take(exponent), rank, method: 'svd' }
  })
}

/** Fills in X and returns the exponent that A was scaled by; null, with B and X undefined, where the rank is in doubt. */
function solveByQr(a: Matrix, b: Panel, x: Panel, watch: Watch): number | null {
  const { run } = kernels()
  const tall = a.rows >= a.columns
  const { columns, exponent } = tall ? copyColumns(a, watch, SQUARES) : copyRows(a, watch)
  const k = columns.columns
  const p = b.columns
  const reflections = factorColumns(columns, watch)
  const r = blockOf(columns, 0, 0, k, k)
  if (!hasFullRank(r, columns.rows, watch)) return null
  if (tall) {
    applyReflections(reflections, b, 'transposed', watch)
    solveTriangularInto(r, blockOf(b, 0, 0, k, p), { side: 'upper' }, watch)
    run.axpy(k * p, 1, b.at, x.at)
  } else {
    solveTriangularInto(transposed(r), b, { side: 'lower' }, watch)
    run.axpy(k * p, 1, b.at, x.at)
    applyReflections(reflections, x, 'plain', watch)
  }
  return run.largest(x.rows * p, x.at) < Infinity ? exponent : null
}

/** Aᵀ with each of its columns, a row of A, in one piece. */
function copyRows(a: Matrix, watch: Watch): { columns: Panel; exponent: number } {
  const { data, exponent } = copyScaled(a, watch, SQUARES)
  return { columns: transposed(panelOf(data, a.rows, a.columns)), exponent }
}

/** Whether the k × k triangle R has full rank beyond doubt: σ_k > k·(tolerance of rank()), as the 1-norms tell, which differ
 * from the 2-norms by √k each way. */
function hasFullRank(r: Panel, most: number, watch: Watch): boolean {
  const k = r.rows
  if (k === 0) return true
  const entries = rowsOf(r, watch)
  for (let i = 0; i < k; i++) {
    entries.fill(0, i * k, i * k + i)
    if (entries[i * k + i] === 0) return false
  }
  const norm = oneNorm(entries, k, k, watch)
  const inverse = estimateOneNorm(k, (x, isTransposed) => {
    const panel = panelOf(x, k, 1)
    if (isTransposed) solveTriangularInto(transposed(r), panel, { side: 'lower' }, watch)
    else solveTriangularInto(r, panel, { side: 'upper' }, watch)
  })
  return 1 / norm / inverse > k * most * ULP
}
