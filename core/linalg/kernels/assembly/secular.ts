// Merging two halves of a divided tridiagonal eigenproblem: the eigenvalues of D + ρ z zᵀ are the roots of
//   1/ρ + Σ zᵢ²/(dᵢ − λ) = 0,
// one between each two of the k ascending dᵢ and one above the last. A root is kept as an origin, the nearest dᵢ, and a
// distance τ from it, so that every dᵢ − λ is known to full relative accuracy.
// The ignored lines: TypeScript knows no decorator of a function.
import { address, get, integer, number, put } from './memory'
import { dot } from './vectors'

const EPS: f64 = 1.1102230246251565e-16
/** About five iterations find a root; bisection alone would need at most this many. */
const ITERATIONS: i32 = 200

// What addTerms and findRoot return beside their results; every thread has its own.
export let sum: f64 = 0
export let slope: f64 = 0
let origin: f64 = 0

function at(x: usize, i: i32): f64 {
  return get(x + (<usize>i << 3))
}

/** sum = Σ zᵢ²/δᵢ, slope = Σ zᵢ²/δᵢ² over from ≤ i < to, where δᵢ = (dᵢ − origin) − tau or, unless `moved`, dᵢ − tau; `moved`
 * is a constant wherever this is called. */
// @ts-ignore: decorator
@inline
export function addTerms(moved: bool, from: i32, to: i32, d: usize, z: usize, tau: f64): void {
  const o = f64x2.splat(origin)
  const t = f64x2.splat(tau)
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let r0 = f64x2.splat(0)
  let r1 = f64x2.splat(0)
  let i = from
  d += <usize>from << 3
  z += <usize>from << 3
  for (; i + 4 <= to; i += 4) {
    const z0 = v128.load(z)
    const z1 = v128.load(z, 16)
    const q0 = f64x2.div(z0, f64x2.sub(moved ? f64x2.sub(v128.load(d), o) : v128.load(d), t))
    const q1 = f64x2.div(z1, f64x2.sub(moved ? f64x2.sub(v128.load(d, 16), o) : v128.load(d, 16), t))
    s0 = f64x2.relaxed_madd(z0, q0, s0)
    s1 = f64x2.relaxed_madd(z1, q1, s1)
    r0 = f64x2.relaxed_madd(q0, q0, r0)
    r1 = f64x2.relaxed_madd(q1, q1, r1)
    d += 32
    z += 32
  }
  s0 = f64x2.add(s0, s1)
  r0 = f64x2.add(r0, r1)
  sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
  slope = f64x2.extract_lane(r0, 0) + f64x2.extract_lane(r0, 1)
  for (; i < to; i++) {
    const zi = get(z)
    const q = zi / ((moved ? get(d) - origin : get(d)) - tau)
    sum += zi * q
    slope += q * q
    d += 8
    z += 8
  }
}

function sumTerms(from: i32, to: i32, d: usize, z: usize, tau: f64): void {
  addTerms(true, from, to, d, z, tau)
}

/** Root j of k: returns τ and sets origin. k ≥ 2, no two d equal, no z zero.
 * Source: Li, "Solving secular equations stably and efficiently", LAPACK Working Note 89 (1993): the middle way, with
 * its fixed-weight variant where that is slow and bisection where neither stays between the bounds. */
function findRoot(k: i32, j: i32, d: usize, z: usize, rho: f64): f64 {
  const last = j == k - 1
  const low = last ? k - 2 : j
  const dLow = at(d, low)
  const dHigh = at(d, low + 1)
  const zLow = at(z, low) * at(z, low)
  const zHigh = at(z, low + 1) * at(z, low + 1)
  const gap = dHigh - dLow
  const inverse = 1 / rho
  let least: f64, most: f64, tau: f64
  let atLow = false
  if (!last) {
    const middle = gap / 2
    origin = dLow
    sumTerms(0, low, d, z, middle)
    let c = inverse + sum
    sumTerms(low + 2, k, d, z, middle)
    c += sum
    // Two poles and a constant: a quadratic in τ.
    if (c + zHigh / (gap - middle) - zLow / middle > 0) {
      atLow = true
      least = 0
      most = middle
      const a = c * gap + zLow + zHigh
      const b = zLow * gap
      const root = Math.sqrt(Math.abs(a * a - 4 * b * c))
      tau = a > 0 ? (2 * b) / (a + root) : (a - root) / (2 * c)
    } else {
      origin = dHigh
      least = -middle
      most = 0
      const a = c * gap - zLow - zHigh
      const b = zHigh * gap
      const root = Math.sqrt(Math.abs(a * a + 4 * b * c))
      tau = a < 0 ? (2 * b) / (a - root) : -(a + root) / (2 * c)
    }
  } else {
    origin = dHigh
    const middle = rho / 2
    sumTerms(0, low, d, z, middle)
    const c = inverse + sum
    const above = c - zLow / (gap + middle) - zHigh / middle <= 0
    least = above ? middle : 0
    most = above ? rho * (1 + 64 * EPS) * dot(k, z, z) : middle
    const a = zLow + zHigh - c * gap
    const b = zHigh * gap
    const root = Math.sqrt(Math.abs(a * a + 4 * b * c))
    tau = a < 0 ? (2 * b) / (root - a) : (a + root) / (2 * c)
  }
  if (!(tau > least && tau < most)) tau = between(least, most)
  let fixedWeight = false
  let before = Infinity
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    sumTerms(0, low + 1, d, z, tau)
    const psi = sum
    const psiSlope = slope
    sumTerms(low + 1, k, d, z, tau)
    const phi = sum
    const phiSlope = slope
    const w = inverse + psi + phi
    const dw = psiSlope + phiSlope
    const error = 8 * (Math.abs(psi) + Math.abs(phi)) + 2 * inverse + Math.abs(tau) * dw
    if (Math.abs(w) <= EPS * error) break
    if (w < 0) least = Math.max(least, tau)
    else most = Math.min(most, tau)
    if (iteration > 1 && Math.abs(w) > 0.1 * before) fixedWeight = !fixedWeight
    before = Math.abs(w)
    const toLow = dLow - origin - tau
    const toHigh = dHigh - origin - tau
    let c = w - toLow * psiSlope - toHigh * phiSlope
    if (fixedWeight && !last) {
      c = atLow
        ? w - toHigh * dw + gap * (zLow / (toLow * toLow))
        : w - toLow * dw - gap * (zHigh / (toHigh * toHigh))
    }
    const a = (toLow + toHigh) * w - toLow * toHigh * dw
    const b = toLow * toHigh * w
    let step: f64
    if (last) {
      c = Math.abs(c)
      const root = Math.sqrt(Math.abs(a * a - 4 * b * c))
      step = c == 0 ? most - tau : a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root)
    } else {
      const root = Math.sqrt(Math.abs(a * a - 4 * b * c))
      step = c == 0 ? b / a : a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root)
    }
    if (!(w * step < 0)) step = -w / dw
    let next = tau + step
    if (!(next > least && next < most) || (iteration > 20 && iteration % 3 == 0)) next = between(least, most)
    if (next == tau || next == least || next == most) break
    tau = next
  }
  return tau
}

/** The middle of two bounds: in magnitude where they have one sign. */
function between(least: f64, most: f64): f64 {
  const product = least * most
  if (product > 0) return least > 0 ? Math.sqrt(product) : -Math.sqrt(product)
  return (least + most) / 2
}

// Arguments of the three kinds of task: k d z ρ, differences (k × k) and their row stride, roots, ẑ, rows (or columns) a
// task, places (32-bit), scratch (a row for each thread).
/** Roots λⱼ for a range of j; row j of the differences becomes dᵢ − λⱼ. */
export function collectRootsTask(args: usize, task: i32): void {
  const k = integer(args, 0)
  const d = address(args, 1)
  const z = address(args, 2)
  const rho = number(args, 3)
  const row = <usize>integer(args, 5) << 3
  const roots = address(args, 6)
  const height = integer(args, 8)
  const end = min<i32>(k, (task + 1) * height)
  for (let j = task * height; j < end; j++) {
    let tau: f64
    if (k == 1) {
      origin = get(d)
      tau = rho * get(z) * get(z)
    } else tau = findRoot(k, j, d, z, rho)
    put(roots + (<usize>j << 3), origin + tau)
    const to = address(args, 4) + <usize>j * row
    const o = f64x2.splat(origin)
    const t = f64x2.splat(tau)
    let i = 0
    for (; i + 2 <= k; i += 2) {
      const offset = <usize>i << 3
      v128.store(to + offset, f64x2.sub(f64x2.sub(v128.load(d + offset), o), t))
    }
    if (i < k) put(to + (<usize>i << 3), at(d, i) - origin - tau)
  }
}

/** The z for which the roots found are exact, for a range of i:
 *   ẑᵢ² = (λᵢ − dᵢ) ∏ (dᵢ − λⱼ)/(dᵢ − dⱼ) over j ≠ i, up to ρ.
 * With it eigenvectors of roots that nearly coincide are orthogonal. Source: Gu & Eisenstat, "A divide-and-conquer
 * algorithm for the symmetric tridiagonal eigenproblem", SIAM J. Matrix Anal. Appl. 16 (1995), §3. */
export function productsTask(args: usize, task: i32): void {
  const k = integer(args, 0)
  const d = address(args, 1)
  const z = address(args, 2)
  const row = <usize>integer(args, 5) << 3
  const to = address(args, 7)
  const width = integer(args, 8)
  const from = task * width
  const end = min<i32>(k, from + width)
  for (let i = from; i < end; i++) put(to + (<usize>i << 3), 1)
  for (let j = 0; j < k; j++) {
    const line = address(args, 4) + <usize>j * row
    const dj = at(d, j)
    multiplyRatios(from, min<i32>(end, max<i32>(j, from)), d, dj, line, to)
    if (j >= from && j < end) put(to + (<usize>j << 3), at(to, j) * at(line, j))
    multiplyRatios(max<i32>(j + 1, from), end, d, dj, line, to)
  }
  for (let i = from; i < end; i++) {
    const size = Math.sqrt(Math.abs(at(to, i)))
    put(to + (<usize>i << 3), at(z, i) < 0 ? -size : size)
  }
}

function multiplyRatios(from: i32, to: i32, d: usize, dj: f64, line: usize, products: usize): void {
  const v = f64x2.splat(dj)
  let i = from
  for (; i + 2 <= to; i += 2) {
    const offset = <usize>i << 3
    const ratio = f64x2.div(v128.load(line + offset), f64x2.sub(v128.load(d + offset), v))
    v128.store(products + offset, f64x2.mul(v128.load(products + offset), ratio))
  }
  if (i < to) put(products + (<usize>i << 3), at(products, i) * (at(line, i) / (at(d, i) - dj)))
}

/** Row j of the differences becomes the unit eigenvector ẑᵢ/(dᵢ − λⱼ), its entry i at places[i], for a range of j. */
export function vectorsTask(args: usize, task: i32, thread: i32): void {
  const k = integer(args, 0)
  const row = <usize>integer(args, 5) << 3
  const z = address(args, 7)
  const height = integer(args, 8)
  const places = address(args, 9)
  const kept = address(args, 10) + <usize>thread * row
  const end = min<i32>(k, (task + 1) * height)
  for (let j = task * height; j < end; j++) {
    const line = address(args, 4) + <usize>j * row
    let s = f64x2.splat(0)
    let i = 0
    for (; i + 2 <= k; i += 2) {
      const offset = <usize>i << 3
      const v = f64x2.div(v128.load(z + offset), v128.load(line + offset))
      v128.store(kept + offset, v)
      s = f64x2.relaxed_madd(v, v, s)
    }
    let square = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1)
    if (i < k) {
      const v = at(z, i) / at(line, i)
      put(kept + (<usize>i << 3), v)
      square += v * v
    }
    const factor = 1 / Math.sqrt(square)
    for (i = 0; i < k; i++) put(line + (<usize>load<i32>(places + (<usize>i << 2)) << 3), at(kept, i) * factor)
  }
}

/** Rows by number (32-bit), one under the other. Strides in doubles. */
export function gatherRows(count: i32, rows: usize, from: usize, ldFrom: i32, width: i32, to: usize, ldTo: i32): void {
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(rows + (<usize>i << 2))
    memory.copy(to + (<usize>i * <usize>ldTo << 3), from + (row * <usize>ldFrom << 3), <usize>width << 3)
  }
}

/** count rows, each of `width` doubles; ld doubles apart. */
export function copyRows(count: i32, width: i32, from: usize, ldFrom: i32, to: usize, ldTo: i32): void {
  for (let i: usize = 0; i < <usize>count; i++) {
    memory.copy(to + (i * <usize>ldTo << 3), from + (i * <usize>ldFrom << 3), <usize>width << 3)
  }
}
