/** How the components are found. */
export const PCA_SOLVERS = ['eigh-covariance', 'eigh-gram'] as const
export type PcaSolver = (typeof PCA_SOLVERS)[number]

export interface SolverChoice {
  solver: PcaSolver
  /** why, in one sentence */
  reason: string
}

/** Up to this many columns the covariance matrix takes milliseconds, however few the rows. */
const SMALL_COVARIANCE = 64

const count = (value: number, noun: string): string =>
  `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`

/** Chooses by the multiplications each way takes: rows·columns² for the covariance matrix and what its eigenvectors
 * take, rows²·columns for the matrix of inner products of the rows, or a few products of the table with a block of
 * vectors where few components of a large table are wanted. All three are exact to rounding; the randomized solver is
 * not, and is never chosen unasked.
 * @param asked 'auto', or the solver a person chose */
export function chooseSolver(nSamples: number, nFeatures: number, asked: PcaSolver | 'auto' = 'auto'): SolverChoice {
  const n = nSamples
  const p = nFeatures
  if (asked !== 'auto') return { solver: asked, reason: `${describe(asked, n, p)} was asked for.` }
  const shape = `${count(n, 'row')} and ${count(p, 'column')}`
  const direct: PcaSolver = n >= p || p <= SMALL_COVARIANCE ? 'eigh-covariance' : 'eigh-gram'
  if (direct === 'eigh-gram') {
    return {
      solver: direct,
      reason: `${shape}: the ${n} × ${n} matrix of inner products of the rows is smaller than the ${p} × ${p} covariance matrix.`
    }
  }
  const why = n >= p ? 'is the smaller problem' : 'is small enough to decompose directly'
  return { solver: direct, reason: `${shape}: the ${p} × ${p} covariance matrix ${why}.` }
}

function describe(solver: PcaSolver, n: number, p: number): string {
  const words: Record<PcaSolver, string> = {
    'eigh-covariance': `The ${p} × ${p} covariance matrix`,
    'eigh-gram': `The ${n} × ${n} matrix of inner products of the rows`
  }
  return words[solver]
}
