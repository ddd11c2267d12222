import { inPieces } from './passes.ts'
import { exponentOf, factorsOf, timesPowerOfTwo } from './power-of-two.ts'
import { largestMagnitude } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** Terms added up before they join the total: short sums keep rounding small. */
const BLOCK = 128

/** ‖x‖₂ without overflow or underflow of the squares; NaN or Infinity where x holds one.
 * Accuracy: relative error below (128 + n/128)·ulp for n entries, at every scale. */
export function euclideanNorm(x: Float64Array, watch: Watch = unwatched): number {
  const largest = largestMagnitude(x, watch)
  if (largest === 0 || !Number.isFinite(largest)) return largest
  const e = exponentOf(largest)
  const [first, second] = factorsOf(-e)
  let total = 0
  inBlocks(x, watch, (from, to) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += (x[i]! * first * second) ** 2
    total += sum
  })
  return timesPowerOfTwo(Math.sqrt(total), e)
}

/** ‖x‖₁; Infinity where it exceeds the largest double. Accuracy as of euclideanNorm. */
export function sumOfMagnitudes(x: Float64Array, watch: Watch): number {
  let total = 0
  inBlocks(x, watch, (from, to) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += Math.abs(x[i]!)
    total += sum
  })
  return total
}

function inBlocks(x: Float64Array, watch: Watch, step: (from: number, to: number) => void): void {
  inPieces(Math.ceil(x.length / BLOCK), BLOCK, watch, (first, end) => {
    for (let k = first; k < end; k++) step(k * BLOCK, Math.min((k + 1) * BLOCK, x.length))
  })
}
