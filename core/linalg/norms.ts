import { exponentOf, timesPowerOfTwo } from './power-of-two.ts'
import { largestMagnitude } from './vector.ts'

/** Terms added up before they join the total: short sums keep rounding small. */
const BLOCK = 128

/** ‖x‖₂ without overflow or underflow of the squares; NaN or Infinity where x holds one.
 * Accuracy: relative error below (128 + n/128)·ulp for n entries, at every scale. */
export function euclideanNorm(x: Float64Array): number {
  const largest = largestMagnitude(x)
  if (largest === 0 || !Number.isFinite(largest)) return largest
  const e = exponentOf(largest)
  let total = 0
  for (let start = 0; start < x.length; start += BLOCK) {
    let sum = 0
    for (let i = start; i < Math.min(start + BLOCK, x.length); i++) sum += timesPowerOfTwo(x[i]!, -e) ** 2
    total += sum
  }
  return timesPowerOfTwo(Math.sqrt(total), e)
}

/** ‖x‖₁; Infinity where it exceeds the largest double. Accuracy as of euclideanNorm. */
export function sumOfMagnitudes(x: Float64Array): number {
  let total = 0
  for (let start = 0; start < x.length; start += BLOCK) {
    let sum = 0
    for (let i = start; i < Math.min(start + BLOCK, x.length); i++) sum += Math.abs(x[i]!)
    total += sum
  }
  return total
}
