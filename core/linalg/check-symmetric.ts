import type { Check } from './check.ts'
import { requireFinite, requireSquare, type Matrix } from './matrix.ts'
import { inPieces } from './passes.ts'
import { exponentOf, factorsOf } from './power-of-two.ts'
import { largestMagnitude } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** Whether A = Aᵀ: residual max |aᵢⱼ − aⱼᵢ| / max |aᵢⱼ|, 0 for a zero matrix.
 * @param tolerance 0 unless told: symmetric to the last bit
 * @throws SHAPE_MISMATCH unless A is square | NON_FINITE naming row and column */
export function checkSymmetric(a: Matrix, tolerance = 0, watch: Watch = unwatched): Check {
  requireSquare(a)
  requireFinite(a, watch)
  const n = a.rows
  const largest = largestMagnitude(a.data, watch)
  if (largest === 0) return { holds: true, residual: 0, tolerance }
  const [first, second] = factorsOf(-exponentOf(largest))
  let residual = 0
  inPieces(n, n, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < i; j++) {
        const lower = a.data[i * n + j]! * first * second
        const upper = a.data[j * n + i]! * first * second
        residual = Math.max(residual, Math.abs(lower - upper))
      }
    }
  })
  residual /= largest * first * second
  return { holds: residual <= tolerance, residual, tolerance }
}
