import { EigendeskError } from '../contract/errors.ts'
import { euclideanNorm, sumOfMagnitudes } from './norms.ts'
import { inPieces } from './passes.ts'
import { largestMagnitude, requireFiniteVector } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** L0: how many entries are not 0; L1: sum of magnitudes; L2: Euclidean length; Linf: largest magnitude. */
export type VectorNorm = 'L0' | 'L1' | 'L2' | 'Linf'

/** The norm of a vector; 0 for one without entries.
 * @throws NON_FINITE naming the entry | OUT_OF_RANGE where the norm exceeds the largest double
 * Accuracy: relative error below (128 + n/128)·ulp for n entries, at every scale. */
export function vectorNorm(x: Float64Array, norm: VectorNorm, watch: Watch = unwatched): number {
  requireFiniteVector(x, watch)
  if (norm === 'L0') return countOf(x, watch)
  if (norm === 'Linf') return largestMagnitude(x, watch)
  const result = norm === 'L1' ? sumOfMagnitudes(x, watch) : euclideanNorm(x, watch)
  if (result === Infinity) throw new EigendeskError('OUT_OF_RANGE', { field: `${norm} norm` })
  return result
}

function countOf(x: Float64Array, watch: Watch): number {
  let count = 0
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) if (x[i] !== 0) count++
  })
  return count
}
