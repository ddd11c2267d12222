import { EigendeskError } from '../contract/errors.ts'
import { euclideanNorm, sumOfMagnitudes } from './norms.ts'
import { largestMagnitude, requireFiniteVector } from './vector.ts'

/** L0: how many entries are not 0; L1: sum of magnitudes; L2: Euclidean length; Linf: largest magnitude. */
export type VectorNorm = 'L0' | 'L1' | 'L2' | 'Linf'

/** The norm of a vector; 0 for one without entries.
 * @throws NON_FINITE naming the entry | OUT_OF_RANGE where the norm exceeds the largest double
 * Accuracy: relative error below (128 + n/128)·ulp for n entries, at every scale. */
export function vectorNorm(x: Float64Array, norm: VectorNorm): number {
  requireFiniteVector(x)
  if (norm === 'L0') return x.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)
  if (norm === 'Linf') return largestMagnitude(x)
  const result = norm === 'L1' ? sumOfMagnitudes(x) : euclideanNorm(x)
  if (result === Infinity) throw new EigendeskError('OUT_OF_RANGE', { field: `${norm} norm` })
  return result
}
