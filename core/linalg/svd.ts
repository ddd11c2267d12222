import { bidiagonalQr } from './bidiagonal-qr.ts'
import { bidiagonalize } from './bidiagonalize.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { panelOf, transposed, type Panel } from './panel.ts'
import { identityRows, orderOf, tallColumns, valuesIn } from './singular-order.ts'
import { applyReflections, type Reflections } from './reflections.ts'
import { signOf } from './sign-rule.ts'
import { unwatched, type Watch } from './watch.ts'

export interface SingularValueDecomposition {
  /** m × r (thin) or m × m (full); columns are the left singular vectors */
  u: Matrix
  /** r = min(m, n), descending, ≥ 0 */
  s: Float64Array
  /** r × n (thin) or n × n (full); rows are the right singular vectors */
  vt: Matrix
}

/** Singular value decomposition A = U·diag(s)·Vᵀ of any m × n matrix; r = min(m, n).
 * @param a not modified; where m or n is 0, s is empty and the vectors are r × 0, 0 × r or, full, an identity
 * @returns plain arrays. The entry of largest magnitude of each row of vt (the first of equals) is positive
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE where a singular value exceeds the largest double | OUT_OF_MEMORY
 * Accuracy: ratios below 10 on test/zoo. Source: Golub & Van Loan, Matrix Computations, §8.6. */
export function svd(
  a: Matrix,
  options: { vectors?: 'thin' | 'full' } = {},
  watch: Watch = unwatched
): SingularValueDecomposition {
  const long = Math.max(a.rows, a.columns)
  const short = Math.min(a.rows, a.columns)
  const wide = a.columns > a.rows
  const kept = options.vectors === 'full' ? long : short
  return kernels().memory.frame(() => {
    const { columns, exponent } = tallColumns(a)
    const { d, e, left, right } = bidiagonalize(columns, true, watch)
    const ofLong: Side = { inner: identityRows(short), reflections: left, length: long, count: kept }
    const ofShort: Side = { inner: identityRows(short), reflections: right, length: short, count: short }
    bidiagonalQr(d, e, short, ofLong.inner, ofShort.inner, watch)
    const order = orderOf(d)
    const s = valuesIn(d, order, exponent)
    const [ofU, ofV] = wide ? [ofShort, ofLong] : [ofLong, ofShort]
    const vt = rowsOf(ofV, order, watch)
    const signs = makeLargestPositive(vt)
    const u = columnsOf(ofU, order, signs, watch)
    return { u, s, vt }
  })
}

/** The singular vectors of one side: those of the bidiagonal matrix, and the reflections that led to it. */
interface Side {
  /** r × r, rows in the order they were found */
  inner: Panel
  reflections: Reflections
  length: number
  /** vectors wanted; beyond r they complete an orthonormal basis */
  count: number
}

function rowsOf({ inner, reflections, length, count }: Side, order: readonly number[], watch: Watch): Matrix {
  const { memory, run } = kernels()
  const data = memory.zeros(count * length)
  for (let k = 0; k < count; k++) {
    if (k >= inner.rows) data[k * length + k] = 1
    else run.axpy(inner.columns, 1, inner.at + 8 * order[k]! * inner.rowStride, data.byteOffset + 8 * k * length)
  }
  applyReflections(reflections, transposed(panelOf(data, count, length)), 'plain', watch)
  return createMatrix(count, length, data.slice())
}

function columnsOf(side: Side, order: readonly number[], signs: readonly number[], watch: Watch): Matrix {
  const { inner, reflections, length, count } = side
  const { memory, run } = kernels()
  const rows = memory.zeros(inner.rows * inner.columns)
  for (let k = 0; k < inner.rows; k++) {
    const from = inner.at + 8 * order[k]! * inner.rowStride
    run.axpy(inner.columns, signs[k]!, from, rows.byteOffset + 8 * k * inner.columns)
  }
  const data = memory.zeros(length * count)
  run.transposeInto(inner.rows, inner.columns, rows.byteOffset, inner.columns, data.byteOffset, count)
  for (let k = inner.rows; k < count; k++) data[k * count + k] = 1
  applyReflections(reflections, panelOf(data, length, count), 'plain', watch)
  return createMatrix(length, count, data.slice())
}

/** Gives every row the sign that makes its entry of largest magnitude positive; returns the factors. */
function makeLargestPositive({ rows, columns, data }: Matrix): number[] {
  return Array.from({ length: rows }, (_, k) => {
    const row = data.subarray(k * columns, (k + 1) * columns)
    const sign = signOf(row)
    // Adding 0 turns −0 into 0.
    for (let j = 0; j < columns; j++) row[j] = sign * row[j]! + 0
    return sign
  })
}
