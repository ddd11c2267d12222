// A small product in registers, of doubles or of single precision: twelve sums, two vectors of B and one splat of A are fifteen
// of the fifteen vector registers that V8 gives out.
// The ignored lines: TypeScript knows no decorator of a function.
import { putTwo } from './memory'

/** Columns of a tile: two vectors. */
// @ts-ignore: decorator
@inline
export function tileColumns<T>(): i32 {
  return 32 / sizeof<T>()
}

/** C (6 × tileColumns, rows ldc bytes apart) += a·b over kc steps; sb: the bytes from one step of b to the next. The six entries
 * of a lie together, sa bytes from one step to the next, or, where `rows`, in six rows sa bytes apart, consecutive in k; where
 * `minus`, the product is subtracted. Both are constants wherever this is called. */
// @ts-ignore: decorator
@inline
function addTile<T>(rows: bool, minus: bool, kc: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  let c00 = v128.splat<T>(0)
  let c01 = v128.splat<T>(0)
  let c10 = v128.splat<T>(0)
  let c11 = v128.splat<T>(0)
  let c20 = v128.splat<T>(0)
  let c21 = v128.splat<T>(0)
  let c30 = v128.splat<T>(0)
  let c31 = v128.splat<T>(0)
  let c40 = v128.splat<T>(0)
  let c41 = v128.splat<T>(0)
  let c50 = v128.splat<T>(0)
  let c51 = v128.splat<T>(0)
  let p1 = a + sa
  let p2 = p1 + sa
  let p3 = p2 + sa
  let p4 = p3 + sa
  let p5 = p4 + sa
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<T>(a)
    c00 = minus ? v128.relaxed_nmadd<T>(a0, b0, c00) : v128.relaxed_madd<T>(a0, b0, c00)
    c01 = minus ? v128.relaxed_nmadd<T>(a0, b1, c01) : v128.relaxed_madd<T>(a0, b1, c01)
    const a1 = rows ? v128.load_splat<T>(p1) : v128.load_splat<T>(a, 1 * sizeof<T>())
    c10 = minus ? v128.relaxed_nmadd<T>(a1, b0, c10) : v128.relaxed_madd<T>(a1, b0, c10)
    c11 = minus ? v128.relaxed_nmadd<T>(a1, b1, c11) : v128.relaxed_madd<T>(a1, b1, c11)
    const a2 = rows ? v128.load_splat<T>(p2) : v128.load_splat<T>(a, 2 * sizeof<T>())
    c20 = minus ? v128.relaxed_nmadd<T>(a2, b0, c20) : v128.relaxed_madd<T>(a2, b0, c20)
    c21 = minus ? v128.relaxed_nmadd<T>(a2, b1, c21) : v128.relaxed_madd<T>(a2, b1, c21)
    const a3 = rows ? v128.load_splat<T>(p3) : v128.load_splat<T>(a, 3 * sizeof<T>())
    c30 = minus ? v128.relaxed_nmadd<T>(a3, b0, c30) : v128.relaxed_madd<T>(a3, b0, c30)
    c31 = minus ? v128.relaxed_nmadd<T>(a3, b1, c31) : v128.relaxed_madd<T>(a3, b1, c31)
    const a4 = rows ? v128.load_splat<T>(p4) : v128.load_splat<T>(a, 4 * sizeof<T>())
    c40 = minus ? v128.relaxed_nmadd<T>(a4, b0, c40) : v128.relaxed_madd<T>(a4, b0, c40)
    c41 = minus ? v128.relaxed_nmadd<T>(a4, b1, c41) : v128.relaxed_madd<T>(a4, b1, c41)
    const a5 = rows ? v128.load_splat<T>(p5) : v128.load_splat<T>(a, 5 * sizeof<T>())
    c50 = minus ? v128.relaxed_nmadd<T>(a5, b0, c50) : v128.relaxed_madd<T>(a5, b0, c50)
    c51 = minus ? v128.relaxed_nmadd<T>(a5, b1, c51) : v128.relaxed_madd<T>(a5, b1, c51)
    if (rows) {
      a += sizeof<T>()
      p1 += sizeof<T>()
      p2 += sizeof<T>()
      p3 += sizeof<T>()
      p4 += sizeof<T>()
      p5 += sizeof<T>()
    } else a += sa
    b += sb
  }
  putTwo(c, v128.add<T>(c00, v128.load(c)), v128.add<T>(c01, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c10, v128.load(c)), v128.add<T>(c11, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c20, v128.load(c)), v128.add<T>(c21, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c30, v128.load(c)), v128.add<T>(c31, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c40, v128.load(c)), v128.add<T>(c41, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c50, v128.load(c)), v128.add<T>(c51, v128.load(c, 16)))
}

/** C += a·b with the six entries of a together. */
export function tile<T>(kc: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  addTile<T>(false, false, kc, a, sa, b, sb, c, ldc)
}

/** C −= a·b with the six entries of a together. */
export function tileMinus<T>(kc: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  addTile<T>(false, true, kc, a, sa, b, sb, c, ldc)
}

/** C += a·b with the six rows of A read where they lie, lda bytes apart. */
export function tileOfRows<T>(kc: i32, a: usize, lda: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  addTile<T>(true, false, kc, a, lda, b, sb, c, ldc)
}

/** The same for four rows of C: C (4 × tileColumns) += a·b. */
export function tileOfFour<T>(kc: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  let c00 = v128.splat<T>(0)
  let c01 = v128.splat<T>(0)
  let c10 = v128.splat<T>(0)
  let c11 = v128.splat<T>(0)
  let c20 = v128.splat<T>(0)
  let c21 = v128.splat<T>(0)
  let c30 = v128.splat<T>(0)
  let c31 = v128.splat<T>(0)
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<T>(a)
    c00 = v128.relaxed_madd<T>(a0, b0, c00)
    c01 = v128.relaxed_madd<T>(a0, b1, c01)
    const a1 = v128.load_splat<T>(a, 1 * sizeof<T>())
    c10 = v128.relaxed_madd<T>(a1, b0, c10)
    c11 = v128.relaxed_madd<T>(a1, b1, c11)
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>())
    c20 = v128.relaxed_madd<T>(a2, b0, c20)
    c21 = v128.relaxed_madd<T>(a2, b1, c21)
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>())
    c30 = v128.relaxed_madd<T>(a3, b0, c30)
    c31 = v128.relaxed_madd<T>(a3, b1, c31)
    a += sa
    b += sb
  }
  putTwo(c, v128.add<T>(c00, v128.load(c)), v128.add<T>(c01, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c10, v128.load(c)), v128.add<T>(c11, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c20, v128.load(c)), v128.add<T>(c21, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<T>(c30, v128.load(c)), v128.add<T>(c31, v128.load(c, 16)))
}

/** What lies on and above the diagonal of a square of single precision, 8 × 8 without its lower left quarter: C += a·b. */
export function tileOfDiagonal(kc: i32, a: usize, sa: usize, b: usize, sb: usize, c: usize, ldc: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  let c41 = f32x4.splat(0)
  let c51 = f32x4.splat(0)
  let c61 = f32x4.splat(0)
  let c71 = f32x4.splat(0)
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const a0 = v128.load_splat<f32>(a)
    c00 = f32x4.relaxed_madd(a0, b0, c00)
    c01 = f32x4.relaxed_madd(a0, b1, c01)
    const a1 = v128.load_splat<f32>(a, 4)
    c10 = f32x4.relaxed_madd(a1, b0, c10)
    c11 = f32x4.relaxed_madd(a1, b1, c11)
    const a2 = v128.load_splat<f32>(a, 8)
    c20 = f32x4.relaxed_madd(a2, b0, c20)
    c21 = f32x4.relaxed_madd(a2, b1, c21)
    const a3 = v128.load_splat<f32>(a, 12)
    c30 = f32x4.relaxed_madd(a3, b0, c30)
    c31 = f32x4.relaxed_madd(a3, b1, c31)
    const a4 = v128.load_splat<f32>(a, 16)
    c41 = f32x4.relaxed_madd(a4, b1, c41)
    const a5 = v128.load_splat<f32>(a, 20)
    c51 = f32x4.relaxed_madd(a5, b1, c51)
    const a6 = v128.load_splat<f32>(a, 24)
    c61 = f32x4.relaxed_madd(a6, b1, c61)
    const a7 = v128.load_splat<f32>(a, 28)
    c71 = f32x4.relaxed_madd(a7, b1, c71)
    a += sa
    b += sb
  }
  putTwo(c, v128.add<f32>(c00, v128.load(c)), v128.add<f32>(c01, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<f32>(c10, v128.load(c)), v128.add<f32>(c11, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<f32>(c20, v128.load(c)), v128.add<f32>(c21, v128.load(c, 16)))
  c += ldc
  putTwo(c, v128.add<f32>(c30, v128.load(c)), v128.add<f32>(c31, v128.load(c, 16)))
  c += ldc
  v128.store(c, f32x4.add(c41, v128.load(c, 16)), 16)
  c += ldc
  v128.store(c, f32x4.add(c51, v128.load(c, 16)), 16)
  c += ldc
  v128.store(c, f32x4.add(c61, v128.load(c, 16)), 16)
  c += ldc
  v128.store(c, f32x4.add(c71, v128.load(c, 16)), 16)
}
