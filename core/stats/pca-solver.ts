import { counted } from './counted.ts'

/** How the components are found. */
export const PCA_SOLVERS = ['eigh-covariance', 'eigh-gram', 'krylov', 'randomized'] as const
export type PcaSolver = (typeof PCA_SOLVERS)[number]

export interface SolverChoice {
  solver: PcaSolver
  /** why, in one sentence */
  reason: string
}

/** Up to this many columns the covariance matrix takes milliseconds, however few the rows. */
const SMALL_COVARIANCE = 64

/** From this many entries on, passes over the data count for more than what a small problem takes to set up. */
const LARGE_TABLE = 1_000_000

/** Few components: at most this share of all there are. */
const FEW = 1 / 20

/** Passes over the data that a Krylov method takes where the first components stand out from the rest, forth and back. */
const KRYLOV_PASSES = 12

/** Of the two matrices of products, the one to decompose: the smaller, or one that takes milliseconds anyway. */
export function directSolver(nSamples: number, nFeatures: number): 'eigh-covariance' | 'eigh-gram' {
  return nSamples >= nFeatures || nFeatures <= SMALL_COVARIANCE ? 'eigh-covariance' : 'eigh-gram'
}

/** Chooses by the multiplications each way takes: rows·columns² for the covariance matrix and what its eigenvectors
 * take, rows²·columns for the matrix of inner products of the rows, or a few products of the table with a block of
 * vectors where few components of a large table are wanted. All three are exact to the rounding of
 * the covariance matrix; the randomized solver is not, and is never chosen unasked.
 * @param asked 'auto', or the solver a person chose */
export function chooseSolver(
  nSamples: number,
  nFeatures: number,
  nComponents: number,
  asked: PcaSolver | 'auto' = 'auto'
): SolverChoice {
  const n = nSamples
  const p = nFeatures
  const k = nComponents
  if (asked !== 'auto') return { solver: asked, reason: `${describe(asked, n, p)} was asked for.` }
  const shape = `${counted(n, 'row')} and ${counted(p, 'column')}`
  const direct = directSolver(n, p)
  const order = direct === 'eigh-covariance' ? p : n
  const directWork = n * p * order + 4 * order ** 3
  const krylovWork = 2 * KRYLOV_PASSES * n * p * (k + 6)
  if (order > SMALL_COVARIANCE && n * p >= LARGE_TABLE && k <= FEW * Math.min(n, p) && krylovWork < directWork) {
    return {
      solver: 'krylov',
      reason: `${counted(k, 'component')} of ${shape}: a few products of the table with blocks of vectors take less than its ${order} × ${order} matrix of products.`
    }
  }
  if (direct === 'eigh-gram') {
    return {
      solver: direct,
      reason: `${shape}: the ${n} × ${n} matrix of inner products of the rows is smaller than the ${p} × ${p} covariance matrix.`
    }
  }
  const why = n >= p ? 'is the smaller problem' : 'is small enough to decompose directly'
  return { solver: direct, reason: `${shape}: the ${p} × ${p} covariance matrix ${why}.` }
}

/** The matrix of products after all, where the first Krylov steps have shown that their end is far. */
export function formInstead({ reason }: SolverChoice, nSamples: number, nFeatures: number): SolverChoice {
  return {
    solver: directSolver(nSamples, nFeatures),
    reason: `${reason} Its first steps showed that the components hardly stand out from the rest, so that matrix was formed after all.`
  }
}

function describe(solver: PcaSolver, n: number, p: number): string {
  const words: Record<PcaSolver, string> = {
    'eigh-covariance': `The ${p} × ${p} covariance matrix`,
    'eigh-gram': `The ${n} × ${n} matrix of inner products of the rows`,
    krylov: 'The Krylov method, exact to rounding,',
    randomized: 'The randomized method, which approximates,'
  }
  return words[solver]
}

/** Bytes that the linear algebra of a solver needs in the memory of the kernels beside the table itself, a bound: the
 * matrix of products and what its eigenvectors take, or blocks of vectors. */
export function workspaceBytes(solver: PcaSolver, nSamples: number, nFeatures: number, nComponents: number): number {
  if (solver === 'krylov' || solver === 'randomized') {
    // A product with the matrix of products adds up to 64 blocks of at most 16 vectors.
    const sums = solver === 'krylov' ? 64 * 16 * Math.min(nSamples, nFeatures) : 0
    return 8 * ((nSamples + nFeatures) * (3 * nComponents + 128) + sums)
  }
  const order = solver === 'eigh-gram' ? nSamples : nFeatures
  return 8 * 4 * order * order
}
