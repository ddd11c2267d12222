import { kernels } from './kernels/kernels.ts'
import { inPieces } from './passes.ts'
import type { Watch } from './watch.ts'

/** ‖A‖₁, the largest sum of magnitudes in a column.
 * @param data m × n row-major; Infinity where a sum is too large for a double */
export function oneNorm(data: Float64Array, m: number, n: number, watch: Watch): number {
  const sums = new Float64Array(n)
  inPieces(m, n, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const row = i * n
      for (let j = 0; j < n; j++) sums[j]! += Math.abs(data[row + j]!)
    }
  })
  return sums.reduce((most, sum) => Math.max(most, sum), 0)
}

/** No more steps than these are taken upwards: almost always two are enough. */
const STEPS = 5

/** A lower bound of ‖B‖₁, seldom less than a third of it, for a matrix known by its products alone.
 * @param apply x ← B·x or Bᵀ·x in place, x n doubles in the memory of the kernels
 * @returns Infinity where a product leaves the range of doubles
 * Cost: 4 to 11 products. Source: Higham, "FORTRAN codes for estimating the one-norm of a real or complex matrix, with
 * applications to condition estimation", ACM TOMS 14 (1988), Algorithm 4.1, after Hager (1984): B ↦ ‖B·x‖₁ is convex, so
 * its largest value over ‖x‖₁ = 1 is at a unit vector, to which the subgradient shows the way. */
export function estimateOneNorm(n: number, apply: (x: Float64Array, transposed: boolean) => void): number {
  if (n === 0) return 0
  const { memory } = kernels()
  return memory.frame(() => {
    const x = memory.allocate(n).fill(1 / n)
    apply(x, false)
    let estimate = sumOf(x)
    if (n === 1) return finite(estimate)
    let signs = signsOf(x)
    let last = -1
    for (let step = 0; step < STEPS; step++) {
      x.set(signs)
      apply(x, true)
      const steepest = placeOfLargest(x)
      if (last >= 0 && Math.abs(x[last]!) === Math.abs(x[steepest]!)) break
      x.fill(0)[steepest] = 1
      apply(x, false)
      const sum = sumOf(x)
      const turned = signsOf(x)
      const settled = sum <= estimate || turned.every((sign, i) => sign === signs[i])
      estimate = Math.max(estimate, sum)
      if (settled || Number.isNaN(sum)) break
      signs = turned
      last = steepest
    }
    // Catches what cancels exactly in the steps before.
    for (let i = 0; i < n; i++) x[i] = (i % 2 === 0 ? 1 : -1) * (1 + i / (n - 1))
    apply(x, false)
    return finite(Math.max(estimate, (2 * sumOf(x)) / (3 * n)))
  })
}

const finite = (norm: number): number => (Number.isNaN(norm) ? Infinity : norm)
const sumOf = (x: Float64Array): number => x.reduce((sum, value) => sum + Math.abs(value), 0)
const signsOf = (x: Float64Array): Float64Array => Float64Array.from(x, (value) => (value < 0 ? -1 : 1))

function placeOfLargest(x: Float64Array): number {
  let at = 0
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]!) > Math.abs(x[at]!)) at = i
  return at
}
