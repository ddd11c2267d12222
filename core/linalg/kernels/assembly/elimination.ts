// Triangular systems, and panels of the factorizations that eliminate: LU with pivoting, halved until they are narrow, so that
// most of the work is done by the packed product, and Cholesky.
import { get, put } from './memory'
import { multiplyAdd } from './products'
import { axpy, dot, largest } from './vectors'

/** X ← T⁻¹·X for a triangle of a few dozen rows. T: entry (i, j) at i·rs + j·cs doubles; X: n rows of `count` doubles, ldx
 * apart; unit: the diagonal is 1 and not read. Eight columns of X at a time stay in registers. */
export function solveTriangle(
  n: i32,
  count: i32,
  T: usize,
  rs: i32,
  cs: i32,
  X: usize,
  ldx: i32,
  upper: bool,
  unit: bool
): void {
  const down = <isize>rs << 3
  const across = <isize>cs << 3
  const ld = <isize>ldx << 3
  const step: isize = upper ? -1 : 1
  const first: isize = upper ? <isize>(n - 1) : <isize>0
  let j = 0
  for (; j + 8 <= count; j += 8) {
    let xi: usize = X + first * ld
    const x0 = xi
    let row: usize = T + first * down + first * across
    for (let i = 0; i < n; i++) {
      let s0 = v128.load(xi)
      let s1 = v128.load(xi, 16)
      let s2 = v128.load(xi, 32)
      let s3 = v128.load(xi, 48)
      let t: usize = row - <isize>i * step * across
      let x: usize = x0
      for (let l = 0; l < i; l++) {
        const tv = v128.load64_splat(t)
        s0 = f64x2.relaxed_nmadd(tv, v128.load(x), s0)
        s1 = f64x2.relaxed_nmadd(tv, v128.load(x, 16), s1)
        s2 = f64x2.relaxed_nmadd(tv, v128.load(x, 32), s2)
        s3 = f64x2.relaxed_nmadd(tv, v128.load(x, 48), s3)
        t += step * across
        x += step * ld
      }
      if (!unit) {
        const d = v128.load64_splat(row)
        s0 = f64x2.div(s0, d)
        s1 = f64x2.div(s1, d)
        s2 = f64x2.div(s2, d)
        s3 = f64x2.div(s3, d)
      }
      v128.store(xi, s0)
      v128.store(xi, s1, 16)
      v128.store(xi, s2, 32)
      v128.store(xi, s3, 48)
      xi += step * ld
      row += step * (down + across)
    }
    X += 64
  }
  for (; j < count; j++) {
    let xi: usize = X + first * ld
    const x0 = xi
    let row: usize = T + first * down + first * across
    for (let i = 0; i < n; i++) {
      let sum = get(xi)
      let t: usize = row - <isize>i * step * across
      let x: usize = x0
      for (let l = 0; l < i; l++) {
        sum -= get(t) * get(x)
        t += step * across
        x += step * ld
      }
      put(xi, unit ? sum : sum / get(row))
      xi += step * ld
      row += step * (down + across)
    }
    X += 8
  }
}

/** x ← T⁻¹·x for one vector of n doubles, T with rows or columns in one piece (cs or rs 1). */
export function solveTriangleVector(n: i32, T: usize, rs: i32, cs: i32, x: usize, upper: bool, unit: bool): void {
  const down = <usize>rs << 3
  const across = <usize>cs << 3
  for (let l = 0; l < n; l++) {
    const i = upper ? n - 1 - l : l
    const at = <usize>i << 3
    const diagonal = T + <usize>i * (down + across)
    let value = get(x + at)
    if (cs == 1) {
      if (upper) value -= dot(l, diagonal + 8, x + at + 8)
      else value -= dot(l, diagonal - at, x)
    }
    if (!unit) value /= get(diagonal)
    put(x + at, value)
    if (cs != 1) {
      if (upper) axpy(i, -value, diagonal - at, x)
      else axpy(n - 1 - i, -value, diagonal + 8, x + at + 8)
    }
  }
}

/** A panel of no more columns than this is eliminated column by column. */
const NARROW_ELIMINATION: i32 = 8

/** The place of the first entry of largest magnitude among n. */
function placeOfLargest(n: i32, x: usize): i32 {
  const most = largest(n, x)
  for (let i = 0; i < n; i++) if (Math.abs(get(x + (<usize>i << 3))) == most) return i
  return 0
}

/** Exchanges entries i and pivots[i] of every one of the rows of P, i = 0, 1, …, steps − 1. */
function exchange(rows: i32, P: usize, row: usize, steps: i32, pivots: usize): void {
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < steps; i++) {
      const p = <usize>load<i32>(pivots + (<usize>i << 2))
      const here = P + (<usize>i << 3)
      const there = P + (p << 3)
      const kept = get(here)
      put(here, get(there))
      put(there, kept)
    }
    P += row
  }
}

/** LU with partial pivoting of a panel of k columns, each m ≥ k doubles next to each other and ldp apart: U in and above the
 * diagonal, the multipliers below. pivots[j] is the row that row j was exchanged with, counted from the panel's top. Where
 * a column has no pivot but 0 its multipliers are 0. Source: Toledo, "Locality of reference in LU decomposition with partial
 * pivoting", SIAM J. Matrix Analysis and Applications 18 (1997). */
export function factorElimination(m: i32, k: i32, P: usize, ldp: i32, pivots: usize, thread: i32): void {
  const row = <usize>ldp << 3
  if (k <= NARROW_ELIMINATION) {
    for (let j = 0; j < k; j++) {
      const at = <usize>j << 3
      const column = P + <usize>j * row + at
      const p = j + placeOfLargest(m - j, column)
      store<i32>(pivots + (<usize>j << 2), p)
      if (p != j) {
        const gap = <usize>(p - j) << 3
        for (let l = 0, here = P + at; l < k; l++, here += row) {
          const kept = get(here)
          put(here, get(here + gap))
          put(here + gap, kept)
        }
      }
      const pivot = get(column)
      if (pivot == 0) continue
      divide(m - j - 1, pivot, column + 8)
      let other = column + row
      for (let l = j + 1; l < k; l++) {
        axpy(m - j - 1, -get(other), column + 8, other + 8)
        other += row
      }
    }
    return
  }
  const k1 = k >> 1
  const k2 = k - k1
  const shift = <usize>k1 << 3
  const P2 = P + <usize>k1 * row
  const rest = pivots + (<usize>k1 << 2)
  factorElimination(m, k1, P, ldp, pivots, thread)
  exchange(k2, P2, row, k1, pivots)
  for (let r = 0, x = P2; r < k2; r++, x += row) solveTriangleVector(k1, P, 1, ldp, x, false, true)
  multiplyAdd(k2, m - k1, k1, -1, P2, ldp, 1, P + shift, ldp, 1, P2 + shift, ldp, 0, thread)
  factorElimination(m - k1, k2, P2 + shift, ldp, rest, thread)
  exchange(k1, P + shift, row, k2, rest)
  for (let j = 0; j < k2; j++) {
    const at = rest + (<usize>j << 2)
    store<i32>(at, load<i32>(at) + k1)
  }
}

/** x ← x / d, each quotient rounded once: 1/d could overflow. */
function divide(n: i32, d: f64, x: usize): void {
  const dv = f64x2.splat(d)
  let i = 0
  for (; i + 2 <= n; i += 2) {
    v128.store(x, f64x2.div(v128.load(x), dv))
    x += 16
  }
  if (i < n) put(x, get(x) / d)
}

/** Exchanges rows i and pivots[i] of A, i = 0, 1, …, steps − 1; rows of n doubles, lda apart. */
export function exchangeRows(n: i32, A: usize, lda: i32, steps: i32, pivots: usize): void {
  const ld = <usize>lda << 3
  for (let i = 0; i < steps; i++) {
    const p = load<i32>(pivots + (<usize>i << 2))
    if (p == i) continue
    let x = A + <usize>i * ld
    let y = A + <usize>p * ld
    let j = 0
    for (; j + 2 <= n; j += 2) {
      const kept = v128.load(x)
      v128.store(x, v128.load(y))
      v128.store(y, kept)
      x += 16
      y += 16
    }
    if (j < n) {
      const kept = get(x)
      put(x, get(y))
      put(y, kept)
    }
  }
}

/** A = L·Lᵀ in place for a block of a few dozen rows, lda doubles apart; the lower triangle is read and written. Returns
 * 0, or the pivot that is not positive, counted from 1. Row by row, so that every product runs along two rows (Golub & Van
 * Loan, Matrix Computations, §4.2.5). */
export function factorCholesky(n: i32, A: usize, lda: i32): i32 {
  const ld = <usize>lda << 3
  let row = A
  for (let i = 0; i < n; i++) {
    let other = A
    for (let j = 0; j < i; j++) {
      const at = <usize>j << 3
      put(row + at, (get(row + at) - dot(j, row, other)) / get(other + at))
      other += ld
    }
    const at = <usize>i << 3
    const rest = get(row + at) - dot(i, row, row)
    if (!(rest > 0 && rest < Infinity)) return i + 1
    put(row + at, Math.sqrt(rest))
    row += ld
  }
  return 0
}
