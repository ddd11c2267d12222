// Panels of the factorization by reflections (QR), halved until they are narrow, so that most of the work is done by the
// packed product, and the blocks of a tall matrix.
import { address, get, integer, put, putTwo } from './memory'
import { multiplyAdd } from './products'
import { dot, largest, scale, transposeInto } from './vectors'

const UPPER: i32 = 1

/** A panel of no more columns than this is factored column by column. */
const NARROW: i32 = 16

/** 2^±600, and the sum of squares below which a column is lifted: squares lose no digit above it. */
const LIFT: f64 = 4.149515568880993e180
const UNLIFT: f64 = 2.409919865102884e-181
const FAINT: f64 = 2.409919865102884e-181

/** The reflection H = I − τ·v·vᵀ with H·x = β·e₁ and v₀ = 1 (Golub & Van Loan, Matrix Computations, §5.1.3; the sign of β
 * is opposite to that of x₀, so that nothing cancels). β replaces x₀, the rest of x is left; returns τ, 0 where x is a
 * multiple of e₁ already. */
function reflection(n: i32, x: usize, v: usize): f64 {
  let square = dot(n, x, x)
  let lifts = 0
  if (square < FAINT) {
    if (largest(n, x) == 0) {
      memory.fill(v, 0, <usize>n << 3)
      put(v, 1)
      return 0
    }
    while (square < FAINT) {
      scale(n, LIFT, x)
      lifts++
      square = dot(n, x, x)
    }
  }
  const first = get(x)
  if (square == first * first && dot(n - 1, x + 8, x + 8) == 0) {
    memory.fill(v, 0, <usize>n << 3)
    put(v, 1)
    lower(x, first, lifts)
    return 0
  }
  const beta = first < 0 ? Math.sqrt(square) : -Math.sqrt(square)
  memory.copy(v, x, <usize>n << 3)
  scale(n, 1 / (first - beta), v)
  put(v, 1)
  lower(x, beta, lifts)
  return (beta - first) / beta
}

function lower(at: usize, value: f64, lifts: i32): void {
  while (lifts-- > 0) value *= UNLIFT
  put(at, value)
}

/** x ← x − τ·(v·x)·v for rows of n doubles, ld bytes apart; four at a time, so that v is loaded once for them. */
function reflectRows(count: i32, n: i32, v: usize, x: usize, ld: usize, tau: f64): void {
  let r = 0
  for (; r + 4 <= count; r += 4) {
    let p0 = x
    let p1 = p0 + ld
    let p2 = p1 + ld
    let p3 = p2 + ld
    let q = v
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let t0 = f64x2.splat(0)
    let t1 = f64x2.splat(0)
    let t2 = f64x2.splat(0)
    let t3 = f64x2.splat(0)
    let i = 0
    for (; i + 4 <= n; i += 4) {
      const v0 = v128.load(q)
      const v1 = v128.load(q, 16)
      s0 = f64x2.relaxed_madd(v128.load(p0), v0, s0)
      t0 = f64x2.relaxed_madd(v128.load(p0, 16), v1, t0)
      s1 = f64x2.relaxed_madd(v128.load(p1), v0, s1)
      t1 = f64x2.relaxed_madd(v128.load(p1, 16), v1, t1)
      s2 = f64x2.relaxed_madd(v128.load(p2), v0, s2)
      t2 = f64x2.relaxed_madd(v128.load(p2, 16), v1, t2)
      s3 = f64x2.relaxed_madd(v128.load(p3), v0, s3)
      t3 = f64x2.relaxed_madd(v128.load(p3, 16), v1, t3)
      q += 32
      p0 += 32
      p1 += 32
      p2 += 32
      p3 += 32
    }
    s0 = f64x2.add(s0, t0)
    s1 = f64x2.add(s1, t1)
    s2 = f64x2.add(s2, t2)
    s3 = f64x2.add(s3, t3)
    let d0 = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
    let d1 = f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1)
    let d2 = f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1)
    let d3 = f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1)
    for (let l = i; l < n; l++) {
      const vl = get(q)
      d0 += get(p0) * vl
      d1 += get(p1) * vl
      d2 += get(p2) * vl
      d3 += get(p3) * vl
      q += 8
      p0 += 8
      p1 += 8
      p2 += 8
      p3 += 8
    }
    d0 *= tau
    d1 *= tau
    d2 *= tau
    d3 *= tau
    const a0 = f64x2.splat(d0)
    const a1 = f64x2.splat(d1)
    const a2 = f64x2.splat(d2)
    const a3 = f64x2.splat(d3)
    p0 = x
    p1 = p0 + ld
    p2 = p1 + ld
    p3 = p2 + ld
    q = v
    i = 0
    for (; i + 4 <= n; i += 4) {
      const v0 = v128.load(q)
      const v1 = v128.load(q, 16)
      putTwo(p0, f64x2.relaxed_nmadd(a0, v0, v128.load(p0)), f64x2.relaxed_nmadd(a0, v1, v128.load(p0, 16)))
      putTwo(p1, f64x2.relaxed_nmadd(a1, v0, v128.load(p1)), f64x2.relaxed_nmadd(a1, v1, v128.load(p1, 16)))
      putTwo(p2, f64x2.relaxed_nmadd(a2, v0, v128.load(p2)), f64x2.relaxed_nmadd(a2, v1, v128.load(p2, 16)))
      putTwo(p3, f64x2.relaxed_nmadd(a3, v0, v128.load(p3)), f64x2.relaxed_nmadd(a3, v1, v128.load(p3, 16)))
      q += 32
      p0 += 32
      p1 += 32
      p2 += 32
      p3 += 32
    }
    for (; i < n; i++) {
      const vl = get(q)
      put(p0, get(p0) - d0 * vl)
      put(p1, get(p1) - d1 * vl)
      put(p2, get(p2) - d2 * vl)
      put(p3, get(p3) - d3 * vl)
      q += 8
      p0 += 8
      p1 += 8
      p2 += 8
      p3 += 8
    }
    x += ld << 2
  }
  for (; r < count; r++) {
    const w = tau * dot(n, v, x)
    for (let i: usize = 0; i < <usize>n << 3; i += 8) put(x + i, get(x + i) - w * get(v + i))
    x += ld
  }
}

/** The k × k upper triangle T of H₁·…·H_k = I − V·T·Vᵀ, zeros below; τ stands on its diagonal beforehand (Schreiber & Van
 * Loan, "A storage-efficient WY representation", SIAM J. Sci. Stat. Comput. 10 (1989)).
 * V: k reflectors of m doubles as rows, ldv apart; work: k·k doubles */
export function formTriangle(m: i32, k: i32, V: usize, ldv: i32, T: usize, ldt: i32, work: usize, thread: i32): void {
  memory.fill(work, 0, (<usize>k * <usize>k) << 3)
  multiplyAdd(k, k, m, 1, V, ldv, 1, V, 1, ldv, work, k, UPPER, thread)
  const ld = <usize>ldt << 3
  const ldw = <usize>k << 3
  for (let j = 0; j < k; j++) {
    const column = T + (<usize>j << 3)
    const tau = get(column + <usize>j * ld)
    for (let i = 0; i < j; i++) {
      let sum = 0.0
      const row = T + <usize>i * ld
      const product = work + (<usize>j << 3)
      for (let l = i; l < j; l++) sum += get(row + (<usize>l << 3)) * get(product + <usize>l * ldw)
      put(column + <usize>i * ld, -tau * sum)
    }
    for (let i = j + 1; i < k; i++) put(column + <usize>i * ld, 0)
  }
}

/** QR of a panel of k columns, each m ≥ k doubles next to each other and ldp apart: P becomes R (what lies below the
 * diagonal is of no use afterwards), V the reflectors (zeros and the one written), T the triangle of I − V·T·Vᵀ.
 * work: k·k doubles. Source: Elmroth & Gustavson, "Applying recursion to serial and parallel QR factorization leads to
 * better performance", IBM J. Research and Development 44 (2000). */
export function factorReflections(
  m: i32,
  k: i32,
  P: usize,
  ldp: i32,
  V: usize,
  ldv: i32,
  T: usize,
  ldt: i32,
  work: usize,
  thread: i32
): void {
  const rowP = <usize>ldp << 3
  const rowV = <usize>ldv << 3
  const rowT = <usize>ldt << 3
  if (k <= NARROW) {
    for (let j = 0; j < k; j++) {
      const at = <usize>j << 3
      const x = P + <usize>j * rowP + at
      const v = V + <usize>j * rowV
      memory.fill(v, 0, at)
      const tau = reflection(m - j, x, v + at)
      put(T + <usize>j * rowT + at, tau)
      if (tau != 0) reflectRows(k - j - 1, m - j, v + at, x + rowP, rowP, tau)
    }
    formTriangle(m, k, V, ldv, T, ldt, work, thread)
    return
  }
  const k1 = k >> 1
  const k2 = k - k1
  const shift = <usize>k1 << 3
  const P2 = P + <usize>k1 * rowP
  const V2 = V + <usize>k1 * rowV
  const T12 = T + shift
  const T2 = T12 + <usize>k1 * rowT
  const size = (<usize>k1 * <usize>k2) << 3
  const other = work + size
  factorReflections(m, k1, P, ldp, V, ldv, T, ldt, work, thread)
  // P₂ ← P₂ − ((P₂·V₁)·T₁)·V₁ᵀ, columns of the panel being rows here
  memory.fill(work, 0, size << 1)
  multiplyAdd(k2, k1, m, 1, P2, ldp, 1, V, 1, ldv, work, k1, 0, thread)
  multiplyAdd(k2, k1, k1, 1, work, k1, 1, T, ldt, 1, other, k1, 0, thread)
  multiplyAdd(k2, m, k1, -1, other, k1, 1, V, ldv, 1, P2, ldp, 0, thread)
  for (let j = 0; j < k2; j++) memory.fill(V2 + <usize>j * rowV, 0, shift)
  factorReflections(m - k1, k2, P2 + shift, ldp, V2 + shift, ldv, T2, ldt, work, thread)
  // T₁₂ = −T₁·(V₁ᵀ·V₂)·T₂
  memory.fill(work, 0, size << 1)
  multiplyAdd(k1, k2, m - k1, 1, V + shift, ldv, 1, V2 + shift, 1, ldv, work, k2, 0, thread)
  multiplyAdd(k1, k2, k2, 1, work, k2, 1, T2, ldt, 1, other, k2, 0, thread)
  for (let i = 0; i < k1; i++) memory.fill(T12 + <usize>i * rowT, 0, <usize>k2 << 3)
  multiplyAdd(k1, k2, k1, -1, T, ldt, 1, other, k2, 1, T12, ldt, 0, thread)
  for (let i = 0; i < k2; i++) memory.fill(T2 - shift + <usize>i * rowT, 0, shift)
}

// A tall matrix, block of rows by block of rows (Demmel, Grigori, Hoemmen & Langou, "Communication-optimal parallel and
// sequential QR and LU factorizations", SIAM J. Scientific Computing 34 (2012)). The blocks of a level differ by at most one
// row; block b has its n reflectors, ldv apart, at V + b·n·ldv and their triangle at T + b·n·n.
const FACTOR_BLOCK: i32 = 0
const EXPAND_BLOCK: i32 = 1

/** Rows before block b of `blocks` in m rows. */
function rowsBefore(m: i32, blocks: i32, b: i32): i32 {
  const each = m / blocks
  return b * each + min<i32>(b, m - blocks * each)
}

/** QR of one block: A (rows lda apart) is read, R (n × n, rows n apart) written. work: n·(ldv + n) doubles */
function factorBlock(m: i32, n: i32, A: usize, lda: i32, V: usize, ldv: i32, T: usize, R: usize, work: usize, thread: i32): void {
  transposeInto(m, n, A, lda, work, ldv)
  factorReflections(m, n, work, ldv, V, ldv, T, n, work + ((<usize>n * <usize>ldv) << 3), thread)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      put(R, j < i ? 0 : get(work + ((<usize>j * <usize>ldv + <usize>i) << 3)))
      R += 8
    }
  }
}

/** X (m × p, rows ldx apart) ← Q·[C; 0], C n × p, rows p apart. work: 2·n·p doubles */
function expandBlock(m: i32, n: i32, p: i32, C: usize, X: usize, ldx: i32, V: usize, ldv: i32, T: usize, work: usize, thread: i32): void {
  const row = <usize>p << 3
  const other = work + <usize>n * row
  memory.fill(work, 0, (<usize>n * row) << 1)
  multiplyAdd(n, p, n, 1, V, ldv, 1, C, p, 1, work, p, 0, thread)
  multiplyAdd(n, p, n, 1, T, n, 1, work, p, 1, other, p, 0, thread)
  for (let i = 0, x = X; i < m; i++, x += <usize>ldx << 3) {
    if (i < n) memory.copy(x, C + <usize>i * row, row)
    else memory.fill(x, 0, row)
  }
  multiplyAdd(m, p, n, -1, V, 1, ldv, other, p, 1, X, ldx, 0, thread)
}

export function solveTask(member: i32, args: usize, task: i32, thread: i32): void {
  // m n blocks V ldv T, the work of the threads and how many doubles each has of it, X and its rows' distance, then R, or C and
  // p: those of the blocks one after the other
  const m = integer(args, 0)
  const n = integer(args, 1)
  const blocks = integer(args, 2)
  const ldv = integer(args, 4)
  const V = address(args, 3) + ((<usize>task * <usize>n * <usize>ldv) << 3)
  const T = address(args, 5) + ((<usize>task * <usize>n * <usize>n) << 3)
  const work = address(args, 6) + ((<usize>thread * <usize>integer(args, 7)) << 3)
  const ldx = integer(args, 9)
  const p = integer(args, 11)
  const from = rowsBefore(m, blocks, task)
  const rows = rowsBefore(m, blocks, task + 1) - from
  const X = address(args, 8) + ((<usize>from * <usize>ldx) << 3)
  const C = address(args, 10) + ((<usize>task * <usize>n * <usize>p) << 3)
  if (member == FACTOR_BLOCK) factorBlock(rows, n, X, ldx, V, ldv, T, C, work, thread)
  else if (member == EXPAND_BLOCK) expandBlock(rows, n, p, C, X, ldx, V, ldv, T, work, thread)
  else unreachable()
}
