import { EigendeskError } from '../contract/errors.ts'
import { WaitingRotations } from './rotations.ts'

const ULP = Number.EPSILON
/** Below this a coupling is dropped whatever its neighbours are: its square would underflow. T has entries near 1. */
const NEGLIGIBLE = 2 ** -500
/** QL needs under two sweeps an eigenvalue on average; LAPACK too gives up at 30 times n. */
const SWEEPS_PER_EIGENVALUE = 30

/** T = W diag(d) Wᵀ by the implicit QL method with Wilkinson's shift; the rotations are applied to the rows of qt too.
 * @param d n, diagonal; becomes the eigenvalues, in no particular order
 * @param e n, couplings (last unused); destroyed
 * @param qt n×n row-major, Qᵀ of A = Q T Qᵀ; becomes Vᵀ: row i is the eigenvector of d[i]
 * @param checkpoint called once a sweep
 * @throws NO_CONVERGENCE
 * Cost: about 5n³ flops. Source: Golub & Van Loan, Matrix Computations, §8.3.5; Dubrulle, Martin & Wilkinson,
 * "The implicit QL algorithm", Numerische Mathematik 12 (1968). */
export function tridiagonalQl(
  d: Float64Array,
  e: Float64Array,
  qt: Float64Array,
  n: number,
  checkpoint?: () => void,
  progress?: (fraction: number) => void
): void {
  if (n > 1 && Math.abs(d[0]!) > Math.abs(d[n - 1]!)) reverse(d, e, qt, n)
  const rotations = new WaitingRotations(qt, n, checkpoint)
  let sweeps = 0
  for (let first = 0; first < n; first++) {
    progress?.(first / n)
    for (;;) {
      let last = first
      while (last < n - 1 && !isNegligible(d, e, last)) last++
      if (last === first) break
      checkpoint?.()
      if (++sweeps > SWEEPS_PER_EIGENVALUE * n) throw new EigendeskError('NO_CONVERGENCE', { value: sweeps - 1 })
      sweep(d, e, rotations, first, last)
    }
  }
  rotations.flush()
}

/** QL converges fastest with the small entries first; on the reversed matrix it is QR. Same eigenvalues, basis reversed. */
function reverse(d: Float64Array, e: Float64Array, qt: Float64Array, n: number): void {
  d.reverse()
  e.subarray(0, n - 1).reverse()
  for (let low = 0, high = n - 1; low < high; low++, high--) {
    const kept = qt.slice(low * n, low * n + n)
    qt.copyWithin(low * n, high * n, high * n + n)
    qt.set(kept, high * n)
  }
}

function isNegligible(d: Float64Array, e: Float64Array, i: number): boolean {
  const coupling = Math.abs(e[i]!)
  return coupling <= ULP * (Math.abs(d[i]!) + Math.abs(d[i + 1]!)) || coupling < NEGLIGIBLE
}

function hypotenuse(x: number, y: number): number {
  const square = x * x + y * y
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square)
  const largest = Math.max(Math.abs(x), Math.abs(y))
  return largest === 0 ? 0 : largest * Math.sqrt((x / largest) ** 2 + (y / largest) ** 2)
}

/** One QL sweep over the unreduced block first…last: the bulge starts at the bottom and is chased to the top. */
function sweep(d: Float64Array, e: Float64Array, rotations: WaitingRotations, first: number, last: number): void {
  const ratio = (d[first + 1]! - d[first]!) / (2 * e[first]!)
  const root = hypotenuse(ratio, 1)
  let g = d[last]! - d[first]! + e[first]! / (ratio + (ratio < 0 ? -root : root))
  let sine = 1
  let cosine = 1
  let shift = 0
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i]!
    const b = cosine * e[i]!
    const r = hypotenuse(f, g)
    e[i + 1] = r
    if (r === 0) {
      // The bulge vanished by underflow: the block has split here.
      d[i + 1]! -= shift
      e[last] = 0
      return
    }
    sine = f / r
    cosine = g / r
    const diagonal = d[i + 1]! - shift
    const mixed = (d[i]! - diagonal) * sine + 2 * cosine * b
    shift = sine * mixed
    d[i + 1] = diagonal + shift
    g = cosine * mixed - b
    rotations.add(i, sine, cosine)
  }
  d[first]! -= shift
  e[first] = g
  e[last] = 0
}
