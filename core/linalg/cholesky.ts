import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, requireSquare, type Matrix } from './matrix.ts'
import { blockOf, multiplyInto, panelOf, type Panel } from './panel.ts'
import { inPieces, scaleEntries, transposeEntries, zeros } from './passes.ts'
import { PRODUCTS, scaleInPlace, takeScaled } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

/** A block of no more rows than this is factored by a kernel alone. */
const SMALL_BLOCK = 48

/** A = L·Lᵀ with L lower triangular, its diagonal positive.
 * @param a n × n, symmetric positive definite; the lower triangle is read
 * @returns L, n × n, zeros above the diagonal
 * @throws NOT_POSITIVE_DEFINITE naming the pivot, counted from 1 | NON_FINITE | SHAPE_MISMATCH | OUT_OF_MEMORY
 * Accuracy: ‖A − LLᵀ‖₁/(n·ulp·‖A‖₁) below 10, at every scale. Cost: n³/3 flops and about 1.5n² extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §4.2; halved recursively after Gustavson, "Recursion leads to automatic
 * variable blocking for dense linear-algebra algorithms", IBM J. Research and Development 41 (1997). */
export function cholesky(a: Matrix, watch: Watch = unwatched): Matrix {
  requireSquare(a)
  const n = a.rows
  const { memory } = kernels()
  memory.require(8 * 1.5 * n * n)
  return memory.frame(() => {
    // What lies above the diagonal is not read, so that it may hold anything.
    const data = zeros(n * n, watch)
    inPieces(n, n, watch, (from, to) => {
      for (let i = from; i < to; i++) data.set(a.data.subarray(i * n, i * n + i + 1), i * n)
    })
    const exponent = scaleInPlace({ ...a, data }, watch, PRODUCTS)
    // An even exponent has a square root.
    const odd = Math.abs(exponent % 2)
    scaleEntries(data, odd, watch)
    const pivot = factorCholesky(panelOf(data, n, n), watch)
    if (pivot > 0) throw new EigendeskError('NOT_POSITIVE_DEFINITE', { value: pivot })
    inPieces(n, n, watch, (from, to) => {
      for (let i = from; i < to; i++) data.fill(0, i * n + i + 1, (i + 1) * n)
    })
    watch.progress(1)
    return createMatrix(n, n, takeScaled(data, (exponent - odd) / 2, 'L of a Cholesky decomposition', watch))
  })
}

/** A = L·Lᵀ in place, for many small systems one after the other.
 * @param a n × n in the memory of the kernels, entries far from the ends of the range of doubles; the lower triangle is
 *   read and overwritten with L, what lies above is undefined afterwards
 * @throws NOT_POSITIVE_DEFINITE naming the pivot, counted from 1 */
export function choleskyFactorInPlace(a: Float64Array, n: number): void {
  const pivot = factorCholesky(panelOf(a, n, n), unwatched)
  if (pivot > 0) throw new EigendeskError('NOT_POSITIVE_DEFINITE', { value: pivot })
}

/** Solves L·Lᵀ·x = b for one right side; b becomes x.
 * @param l from choleskyFactorInPlace @param b n, in the memory of the kernels */
export function choleskySolveInPlace(l: Float64Array, n: number, b: Float64Array): void {
  const { run } = kernels()
  run.solveTriangleVector(n, l.byteOffset, n, 1, b.byteOffset, 0, 0)
  run.solveTriangleVector(n, l.byteOffset, 1, n, b.byteOffset, 1, 0)
}

/** A = L·Lᵀ in place; returns 0, or the pivot that is not positive, counted from 1.
 * @param a columnStride 1, entries far from the ends of the range of doubles; the lower triangle is read and overwritten
 *   with L, what lies above is undefined afterwards
 * @param watch told of the work that is done: of a half of the rows an eighth */
export function factorCholesky(a: Panel, watch: Watch): number {
  const { memory, run } = kernels()
  const n = a.rows
  if (n <= SMALL_BLOCK) return run.factorCholesky(n, a.at, a.rowStride)
  watch.checkpoint()
  const half = n >> 1
  const rest = n - half
  const top = blockOf(a, 0, 0, half, half)
  const failed = factorCholesky(top, partOf(watch, 0, 1 / 8))
  if (failed > 0) return failed
  watch.progress(1 / 8)
  const left = blockOf(a, half, 0, rest, half)
  const corner = blockOf(a, half, half, rest, rest)
  memory.frame(() => {
    // L₂₁ᵀ = L₁₁⁻¹·A₂₁ᵀ
    const turned = panelOf(memory.allocate(half * rest), half, rest)
    transposeEntries(rest, half, left.at, left.rowStride, turned.at, turned.rowStride, watch)
    solveTriangularInto(top, turned, { side: 'lower' }, watch)
    watch.progress(1 / 2)
    transposeEntries(half, rest, turned.at, turned.rowStride, left.at, left.rowStride, watch)
    multiplyInto(corner, -1, left, turned, watch, 'lower')
    watch.progress(7 / 8)
  })
  const later = factorCholesky(corner, partOf(watch, 7 / 8, 1))
  if (later > 0) return half + later
  watch.progress(1)
  return 0
}
