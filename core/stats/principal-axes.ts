import { eigh } from '../linalg/eigh.ts'
import { eighTop } from '../linalg/eigh-top.ts'
import type { GramOperator } from '../linalg/gram-operator.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { krylovBlock, krylovEigh } from '../linalg/krylov-eigh.ts'
import { krylovSvd } from '../linalg/krylov-svd.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import type { LinearOperator } from '../linalg/operator.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { inPieces, takeIn, takeOut, zeros } from '../linalg/passes.ts'
import { qr } from '../linalg/qr.ts'
import { randomizedSvd } from '../linalg/randomized-svd.ts'
import { signOf } from '../linalg/sign-rule.ts'
import type { Watch } from '../linalg/watch.ts'
import type { CentredRows } from './centred-rows.ts'
import { transposedCopy } from './transposed-copy.ts'

/** Eigenvectors of the covariance matrix C = YᵀY/(nSamples − 1) of a centred Y. */
export interface PrincipalAxes {
  /** the eigenvalues of C that were computed, at least nComponents, descending; those that rounding made negative are 0 */
  eigenvalues: Float64Array
  /** nComponents × nFeatures, orthonormal rows, the entry of largest magnitude of each positive */
  components: Float64Array
}

/** The parts of the work a person is told about; beginning one gives the means to watch it. */
export type Phase = 'centring' | 'covariance' | 'eigenvectors' | 'scores'
export type BeginPhase = (phase: Phase) => Watch

/** A matrix of this order is decomposed whole; of a larger one, only the first eigenvectors where few are wanted. */
const WHOLE_ORDER = 192
const FEW = 1 / 8

/** Eigenvectors of a symmetric matrix, all or the first ones.
 * @returns components: order × order or at least nComponents × order, rows are the vectors */
export function leadingAxes(
  c: Matrix,
  nComponents: number,
  seed: number,
  watch: Watch
): { w: Float64Array; v: Matrix } {
  const few = c.rows > WHOLE_ORDER && nComponents <= FEW * c.rows
  if (few) return eighTop(c, nComponents, { seed }, watch)
  return eigh(c, watch)
}

/** From the nFeatures × nFeatures covariance matrix itself.
 * @param covariance symmetric */
export function covarianceAxes(
  covariance: Matrix,
  nSamples: number,
  nComponents: number,
  seed: number,
  watch: Watch
): PrincipalAxes {
  const { w, v } = leadingAxes(covariance, nComponents, seed, watch)
  const components = transposedCopy(v, watch, nComponents).data
  const nEigenvalues = Math.min(nSamples, w.length)
  return { eigenvalues: w.slice(0, nEigenvalues).map((value) => Math.max(value, 0)), components }
}

/** YᵀY/(nSamples − 1), summed piece by piece. Cost: nSamples·nFeatures² flops; memory: nFeatures² doubles. */
export function covarianceOf(y: CentredRows, watch: Watch): Matrix {
  const { memory } = kernels()
  return memory.frame(() => {
    const c = zeros(y.columns * y.columns, watch)
    const target = panelOf(c, y.columns, y.columns)
    y.rowPieces((piece, start) => {
      multiplyInto(target, 1, transposed(piece), piece, watch, 'upper')
      watch.progress((start + piece.rows) / y.rows)
    }, watch)
    return symmetricOf(c, y.columns, y.rows - 1, watch)
  })
}

/** From the nSamples × nSamples matrix of inner products G = YYᵀ/(nSamples − 1), which has the same non-zero
 * eigenvalues: if Gu = λu then v = Yᵀu is an eigenvector of C. Dividing by a small σ magnifies the error of u along
 * the leading axes, so the vectors are orthonormalized in descending order of σ, which takes exactly that part away;
 * where nothing but rounding is left the variance is 0 and the axis is any direction orthogonal to those before it.
 * Cost: nSamples²·nFeatures flops, the eigenvectors of G, and 2·nSamples·nFeatures·nComponents.
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., §3.5 (the duality of XᵀX and XXᵀ). */
export function gramAxes(y: CentredRows, nComponents: number, seed: number, begin: BeginPhase): PrincipalAxes {
  const { memory } = kernels()
  const { rows, columns } = y
  const inner = begin('covariance')
  const gram = memory.frame(() => {
    const g = zeros(rows * rows, inner)
    y.columnPieces((piece, left) => {
      multiplyInto(panelOf(g, rows, rows), 1, piece, transposed(piece), inner, 'upper')
      inner.progress((left + piece.columns) / columns)
    }, inner)
    return symmetricOf(g, rows, rows - 1, inner)
  })
  const watch = begin('eigenvectors')
  const { w, v } = leadingAxes(gram, nComponents, seed, watch)
  const eigenvalues = w.map((value) => Math.max(value, 0))
  return axesOfLeft(y.operator(), eigenvalues, v, nComponents, watch)
}

/** The components that belong to eigenvectors of the inner products of the rows: Yᵀu, made orthonormal.
 * @param v rows × at least nComponents @param eigenvalues of the covariance matrix; those of rounding alone become 0 */
function axesOfLeft(
  y: LinearOperator,
  eigenvalues: Float64Array,
  v: Matrix,
  nComponents: number,
  watch: Watch
): PrincipalAxes {
  const { memory } = kernels()
  const { rows, columns } = y
  const images = memory.frame(() => {
    const u = { ...panelOf(takeIn(v.data, watch), rows, v.columns), columns: nComponents }
    const product = memory.allocate(columns * nComponents)
    y.multiplyTransposed(u, panelOf(product, columns, nComponents), watch)
    return takeOut(product, watch)
  })
  const { q, r } = qr(createMatrix(columns, nComponents, images), 'thin', watch)
  const rounding = 8 * rows * Number.EPSILON * Math.sqrt(eigenvalues[0]! * (rows - 1))
  for (let k = 0; k < eigenvalues.length; k++) {
    const isRounding = k < nComponents && Math.abs(r.data[k * nComponents + k]!) <= rounding
    // What follows a variance of 0 is 0 too, whatever rounding made of it.
    eigenvalues[k] = isRounding ? 0 : Math.min(eigenvalues[k]!, k > 0 ? eigenvalues[k - 1]! : Infinity)
  }
  return { eigenvalues, components: signedRows(q, watch) }
}

/** Qᵀ, the entry of largest magnitude of each row positive. */
function signedRows(q: Matrix, watch: Watch): Float64Array {
  const turned = transposedCopy(q, watch).data
  for (let k = 0; k < q.columns; k++) {
    watch.checkpoint()
    const row = turned.subarray(k * q.rows, (k + 1) * q.rows)
    if (signOf(row) < 0) for (let j = 0; j < q.rows; j++) row[j] = 0 - row[j]!
  }
  return turned
}

/** From products of Y with blocks of vectors, the smaller of YᵀY and YYᵀ at a time: no matrix of products is formed.
 * @param g that smaller product @param y Y itself
 * @returns null where the first steps show that forming the matrix would take less
 * Accuracy: that of the matrix of products, which is the covariance matrix or its counterpart. */
export function krylovAxes(
  g: GramOperator,
  y: LinearOperator,
  nComponents: number,
  seed: number,
  watch: Watch
): PrincipalAxes | null {
  const stepLimit = Math.ceil(g.order / (DIRECT_SHARE * krylovBlock(nComponents))) + DIRECT_STEPS
  const found = krylovEigh(g, nComponents, { seed, stepLimit }, watch)
  if (!found) return null
  const eigenvalues = found.w.map((value) => Math.max(0, value / (y.rows - 1)))
  if (y.rows < y.columns) return axesOfLeft(y, eigenvalues, found.v, nComponents, watch)
  return { eigenvalues, components: transposedCopy(found.v, watch, nComponents).data }
}

/** Forming the matrix of products, of order n, takes as long as n/(7·block) products with a block, by measurement: half the
 * multiplications, and the kernel runs at twice the speed with wide blocks. Its eigenvectors take a few more. */
const DIRECT_SHARE = 7
const DIRECT_STEPS = 6

/** The same from the singular values of Y, to their full relative accuracy or approximately.
 * Used where Y does not fit, or where it was asked for. */
export function iterativeAxes(
  y: LinearOperator,
  nComponents: number,
  solver: 'krylov' | 'randomized',
  seed: number,
  watch: Watch
): PrincipalAxes {
  const solve = solver === 'krylov' ? krylovSvd : randomizedSvd
  const { s, vt } = solve(y, nComponents, { seed }, watch)
  return { eigenvalues: s.map((value) => (value * value) / (y.rows - 1)), components: vt.data }
}

/** The upper triangle over a divisor, mirrored. */
function symmetricOf(upper: Float64Array, n: number, divisor: number, watch: Watch): Matrix {
  const matrix = createMatrix(n, n)
  const { data } = matrix
  inPieces(n, n, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = i; j < n; j++) {
        const value = upper[i * n + j]! / divisor
        data[i * n + j] = value
        data[j * n + i] = value
      }
    }
  })
  return matrix
}
