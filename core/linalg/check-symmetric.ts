import type { Check } from './check.ts'
import { requireFinite, requireSquare, type Matrix } from './matrix.ts'
import { exponentOf, timesPowerOfTwo } from './power-of-two.ts'
import { largestMagnitude } from './vector.ts'

/** Whether A = Aᵀ: residual max |aᵢⱼ − aⱼᵢ| / max |aᵢⱼ|, 0 for a zero matrix.
 * @param tolerance 0 unless told: symmetric to the last bit
 * @throws SHAPE_MISMATCH unless A is square | NON_FINITE naming row and column */
export function checkSymmetric(a: Matrix, tolerance = 0): Check {
  requireSquare(a)
  requireFinite(a)
  const n = a.rows
  const largest = largestMagnitude(a.data)
  if (largest === 0) return { holds: true, residual: 0, tolerance }
  const e = exponentOf(largest)
  let residual = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const lower = timesPowerOfTwo(a.data[i * n + j]!, -e)
      const upper = timesPowerOfTwo(a.data[j * n + i]!, -e)
      residual = Math.max(residual, Math.abs(lower - upper))
    }
  }
  residual /= timesPowerOfTwo(largest, -e)
  return { holds: residual <= tolerance, residual, tolerance }
}
