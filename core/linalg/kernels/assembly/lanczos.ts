// What iterative solvers do beside products: blocks of few columns, rows strides apart.
import { address, get, integer, put } from './memory'
import { qlSweeps } from './tridiagonal-ql'

/** to = diag(f)·from for blocks of few columns; strides in doubles. */
export function scaleRows(rows: i32, columns: i32, f: usize, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  for (let i = 0; i < rows; i++) {
    const factor = get(f)
    for (let j: usize = 0; j < <usize>columns; j++) put(to + (j << 3), factor * get(from + (j << 3)))
    f += 8
    from += <usize>fromStride << 3
    to += <usize>toStride << 3
  }
}

/** All entries of a block 0; stride in doubles. */
export function clearRows(rows: i32, columns: i32, at: usize, stride: i32): void {
  if (columns == stride) {
    memory.fill(at, 0, <usize>rows * <usize>columns * 8)
    return
  }
  for (let i = 0; i < rows; i++) {
    memory.fill(at, 0, <usize>columns << 3)
    at += <usize>stride << 3
  }
}

/** Strip s of a symmetric matrix: rows 4s … 4s+3 of the lower triangle, columns 0 … 4s+3, two columns of the four rows after
 * each other, so that the whole is one stream; the 4 × 4 block on the diagonal is filled up to a full one. Strip s begins at
 * double 8s(s+1). Rows n and beyond are zeros.
 * @param a the first of the strip's rows, rows lda doubles apart @returns the largest magnitude, NaN where there is one */
export function packStrip(s: i32, n: i32, a: usize, lda: i32, packed: usize): f64 {
  const rows = min<i32>(4, n - 4 * s)
  let to = packed + ((<usize>(8 * s * (s + 1))) << 3)
  let most = f64x2.splat(0)
  if (rows == 4) {
    let p0 = a
    let p1 = p0 + (<usize>lda << 3)
    let p2 = p1 + (<usize>lda << 3)
    let p3 = p2 + (<usize>lda << 3)
    for (let j = 0; j < 4 * s; j += 2) {
      const v0 = v128.load(p0)
      const v1 = v128.load(p1)
      const v2 = v128.load(p2)
      const v3 = v128.load(p3)
      v128.store(to, v0)
      v128.store(to, v1, 16)
      v128.store(to, v2, 32)
      v128.store(to, v3, 48)
      most = f64x2.max(most, f64x2.max(f64x2.max(f64x2.abs(v0), f64x2.abs(v1)), f64x2.max(f64x2.abs(v2), f64x2.abs(v3))))
      p0 += 16
      p1 += 16
      p2 += 16
      p3 += 16
      to += 64
    }
  } else {
    for (let j = 0; j < 4 * s; j += 2) {
      for (let r = 0; r < 4; r++) {
        const p = a + ((<usize>r * <usize>lda + <usize>j) << 3)
        const v = r < rows ? v128.load(p) : f64x2.splat(0)
        v128.store(to, v)
        most = f64x2.max(most, f64x2.abs(v))
        to += 16
      }
    }
  }
  let result = Math.max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1))
  for (let c = 0; c < 4; c += 2) {
    for (let r = 0; r < 4; r++) {
      for (let d = c; d < c + 2; d++) {
        const i = max<i32>(r, d)
        const j = min<i32>(r, d)
        const v = i < rows ? get(a + ((<usize>i * <usize>lda + <usize>(4 * s + j)) << 3)) : 0
        result = Math.max(result, Math.abs(v))
        put(to, v)
        to += 8
      }
    }
  }
  return result
}

/** y += A·x for the strips from … to − 1 and what mirrors them: each entry is loaded once and used twice. x and y have a
 * multiple of four entries. */
export function multiplyStrips(from: i32, to: i32, packed: usize, x: usize, y: usize): void {
  let p = packed + ((<usize>(8 * from * (from + 1))) << 3)
  for (let s = from; s < to; s++) {
    const xs = x + (<usize>s << 5)
    const ys = y + (<usize>s << 5)
    const x0 = v128.load64_splat(xs)
    const x1 = v128.load64_splat(xs, 8)
    const x2 = v128.load64_splat(xs, 16)
    const x3 = v128.load64_splat(xs, 24)
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let q = x
    let t = y
    for (; q < xs; q += 16) {
      const xj = v128.load(q)
      const a0 = v128.load(p)
      s0 = f64x2.relaxed_madd(a0, xj, s0)
      let yj = f64x2.relaxed_madd(a0, x0, v128.load(t))
      const a1 = v128.load(p, 16)
      s1 = f64x2.relaxed_madd(a1, xj, s1)
      yj = f64x2.relaxed_madd(a1, x1, yj)
      const a2 = v128.load(p, 32)
      s2 = f64x2.relaxed_madd(a2, xj, s2)
      yj = f64x2.relaxed_madd(a2, x2, yj)
      const a3 = v128.load(p, 48)
      s3 = f64x2.relaxed_madd(a3, xj, s3)
      v128.store(t, f64x2.relaxed_madd(a3, x3, yj))
      p += 64
      t += 16
    }
    for (let c = 0; c < 2; c++) {
      const xj = v128.load(q)
      s0 = f64x2.relaxed_madd(v128.load(p), xj, s0)
      s1 = f64x2.relaxed_madd(v128.load(p, 16), xj, s1)
      s2 = f64x2.relaxed_madd(v128.load(p, 32), xj, s2)
      s3 = f64x2.relaxed_madd(v128.load(p, 48), xj, s3)
      p += 64
      q += 16
    }
    put(ys, get(ys) + f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1))
    put(ys + 8, get(ys + 8) + f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1))
    put(ys + 16, get(ys + 16) + f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1))
    put(ys + 24, get(ys + 24) + f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1))
  }
}

/** Eigenvalues of a symmetric tridiagonal T by the implicit QL method with Wilkinson's shift, and the last row of its
 * eigenvectors: the rotations are applied to that row alone (Golub & Welsch, "Calculation of Gauss quadrature rules",
 * Math. Comp. 23 (1969)).
 * @param d n, diagonal; becomes the eigenvalues, in no order @param e n, couplings; destroyed @param z n, becomes the row
 * @returns false where 30n sweeps were not enough */
export function tridiagonalLastRow(n: i32, d: usize, e: usize, z: usize): bool {
  let norm = 0.0
  for (let i = 0; i < n; i++) {
    const o = <usize>i << 3
    norm = Math.max(norm, Math.max(Math.abs(get(d + o)), i < n - 1 ? Math.abs(get(e + o)) : 0))
    put(z + o, i == n - 1 ? 1 : 0)
  }
  return qlSweeps(n, d, e, norm * 1e-20, z, 1, 1)
}

const MULTIPLY_STRIPS: i32 = 0

export function lanczosTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == MULTIPLY_STRIPS) {
    // packed x y, length of one y, first strips of the tasks and the end of the last
    const n = integer(args, 3)
    const y = address(args, 2) + ((<usize>task * <usize>n) << 3)
    memory.fill(y, 0, <usize>n << 3)
    multiplyStrips(integer(args, 4 + task), integer(args, 5 + task), address(args, 0), address(args, 1), y)
  } else unreachable()
}
