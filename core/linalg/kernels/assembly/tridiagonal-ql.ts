// Eigenvalues of a symmetric tridiagonal matrix by the QL method: with vectors for small ones, without for any.
import { address, get, integer, put } from './memory'
import { rotate } from './vectors'

const EPS: f64 = 1.1102230246251565e-16
/** Couplings below this are dropped: their squares would underflow, and T has entries near 1. */
const NEGLIGIBLE: f64 = 1e-150
/** QL needs under two sweeps an eigenvalue; LAPACK too gives up at 30. */
const SWEEPS: i32 = 30

function at(x: usize, i: i32): f64 {
  return get(x + (<usize>i << 3))
}

function set(x: usize, i: i32, value: f64): void {
  put(x + (<usize>i << 3), value)
}

function isNegligible(d: usize, e: usize, i: i32, floor: f64): bool {
  const coupling = Math.abs(at(e, i))
  return coupling <= EPS * (Math.abs(at(d, i)) + Math.abs(at(d, i + 1))) || coupling <= floor
}

function hypotenuse(x: f64, y: f64): f64 {
  const square = x * x + y * y
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square)
  const most = Math.max(Math.abs(x), Math.abs(y))
  if (most == 0) return 0
  const a = x / most
  const b = y / most
  return most * Math.sqrt(a * a + b * b)
}

/** T = W diag(d) Wᵀ by the implicit QL method with Wilkinson's shift. Rows of q become the eigenvectors of T; d its
 * eigenvalues, in no order; e is destroyed. False where it does not converge.
 * Source: Golub & Van Loan, Matrix Computations, §8.3.5; Dubrulle, Martin & Wilkinson, Numerische Mathematik 12 (1968). */
function implicitQl(n: i32, d: usize, e: usize, q: usize, ldq: i32): bool {
  const row = <usize>ldq << 3
  for (let i = 0; i < n; i++) {
    memory.fill(q + <usize>i * row, 0, <usize>n << 3)
    put(q + <usize>i * row + (<usize>i << 3), 1)
  }
  // QL converges fastest with the small entries first; on the reversed matrix it is QR.
  if (n > 1 && Math.abs(at(d, 0)) > Math.abs(at(d, n - 1))) {
    reverse(d, 0, n - 1)
    reverse(e, 0, n - 2)
    for (let i = 0; i < n; i++) {
      set(q + <usize>i * row, i, 0)
      set(q + <usize>i * row, n - 1 - i, 1)
    }
  }
  return qlSweeps(n, d, e, NEGLIGIBLE, q, ldq, n)
}

/** The sweeps of the implicit QL method with Wilkinson's shift: d becomes the eigenvalues of T, in no order, e is destroyed,
 * and the n rows, ldRows apart, of which the first `width` entries count, are turned as the rows of the eigenvectors are.
 * Couplings up to `floor` are dropped. False where it does not converge. */
export function qlSweeps(n: i32, d: usize, e: usize, floor: f64, rows: usize, ldRows: i32, width: i32): bool {
  const row = <usize>ldRows << 3
  let sweeps = 0
  for (let first = 0; first < n; first++) {
    while (true) {
      let last = first
      while (last < n - 1 && !isNegligible(d, e, last, floor)) last++
      if (last == first) break
      if (++sweeps > SWEEPS * n) return false
      const ratio = (at(d, first + 1) - at(d, first)) / (2 * at(e, first))
      const root = hypotenuse(ratio, 1)
      let g = at(d, last) - at(d, first) + at(e, first) / (ratio + (ratio < 0 ? -root : root))
      let sine = 1.0
      let cosine = 1.0
      let shift = 0.0
      let split = false
      for (let i = last - 1; i >= first; i--) {
        const f = sine * at(e, i)
        const b = cosine * at(e, i)
        const r = hypotenuse(f, g)
        set(e, i + 1, r)
        if (r == 0) {
          // The bulge vanished by underflow: the block has split here.
          set(d, i + 1, at(d, i + 1) - shift)
          split = true
          break
        }
        sine = f / r
        cosine = g / r
        const diagonal = at(d, i + 1) - shift
        const mixed = (at(d, i) - diagonal) * sine + 2 * cosine * b
        shift = sine * mixed
        set(d, i + 1, diagonal + shift)
        g = cosine * mixed - b
        const high = rows + <usize>i * row
        rotate(width, high + row, high, cosine, sine)
      }
      if (!split) {
        set(d, first, at(d, first) - shift)
        set(e, first, g)
      }
      set(e, last, 0)
    }
  }
  return true
}

function reverse(x: usize, low: i32, high: i32): void {
  while (low < high) {
    const kept = at(x, low)
    set(x, low++, at(x, high))
    set(x, high--, kept)
  }
}

// Arguments: d e q ldq, the address of 32-bit bounds (block t: bounds[t] … bounds[t + 1]), the address of 32-bit flags
// (1 where a block did not converge).
export function leafTask(args: usize, task: i32): void {
  const bounds = address(args, 4) + (<usize>task << 2)
  const from = load<i32>(bounds)
  const n = load<i32>(bounds, 4) - from
  const offset = <usize>from << 3
  const ldq = integer(args, 3)
  const q = address(args, 2) + (<usize>from * <usize>ldq << 3) + offset
  const good = implicitQl(n, address(args, 0) + offset, address(args, 1) + offset, q, ldq)
  store<i32>(address(args, 5) + (<usize>task << 2), good ? 0 : 1)
}

/** Eigenvalues alone, by the square-root-free QL method of Pal, Walker & Kahan, with blocks turned round so that small
 * entries come first. d becomes the eigenvalues in no order; e, which holds the SQUARES of the couplings, is destroyed.
 * Begins at index `first` and stops after about `limit` rotations: returns the first index that is left, n at the end, −1
 * where it does not converge. Source: Parlett, The Symmetric Eigenvalue Problem, §8.15. */
export function rootFreeQl(n: i32, d: usize, e: usize, first: i32, limit: i32): i32 {
  let rotations = 0
  let sweeps = 0
  let turned = -1
  for (; first < n; first++, sweeps = 0) {
    while (true) {
      let last = first
      while (last < n - 1 && !isNegligibleSquare(d, e, last)) last++
      if (last == first) break
      if (rotations > limit) return first
      if (++sweeps > 2 * SWEEPS) return -1
      // The direction is chosen once for a block: changing it on the way would undo what has converged.
      if (last != turned && Math.abs(at(d, last)) < Math.abs(at(d, first))) {
        reverse(d, first, last)
        reverse(e, first, last - 1)
      }
      turned = last
      rotations += last - first
      rootFreeSweep(d, e, first, last)
    }
  }
  return n
}

function isNegligibleSquare(d: usize, e: usize, i: i32): bool {
  const bound = EPS * (Math.abs(at(d, i)) + Math.abs(at(d, i + 1)))
  return at(e, i) <= bound * bound || at(e, i) < NEGLIGIBLE * NEGLIGIBLE
}

/** One sweep over first … last. */
function rootFreeSweep(d: usize, e: usize, first: i32, last: i32): void {
  const coupling = Math.sqrt(at(e, first))
  const ratio = (at(d, first + 1) - at(d, first)) / (2 * coupling)
  const root = hypotenuse(ratio, 1)
  const sigma = at(d, first) - coupling / (ratio + (ratio < 0 ? -root : root))
  let c = 1.0
  let s = 0.0
  let gamma = at(d, last) - sigma
  let p = gamma * gamma
  for (let i = last - 1; i >= first; i--) {
    const bb = at(e, i)
    const r = p + bb
    if (i < last - 1) set(e, i + 1, s * r)
    const before = c
    c = p / r
    s = bb / r
    const kept = gamma
    const alpha = at(d, i)
    gamma = c * (alpha - sigma) - s * kept
    set(d, i + 1, kept + (alpha - gamma))
    p = c != 0 ? (gamma * gamma) / c : before * bb
  }
  set(e, first, s * p)
  set(d, first, sigma + gamma)
}
