import { EigendeskError } from '../contract/errors.ts'
import { requireFinite, requireSquare, type Matrix } from './matrix.ts'

/** The sum of the diagonal, 0 for a 0 × 0 matrix; summed with compensation, so that the result is right to the last bits
 * wherever the sum is not far smaller than its terms.
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_RANGE where the sum is too large for a double
 * Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974). */
export function trace(a: Matrix): number {
  requireSquare(a)
  requireFinite(a)
  const n = a.rows
  // Room for sums on the way that cancel later.
  const factor = a.data.some((value) => Math.abs(value) > 2 ** 960) ? 2 ** -60 : 1
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const term = factor * a.data[i * n + i]!
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  const total = (sum + lost) / factor
  if (!Number.isFinite(total)) throw new EigendeskError('OUT_OF_RANGE', { field: 'a trace' })
  return total
}
