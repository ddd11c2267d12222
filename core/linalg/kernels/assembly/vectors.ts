// Products and sums of vectors; n is a count of doubles, every address a multiple of 8.
// The ignored lines: TypeScript knows no decorator of a function.
import { get, put, putTwo } from './memory'

/** Σ xᵢyᵢ in eight running sums, added in a fixed order. */
export function dot(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  let s3 = f64x2.splat(0)
  let i = 0
  for (; i + 8 <= n; i += 8) {
    s0 = f64x2.relaxed_madd(v128.load(x), v128.load(y), s0)
    s1 = f64x2.relaxed_madd(v128.load(x, 16), v128.load(y, 16), s1)
    s2 = f64x2.relaxed_madd(v128.load(x, 32), v128.load(y, 32), s2)
    s3 = f64x2.relaxed_madd(v128.load(x, 48), v128.load(y, 48), s3)
    x += 64
    y += 64
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3))
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1)
  for (; i < n; i++) {
    sum += get(x) * get(y)
    x += 8
    y += 8
  }
  return sum
}

/** y += a·x */
export function axpy(n: i32, a: f64, x: usize, y: usize): void {
  const av = f64x2.splat(a)
  let i = 0
  for (; i + 8 <= n; i += 8) {
    putTwo(y, f64x2.relaxed_madd(av, v128.load(x), v128.load(y)), f64x2.relaxed_madd(av, v128.load(x, 16), v128.load(y, 16)))
    putTwo(y + 32, f64x2.relaxed_madd(av, v128.load(x, 32), v128.load(y, 32)), f64x2.relaxed_madd(av, v128.load(x, 48), v128.load(y, 48)))
    x += 64
    y += 64
  }
  for (; i < n; i++) {
    put(y, get(y) + a * get(x))
    x += 8
    y += 8
  }
}

/** x ·= a */
export function scale(n: i32, a: f64, x: usize): void {
  const av = f64x2.splat(a)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    putTwo(x, f64x2.mul(av, v128.load(x)), f64x2.mul(av, v128.load(x, 16)))
    x += 32
  }
  for (; i < n; i++) {
    put(x, a * get(x))
    x += 8
  }
}

/** The plane rotation (x, y) ← (c·x + s·y, c·y − s·x). Inlined, for short vectors are turned in great numbers. */
// @ts-ignore: decorator
@inline
export function rotate(n: i32, x: usize, y: usize, c: f64, s: f64): void {
  const cv = f64x2.splat(c)
  const sv = f64x2.splat(s)
  let i = 0
  for (; i + 2 <= n; i += 2) {
    const xv = v128.load(x)
    const yv = v128.load(y)
    v128.store(x, f64x2.relaxed_madd(sv, yv, f64x2.mul(cv, xv)))
    v128.store(y, f64x2.relaxed_nmadd(sv, xv, f64x2.mul(cv, yv)))
    x += 16
    y += 16
  }
  if (i < n) {
    const xi = get(x)
    const yi = get(y)
    put(x, c * xi + s * yi)
    put(y, c * yi - s * xi)
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

/** The largest magnitude in x; NaN where x holds one. */
export function largest(n: i32, x: usize): f64 {
  let m = f64x2.splat(0)
  let i = 0
  for (; i + 2 <= n; i += 2) {
    m = f64x2.max(m, f64x2.abs(v128.load(x)))
    x += 16
  }
  let result = Math.max(f64x2.extract_lane(m, 0), f64x2.extract_lane(m, 1))
  if (i < n) result = Math.max(result, Math.abs(get(x)))
  return result
}

/** B = Aᵀ, in blocks that fit a first-level cache. strides in doubles */
export function transposeInto(rows: i32, columns: i32, a: usize, lda: i32, b: usize, ldb: i32): void {
  const BLOCK = 16
  for (let i0 = 0; i0 < rows; i0 += BLOCK) {
    const i1 = min<i32>(i0 + BLOCK, rows)
    for (let j0 = 0; j0 < columns; j0 += BLOCK) {
      const j1 = min<i32>(j0 + BLOCK, columns)
      for (let i = i0; i < i1; i++) {
        let from = a + ((<usize>i * <usize>lda + <usize>j0) << 3)
        let to = b + ((<usize>j0 * <usize>ldb + <usize>i) << 3)
        for (let j = j0; j < j1; j++) {
          put(to, get(from))
          from += 8
          to += <usize>ldb << 3
        }
      }
    }
  }
}
