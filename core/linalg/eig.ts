import { EigendeskError } from '../contract/errors.ts'
import { balance, undoBalance, type Balance } from './balance.ts'
import { eigResidual, type Eigenpairs } from './eig-residual.ts'
import { hessenbergWorkspace, reduceToHessenberg } from './hessenberg.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, requireSquare, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf } from './panel.ts'
import { clear, inPieces } from './passes.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { realSchur } from './real-schur.ts'
import { copyScaled } from './scaled-copy.ts'
import { schurVectors } from './schur-vectors.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

export type Eigenvalues = Pick<Eigenpairs, 'real' | 'imaginary'>

export interface Eigendecomposition extends Eigenpairs {
  /** ‖AV − VΛ‖₁ / (n·ulp·‖A‖₁), LAPACK's measure */
  residual: number
}

/** To bring an entry of a vector to its length and its place, far from the next, takes as long as to copy so many. */
const COST_OF_ENTRY = 8

/** A residual above this is worth a second attempt. */
const SATISFACTORY = 5

/** Eigenvalues and right eigenvectors of a square matrix: A V = V Λ.
 *
 * Order: descending modulus, then descending real part, and a conjugate pair always adjacent, positive imaginary part
 * first. Vectors have Euclidean length 1 and their entry of largest modulus (the first of equals) real and positive.
 *
 * Rows and columns are scaled alike first, which gives small eigenvalues of a badly scaled matrix their digits. Where that
 * spoils the vectors (Watkins, "A case where balancing is harmful", ETNA 23 (2006)), which the residual tells, everything
 * is computed again without it.
 * @param a n×n; not modified. n = 0 gives empty results
 * @throws SHAPE_MISMATCH | NON_FINITE | NO_CONVERGENCE | OUT_OF_MEMORY; OUT_OF_RANGE where an eigenvalue exceeds the
 * largest double
 * Accuracy: the residual is below 10, whatever the matrix. An eigenvalue itself is only as good as its condition allows: a
 * defective one of multiplicity m is known to ulp^(1/m). Cost: about 30·n³ flops, 3·n² extra doubles. Deterministic, the
 * same bits for every number of threads.
 * Source: Golub & Van Loan, Matrix Computations, chapter 7; see balance, reduceToHessenberg, realSchur, schurVectors. */
export function eig(a: Matrix, watch: Watch = unwatched): Eigendecomposition {
  checkOrder(a, 3)
  const { scaled, ...first } = decompose(a, true, watch)
  const residual = eigResidual(a, first, watch)
  if (!scaled || residual <= SATISFACTORY) {
    watch.progress(1)
    return { ...first, residual }
  }
  const { real, imaginary, vectorsReal, vectorsImaginary } = decompose(a, false, partOf(watch, 1, 1))
  const second = { real, imaginary, vectorsReal, vectorsImaginary }
  return { ...second, residual: eigResidual(a, second, watch) }
}

function decompose(a: Matrix, scaling: boolean, watch: Watch): Eigenpairs & { scaled: boolean } {
  const n = a.rows
  return kernels().memory.frame(() => {
    const { memory } = kernels()
    const copy = copyScaled(a, watch)
    const h = copy.data
    const q = memory.allocate(n * n)
    const vectors = memory.allocate(n * n)
    const balanced = balance(copy, n, scaling, watch)
    const { low, high } = balanced
    reduceToHessenberg(h, n, low, high, { reflectors: vectors, q }, partOf(watch, 0, 0.25))
    const { real, imaginary } = realSchur({ h, n, low, high, q }, partOf(watch, 0.25, 0.85))
    schurVectors(h, n, real, imaginary, vectors, partOf(watch, 0.85, 0.95))
    const product = h
    clear(product, watch)
    multiplyInto(panelOf(product, n, n), 1, panelOf(vectors, n, n), panelOf(q, n, n), watch)
    undoBalance(balanced, product, n, watch)
    const order = inOrder(real, imaginary)
    const vectorsReal = createMatrix(n, n)
    const vectorsImaginary = createMatrix(n, n)
    inPieces(n, COST_OF_ENTRY * n, watch, (from, to) => {
      for (let column = from; column < to; column++) {
        const k = order[column]!
        const pair = imaginary[k]!
        const at = pair < 0 ? k - 1 : k
        const re = product.subarray(at * n, (at + 1) * n)
        const im = pair === 0 ? null : product.subarray((at + 1) * n, (at + 2) * n)
        if (pair >= 0) normalize(re, im)
        for (let i = 0; i < n; i++) {
          vectorsReal.data[i * n + column] = re[i]!
          if (im) vectorsImaginary.data[i * n + column] = pair < 0 ? 0 - im[i]! : im[i]!
        }
      }
    })
    const scaled = balanced.scales.some((e) => e !== 0)
    return { ...scaledBack(real, imaginary, order, balanced), vectorsReal, vectorsImaginary, scaled }
  })
}

/** The eigenvalues alone, in the order of eig, which needs three times the work. They may differ from its in the last
 * digits. @throws as eig. Cost: about 10·n³ flops, n² extra doubles. */
export function eigenvalues(a: Matrix, watch: Watch = unwatched): Eigenvalues {
  checkOrder(a, 1)
  const n = a.rows
  return kernels().memory.frame(() => {
    const copy = copyScaled(a, watch)
    const h = copy.data
    const balanced = balance(copy, n, true, watch)
    const { low, high } = balanced
    reduceToHessenberg(h, n, low, high, null, partOf(watch, 0, 0.3))
    const { real, imaginary } = realSchur({ h, n, low, high, q: null }, partOf(watch, 0.3, 1))
    return scaledBack(real, imaginary, inOrder(real, imaginary), balanced)
  })
}

function checkOrder(a: Matrix, squares: number): void {
  requireSquare(a)
  const n = a.rows
  kernels().memory.require(8 * (squares * n * n + hessenbergWorkspace(n)))
}

/** The places of the eigenvalues, largest modulus first. */
function inOrder(real: Float64Array, imaginary: Float64Array): number[] {
  const modulus = real.map((re, k) => Math.hypot(re, imaginary[k]!))
  const order = Array.from(real, (_, k) => k)
  return order.sort(
    (j, k) =>
      modulus[k]! - modulus[j]! ||
      real[k]! - real[j]! ||
      Math.abs(imaginary[k]!) - Math.abs(imaginary[j]!) ||
      pairStart(j) - pairStart(k) ||
      j - k
  )
  function pairStart(k: number): number {
    return imaginary[k]! < 0 ? k - 1 : k
  }
}

function scaledBack(real: Float64Array, imaginary: Float64Array, order: number[], { exponent }: Balance): Eigenvalues {
  const take = (from: Float64Array): Float64Array =>
    Float64Array.from(order, (k) => timesPowerOfTwo(from[k]!, exponent))
  const result = { real: take(real), imaginary: take(imaginary) }
  if (![...result.real, ...result.imaginary].every(Number.isFinite)) {
    throw new EigendeskError('OUT_OF_RANGE', { field: 'eigenvalues' })
  }
  return result
}

/** Length 1, the entry of largest modulus real and positive. Entries lie between 2^±500. */
function normalize(re: Float64Array, im: Float64Array | null): void {
  let largest = 0
  let at = 0
  for (let i = 0; i < re.length; i++) {
    const modulus = im ? Math.hypot(re[i]!, im[i]!) : Math.abs(re[i]!)
    if (modulus > largest) {
      largest = modulus
      at = i
    }
  }
  let square = 0
  for (let i = 0; i < re.length; i++) square += (re[i]! / largest) ** 2 + (im ? (im[i]! / largest) ** 2 : 0)
  const length = Math.sqrt(square)
  const cosine = re[at]! / largest
  const sine = im ? im[at]! / largest : 0
  for (let i = 0; i < re.length; i++) {
    const x = re[i]! / largest
    const y = im ? im[i]! / largest : 0
    re[i] = (x * cosine + y * sine) / length
    if (im) im[i] = i === at ? 0 : (y * cosine - x * sine) / length
  }
}
