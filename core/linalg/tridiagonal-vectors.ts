import { SeededRandom } from './random.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
/** One solve brings out the wanted direction, a second removes what the start had of its neighbours, a third what
 * orthogonalization against them left. */
const SOLVES = 3

/** The eigenvalue of a symmetric tridiagonal T that has rank − 1 above it, by bisection.
 * @param d n, diagonal @param e n − 1 or more, couplings @param rank 1 … n
 * Accuracy: ulp·‖T‖. Cost: about 55 times 3n flops. Source: Golub & Van Loan, Matrix Computations, §8.4.1. */
export function tridiagonalValue(d: Float64Array, e: Float64Array, rank: number): number {
  const n = d.length
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < n; i++) {
    const radius = (i > 0 ? Math.abs(e[i - 1]!) : 0) + (i < n - 1 ? Math.abs(e[i]!) : 0)
    low = Math.min(low, d[i]! - radius)
    high = Math.max(high, d[i]! + radius)
  }
  const enough = ULP * Math.max(Math.abs(low), Math.abs(high))
  const floor = enough * enough
  while (high - low > enough) {
    const middle = low + (high - low) / 2
    if (countAbove(d, e, middle, floor) >= rank) low = middle
    else high = middle
  }
  return low + (high - low) / 2
}

/** Eigenvalues above x: the positive pivots of T − x. A pivot below floor counts as one of that size. */
function countAbove(d: Float64Array, e: Float64Array, x: number, floor: number): number {
  let count = 0
  let pivot = 1
  for (let i = 0; i < d.length; i++) {
    const coupling = i === 0 ? 0 : e[i - 1]!
    pivot = d[i]! - x - (coupling * coupling) / pivot
    if (Math.abs(pivot) < floor) pivot = -floor
    if (pivot > 0) count++
  }
  return count
}

/** Eigenvectors of a symmetric tridiagonal T for a few of its eigenvalues, by inverse iteration; each is kept orthogonal
 * to those before it.
 * @param d n, diagonal @param e n − 1 or more, couplings @param w eigenvalues of T, to working accuracy
 * @returns w.length × n, row-major
 * Cost: about 90n + 12n·w.length flops a vector. Source: Golub & Van Loan, Matrix Computations, §8.2.2 and §4.3.4;
 * Peters & Wilkinson, "Inverse iteration, ill-conditioned equations and Newton's method", SIAM Review 21 (1979). */
export function tridiagonalVectors(
  d: Float64Array,
  e: Float64Array,
  w: Float64Array,
  seed: number,
  watch: Watch
): Float64Array {
  const n = d.length
  const random = new SeededRandom(seed)
  const vectors = new Float64Array(w.length * n)
  const norm = d.reduce((most, value, i) => Math.max(most, Math.abs(value), i < n - 1 ? Math.abs(e[i]!) : 0), 0)
  const rows = { diagonal: new Float64Array(n), above: new Float64Array(n), second: new Float64Array(n) }
  const factors = new Float64Array(n)
  const swapped = new Uint8Array(n)
  for (let k = 0; k < w.length; k++) {
    factor(k)
    const vector = vectors.subarray(k * n, k * n + n)
    for (let i = 0; i < n; i++) vector[i] = random.normal()
    for (let solve = 0; solve < SOLVES; solve++) {
      watch.checkpoint()
      substitute(vector)
      normalize(vector)
      for (let pass = 0; pass < 2; pass++) {
        for (let other = 0; other < k; other++) remove(vector, vectors.subarray(other * n, other * n + n))
      }
      normalize(vector)
    }
  }
  return vectors

  /** T − w[k] = P·L·U with partial pivoting; a pivot of 0 becomes one of ulp·‖T‖. */
  function factor(k: number): void {
    const { diagonal, above, second } = rows
    const shift = w[k]!
    for (let i = 0; i < n; i++) {
      diagonal[i] = d[i]! - shift
      above[i] = i < n - 1 ? e[i]! : 0
      second[i] = 0
    }
    for (let i = 0; i < n - 1; i++) {
      const below = e[i]!
      swapped[i] = Math.abs(below) > Math.abs(diagonal[i]!) ? 1 : 0
      if (swapped[i] === 1) {
        const multiplier = diagonal[i]! / below
        const kept = above[i]!
        diagonal[i] = below
        above[i] = diagonal[i + 1]!
        second[i] = above[i + 1]!
        diagonal[i + 1] = kept - multiplier * above[i]!
        above[i + 1] = -multiplier * second[i]!
        factors[i] = multiplier
      } else {
        if (diagonal[i] === 0) diagonal[i] = pivotFloor()
        factors[i] = below / diagonal[i]!
        diagonal[i + 1]! -= factors[i]! * above[i]!
      }
    }
    for (let i = 0; i < n; i++) if (Math.abs(diagonal[i]!) < pivotFloor()) diagonal[i] = pivotFloor()
  }

  function pivotFloor(): number {
    return norm === 0 ? 1 : ULP * norm
  }

  function substitute(x: Float64Array): void {
    const { diagonal, above, second } = rows
    for (let i = 0; i < n - 1; i++) {
      if (swapped[i] === 1) {
        const kept = x[i]!
        x[i] = x[i + 1]!
        x[i + 1] = kept
      }
      x[i + 1]! -= factors[i]! * x[i]!
    }
    for (let i = n - 1; i >= 0; i--) {
      const later = i < n - 1 ? above[i]! * x[i + 1]! : 0
      const last = i < n - 2 ? second[i]! * x[i + 2]! : 0
      x[i] = (x[i]! - later - last) / diagonal[i]!
    }
  }
}

function normalize(x: Float64Array): void {
  let largest = 0
  for (const value of x) largest = Math.max(largest, Math.abs(value))
  let sum = 0
  for (const value of x) sum += (value / largest) ** 2
  const norm = Math.sqrt(sum)
  for (let i = 0; i < x.length; i++) x[i] = x[i]! / largest / norm
}

function remove(x: Float64Array, unit: Float64Array): void {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! * unit[i]!
  for (let i = 0; i < x.length; i++) x[i]! -= sum * unit[i]!
}
