import { EigendeskError } from '../contract/errors.ts'
import { requireFinite, requireSquare, type Matrix } from './matrix.ts'
import { unwatched, type Watch } from './watch.ts'

/** The sum of the diagonal, 0 for a 0 × 0 matrix; summed with compensation, so that the result is right to the last bits
 * wherever the sum is not far smaller than its terms.
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_RANGE where the sum is too large for a double
 * Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974). */
export function trace(a: Matrix, watch: Watch = unwatched): number {
  requireSquare(a)
  requireFinite(a, watch)
  const diagonal = Float64Array.from({ length: a.rows }, (_, i) => a.data[i * a.rows + i]!)
  // Room for sums on the way that cancel later.
  const factor = diagonal.some((value) => Math.abs(value) > 2 ** 960) ? 2 ** -60 : 1
  let sum = 0
  let lost = 0
  for (const value of diagonal) {
    const term = factor * value
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  const total = (sum + lost) / factor
  if (!Number.isFinite(total)) throw new EigendeskError('OUT_OF_RANGE', { field: 'a trace' })
  return total
}
