// The symmetric matrix A = Q T Qᵀ with T tridiagonal. A lies in its upper triangle, row-major, so that what LAPACK calls
// a column of the lower triangle is a row here. Sizes are counts of doubles, ld… doubles from row to row.
import { address, get, integer, put, putTwo } from './memory'
import { collectRootsTask, productsTask, vectorsTask } from './secular'
import { leafTask } from './tridiagonal-ql'
import { multiplyColumns, multiplyRows } from './vector-products'
import { axpy, dot, largest, scale } from './vectors'

/** b[j][i] = f·g·a[i][j] for first ≤ i < end, j ≤ i: the lower triangle of a becomes the upper one of b. */
export function transposeTriangle(first: i32, end: i32, a: usize, lda: i32, b: usize, ldb: i32, f: f64, g: f64): void {
  const BLOCK = 16
  for (let i0 = first; i0 < end; i0 += BLOCK) {
    const i1 = min<i32>(i0 + BLOCK, end)
    for (let j0 = 0; j0 < i1; j0 += BLOCK) {
      for (let i = i0; i < i1; i++) {
        const j1 = min<i32>(j0 + BLOCK, i + 1)
        let from = a + ((<usize>i * <usize>lda + <usize>j0) << 3)
        let to = b + ((<usize>j0 * <usize>ldb + <usize>i) << 3)
        for (let j = j0; j < j1; j++) {
          put(to, get(from) * f * g)
          from += 8
          to += <usize>ldb << 3
        }
      }
    }
  }
}

/** What the rows r0 … r1 − 1 of the upper triangle of A (m × m) give to y = A·x: each entry is read once and counts for
 * both triangles. Adds to y[r0 … m − 1]. */
function addSymmetricRows(m: i32, r0: i32, r1: i32, A: usize, lda: i32, x: usize, y: usize): void {
  const ld = <usize>lda << 3
  let i = r0
  for (; i + 4 <= r1; i += 4) {
    const offset = <usize>i << 3
    let p0 = A + <usize>i * ld + offset
    let p1 = p0 + ld
    let p2 = p1 + ld
    let p3 = p2 + ld
    let q = x + offset
    let t = y + offset
    const w0 = get(q)
    const w1 = get(q + 8)
    const w2 = get(q + 16)
    const w3 = get(q + 24)
    const a01 = get(p0 + 8)
    const a02 = get(p0 + 16)
    const a03 = get(p0 + 24)
    const a12 = get(p1 + 16)
    const a13 = get(p1 + 24)
    const a23 = get(p2 + 24)
    let y0 = get(t) + get(p0) * w0 + a01 * w1 + (a02 * w2 + a03 * w3)
    let y1 = get(t + 8) + a01 * w0 + get(p1 + 8) * w1 + (a12 * w2 + a13 * w3)
    let y2 = get(t + 16) + a02 * w0 + a12 * w1 + (get(p2 + 16) * w2 + a23 * w3)
    let y3 = get(t + 24) + a03 * w0 + a13 * w1 + (a23 * w2 + get(p3 + 24) * w3)
    p0 += 32
    p1 += 32
    p2 += 32
    p3 += 32
    q += 32
    t += 32
    const x0 = f64x2.splat(w0)
    const x1 = f64x2.splat(w1)
    const x2 = f64x2.splat(w2)
    const x3 = f64x2.splat(w3)
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let j = i + 4
    for (; j + 4 <= m; j += 4) {
      const u0 = v128.load(q)
      const u1 = v128.load(q, 16)
      let v0 = v128.load(t)
      let v1 = v128.load(t, 16)
      const a00 = v128.load(p0)
      const a01 = v128.load(p0, 16)
      s0 = f64x2.relaxed_madd(a01, u1, f64x2.relaxed_madd(a00, u0, s0))
      v0 = f64x2.relaxed_madd(a00, x0, v0)
      v1 = f64x2.relaxed_madd(a01, x0, v1)
      const a10 = v128.load(p1)
      const a11 = v128.load(p1, 16)
      s1 = f64x2.relaxed_madd(a11, u1, f64x2.relaxed_madd(a10, u0, s1))
      v0 = f64x2.relaxed_madd(a10, x1, v0)
      v1 = f64x2.relaxed_madd(a11, x1, v1)
      const a20 = v128.load(p2)
      const a21 = v128.load(p2, 16)
      s2 = f64x2.relaxed_madd(a21, u1, f64x2.relaxed_madd(a20, u0, s2))
      v0 = f64x2.relaxed_madd(a20, x2, v0)
      v1 = f64x2.relaxed_madd(a21, x2, v1)
      const a30 = v128.load(p3)
      const a31 = v128.load(p3, 16)
      s3 = f64x2.relaxed_madd(a31, u1, f64x2.relaxed_madd(a30, u0, s3))
      v0 = f64x2.relaxed_madd(a30, x3, v0)
      v1 = f64x2.relaxed_madd(a31, x3, v1)
      putTwo(t, v0, v1)
      p0 += 32
      p1 += 32
      p2 += 32
      p3 += 32
      q += 32
      t += 32
    }
    y0 += f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
    y1 += f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1)
    y2 += f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1)
    y3 += f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1)
    for (; j < m; j++) {
      const xj = get(q)
      const a0 = get(p0)
      const a1 = get(p1)
      const a2 = get(p2)
      const a3 = get(p3)
      y0 += a0 * xj
      y1 += a1 * xj
      y2 += a2 * xj
      y3 += a3 * xj
      put(t, get(t) + a0 * w0 + a1 * w1 + (a2 * w2 + a3 * w3))
      p0 += 8
      p1 += 8
      p2 += 8
      p3 += 8
      q += 8
      t += 8
    }
    t = y + offset
    put(t, y0)
    put(t + 8, y1)
    put(t + 16, y2)
    put(t + 24, y3)
  }
  for (; i < r1; i++) {
    const offset = <usize>i << 3
    const p = A + <usize>i * ld + offset
    const left = m - i - 1
    const xi = get(x + offset)
    put(y + offset, get(y + offset) + get(p) * xi + dot(left, p + 8, x + offset + 8))
    axpy(left, xi, p + 8, y + offset + 8)
  }
}

/** First row of part t when the upper triangle of order m is cut into parts of equal area: a multiple of 4. */
function firstRowOf(t: i32, parts: i32, m: i32): i32 {
  if (t == parts) return m
  return <i32>(<f64>m * (1 - Math.sqrt(1 - <f64>t / <f64>parts))) & ~3
}

// Arguments: m A lda x sums parts, then the bytes from the sum of one part to the next.
function symmetricTask(args: usize, task: i32): void {
  const m = integer(args, 0)
  const parts = integer(args, 5)
  const first = firstRowOf(task, parts, m)
  const to = address(args, 4) + <usize>task * address(args, 6)
  memory.fill(to + (<usize>first << 3), 0, <usize>(m - first) << 3)
  addSymmetricRows(m, first, firstRowOf(task + 1, parts, m), address(args, 1), integer(args, 2), address(args, 3), to)
}

/** y = A·x in one thread and one part. */
export function multiplySymmetric(m: i32, A: usize, lda: i32, x: usize, y: usize): void {
  memory.fill(y, 0, <usize>m << 3)
  addSymmetricRows(m, 0, m, A, lda, x, y)
}

/** y = the sum of the parts, in order. */
export function sumSymmetric(m: i32, parts: i32, sums: usize, gap: usize, y: usize): void {
  memory.copy(y, sums, <usize>m << 3)
  for (let t = 1; t < parts; t++) {
    const first = firstRowOf(t, parts, m)
    axpy(m - first, 1, sums + <usize>t * gap + (<usize>first << 3), y + (<usize>first << 3))
  }
}

/** Σ xᵢ² within a few units of rounding whatever its length: an error in the length of v would be one in the orthogonality
 * of Q, and where entries are equal the errors of a plain sum all have one sign. */
function sumSquares(m: i32, x: usize): f64 {
  const CHUNK = 32
  let sum = 0.0
  let lost = 0.0
  for (let i = 0; i < m; i += CHUNK) {
    const part = dot(min<i32>(CHUNK, m - i), x + (<usize>i << 3), x + (<usize>i << 3)) - lost
    const next = sum + part
    lost = next - sum - part
    sum = next
  }
  return sum
}

/** x (length m) becomes the vector v, v₀ = 1, of the reflection I − τvvᵀ that sends x to βe₁.
 * Writes β and τ (0 where x is a multiple of e₁ already) to out. */
function reflect(m: i32, x: usize, out: usize): void {
  let alpha = get(x)
  let size = largest(m - 1, x + 8)
  if (size == 0) {
    put(out, alpha)
    put(out + 8, 0)
    put(x, 1)
    return
  }
  size = Math.max(size, Math.abs(alpha))
  // Squares must not underflow; the vector is the same whatever x is multiplied by.
  let down = 1.0
  while (size < 1e-120) {
    scale(m, 1.329227995784916e36, x)
    size *= 1.329227995784916e36
    down *= 7.52316384526264e-37
  }
  alpha = get(x)
  const norm = Math.sqrt(sumSquares(m, x))
  const beta = alpha > 0 ? -norm : norm
  scale(m - 1, 1 / (alpha - beta), x + 8)
  put(x, 1)
  put(out, beta * down)
  put(out + 8, (beta - alpha) / beta)
}

/** Row i of a panel of reflections, before its product with the trailing matrix: x, the m entries of the row from the
 * diagonal on, is brought up to date (−Σ v wᵀ + w vᵀ over the rows of V and W that are known), then reflected.
 * V and W: addresses of entry (0, i); c: 2i doubles of scratch. Writes diagonal, β and τ to out. */
export function beginReflection(i: i32, m: i32, x: usize, V: usize, W: usize, ld: i32, c: usize, out: usize): void {
  const row = <usize>ld << 3
  const c2 = c + (<usize>i << 3)
  for (let q = 0; q < i; q++) {
    put(c + (<usize>q << 3), get(W + <usize>q * row))
    put(c2 + (<usize>q << 3), get(V + <usize>q * row))
  }
  multiplyColumns(i, m, -1, V, ld, c, x)
  multiplyColumns(i, m, -1, W, ld, c2, x)
  put(out, get(x))
  put(out + 8, 0)
  put(out + 16, 0)
  if (m > 1) reflect(m - 1, x + 8, out + 8)
}

/** The same row after it: w = τ(A·v − V(Wᵀv) − W(Vᵀv)), then w −= (τ/2)(wᵀv)v, where row i of W holds A·v. Row i of V
 * and the row `again` bytes after it become v.
 * V and W: addresses of entry (0, i + 1); the rows have m entries from there. */
export function endReflection(i: i32, m: i32, v: usize, V: usize, W: usize, ld: i32, c: usize, tau: f64, again: usize): void {
  const row = <usize>i * (<usize>ld << 3)
  const w = W + row
  if (i > 0) {
    const c2 = c + (<usize>i << 3)
    memory.fill(c, 0, <usize>i << 4)
    multiplyRows(i, m, 1, W, ld, v, c)
    multiplyRows(i, m, 1, V, ld, v, c2)
    multiplyColumns(i, m, -1, V, ld, c, w)
    multiplyColumns(i, m, -1, W, ld, c2, w)
  }
  scale(m, tau, w)
  axpy(m, -0.5 * tau * dot(m, w, v), v, w)
  memory.copy(V + row, v, <usize>m << 3)
  memory.copy(V + row + again, v, <usize>m << 3)
}

/** V (the first `count` of n columns, the rows of Q in the given order, each with the sign that makes its entry of largest magnitude, the
 * first of equals, positive); order: 32-bit row numbers. */
export function signedColumns(n: i32, count: i32, Q: usize, ldq: i32, order: usize, V: usize): void {
  const BLOCK = 16
  for (let k0 = 0; k0 < count; k0 += BLOCK) {
    const k1 = min<i32>(k0 + BLOCK, count)
    for (let k = k0; k < k1; k++) {
      const row = Q + ((<usize>load<i32>(order + (<usize>k << 2)) * <usize>ldq) << 3)
      let most = 0.0
      let sign = 1.0
      for (let i = 0; i < n; i++) {
        const x = get(row + (<usize>i << 3))
        if (Math.abs(x) > most) {
          most = Math.abs(x)
          sign = x < 0 ? -1 : 1
        }
      }
      if (sign < 0) scale(n, -1, row)
    }
    for (let i0 = 0; i0 < n; i0 += BLOCK) {
      const i1 = min<i32>(i0 + BLOCK, n)
      for (let k = k0; k < k1; k++) {
        const row = Q + ((<usize>load<i32>(order + (<usize>k << 2)) * <usize>ldq) << 3)
        // Adding 0 turns −0 into 0.
        for (let i = i0; i < i1; i++) put(V + ((<usize>i * <usize>n + <usize>k) << 3), get(row + (<usize>i << 3)) + 0)
      }
    }
  }
}

const SYMMETRIC: i32 = 0
const LEAF: i32 = 1
const ROOTS: i32 = 2
const PRODUCTS: i32 = 3
const VECTORS: i32 = 4

export function tridiagonalTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == SYMMETRIC) symmetricTask(args, task)
  else if (member == LEAF) leafTask(args, task)
  else if (member == ROOTS) collectRootsTask(args, task)
  else if (member == PRODUCTS) productsTask(args, task)
  else if (member == VECTORS) vectorsTask(args, task, thread)
  else unreachable()
}
