// The merge of a divide and conquer step: M has the first row z and below it the diagonal d, d₀ = 0 < d₁ < …; all K roots of
// 1 + Σ zⱼ²/(dⱼ² − σ²) = 0 and the singular vectors. A root is held as its distance from the pole next to it, in squares,
// so that no difference of squares loses digits. Sources: Gu & Eisenstat, "A divide-and-conquer algorithm for the
// bidiagonal SVD", SIAM J. Matrix Anal. Appl. 16 (1995); Li, "Solving secular equations stably and efficiently", LAPACK
// Working Note 89 (1993).
import { address, get, integer, put } from './memory'
import { addTerms, slope, sum } from './secular'

function sumTerms(from: i32, to: i32, gaps: usize, z: usize, x: f64): void {
  addTerms(false, from, to, gaps, z, x)
}

/** gapsⱼ = dⱼ² − dₒ². */
function measureGaps(count: i32, d: usize, origin: f64, gaps: usize): void {
  for (let j = 0; j < count; j++) {
    const dj = get(d + (<usize>j << 3))
    put(gaps + (<usize>j << 3), (dj - origin) * (dj + origin))
  }
}

/** The root of c·t² − a·t + b = 0 that is the smaller one for a > 0 and continuous in c through 0. */
function smallerRoot(a: f64, b: f64, c: f64): f64 {
  const square = sqrt(abs(a * a - 4 * b * c))
  return a <= 0 ? (a - square) / (2 * c) : (2 * b) / (a + square)
}

/** The other one. */
function largerRoot(a: f64, b: f64, c: f64): f64 {
  const square = sqrt(abs(a * a - 4 * b * c))
  return a >= 0 ? (a + square) / (2 * c) : (2 * b) / (a - square)
}

const EPSILON: f64 = 1.1102230246251565e-16
/** The interpolation settles in 3 to 6 steps, seldom 10; halving alone would need a thousand at worst. */
const STEPS: i32 = 1100

/** Root i of K > 1: σᵢ goes to sigma[i] and dⱼ² − σᵢ² to P[i, j]. False where it does not settle. */
function findRoot(K: i32, i: i32, d: usize, z: usize, sigma: usize, P: usize): bool {
  const gaps = P + ((<usize>i * <usize>K) << 3)
  const last = i == K - 1
  const at = <usize>i << 3
  // Poles 0 … pole lie to the left of the split, the others to its right.
  const pole = last ? K - 2 : i
  const a = <usize>pole << 3
  let origin = get(d + at)
  measureGaps(K, d, origin, gaps)
  let low = 0.0
  let high = 0.0
  if (last) for (let j = 0; j < K; j++) high += get(z + (<usize>j << 3)) * get(z + (<usize>j << 3))
  else high = get(gaps + a + 8)
  const middle = 0.5 * high
  const width = get(gaps + a + 8) - get(gaps + a)
  sumTerms(0, K, gaps, z, middle)
  const atMiddle = 1 + sum
  const za = get(z + a) * get(z + a)
  const zb = get(z + a + 8) * get(z + a + 8)
  // The other terms as they are in the middle, for a first guess.
  const others = atMiddle - za / (get(gaps + a) - middle) - zb / (get(gaps + a + 8) - middle)
  let x: f64
  if (last) {
    if (atMiddle < 0) low = middle
    else high = middle
    x = largerRoot(za + zb - others * width, -zb * width, others)
  } else if (atMiddle >= 0) {
    high = middle
    x = smallerRoot(others * width + za + zb, za * width, others)
  } else {
    origin = get(d + at + 8)
    measureGaps(K, d, origin, gaps)
    low = -middle
    high = 0
    // Seen from the right the poles change places.
    x = -largerRoot(others * width - za - zb, -zb * width, others)
  }
  if (!(x > low && x < high)) x = 0.5 * (low + high)
  let step = 0
  for (; step < STEPS; step++) {
    sumTerms(0, pole + 1, gaps, z, x)
    const psi = sum
    const psiSlope = slope
    sumTerms(pole + 1, K, gaps, z, x)
    const f = 1 + psi + sum
    if (abs(f) <= 4 * EPSILON * (1 + abs(psi) + abs(sum))) break
    if (f < 0) low = x
    else high = x
    const left = get(gaps + a) - x
    const right = get(gaps + a + 8) - x
    const c = f - left * psiSlope - right * slope
    const linear = (left + right) * f - left * right * (psiSlope + slope)
    let move = last ? largerRoot(linear, left * right * f, c) : smallerRoot(linear, left * right * f, c)
    if (!(f * move < 0)) move = -f / (psiSlope + slope)
    let next = x + move
    if (!(next > low && next < high)) next = 0.5 * (low + high)
    if (next == x || next <= low || next >= high) break
    x = next
  }
  const tau = x / (origin + sqrt(origin * origin + x))
  const root = origin + tau
  put(sigma + at, root)
  for (let j = 0; j < K; j++) {
    const dj = get(d + (<usize>j << 3))
    put(gaps + (<usize>j << 3), (dj - origin - tau) * (dj + root))
  }
  return step < STEPS
}

/** The z for which the roots found are exact, columns `from` … `to` − 1 of P: then the vectors are orthogonal to working
 * precision (Gu & Eisenstat, §3.1). With the signs of z. */
function refineWeights(K: i32, from: i32, to: i32, d: usize, z: usize, P: usize, refined: usize): void {
  const row = <usize>K << 3
  const final = P + <usize>(K - 1) * row
  for (let j = from; j < to; j++) put(refined + (<usize>j << 3), -get(final + (<usize>j << 3)))
  for (let i = 0; i < K - 1; i++) {
    const di = get(d + (<usize>i << 3))
    const next = get(d + (<usize>i << 3) + 8)
    // The pole below root i for the columns after it, the pole above for those up to it.
    const split = max<i32>(from, min<i32>(to, i + 1))
    multiplyRatios(from, split, next, d, P, refined)
    multiplyRatios(split, to, di, d, P, refined)
    P += row
  }
  for (let j = from; j < to; j++) {
    const at = <usize>j << 3
    const size = sqrt(abs(get(refined + at)))
    put(refined + at, get(z + at) < 0 ? -size : size)
  }
}

function multiplyRatios(from: i32, to: i32, pole: f64, d: usize, P: usize, refined: usize): void {
  const dv = f64x2.splat(pole)
  let at = <usize>from << 3
  let j = from
  for (; j + 2 <= to; j += 2) {
    const dj = v128.load(d + at)
    const gap = f64x2.mul(f64x2.sub(dj, dv), f64x2.add(dj, dv))
    v128.store(refined + at, f64x2.mul(v128.load(refined + at), f64x2.div(v128.load(P + at), gap)))
    at += 16
  }
  if (j < to) {
    const dj = get(d + at)
    put(refined + at, get(refined + at) * (get(P + at) / ((dj - pole) * (dj + pole))))
  }
}

/** The singular vectors of M for root i, as rows i of U and V, entry j in the column columns[j]. P is destroyed. */
function formVectors(K: i32, i: i32, d: usize, z: usize, P: usize, columns: usize, U: usize, V: usize): void {
  const row = (<usize>i * <usize>K) << 3
  const p = P + row
  let rv = f64x2.splat(0)
  let lv = f64x2.splat(0)
  let at: usize = 0
  let j = 0
  for (; j + 2 <= K; j += 2) {
    const v = f64x2.div(v128.load(z + at), v128.load(p + at))
    const u = f64x2.mul(v128.load(d + at), v)
    v128.store(p + at, v)
    rv = f64x2.relaxed_madd(v, v, rv)
    lv = f64x2.relaxed_madd(u, u, lv)
    at += 16
  }
  let right = f64x2.extract_lane(rv, 0) + f64x2.extract_lane(rv, 1)
  // The entry of the row between is −1 before the vector is made a unit vector.
  let left = 1 + f64x2.extract_lane(lv, 0) + f64x2.extract_lane(lv, 1)
  if (j < K) {
    const v = get(z + at) / get(p + at)
    const u = get(d + at) * v
    put(p + at, v)
    right += v * v
    left += u * u
  }
  right = 1 / sqrt(right)
  left = 1 / sqrt(left)
  for (let j = 0; j < K; j++) {
    const at = <usize>j << 3
    const to = row + (<usize>load<i32>(columns + (<usize>j << 2)) << 3)
    const v = get(p + at)
    put(V + to, v * right)
    put(U + to, j == 0 ? -left : get(d + at) * v * left)
  }
}

// Arguments of the tasks: K, entries a task, d, z, sigma, P, refined, columns, U, V, failures.
const ROOTS: i32 = 0
const WEIGHTS: i32 = 1
const VECTORS: i32 = 2

export function mergeTask(member: i32, args: usize, task: i32): void {
  const K = integer(args, 0)
  const each = integer(args, 1)
  const from = task * each
  const to = min<i32>(K, from + each)
  const d = address(args, 2)
  const z = address(args, 3)
  const P = address(args, 5)
  const refined = address(args, 6)
  if (member == ROOTS) {
    for (let i = from; i < to; i++) {
      if (!findRoot(K, i, d, z, address(args, 4), P)) atomic.store<i32>(address(args, 10), 1)
    }
  } else if (member == WEIGHTS) refineWeights(K, from, to, d, z, P, refined)
  else if (member == VECTORS) {
    for (let i = from; i < to; i++) {
      formVectors(K, i, d, refined, P, address(args, 7), address(args, 8), address(args, 9))
    }
  } else unreachable()
}
