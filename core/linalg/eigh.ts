import { EigendeskError } from '../contract/errors.ts'
import { exponentOf, timesPowerOfTwo } from './power-of-two.ts'
import { signOf } from './sign-rule.ts'
import { tridiagonalQl } from './tridiagonal-ql.ts'
import { tridiagonalize } from './tridiagonalize.ts'

/** Symmetric eigendecomposition A = V diag(w) Vᵀ.
 * @param a n×n, row-major, lower triangle read; not modified
 * @param checkpoint called at least once every O(n²) of work; what it throws ends the work
 * @param progress fraction done, 0 … 1
 * @returns w (n), descending; v n×n row-major, column k is the unit eigenvector of w[k], its entry of largest
 *   magnitude (the first of equals) positive
 * @throws NON_FINITE naming row and column, counted from 1 | NO_CONVERGENCE | OUT_OF_RANGE where an eigenvalue
 *   exceeds the largest double
 * Accuracy: ratios below 10 on test/zoo. Cost: about 8n³ flops, n² extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §8.3. */
export function eigh(
  a: Float64Array,
  n: number,
  checkpoint?: () => void,
  progress?: (fraction: number) => void
): { w: Float64Array; v: Float64Array } {
  const { scaled, exponent } = scaledLowerTriangle(a, n)
  const { d, e, qt } = tridiagonalize(scaled, n, checkpoint)
  progress?.(0.3)
  tridiagonalQl(d, e, qt, n, checkpoint, progress && ((fraction) => progress(0.3 + 0.7 * fraction)))
  const order = Array.from(d.keys()).sort((i, j) => d[j]! - d[i]! || i - j)
  const w = new Float64Array(n)
  // The reflections are applied and no longer needed: their memory takes V.
  const v = scaled
  for (let k = 0; k < n; k++) {
    const row = qt.subarray(order[k]! * n, order[k]! * n + n)
    const sign = signOf(row)
    // Adding 0 turns −0, which a change of sign leaves behind, into 0.
    for (let i = 0; i < n; i++) v[i * n + k] = sign * row[i]! + 0
    w[k] = timesPowerOfTwo(d[order[k]!]!, exponent)
    if (!Number.isFinite(w[k])) throw new EigendeskError('OUT_OF_RANGE')
  }
  return { w, v }
}

/** The lower triangle of a divided by 2^exponent, so that its largest entry lies in [1, 2) and no square overflows or
 * is lost to underflow. */
function scaledLowerTriangle(a: Float64Array, n: number): { scaled: Float64Array; exponent: number } {
  let largest = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = a[i * n + j]!
      if (!Number.isFinite(entry)) {
        throw new EigendeskError('NON_FINITE', { value: `The entry in row ${i + 1}, column ${j + 1}` })
      }
      largest = Math.max(largest, Math.abs(entry))
    }
  }
  const exponent = largest === 0 ? 0 : exponentOf(largest)
  const scaled = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) scaled[i * n + j] = timesPowerOfTwo(a[i * n + j]!, -exponent)
  }
  return { scaled, exponent }
}
