// Many small symmetric positive definite systems, one a row of a sparse matrix. The rows of the other side that a row points at
// are gathered block by block where they lie in a first-level cache, the target behind each, and multiplied by tiles; so the
// right side is one more column of the matrix, and eliminating that column is the forward substitution. In doubles, or in single
// precision, where a vector holds twice as many. The ignored lines: TypeScript knows no decorator of a function.
import { address, get, integer, number, put } from './memory'
import { tile, tileColumns, tileMinus, tileOfDiagonal, tileOfFour } from './tile'
import { dot } from './vectors'

// Arguments, here by their place. A system and what is gathered for it have rows of `stride` entries: `lead` zeros, size entries,
// the right side. The lead makes of the columns whole tiles, the narrow one being that of the fewest rows.
const OFFSETS: i32 = 0 // 32-bit integers, entries of row r: offsets[r] … offsets[r + 1] − 1
const COLUMNS: i32 = 1 // 32-bit integers, one an entry
const WEIGHTS: i32 = 2 // one an entry, or 0
const WEIGHT: i32 = 3 // where there are no weights
const TARGETS: i32 = 4 // one an entry
const SHIFT: i32 = 5 // one a column, subtracted from the targets, or 0
const OTHER: i32 = 6 // rows of lead + size + 1 entries of the precision
const SIZE: i32 = 7
const LEAD: i32 = 8
const STRIDE: i32 = 9
const BASE: i32 = 10 // size rows of `stride` entries of the precision, or 0
const RIDGE: i32 = 11 // one a row
const LAST_RIDGE: i32 = 12 // NaN: that of the row
const NOISE: i32 = 13 // size a row, or 0
const OWN: i32 = 14 // size a row, written
const RANGES: i32 = 15 // 32-bit integers, two a task: the first and the end of the rows, or of the entries
const FAILURES: i32 = 16 // a 32-bit integer a task: 0 or the pivot that is not positive
const WORK: i32 = 17 // of the threads, 0 beforehand: a system and two blocks of what is gathered
const WORK_BYTES: i32 = 18 // of one
const BLOCK: i32 = 19 // entries gathered at once
const SUMS: i32 = 20 // systems summed up of parts of long rows
const PARTS: i32 = 21 // 32-bit integers: those of row r are parts[r] … parts[r + 1] − 1
const RIGHTS: i32 = 22 // size a row, added to the right side, or 0

/** Bytes of the room of a system: as many rows as it has columns. Row i lies behind `lead` others, so that its diagonal is on that
 * of the room. */
function roomBytes<T>(stride: i32): usize {
  return <usize>stride * <usize>stride * sizeof<T>()
}

/** Adds the upper triangle of Σ q·vᵀ over n rows of q and of v, ld bytes apart, and the column of the targets: two vectors of
 * columns at a time, above the diagonal in tiles of six rows and of four, on it in one of their shape. */
function addBlock<T>(n: i32, width: i32, lead: i32, q: usize, v: usize, room: usize, ld: usize): void {
  for (let j = 0; j < width; j += tileColumns<T>()) {
    const o = <usize>j * sizeof<T>()
    const end = sizeof<T>() == 8 ? j + 4 : j
    let i = lead & ~1
    if (end - i == 2) i -= 2
    while (i < end) {
      const a = q + <usize>i * sizeof<T>()
      const c = room + <usize>i * ld + o
      const left = end - i
      if (left == 4 || left == 8) {
        tileOfFour<T>(n, a, ld, v + o, ld, c, ld)
        i += 4
      } else {
        tile<T>(n, a, ld, v + o, ld, c, ld)
        i += 6
      }
    }
    if (sizeof<T>() == 4) {
      if (lead >= j + 4) tileOfFour<T>(n, q + o + 16, ld, v + o, ld, room + <usize>(j + 4) * ld + o, ld)
      else tileOfDiagonal(n, q + o, ld, v + o, ld, room + <usize>j * ld + o, ld)
    }
  }
}

/** Adds the entries from … end − 1 to the system in a room. */
function addEntries<T>(args: usize, from: i32, end: i32, room: usize, work: usize): void {
  const size = integer(args, SIZE)
  const lead = integer(args, LEAD)
  const columnsOfRoom = lead + size + 1
  const width = <usize>columnsOfRoom * sizeof<T>()
  const ld = <usize>integer(args, STRIDE) * sizeof<T>()
  const block = integer(args, BLOCK)
  const columns = address(args, COLUMNS)
  const weights = address(args, WEIGHTS)
  const targets = address(args, TARGETS)
  const shift = address(args, SHIFT)
  const other = address(args, OTHER)
  const q = work
  const v = weights == 0 ? q : q + <usize>block * ld
  for (let e = from; e < end; e += block) {
    const n = min<i32>(block, end - e)
    for (let r = 0; r < n; r++) {
      const t = <usize>(e + r)
      const column = <usize>load<u32>(columns + (t << 2))
      const source = other + column * width
      const to = q + <usize>r * ld
      for (let o: usize = 0; o < width; o += 32) {
        v128.store(to + o, v128.load(source + o))
        v128.store(to + o, v128.load(source + o, 16), 16)
      }
      let y = get(targets + (t << 3))
      if (shift != 0) y -= get(shift + (column << 3))
      if (weights != 0) {
        const w = v128.splat<T>(<T>get(weights + (t << 3)))
        const weighted = v + <usize>r * ld
        for (let o: usize = 0; o < width; o += 16) v128.store(weighted + o, v128.mul<T>(w, v128.load(source + o)))
        store<T>(weighted + width - sizeof<T>(), <T>y)
      } else store<T>(to + width - sizeof<T>(), <T>y)
    }
    addBlock<T>(n, columnsOfRoom, lead, q, v, room, ld)
  }
}

/** Puts together base + weight·c + ridge, upper triangle, the right side in its last column. */
function completeSystem<T>(args: usize, row: i32, c: usize): void {
  const size = integer(args, SIZE)
  const lead = integer(args, LEAD)
  const ld = <usize>integer(args, STRIDE) * sizeof<T>()
  const weight = address(args, WEIGHTS) == 0 ? number(args, WEIGHT) : 1
  const base = address(args, BASE)
  const ridge = get(address(args, RIDGE) + (<usize>row << 3))
  const last = number(args, LAST_RIDGE)
  const rights = address(args, RIGHTS)
  const right = <usize>(lead + size) * sizeof<T>()
  const factor = v128.splat<T>(<T>weight)
  for (let i = 0; i < size; i++) {
    const at = c + <usize>i * ld
    const y = load<T>(at + right)
    const diagonal = <usize>(lead + i) * sizeof<T>()
    const first = diagonal & ~15
    if (weight != 1) for (let o = first; o < right; o += 16) v128.store(at + o, v128.mul<T>(factor, v128.load(at + o)))
    store<T>(at + right, y)
    if (base != 0) {
      const from = base + <usize>i * ld
      for (let o = first; o <= right; o += 16) v128.store(at + o, v128.add<T>(v128.load(from + o), v128.load(at + o)))
    }
    if (rights != 0) {
      const own = get(rights + (<usize>(row * size + i) << 3))
      store<T>(at + right, load<T>(at + right) + <T>own)
    }
    store<T>(at + diagonal, load<T>(at + diagonal) + <T>(i == size - 1 && !isNaN(last) ? last : ridge))
  }
}

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
function factorSystem<T>(size: i32, lead: i32, c: usize, ld: usize, work: usize): i32 {
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
function solveBackward<T>(size: i32, lead: i32, c: usize, ld: usize, z: usize, x: usize, work: usize): void {
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

/** The system of a row in its room, before it is completed: from its entries, or from the sums of its parts. */
function gatherSystem<T>(args: usize, row: i32, room: usize, work: usize): void {
  const bytes = roomBytes<T>(integer(args, STRIDE))
  const parts = address(args, PARTS) + (<usize>row << 2)
  const first = load<i32>(parts)
  const end = load<i32>(parts, 4)
  if (first == end) {
    memory.fill(room, 0, bytes)
    const offsets = address(args, OFFSETS) + (<usize>row << 2)
    addEntries<T>(args, load<i32>(offsets), load<i32>(offsets, 4), room, work)
    return
  }
  const sums = address(args, SUMS)
  memory.copy(room, sums + <usize>first * bytes, bytes)
  for (let part = first + 1; part < end; part++) {
    const from = sums + <usize>part * bytes
    for (let o: usize = 0; o < bytes; o += 16) v128.store(room + o, v128.add<T>(v128.load(room + o), v128.load(from + o)))
  }
}

/** Sums up the entries of the range of a task into the system of that number. */
function sumPart<T>(args: usize, task: i32, thread: i32): void {
  const bytes = roomBytes<T>(integer(args, STRIDE))
  const range = address(args, RANGES) + (<usize>task << 3)
  const sums = address(args, SUMS) + <usize>task * bytes
  memory.fill(sums, 0, bytes)
  addEntries<T>(args, load<i32>(range), load<i32>(range, 4), sums, address(args, WORK) + <usize>thread * address(args, WORK_BYTES) + bytes)
}

/** Solves the rows of the range of a task; after one that fails the others are left as they were. */
function solveRange<T>(args: usize, task: i32, thread: i32): void {
  const size = integer(args, SIZE)
  const lead = integer(args, LEAD)
  const ld = <usize>integer(args, STRIDE) * sizeof<T>()
  const range = address(args, RANGES) + (<usize>task << 3)
  const end = load<i32>(range, 4)
  const room = address(args, WORK) + <usize>thread * address(args, WORK_BYTES)
  const c = room + <usize>lead * ld
  const work = room + roomBytes<T>(integer(args, STRIDE))
  const offsets = address(args, OFFSETS)
  const noise = address(args, NOISE)
  const blank = address(args, BASE) == 0 && noise == 0 && address(args, RIGHTS) == 0
  for (let row = load<i32>(range); row < end; row++) {
    const at = (<usize>row * <usize>size) << 3
    const own = address(args, OWN) + at
    const place = offsets + (<usize>row << 2)
    if (blank && load<i32>(place) == load<i32>(place, 4)) {
      memory.fill(own, 0, <usize>size << 3)
      continue
    }
    gatherSystem<T>(args, row, room, work)
    completeSystem<T>(args, row, c)
    const failed = factorSystem<T>(size, lead, c, ld, work)
    if (failed > 0) {
      store<i32>(address(args, FAILURES) + (<usize>task << 2), failed)
      return
    }
    solveBackward<T>(size, lead, c, ld, noise == 0 ? 0 : noise + at, own, work)
  }
}

/** Arguments: rows, columns (32-bit integers, one an entry), entries, size, left, right (rows of size doubles), products, entries a
 * task. Task t: the product of a row of each side for every entry of its part; of an index below 0, 0. */
function multiplyPairs(args: usize, task: i32): void {
  const rows = address(args, 0)
  const columns = address(args, 1)
  const count = integer(args, 2)
  const size = integer(args, 3)
  const left = address(args, 4)
  const right = address(args, 5)
  const products = address(args, 6)
  const height = integer(args, 7)
  const bytes = <usize>size << 3
  const end = min<i32>(count, (task + 1) * height)
  for (let t = <usize>(task * height); t < <usize>end; t++) {
    const row = load<i32>(rows + (t << 2))
    const column = load<i32>(columns + (t << 2))
    const known = row >= 0 && column >= 0
    put(products + (t << 3), known ? dot(size, left + <usize>row * bytes, right + <usize>column * bytes) : 0)
  }
}

/** Arguments: starts, indexes, values of the rows of X, the same of its columns, ranges (two 32-bit integers a task), p, G (p × p,
 * 0 beforehand). Task t: the rows of XᵀX of its range up to the diagonal. */
function sumSparseGram(args: usize, task: i32): void {
  const starts = address(args, 0)
  const indexes = address(args, 1)
  const values = address(args, 2)
  const columnStarts = address(args, 3)
  const ld = <usize>integer(args, 7) << 3
  const range = address(args, 6) + (<usize>task << 3)
  const end = load<i32>(range, 4)
  for (let column = load<i32>(range); column < end; column++) {
    const sums = address(args, 8) + <usize>column * ld
    const place = columnStarts + (<usize>column << 2)
    const last = load<i32>(place, 4)
    for (let t = load<i32>(place); t < last; t++) {
      const row = starts + (<usize>load<u32>(address(args, 4) + (<usize>t << 2)) << 2)
      const factor = get(address(args, 5) + (<usize>t << 3))
      const stop = load<i32>(row, 4)
      for (let e = load<i32>(row); e < stop; e++) {
        const other = load<i32>(indexes + (<usize>e << 2))
        if (other > column) break
        const at = sums + (<usize>other << 3)
        put(at, get(at) + factor * get(values + (<usize>e << 3)))
      }
    }
  }
}

const SUM_PARTS: i32 = 0
const SOLVE_ROWS: i32 = 1
const SUM_PARTS_SINGLE: i32 = 2
const SOLVE_ROWS_SINGLE: i32 = 3
const MULTIPLY_PAIRS: i32 = 4
const SPARSE_GRAM: i32 = 5

export function rowsTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == SUM_PARTS) sumPart<f64>(args, task, thread)
  else if (member == SOLVE_ROWS) solveRange<f64>(args, task, thread)
  else if (member == SUM_PARTS_SINGLE) sumPart<f32>(args, task, thread)
  else if (member == SOLVE_ROWS_SINGLE) solveRange<f32>(args, task, thread)
  else if (member == MULTIPLY_PAIRS) multiplyPairs(args, task)
  else if (member == SPARSE_GRAM) sumSparseGram(args, task)
  else unreachable()
}
