import { kernels } from './kernels/kernels.ts'
import { exponentOf, scaleArray } from './power-of-two.ts'
import { largestMagnitude } from './vector.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
/** No divisor is smaller: a smaller one is as good as this one, and quotients of it can be scaled in one step. */
const LEAST_DIVISOR = 2 ** -900
/** Entries above 2^LARGE have the whole vector scaled down, so that no sum overflows. */
const LARGE = 300

/** A linear system in two complex unknowns at most, and its solution. */
interface Step {
  /** real and imaginary parts of the right-hand side, then of the solution */
  values: Float64Array
  /** the right-hand side, and all that was solved before, has been divided by 2^exponent */
  exponent: number
}

/** Right eigenvectors of a matrix in real Schur form with standard 2×2 blocks, by back-substitution.
 * @param t n×n row-major, in the memory of the kernels, entries near 1 or smaller
 * @param vectors n×n in the memory of the kernels, OVERWRITTEN: row k holds the vector of a real eigenvalue k; rows k and
 * k + 1 hold real and imaginary part of the vector of the one with positive imaginary part. Largest entry near 1
 * Cost: n³/3 flops for real eigenvalues, 2n³/3 for pairs.
 * Source: Golub & Van Loan, Matrix Computations, §7.6.4; a divisor below ulp·|λ| is replaced by it, which changes T by a
 * rounding error: Anderson, "Robust triangular solves for use in condition estimation", LAPACK Working Note 36 (1991). */
export function schurVectors(
  t: Float64Array,
  n: number,
  real: Float64Array,
  imaginary: Float64Array,
  vectors: Float64Array,
  watch: Watch
): void {
  vectors.fill(0)
  for (let k = n - 1; k >= 0; k--) {
    watch.checkpoint()
    watch.progress((n - k) / n)
    if (imaginary[k] === 0) {
      vectors[k * n + k] = 1
      solveUpward(t, n, k - 1, k, real[k]!, 0, vectors.subarray(k * n, (k + 1) * n), null)
      continue
    }
    k--
    const re = vectors.subarray(k * n, (k + 1) * n)
    const im = vectors.subarray((k + 1) * n, (k + 2) * n)
    const upper = t[k * n + k + 1]!
    const lower = t[(k + 1) * n + k]!
    if (Math.abs(upper) >= Math.abs(lower)) {
      re[k] = 1
      im[k + 1] = imaginary[k]! / upper
    } else {
      re[k] = -imaginary[k]! / lower
      im[k + 1] = 1
    }
    solveUpward(t, n, k - 1, k + 1, real[k]!, imaginary[k]!, re, im)
  }
}

/** Solves (T − λ)·x = 0 for entries from … 0 of x, those after up to `last` being known. */
function solveUpward(
  t: Float64Array,
  n: number,
  from: number,
  last: number,
  lambda: number,
  omega: number,
  re: Float64Array,
  im: Float64Array | null
): void {
  const { run } = kernels()
  const least = Math.max(ULP * (Math.abs(lambda) + Math.abs(omega)), LEAST_DIVISOR)
  const step: Step = { values: new Float64Array(4), exponent: 0 }
  const { values } = step
  for (let j = from; j >= 0; j--) {
    const pair = j > 0 && t[j * n + j - 1] !== 0
    const top = pair ? j - 1 : j
    for (let row = top; row <= j; row++) {
      const at = t.byteOffset + 8 * (row * n + j + 1)
      const part = 2 * (row - top)
      values[part] = -run.dot(last - j, at, re.byteOffset + 8 * (j + 1))
      values[part + 1] = im ? -run.dot(last - j, at, im.byteOffset + 8 * (j + 1)) : 0
    }
    step.exponent = 0
    const at = top * n + top
    if (pair) solvePair(step, t[at]! - lambda, t[at + 1]!, t[at + n]!, t[at + n + 1]! - lambda, omega, least)
    else solveOne(step, t[at]! - lambda, omega, least)
    if (step.exponent !== 0) scaleTail(re, im, j + 1, last, -step.exponent)
    for (let row = top; row <= j; row++) {
      re[row] = values[2 * (row - top)]!
      if (im) im[row] = values[2 * (row - top) + 1]!
    }
    const largest = largestMagnitude(values)
    values.fill(0)
    if (largest > 2 ** LARGE) scaleTail(re, im, top, last, -exponentOf(largest))
    j = top
  }
  let largest = 0
  for (let i = 0; i <= last; i++) largest = Math.max(largest, Math.abs(re[i]!), im ? Math.abs(im[i]!) : 0)
  scaleTail(re, im, 0, last, -exponentOf(largest))
}

function scaleTail(re: Float64Array, im: Float64Array | null, from: number, last: number, e: number): void {
  scaleArray(re.subarray(from, last + 1), e)
  if (im) scaleArray(im.subarray(from, last + 1), e)
}

/** Divides the right-hand side by a power of two where a quotient by `divisor` would be large. */
function makeRoom(step: Step, divisor: number): void {
  const largest = largestMagnitude(step.values)
  if (largest === 0) return
  const e = exponentOf(largest) - exponentOf(divisor)
  if (e <= LARGE) return
  step.exponent += e
  scaleArray(step.values, -e)
}

/** (d − iω)·x = values */
function solveOne(step: Step, d: number, omega: number, least: number): void {
  const { values } = step
  const small = Math.abs(d) + Math.abs(omega) < least
  const re = small ? least : d
  const im = small ? 0 : -omega
  makeRoom(step, Math.max(Math.abs(re), Math.abs(im)))
  divide(values, 0, re, im)
}

/** Complex quotient in place. Source: Smith, "Algorithm 116: Complex division", CACM 5 (1962). */
function divide(values: Float64Array, at: number, re: number, im: number): void {
  const x = values[at]!
  const y = values[at + 1]!
  if (Math.abs(re) >= Math.abs(im)) {
    const ratio = im / re
    const divisor = re + im * ratio
    values[at] = (x + y * ratio) / divisor
    values[at + 1] = (y - x * ratio) / divisor
  } else {
    const ratio = re / im
    const divisor = re * ratio + im
    values[at] = (x * ratio + y) / divisor
    values[at + 1] = (y * ratio - x) / divisor
  }
}

const entries = new Float64Array(8)
const ratio = new Float64Array(2)
const solved = new Float64Array(4)

/** [[a − iω, b], [c, d − iω]]·x = values, by elimination with complete pivoting. */
function solvePair(step: Step, a: number, b: number, c: number, d: number, omega: number, least: number): void {
  const { values } = step
  entries.set([a, -omega, b, 0, c, 0, d, -omega])
  let pivot = 0
  const size = (entry: number): number => Math.abs(entries[2 * entry]!) + Math.abs(entries[2 * entry + 1]!)
  for (let entry = 1; entry < 4; entry++) if (size(entry) > size(pivot)) pivot = entry
  if (size(pivot) < least) {
    makeRoom(step, least)
    for (let i = 0; i < 4; i++) values[i]! /= least
    return
  }
  const row = pivot >> 1
  const column = pivot & 1
  const at = (r: number, s: number): number => 2 * (2 * (r ^ row) + (s ^ column))
  const pivotRe = entries[at(0, 0)]!
  const pivotIm = entries[at(0, 0) + 1]!
  ratio.set([entries[at(1, 0)]!, entries[at(1, 0) + 1]!])
  divide(ratio, 0, pivotRe, pivotIm)
  const [re, im] = [ratio[0]!, ratio[1]!]
  const overRe = entries[at(0, 1)]!
  const overIm = entries[at(0, 1) + 1]!
  let restRe = entries[at(1, 1)]! - (re * overRe - im * overIm)
  let restIm = entries[at(1, 1) + 1]! - (re * overIm + im * overRe)
  if (Math.abs(restRe) + Math.abs(restIm) < least) {
    restRe = least
    restIm = 0
  }
  makeRoom(step, Math.max(Math.abs(restRe), Math.abs(restIm)))
  const first = 2 * row
  const second = 2 - first
  const [x, y] = [values[first]!, values[first + 1]!]
  solved[2] = values[second]! - (re * x - im * y)
  solved[3] = values[second + 1]! - (re * y + im * x)
  divide(solved, 2, restRe, restIm)
  solved[0] = x - (overRe * solved[2] - overIm * solved[3])
  solved[1] = y - (overRe * solved[3] + overIm * solved[2])
  divide(solved, 0, pivotRe, pivotIm)
  values[2 * column] = solved[0]!
  values[2 * column + 1] = solved[1]!
  values[2 - 2 * column] = solved[2]!
  values[3 - 2 * column] = solved[3]!
}
