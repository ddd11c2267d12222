// One small symmetric positive definite system of the rows, in doubles or in single precision: its factorization, and the
// solution from it. Six rows at a time, written out, so that none waits for the one before. The ignored line: TypeScript knows
// no decorator of a function.
import { get, put } from './memory'
import { tileMinus } from './tile'

/** Six rows of a strip: Schur complements of their square are eliminated as scalars, without a root in the chain; what lies behind
 * them is eliminated and scaled as vectors. Leaves 1/√pivot of each row at `inverses`.
 * @param c the diagonal of the first @param end of its row @param multipliers room for 21 numbers */
function factorStrip<T>(c: usize, end: usize, ld: usize, inverses: usize, multipliers: usize): i32 {
  const r0 = c
  const r1 = c + ld
  const r2 = c + 2 * ld
  const r3 = c + 3 * ld
  const r4 = c + 4 * ld
  const r5 = c + 5 * ld
  const a00 = load<T>(r0)
  const a01 = load<T>(r0, 1 * sizeof<T>())
  const a02 = load<T>(r0, 2 * sizeof<T>())
  const a03 = load<T>(r0, 3 * sizeof<T>())
  const a04 = load<T>(r0, 4 * sizeof<T>())
  const a05 = load<T>(r0, 5 * sizeof<T>())
  let a11 = load<T>(r1, 1 * sizeof<T>())
  let a12 = load<T>(r1, 2 * sizeof<T>())
  let a13 = load<T>(r1, 3 * sizeof<T>())
  let a14 = load<T>(r1, 4 * sizeof<T>())
  let a15 = load<T>(r1, 5 * sizeof<T>())
  let a22 = load<T>(r2, 2 * sizeof<T>())
  let a23 = load<T>(r2, 3 * sizeof<T>())
  let a24 = load<T>(r2, 4 * sizeof<T>())
  let a25 = load<T>(r2, 5 * sizeof<T>())
  let a33 = load<T>(r3, 3 * sizeof<T>())
  let a34 = load<T>(r3, 4 * sizeof<T>())
  let a35 = load<T>(r3, 5 * sizeof<T>())
  let a44 = load<T>(r4, 4 * sizeof<T>())
  let a45 = load<T>(r4, 5 * sizeof<T>())
  let a55 = load<T>(r5, 5 * sizeof<T>())
  if (!(a00 > 0 && a00 < <T>Infinity)) return 1
  const w0 = <T>1 / a00
  const l01 = a01 * w0
  const l02 = a02 * w0
  const l03 = a03 * w0
  const l04 = a04 * w0
  const l05 = a05 * w0
  a11 -= l01 * a01
  a12 -= l01 * a02
  a13 -= l01 * a03
  a14 -= l01 * a04
  a15 -= l01 * a05
  a22 -= l02 * a02
  a23 -= l02 * a03
  a24 -= l02 * a04
  a25 -= l02 * a05
  a33 -= l03 * a03
  a34 -= l03 * a04
  a35 -= l03 * a05
  a44 -= l04 * a04
  a45 -= l04 * a05
  a55 -= l05 * a05
  if (!(a11 > 0 && a11 < <T>Infinity)) return 2
  const w1 = <T>1 / a11
  const l12 = a12 * w1
  const l13 = a13 * w1
  const l14 = a14 * w1
  const l15 = a15 * w1
  a22 -= l12 * a12
  a23 -= l12 * a13
  a24 -= l12 * a14
  a25 -= l12 * a15
  a33 -= l13 * a13
  a34 -= l13 * a14
  a35 -= l13 * a15
  a44 -= l14 * a14
  a45 -= l14 * a15
  a55 -= l15 * a15
  if (!(a22 > 0 && a22 < <T>Infinity)) return 3
  const w2 = <T>1 / a22
  const l23 = a23 * w2
  const l24 = a24 * w2
  const l25 = a25 * w2
  a33 -= l23 * a23
  a34 -= l23 * a24
  a35 -= l23 * a25
  a44 -= l24 * a24
  a45 -= l24 * a25
  a55 -= l25 * a25
  if (!(a33 > 0 && a33 < <T>Infinity)) return 4
  const w3 = <T>1 / a33
  const l34 = a34 * w3
  const l35 = a35 * w3
  a44 -= l34 * a34
  a45 -= l34 * a35
  a55 -= l35 * a35
  if (!(a44 > 0 && a44 < <T>Infinity)) return 5
  const w4 = <T>1 / a44
  const l45 = a45 * w4
  a55 -= l45 * a45
  if (!(a55 > 0 && a55 < <T>Infinity)) return 6
  const root0 = sqrt<T>(a00)
  const root1 = sqrt<T>(a11)
  const root2 = sqrt<T>(a22)
  const root3 = sqrt<T>(a33)
  const root4 = sqrt<T>(a44)
  const root5 = sqrt<T>(a55)
  store<T>(inverses, <T>1 / root0)
  store<T>(inverses, <T>1 / root1, 1 * sizeof<T>())
  store<T>(inverses, <T>1 / root2, 2 * sizeof<T>())
  store<T>(inverses, <T>1 / root3, 3 * sizeof<T>())
  store<T>(inverses, <T>1 / root4, 4 * sizeof<T>())
  store<T>(inverses, <T>1 / root5, 5 * sizeof<T>())
  store<T>(multipliers, l01)
  store<T>(multipliers, l02, 1 * sizeof<T>())
  store<T>(multipliers, l03, 2 * sizeof<T>())
  store<T>(multipliers, l04, 3 * sizeof<T>())
  store<T>(multipliers, l05, 4 * sizeof<T>())
  store<T>(multipliers, l12, 5 * sizeof<T>())
  store<T>(multipliers, l13, 6 * sizeof<T>())
  store<T>(multipliers, l14, 7 * sizeof<T>())
  store<T>(multipliers, l15, 8 * sizeof<T>())
  store<T>(multipliers, l23, 9 * sizeof<T>())
  store<T>(multipliers, l24, 10 * sizeof<T>())
  store<T>(multipliers, l25, 11 * sizeof<T>())
  store<T>(multipliers, l34, 12 * sizeof<T>())
  store<T>(multipliers, l35, 13 * sizeof<T>())
  store<T>(multipliers, l45, 14 * sizeof<T>())
  // In whole vectors, so that from the left some of what is not read takes part.
  const first = c & 15
  for (let o: usize = 0; o < end - c + first; o += 16) {
    const at0 = r0 - first + o
    const at1 = r1 - first + o
    const at2 = r2 - first + o
    const at3 = r3 - first + o
    const at4 = r4 - first + o
    const at5 = r5 - first + o
    let y0 = v128.load(at0)
    let y1 = v128.load(at1)
    y1 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers), y0, y1)
    let y2 = v128.load(at2)
    y2 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 1 * sizeof<T>()), y0, y2)
    y2 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 5 * sizeof<T>()), y1, y2)
    let y3 = v128.load(at3)
    y3 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 2 * sizeof<T>()), y0, y3)
    y3 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 6 * sizeof<T>()), y1, y3)
    y3 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 9 * sizeof<T>()), y2, y3)
    let y4 = v128.load(at4)
    y4 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 3 * sizeof<T>()), y0, y4)
    y4 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 7 * sizeof<T>()), y1, y4)
    y4 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 10 * sizeof<T>()), y2, y4)
    y4 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 12 * sizeof<T>()), y3, y4)
    let y5 = v128.load(at5)
    y5 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 4 * sizeof<T>()), y0, y5)
    y5 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 8 * sizeof<T>()), y1, y5)
    y5 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 11 * sizeof<T>()), y2, y5)
    y5 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 13 * sizeof<T>()), y3, y5)
    y5 = v128.relaxed_nmadd<T>(v128.load_splat<T>(multipliers, 14 * sizeof<T>()), y4, y5)
    v128.store(at0, v128.mul<T>(v128.load_splat<T>(inverses), y0))
    v128.store(at1, v128.mul<T>(v128.load_splat<T>(inverses, 1 * sizeof<T>()), y1))
    v128.store(at2, v128.mul<T>(v128.load_splat<T>(inverses, 2 * sizeof<T>()), y2))
    v128.store(at3, v128.mul<T>(v128.load_splat<T>(inverses, 3 * sizeof<T>()), y3))
    v128.store(at4, v128.mul<T>(v128.load_splat<T>(inverses, 4 * sizeof<T>()), y4))
    v128.store(at5, v128.mul<T>(v128.load_splat<T>(inverses, 5 * sizeof<T>()), y5))
  }
  store<T>(r0, root0)
  store<T>(r1, root1, 1 * sizeof<T>())
  store<T>(r2, root2, 2 * sizeof<T>())
  store<T>(r3, root3, 3 * sizeof<T>())
  store<T>(r4, root4, 4 * sizeof<T>())
  store<T>(r5, root5, 5 * sizeof<T>())
  return 0
}

/** The same of the last rows, fewer than six. */
function factorLast<T>(rows: i32, c: usize, end: usize, ld: usize, inverses: usize): i32 {
  for (let i = 0; i < rows; i++) {
    const row = c + <usize>i * ld
    const at = <usize>i * sizeof<T>()
    const pivot = load<T>(row + at)
    if (!(pivot > 0 && pivot < <T>Infinity)) return i + 1
    const root = sqrt<T>(pivot)
    const inverse = <T>1 / root
    store<T>(inverses + at, inverse)
    const width = end - c
    for (let o = at; o < width; o += sizeof<T>()) store<T>(row + o, inverse * load<T>(row + o))
    store<T>(row + at, root)
    for (let s = i + 1; s < rows; s++) {
      const there = <usize>s * sizeof<T>()
      const factor = load<T>(row + there)
      const below = c + <usize>s * ld
      for (let o = there; o < width; o += sizeof<T>()) store<T>(below + o, load<T>(below + o) - factor * load<T>(row + o))
    }
  }
  return 0
}

/** A = Uᵀ·U in place for the upper triangle, and the column behind it divided by Uᵀ. Returns 0, or the pivot that is not
 * positive, counted from 1. Six rows at a time: what stands above them is subtracted by tiles (Golub & Van Loan, Matrix
 * Computations, §4.2.6).
 * @param work rows of what is gathered, of which the second has 1/√pivot of each row afterwards */
export function factorSystem<T>(size: i32, lead: i32, c: usize, ld: usize, work: usize): i32 {
  const end = <usize>(lead + size + 1) * sizeof<T>()
  const inverses = work + ld
  for (let i0 = 0; i0 < size; i0 += 6) {
    const strip = c + <usize>i0 * ld
    const diagonal = <usize>(lead + i0) * sizeof<T>()
    if (i0 > 0) {
      const above = c + diagonal
      for (let o = diagonal & ~31; o < end; o += 32) tileMinus<T>(i0, above, ld, c + o, ld, strip + o, ld)
    }
    const failed =
      i0 + 6 <= size
        ? factorStrip<T>(strip + diagonal, strip + end, ld, inverses + <usize>i0 * sizeof<T>(), work + 2 * ld)
        : factorLast<T>(size - i0, strip + diagonal, strip + end, ld, inverses + <usize>i0 * sizeof<T>())
    if (failed > 0) return i0 + failed
  }
  return 0
}

/** The sum of the entries of a vector. */
// @ts-ignore: decorator
@inline
function sumLanes<T>(v: v128): T {
  if (sizeof<T>() == 8) return v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1)
  const halves = v128.add<T>(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1))
  return v128.extract_lane<T>(halves, 0) + v128.extract_lane<T>(halves, 1)
}

/** x (doubles) ← U⁻¹·(the column behind U + z); z may be 0. What is solved stands in the first row of `work` under its columns, 1/√pivot
 * in the second. From below: the rows that fill no six, then six at a time. */
export function solveBackward<T>(size: i32, lead: i32, c: usize, ld: usize, z: usize, x: usize, work: usize): void {
  const right = <usize>(lead + size) * sizeof<T>()
  memory.fill(work, 0, right + sizeof<T>())
  const whole = size - (size % 6)
  for (let i = size - 1; i >= whole; i--) {
    const row = c + <usize>i * ld
    let value = load<T>(row + right)
    if (z != 0) value += <T>get(z + (<usize>i << 3))
    for (let k = i + 1; k < size; k++) {
      const o = <usize>(lead + k) * sizeof<T>()
      value -= load<T>(row + o) * load<T>(work + o)
    }
    value *= load<T>(work + ld + <usize>i * sizeof<T>())
    store<T>(work + <usize>(lead + i) * sizeof<T>(), value)
    put(x + (<usize>i << 3), <f64>value)
  }
  for (let i = whole - 6; i >= 0; i -= 6) solveSix<T>(i, lead, right, c + <usize>i * ld, ld, z, x, work)
}

/** The rows i … i + 5 of it, which begin at c. */
function solveSix<T>(i: i32, lead: i32, right: usize, c: usize, ld: usize, z: usize, x: usize, work: usize): void {
  const r0 = c
  const r1 = c + ld
  const r2 = c + 2 * ld
  const r3 = c + 3 * ld
  const r4 = c + 4 * ld
  const r5 = c + 5 * ld
  let s0 = v128.splat<T>(0)
  let s1 = v128.splat<T>(0)
  let s2 = v128.splat<T>(0)
  let s3 = v128.splat<T>(0)
  let s4 = v128.splat<T>(0)
  let s5 = v128.splat<T>(0)
  const at = <usize>(lead + i) * sizeof<T>()
  // What is not solved yet is 0.
  for (let o = (at + 6 * sizeof<T>()) & ~15; o < right; o += 16) {
    const solved = v128.load(work + o)
    s0 = v128.relaxed_madd<T>(v128.load(r0 + o), solved, s0)
    s1 = v128.relaxed_madd<T>(v128.load(r1 + o), solved, s1)
    s2 = v128.relaxed_madd<T>(v128.load(r2 + o), solved, s2)
    s3 = v128.relaxed_madd<T>(v128.load(r3 + o), solved, s3)
    s4 = v128.relaxed_madd<T>(v128.load(r4 + o), solved, s4)
    s5 = v128.relaxed_madd<T>(v128.load(r5 + o), solved, s5)
  }
  let v0 = load<T>(r0 + right) - sumLanes<T>(s0)
  let v1 = load<T>(r1 + right) - sumLanes<T>(s1)
  let v2 = load<T>(r2 + right) - sumLanes<T>(s2)
  let v3 = load<T>(r3 + right) - sumLanes<T>(s3)
  let v4 = load<T>(r4 + right) - sumLanes<T>(s4)
  let v5 = load<T>(r5 + right) - sumLanes<T>(s5)
  const places = x + (<usize>i << 3)
  if (z != 0) {
    const noise = z + (<usize>i << 3)
    v0 += <T>get(noise)
    v1 += <T>get(noise + 8)
    v2 += <T>get(noise + 16)
    v3 += <T>get(noise + 24)
    v4 += <T>get(noise + 32)
    v5 += <T>get(noise + 40)
  }
  const inverses = work + ld + <usize>i * sizeof<T>()
  const solved = work + at
  v5 *= load<T>(inverses, 5 * sizeof<T>())
  v0 -= load<T>(r0 + at, 5 * sizeof<T>()) * v5
  v1 -= load<T>(r1 + at, 5 * sizeof<T>()) * v5
  v2 -= load<T>(r2 + at, 5 * sizeof<T>()) * v5
  v3 -= load<T>(r3 + at, 5 * sizeof<T>()) * v5
  v4 -= load<T>(r4 + at, 5 * sizeof<T>()) * v5
  v4 *= load<T>(inverses, 4 * sizeof<T>())
  v0 -= load<T>(r0 + at, 4 * sizeof<T>()) * v4
  v1 -= load<T>(r1 + at, 4 * sizeof<T>()) * v4
  v2 -= load<T>(r2 + at, 4 * sizeof<T>()) * v4
  v3 -= load<T>(r3 + at, 4 * sizeof<T>()) * v4
  v3 *= load<T>(inverses, 3 * sizeof<T>())
  v0 -= load<T>(r0 + at, 3 * sizeof<T>()) * v3
  v1 -= load<T>(r1 + at, 3 * sizeof<T>()) * v3
  v2 -= load<T>(r2 + at, 3 * sizeof<T>()) * v3
  v2 *= load<T>(inverses, 2 * sizeof<T>())
  v0 -= load<T>(r0 + at, 2 * sizeof<T>()) * v2
  v1 -= load<T>(r1 + at, 2 * sizeof<T>()) * v2
  v1 *= load<T>(inverses, 1 * sizeof<T>())
  v0 -= load<T>(r0 + at, 1 * sizeof<T>()) * v1
  v0 *= load<T>(inverses)
  store<T>(solved, v0)
  put(places, <f64>v0)
  store<T>(solved, v1, 1 * sizeof<T>())
  put(places + 8, <f64>v1)
  store<T>(solved, v2, 2 * sizeof<T>())
  put(places + 16, <f64>v2)
  store<T>(solved, v3, 3 * sizeof<T>())
  put(places + 24, <f64>v3)
  store<T>(solved, v4, 4 * sizeof<T>())
  put(places + 32, <f64>v4)
  store<T>(solved, v5, 5 * sizeof<T>())
  put(places + 40, <f64>v5)
}
