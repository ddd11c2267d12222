import { EigendeskError } from '../contract/errors.ts'
import { exponentOf, timesPowerOfTwo } from './power-of-two.ts'
import { largestMagnitude, requireFiniteVector } from './vector.ts'

/** L0: how many entries are not 0; L1: sum of magnitudes; L2: Euclidean length; Linf: largest magnitude. */
export type VectorNorm = 'L0' | 'L1' | 'L2' | 'Linf'

/** Terms added up before they join the total: short sums keep rounding small. */
const BLOCK = 128

/** The norm of a vector; 0 for one without entries.
 * @throws NON_FINITE naming the entry | OUT_OF_RANGE where the norm exceeds the largest double
 * Accuracy: relative error below (128 + n/128)·ulp for n entries, at every scale. */
export function vectorNorm(x: Float64Array, norm: VectorNorm): number {
  requireFiniteVector(x)
  if (norm === 'L0') return x.reduce((count, value) => count + (value === 0 ? 0 : 1), 0)
  const largest = largestMagnitude(x)
  if (norm === 'Linf' || largest === 0) return largest
  const e = exponentOf(largest)
  let total = 0
  for (let start = 0; start < x.length; start += BLOCK) {
    let sum = 0
    for (let i = start; i < Math.min(start + BLOCK, x.length); i++) {
      const entry = timesPowerOfTwo(x[i]!, -e)
      sum += norm === 'L1' ? Math.abs(entry) : entry * entry
    }
    total += sum
  }
  const result = timesPowerOfTwo(norm === 'L1' ? total : Math.sqrt(total), e)
  if (result === Infinity) throw new EigendeskError('OUT_OF_RANGE', { field: `${norm} norm` })
  return result
}
