// Reduction of a matrix to upper bidiagonal form, a panel at a time, and plane rotations of rows.
import { address, get, integer, number, put } from './memory'
import { multiplyColumns, multiplyRows } from './products'
import { slope, sum, sumTerms } from './secular'
import { closeRound, openRound, runNext } from './team'
import { axpy, dot, rotate, scale } from './vectors'

/** A vector whose sum of squares is smaller is taken for 0: the matrix has entries near 1, and a reflection made from a
 * square that has lost digits to underflow would not be orthogonal. */
const NEGLIGIBLE: f64 = 1e-290

/** Turns x (n) into the vector v of the reflection H = I − tau·v·vᵀ that takes x to beta·e₁; v has first entry 1 and
 * overwrites x, beta goes to `at`. Returns tau; 0 where x is a multiple of e₁.
 * Golub & Van Loan, Matrix Computations, §5.1.3, with the sign of LAPACK: beta and x₁ differ in sign. */
function reflect(n: i32, x: usize, at: usize): f64 {
  const alpha = get(x)
  const squares = n > 1 ? dot(n - 1, x + 8, x + 8) : 0
  put(x, 1)
  if (squares < NEGLIGIBLE) {
    memory.fill(x + 8, 0, <usize>(n - 1) << 3)
    put(at, alpha)
    return 0
  }
  const norm = sqrt(alpha * alpha + squares)
  const beta = alpha >= 0 ? -norm : norm
  scale(n - 1, 1 / (alpha - beta), x + 8)
  put(at, beta)
  return (beta - alpha) / beta
}

/** For the `count` rows of A (n long, lda bytes apart): y = tau·(A·v + y), r −= y, then w += Aᵀ·r without the first
 * entry of every row: A·v and Aᵀ·r in one pass, four rows at a time, while they are in the first-level cache. */
function multiplyBoth(count: i32, n: i32, A: usize, lda: usize, v: usize, tau: f64, y: usize, r: usize, w: usize): void {
  for (let j = 0; j < count; j += 4) {
    const rows = min<i32>(count - j, 4)
    multiplyRows(rows, n, 1, A, <i32>(lda >> 3), v, y)
    for (let q = 0; q < rows; q++) {
      const product = tau * get(y)
      put(y, product)
      put(r, get(r) - product)
      y += 8
      r += 8
    }
    multiplyColumns(rows, n - 1, 1, A + 8, <i32>(lda >> 3), r - (<usize>rows << 3), w)
    A += lda << 2
  }
}

/** Columns of B in one task, whatever the number of threads: each task has a sum w of its own, and these are added in
 * order. */
const EACH: i32 = 96

/** multiplyBoth, from several threads. w: n doubles for each EACH of the rows and 12 more; the first
 * n become w. */
function multiplyBothShared(
  count: i32,
  n: i32,
  A: usize,
  lda: usize,
  v: usize,
  tau: f64,
  y: usize,
  r: usize,
  w: usize,
  threads: i32
): void {
  const tasks = (count + EACH - 1) / EACH
  const sum = <usize>n << 3
  const args = w + <usize>tasks * sum
  put(args, count)
  put(args + 8, n)
  put(args + 16, <f64>A)
  put(args + 24, <f64>lda)
  put(args + 32, <f64>v)
  put(args + 40, tau)
  put(args + 48, <f64>y)
  put(args + 56, <f64>r)
  put(args + 64, <f64>w)
  if (threads > 1 && tasks > 1) {
    openRound(BOTH_SHARED, args, tasks)
    while (runNext(0)) continue
    if (closeRound()) unreachable()
  } else for (let task = 0; task < tasks; task++) multiplyBothTask(args, task)
  for (let task = 1; task < tasks; task++) axpy(n - 1, 1, w + <usize>task * sum, w)
}

function multiplyBothTask(args: usize, task: i32): void {
  const first = task * EACH
  const n = integer(args, 1)
  const lda = address(args, 3)
  const shift = <usize>first << 3
  const w = address(args, 8) + ((<usize>task * <usize>n) << 3)
  memory.fill(w, 0, <usize>n << 3)
  const A = address(args, 2) + <usize>first * lda
  const count = min<i32>(EACH, integer(args, 0) - first)
  multiplyBoth(count, n, A, lda, address(args, 4), number(args, 5), address(args, 6) + shift, address(args, 7) + shift, w)
}

/** Reduces columns and rows `from` … `to` − 1 of B (m × n, m ≥ n) to upper bidiagonal form, those before being done.
 * B is held by columns: column j is the row j of W, ldw doubles apart. Without touching the rest of B it leaves
 * P (2·to × m, ldp) and G (2·to × n, ldg) with which the rest becomes B − Pᵀ·G: rows 2i of P are the left
 * vectors vᵢ and rows 2i + 1 of G the right vectors uᵢ (with first entry 1, zeros before it).
 * d, e, tauLeft, tauRight: `to` entries each; work: 2·to + 12 doubles and m for each EACH of the columns.
 * Source: Dongarra, Sorensen & Hammarling, "Block reduction of matrices to condensed forms for eigenvalue
 * computations", J. Comput. Appl. Math. 27 (1989); the single pass over the columns for both products: Howell, Demmel,
 * Fulton, Hammarling & Marmol, "Cache efficient bidiagonalization using BLAS 2.5 operators", ACM TOMS 34 (2008). */
export function bidiagonalizePanel(
  m: i32,
  n: i32,
  from: i32,
  to: i32,
  W: usize,
  ldw: i32,
  P: usize,
  ldp: i32,
  G: usize,
  ldg: i32,
  d: usize,
  e: usize,
  tauLeft: usize,
  tauRight: usize,
  work: usize,
  threads: i32
): void {
  const lw = <usize>ldw << 3
  const lp = <usize>ldp << 3
  const lg = <usize>ldg << 3
  const gathered = work
  const w = gathered + (<usize>(2 * to) << 3)
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3
    const column = W + <usize>i * lw + at
    const length = m - i
    const known = 2 * i
    const left = P + <usize>known * lp
    const right = G + <usize>known * lg
    // Column i as all reflections so far leave it.
    for (let k = 0; k < known; k++) put(gathered + (<usize>k << 3), get(G + <usize>k * lg + at))
    multiplyColumns(known, length, -1, P + at, ldp, gathered, column)
    memory.fill(left, 0, at)
    memory.copy(left + at, column, <usize>length << 3)
    const tau = reflect(length, left + at, d + at)
    put(tauLeft + at, tau)
    memory.fill(right, 0, lg + (<usize>n << 3))
    memory.fill(left + lp, 0, <usize>m << 3)
    const rest = n - i - 1
    put(tauRight + at, 0)
    put(e + at, 0)
    if (rest == 0) return
    const v = left + at
    const y = right + at + 8
    const u = right + lg + at + 8
    // y = −Gᵀ·(P·v) and u = row i of B as the reflections so far leave it.
    memory.fill(gathered, 0, <usize>known << 3)
    multiplyRows(known, length, 1, P + at, ldp, v, gathered)
    multiplyColumns(known, rest, -1, G + at + 8, ldg, gathered, y)
    for (let k = 0; k < known; k++) put(gathered + (<usize>k << 3), get(P + <usize>k * lp + at))
    for (let j = 0; j < rest; j++) put(u + (<usize>j << 3), get(column + <usize>(j + 1) * lw))
    multiplyColumns(known, rest, -1, G + at + 8, ldg, gathered, u)
    multiplyBothShared(rest, length, column + lw, lw, v, tau, y, u, w, threads)
    // w = B·r for the row r; the reflection that takes r to beta·e₁ has u = (r − beta·e₁) / (r₁ − beta).
    const first = get(u)
    const tauOfRow = reflect(rest, u, e + at)
    put(tauRight + at, tauOfRow)
    if (tauOfRow == 0) continue
    const beta = get(e + at)
    const x = left + lp + at + 8
    axpy(length - 1, -beta, column + lw + 8, w)
    axpy(length - 1, 1 / (first - beta), w, x)
    memory.fill(gathered, 0, <usize>(known + 1) << 3)
    multiplyRows(known + 1, rest, 1, G + at + 8, ldg, u, gathered)
    multiplyColumns(known + 1, length - 1, -1, P + at + 8, ldp, gathered, x)
    scale(length - 1, tauOfRow, x)
  }
}

/** Columns of a strip that stays in a first-level cache while a sweep of rotations passes over it. */
const STRIP: i32 = 64

/** Turns rows k and k + 1 of X (count + 1 rows of n, ldx doubles apart, which may be negative) by the rotation k of a
 * sweep, for k = 0 … count − 1: (x, y) ← (c·x + s·y, c·y − s·x); c and s side by side in `turns`. */
export function rotateRows(count: i32, n: i32, turns: usize, x: usize, ldx: i32): void {
  const ld = <usize>ldx << 3
  for (let j = 0; j < n; j += STRIP) {
    const width = min<i32>(STRIP, n - j)
    let row = x + (<usize>j << 3)
    let turn = turns
    for (let k = 0; k < count; k++) {
      rotate(width, row, row + ld, get(turn), get(turn + 8))
      row += ld
      turn += 16
    }
  }
}

// The merge of a divide and conquer step: M has the first row z and below it the diagonal d, d₀ = 0 < d₁ < …; all K roots of
// 1 + Σ zⱼ²/(dⱼ² − σ²) = 0 and the singular vectors. A root is held as its distance from the pole next to it, in squares,
// so that no difference of squares loses digits. Sources: Gu & Eisenstat, "A divide-and-conquer algorithm for the
// bidiagonal SVD", SIAM J. Matrix Anal. Appl. 16 (1995); Li, "Solving secular equations stably and efficiently", LAPACK
// Working Note 89 (1993).

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
  sumTerms(0, K, gaps, z, 0, middle)
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
    sumTerms(0, pole + 1, gaps, z, 0, x)
    const psi = sum
    const psiSlope = slope
    sumTerms(pole + 1, K, gaps, z, 0, x)
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
// Its arguments are those of multiplyBoth.
const BOTH: i32 = 3
const BOTH_SHARED: i32 = 512 + 3

export function bidiagonalTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == BOTH) {
    multiplyBothTask(args, task)
    return
  }
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
