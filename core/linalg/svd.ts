import { divideAndConquer } from './bidiagonal-divide.ts'
import { reduce } from './bidiagonalize.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { blockOf, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces, takeOut, transposeEntries, zeros } from './passes.ts'
import { orderOf, tallColumns, valuesIn } from './singular-order.ts'
import { applyToPadded } from './padded-reflections.ts'
import { applyReflections, type Reflections } from './reflections.ts'
import { signOf } from './sign-rule.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

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
 * Accuracy: ratios below 10 on test/zoo. Cost with L = max(m, n): about 6Lr² + 8r³ flops thin, and 2Lr + 11r² + L·r (full:
 * L²) extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §8.6. */
export function svd(
  a: Matrix,
  options: { vectors?: 'thin' | 'full' } = {},
  watch: Watch = unwatched
): SingularValueDecomposition {
  const long = Math.max(a.rows, a.columns)
  const short = Math.min(a.rows, a.columns)
  const wide = a.columns > a.rows
  const kept = options.vectors === 'full' ? long : short
  const { memory } = kernels()
  memory.require(8 * (2 * long * short + 11 * short * short + long * kept + 400 * (long + short)))
  return memory.frame(() => {
    const { columns, exponent } = tallColumns(a, watch)
    const { d, e, outer, left, right } = reduce(columns, true, partOf(watch, 0, 0.5))
    const vectors = divideAndConquer(d, e, partOf(watch, 0.5, 0.7))
    const ofLong: Side = { inner: vectors.left, reflections: left, outer, length: long, count: kept }
    const ofShort: Side = { inner: vectors.right, reflections: right, outer: [], length: short, count: short }
    const order = orderOf(d)
    const s = valuesIn(d, order, exponent)
    const [ofU, ofV] = wide ? [ofShort, ofLong] : [ofLong, ofShort]
    const vt = rowsOf(ofV, order, watch)
    const signs = makeLargestPositive(vt, watch)
    watch.progress(wide ? 0.9 : 0.8)
    const u = columnsOf(ofU, order, signs, watch)
    watch.progress(1)
    return { u, s, vt }
  })
}

/** The singular vectors of one side: those of the bidiagonal matrix, and the reflections that led to it. */
interface Side {
  /** r × r, rows in the order they were found */
  inner: Panel
  /** of order r, or of the whole length where there is no outer one */
  reflections: Reflections
  outer: Reflections
  length: number
  /** vectors wanted; beyond r they complete an orthonormal basis */
  count: number
}

function rowsOf(side: Side, order: readonly number[], watch: Watch): Matrix {
  const { inner, length, count } = side
  const { run } = kernels()
  const data = zeros(count * length, watch)
  for (let k = 0; k < count; k++) {
    if (k >= inner.rows) data[k * length + k] = 1
    else run.axpy(inner.columns, 1, inner.at + 8 * order[k]! * inner.rowStride, data.byteOffset + 8 * k * length)
  }
  turnBack(side, transposed(panelOf(data, count, length)), watch)
  return createMatrix(count, length, takeOut(data, watch))
}

function columnsOf(side: Side, order: readonly number[], signs: readonly number[], watch: Watch): Matrix {
  const { inner, length, count } = side
  const { run } = kernels()
  const rows = zeros(inner.rows * inner.columns, watch)
  for (let k = 0; k < inner.rows; k++) {
    const from = inner.at + 8 * order[k]! * inner.rowStride
    run.axpy(inner.columns, signs[k]!, from, rows.byteOffset + 8 * k * inner.columns)
  }
  const data = zeros(length * count, watch)
  transposeEntries(inner.rows, inner.columns, rows.byteOffset, inner.columns, data.byteOffset, count, watch)
  for (let k = inner.rows; k < count; k++) data[k * count + k] = 1
  turnBack(side, panelOf(data, length, count), watch)
  return createMatrix(length, count, takeOut(data, watch))
}

/** Turns vectors of the bidiagonal matrix, the columns of C, into those of the matrix. */
function turnBack({ inner, reflections, outer }: Side, c: Panel, watch: Watch): void {
  const turned = outer.length === 0 ? c : blockOf(c, 0, 0, inner.rows, inner.rows)
  applyReflections(reflections, turned, 'plain', watch)
  if (outer.length === 0) return
  if (c.columns === inner.rows) applyToPadded(outer, c, inner.rows, watch)
  else applyReflections(outer, c, 'plain', watch)
}

/** Gives every row the sign that makes its entry of largest magnitude positive; returns the factors. */
function makeLargestPositive({ rows, columns, data }: Matrix, watch: Watch): number[] {
  const signs: number[] = []
  inPieces(rows, columns, watch, (from, to) => {
    for (let k = from; k < to; k++) {
      const row = data.subarray(k * columns, (k + 1) * columns)
      const sign = signOf(row)
      // Adding 0 turns −0 into 0.
      for (let j = 0; j < columns; j++) row[j] = sign * row[j]! + 0
      signs.push(sign)
    }
  })
  return signs
}
