import { cholesky } from '../linalg/cholesky.ts'
import { EigendeskError } from '../contract/errors.ts'
import { inverse } from '../linalg/inverse.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { matrixNorm } from '../linalg/matrix-norm.ts'
import type { Watch } from '../linalg/watch.ts'
import { chiSquaredTail } from './distributions.ts'

/** Whether columns hang together enough to be explained by common factors. */
export interface Factorability {
  kmo: { overall: number; columns: Float64Array }
  bartlett: { chiSquare: number; df: number; p: number }
  /** p × p: off the diagonal minus the partial correlations, on it each column's KMO, as SPSS prints it */
  antiImage: Float64Array
}

/** Beyond this condition, a column follows from the others and R has no inverse worth reading. */
const CONDITION_LIMIT = 1e12

/** The Kaiser–Meyer–Olkin measure, Bartlett's test of sphericity and the anti-image correlations.
 * @param r p × p correlations, p ≥ 2, all finite @param nRows they come from
 * @returns null where R is singular: as many columns as rows, or a column that follows from others. KMO is NaN where nothing is
 *   correlated at all
 * KMO = Σr² / (Σr² + Σq²) over pairs, q the partial correlations: Kaiser, "An index of factorial simplicity", Psychometrika
 * 39 (1974) 31. Bartlett: χ² = −(n − 1 − (2p + 5)/6) log det R, df = p(p − 1)/2: Bartlett, J. R. Stat. Soc. B 16 (1954) 296.
 * Cost: about 3p³ flops. */
export function factorability(r: Float64Array, p: number, nRows: number, watch: Watch): Factorability | null {
  if (nRows <= p) return null
  const matrix = createMatrix(p, p, r)
  const inverted = invertible(() => ({ lower: cholesky(matrix, watch), inverse: inverse(matrix, watch) }))
  if (!inverted) return null
  const { data: s } = inverted.inverse
  if (!(matrixNorm(matrix, 'one', watch) * matrixNorm(inverted.inverse, 'one', watch) < CONDITION_LIMIT)) return null
  let logDeterminant = 0
  for (let i = 0; i < p; i++) logDeterminant += 2 * Math.log(inverted.lower.data[i * p + i]!)
  const antiImage = new Float64Array(p * p)
  const columns = new Float64Array(p)
  let [allSimple, allPartial] = [0, 0]
  for (let i = 0; i < p; i++) {
    watch.checkpoint()
    let [simple, partial] = [0, 0]
    for (let j = 0; j < p; j++) {
      if (i === j) continue
      const q = s[i * p + j]! / Math.sqrt(s[i * p + i]! * s[j * p + j]!)
      antiImage[i * p + j] = q
      simple += r[i * p + j]! ** 2
      partial += q * q
    }
    columns[i] = antiImage[i * p + i] = simple / (simple + partial)
    allSimple += simple
    allPartial += partial
  }
  const chiSquare = Math.max(0, -(nRows - 1 - (2 * p + 5) / 6) * logDeterminant)
  const df = (p * (p - 1)) / 2
  return {
    kmo: { overall: allSimple / (allSimple + allPartial), columns },
    bartlett: { chiSquare, df, p: chiSquaredTail(chiSquare, df) },
    antiImage
  }
}

function invertible<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    const code = error instanceof EigendeskError ? error.data.code : ''
    if (code === 'NOT_POSITIVE_DEFINITE' || code === 'SINGULAR' || code === 'OUT_OF_RANGE') return null
    throw error
  }
}
