import { inPieces, scaleEntries, takeOut } from './passes.ts'
import { exponentOf } from './power-of-two.ts'
import { largestMagnitude, requireFiniteVector, requireLength } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** The angle between two vectors of one length, 0 … π radians; π/2 where either is zero.
 * @throws SHAPE_MISMATCH | NON_FINITE
 * Accuracy: a few ulp for vectors that are nearly parallel or nearly opposite too, where the arc cosine of their
 * cosine has lost half its digits.
 * Source: Kahan, "How futile are mindless assessments of roundoff in floating-point computation?" (2006), §12. */
export function angleBetween(x: Float64Array, y: Float64Array, watch: Watch = unwatched): number {
  const pair = unitPair(x, y, watch)
  if (!pair) return Math.PI / 2
  let difference = 0
  let sum = 0
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      difference += (pair.x[i]! - pair.y[i]!) ** 2
      sum += (pair.x[i]! + pair.y[i]!) ** 2
    }
  })
  return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum))
}

/** The cosine of the angle between two vectors of one length, −1 … 1; 0 where either is zero, as scikit-learn has it.
 * @throws SHAPE_MISMATCH | NON_FINITE
 * Accuracy: an absolute error of about n·ulp, at every scale of either vector. */
export function cosineSimilarity(x: Float64Array, y: Float64Array, watch: Watch = unwatched): number {
  const pair = unitPair(x, y, watch)
  if (!pair) return 0
  let product = 0
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) product += pair.x[i]! * pair.y[i]!
  })
  return Math.max(-1, Math.min(1, product))
}

/** Both vectors with length 1; undefined where one has none. */
function unitPair(x: Float64Array, y: Float64Array, watch: Watch): { x: Float64Array; y: Float64Array } | undefined {
  requireLength(y, x.length)
  requireFiniteVector(x, watch)
  requireFiniteVector(y, watch)
  const [left, right] = [unit(x, watch), unit(y, watch)]
  return left && right && { x: left, y: right }
}

function unit(x: Float64Array, watch: Watch): Float64Array | undefined {
  const largest = largestMagnitude(x, watch)
  if (largest === 0) return undefined
  const near = takeOut(x, watch)
  scaleEntries(near, -exponentOf(largest), watch)
  let squares = 0
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) squares += near[i]! * near[i]!
  })
  const length = Math.sqrt(squares)
  inPieces(x.length, 1, watch, (from, to) => {
    for (let i = from; i < to; i++) near[i]! /= length
  })
  return near
}
