// Products of a matrix with one vector, four rows at a time.
import { get, put } from './memory'

/** Rows of A times x: y += α·A·x. A m × n, rows lda doubles apart. */
export function multiplyRows(m: i32, n: i32, alpha: f64, A: usize, lda: i32, x: usize, y: usize): void {
  const ld = <usize>lda << 3
  let i = 0
  for (; i + 4 <= m; i += 4) {
    let p0 = A
    let p1 = A + ld
    let p2 = p1 + ld
    let p3 = p2 + ld
    let q = x
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let t0 = f64x2.splat(0)
    let t1 = f64x2.splat(0)
    let t2 = f64x2.splat(0)
    let t3 = f64x2.splat(0)
    let j = 0
    for (; j + 4 <= n; j += 4) {
      const x0 = v128.load(q)
      const x1 = v128.load(q, 16)
      s0 = f64x2.relaxed_madd(v128.load(p0), x0, s0)
      t0 = f64x2.relaxed_madd(v128.load(p0, 16), x1, t0)
      s1 = f64x2.relaxed_madd(v128.load(p1), x0, s1)
      t1 = f64x2.relaxed_madd(v128.load(p1, 16), x1, t1)
      s2 = f64x2.relaxed_madd(v128.load(p2), x0, s2)
      t2 = f64x2.relaxed_madd(v128.load(p2, 16), x1, t2)
      s3 = f64x2.relaxed_madd(v128.load(p3), x0, s3)
      t3 = f64x2.relaxed_madd(v128.load(p3, 16), x1, t3)
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
    let r0 = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
    let r1 = f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1)
    let r2 = f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1)
    let r3 = f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1)
    for (; j < n; j++) {
      const xj = get(q)
      r0 += get(p0) * xj
      r1 += get(p1) * xj
      r2 += get(p2) * xj
      r3 += get(p3) * xj
      q += 8
      p0 += 8
      p1 += 8
      p2 += 8
      p3 += 8
    }
    put(y, get(y) + alpha * r0)
    put(y + 8, get(y + 8) + alpha * r1)
    put(y + 16, get(y + 16) + alpha * r2)
    put(y + 24, get(y + 24) + alpha * r3)
    A += ld << 2
    y += 32
  }
  for (; i < m; i++) {
    let s = 0.0
    for (let j = 0; j < n; j++) s += get(A + (<usize>j << 3)) * get(x + (<usize>j << 3))
    put(y, get(y) + alpha * s)
    A += ld
    y += 8
  }
}

/** x times the rows of A: y += α·Aᵀ·x. A m × n, rows lda doubles apart. */
export function multiplyColumns(m: i32, n: i32, alpha: f64, A: usize, lda: i32, x: usize, y: usize): void {
  const ld = <usize>lda << 3
  let i = 0
  for (; i + 4 <= m; i += 4) {
    let p0 = A
    let p1 = A + ld
    let p2 = p1 + ld
    let p3 = p2 + ld
    const w0 = alpha * get(x)
    const w1 = alpha * get(x + 8)
    const w2 = alpha * get(x + 16)
    const w3 = alpha * get(x + 24)
    const x0 = f64x2.splat(w0)
    const x1 = f64x2.splat(w1)
    const x2 = f64x2.splat(w2)
    const x3 = f64x2.splat(w3)
    let q = y
    let j = 0
    for (; j + 4 <= n; j += 4) {
      let s = f64x2.relaxed_madd(x0, v128.load(p0), v128.load(q))
      let t = f64x2.relaxed_madd(x0, v128.load(p0, 16), v128.load(q, 16))
      s = f64x2.relaxed_madd(x1, v128.load(p1), s)
      t = f64x2.relaxed_madd(x1, v128.load(p1, 16), t)
      s = f64x2.relaxed_madd(x2, v128.load(p2), s)
      t = f64x2.relaxed_madd(x2, v128.load(p2, 16), t)
      s = f64x2.relaxed_madd(x3, v128.load(p3), s)
      t = f64x2.relaxed_madd(x3, v128.load(p3, 16), t)
      v128.store(q, s)
      v128.store(q, t, 16)
      q += 32
      p0 += 32
      p1 += 32
      p2 += 32
      p3 += 32
    }
    for (; j < n; j++) {
      put(q, get(q) + w0 * get(p0) + w1 * get(p1) + (w2 * get(p2) + w3 * get(p3)))
      q += 8
      p0 += 8
      p1 += 8
      p2 += 8
      p3 += 8
    }
    A += ld << 2
    x += 32
  }
  for (; i < m; i++) {
    const w = alpha * get(x)
    for (let j = 0; j < n; j++) put(y + (<usize>j << 3), get(y + (<usize>j << 3)) + w * get(A + (<usize>j << 3)))
    A += ld
    x += 8
  }
}
