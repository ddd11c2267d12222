import { kernels } from '../../linalg/kernels/kernels.ts'
import { krylovSvd } from '../../linalg/krylov-svd.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { denseOperator } from '../../linalg/operator.ts'
import { inPieces, placeIn } from '../../linalg/passes.ts'
import { randomizedSvd, type TruncatedSvd } from '../../linalg/randomized-svd.ts'
import { denseOf } from '../../linalg/sparse.ts'
import { sparseOperator } from '../../linalg/sparse-multiply.ts'
import { svd } from '../../linalg/svd.ts'
import type { Watch } from '../../linalg/watch.ts'
import { counted } from '../../stats/counted.ts'
import type { SvdSource } from './sources/source.ts'
import type { SvdSolver } from './params.ts'

/** A = U·diag(s)·Vᵀ, the first k triplets. */
export interface Decomposition {
  /** rows × k */
  u: Matrix
  /** columns × k */
  v: Matrix
  /** all singular values that were computed: min(rows, columns) or k */
  spectrum: Float64Array
}

/** Up to this many rows or columns the whole decomposition takes milliseconds a million entries. */
const SMALL_SIDE = 64
/** Multiplications of a whole decomposition that nobody waits for: about a second. */
const SOON = 5e8
/** Entries a sparse matrix may have once it is written out. */
const MOST_WRITTEN = 4_000_000
/** Of more than this share of all factors a Krylov space is no smaller than the whole. */
const MANY = 1 / 3
const MOST_DENSE = 50_000_000

/** Chooses by size: the whole decomposition of what is small, or where many factors are wanted; else a Krylov method, exact to
 * rounding. The randomized one is never chosen unasked. */
export function chooseSolver(
  source: Pick<SvdSource, 'matrix'>,
  nFactors: number,
  asked: SvdSolver | 'auto'
): { solver: SvdSolver; reason: string } {
  const { rows, columns } = source.matrix.a
  const [short, cells] = [Math.min(rows, columns), rows * columns]
  if (asked !== 'auto') return { solver: asked, reason: 'This solver was asked for.' }
  const shape = `${counted(rows, 'row')} and ${counted(columns, 'column')}`
  const fits = cells <= (source.matrix.kind === 'sparse' ? MOST_WRITTEN : MOST_DENSE)
  if (fits && (short <= SMALL_SIDE || cells * short <= SOON)) {
    return { solver: 'direct', reason: `${shape}: small enough for the whole decomposition.` }
  }
  if (fits && nFactors > MANY * short) {
    return {
      solver: 'direct',
      reason: `${counted(nFactors, 'factor')} of ${short}: the whole decomposition is shorter.`
    }
  }
  return {
    solver: 'krylov',
    reason: `${counted(nFactors, 'factor')} of ${shape}: products with a few vectors take less than the whole decomposition.`
  }
}

/** The first nFactors singular triplets.
 * @throws OUT_OF_MEMORY | OUT_OF_RANGE | NO_CONVERGENCE | CANCELLED */
export function decompose(
  { matrix }: Pick<SvdSource, 'matrix'>,
  nFactors: number,
  solver: SvdSolver,
  seed: number,
  watch: Watch
): Decomposition {
  if (solver === 'direct') {
    const whole = svd(matrix.kind === 'dense' ? matrix.a : denseOf(matrix.a, watch), {}, watch)
    const { rows, columns } = whole.u
    const u = createMatrix(rows, nFactors)
    inPieces(rows, columns, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        u.data.set(whole.u.data.subarray(i * columns, i * columns + nFactors), i * nFactors)
      }
    })
    return { u, v: turn(whole.vt, nFactors, watch), spectrum: whole.s }
  }
  const { memory } = kernels()
  const found: TruncatedSvd = memory.frame(() => {
    const { rows, columns } = matrix.a
    if (matrix.kind === 'dense') memory.require(8 * rows * columns)
    const operator =
      matrix.kind === 'dense'
        ? denseOperator(placeIn(matrix.a.data, watch), rows, columns)
        : sparseOperator(matrix.a, watch)
    return solver === 'krylov'
      ? krylovSvd(operator, nFactors, { seed }, watch)
      : randomizedSvd(operator, nFactors, { seed }, watch)
  })
  return { u: found.u, v: turn(found.vt, nFactors, watch), spectrum: found.s }
}

/** The first rows of Vᵀ as the columns of V. */
function turn(vt: Matrix, nFactors: number, watch: Watch): Matrix {
  const v = createMatrix(vt.columns, nFactors)
  inPieces(vt.columns, nFactors, watch, (from, to) => {
    for (let k = 0; k < nFactors; k++) {
      for (let j = from; j < to; j++) v.data[j * nFactors + k] = vt.data[k * vt.columns + j]!
    }
  })
  return v
}
