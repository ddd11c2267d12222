// Many small symmetric positive definite systems, one a row of a sparse matrix. The rows of the other side that a row points at
// are gathered block by block where they lie in a first-level cache, the target behind each, and multiplied by the tile of the
// products; so the right side is one more column of the matrix, and eliminating that column is the forward substitution.
import { address, get, integer, number, put } from './memory'
import { tile, tileMinus } from './products'
import { dot } from './vectors'

// Arguments, here by their place.
const OFFSETS: i32 = 0 // 32-bit integers, entries of row r: offsets[r] … offsets[r + 1] − 1
const COLUMNS: i32 = 1 // 32-bit integers, one an entry
const WEIGHTS: i32 = 2 // one an entry, or 0
const WEIGHT: i32 = 3 // where there are no weights
const TARGETS: i32 = 4 // one an entry
const SHIFT: i32 = 5 // one a column, subtracted from the targets, or 0
const OTHER: i32 = 6 // rows of `width` doubles
const SIZE: i32 = 7
const WIDTH: i32 = 8 // even, at least size
const STRIDE: i32 = 9 // doubles of a row of a system: tiles of 6 × 4 over size × (size + 1) never reach past it
const BASE: i32 = 10 // size rows of `stride` doubles, the right side in column `size`, or 0
const RIDGE: i32 = 11 // one a row
const LAST_RIDGE: i32 = 12 // NaN: that of the row
const NOISE: i32 = 13 // size a row, or 0
const OWN: i32 = 14 // size a row, written
const RANGES: i32 = 15 // 32-bit integers, two a task: the first and the end of the rows, or of the entries
const FAILURES: i32 = 16 // a 32-bit integer a task: 0 or the pivot that is not positive
const WORK: i32 = 17 // of the threads
const WORK_BYTES: i32 = 18 // of one
const BLOCK: i32 = 19 // entries gathered at once
const SUMS: i32 = 20 // systems summed up of parts of long rows
const PARTS: i32 = 21 // 32-bit integers: those of row r are parts[r] … parts[r + 1] − 1

/** Bytes of a system: rows of six that a tile fills in. */
function systemBytes(size: i32, stride: i32): usize {
  return (<usize>((size + 5) / 6 * 6) * <usize>stride) << 3
}

/** Adds the upper triangle of Σ q·vᵀ over n rows of q and of v, ld bytes apart, and the column of the targets. */
function addBlock(n: i32, size: i32, q: usize, v: usize, c: usize, ld: usize): void {
  for (let j = 0; j <= size; j += 4) {
    const end = min<i32>(size, j + 4)
    for (let i = 0; i < end; i += 6) tile(n, q + (<usize>i << 3), ld, v + (<usize>j << 3), ld, c + <usize>i * ld + (<usize>j << 3), ld)
  }
}

/** Adds the entries from … end − 1 to the system at c. */
function addEntries(args: usize, from: i32, end: i32, c: usize, work: usize): void {
  const size = integer(args, SIZE)
  const width = <usize>integer(args, WIDTH) << 3
  const ld = <usize>integer(args, STRIDE) << 3
  const block = integer(args, BLOCK)
  const columns = address(args, COLUMNS)
  const weights = address(args, WEIGHTS)
  const targets = address(args, TARGETS)
  const shift = address(args, SHIFT)
  const other = address(args, OTHER)
  const target = <usize>size << 3
  const q = work
  const v = weights == 0 ? q : q + <usize>block * ld
  for (let e = from; e < end; e += block) {
    const n = min<i32>(block, end - e)
    for (let r = 0; r < n; r++) {
      const t = <usize>(e + r)
      const column = <usize>load<u32>(columns + (t << 2))
      const source = other + column * width
      const to = q + <usize>r * ld
      for (let o: usize = 0; o < width; o += 16) v128.store(to + o, v128.load(source + o))
      let y = get(targets + (t << 3))
      if (shift != 0) y -= get(shift + (column << 3))
      if (weights != 0) {
        const w = v128.load64_splat(weights + (t << 3))
        const weighted = v + <usize>r * ld
        for (let o: usize = 0; o < width; o += 16) v128.store(weighted + o, f64x2.mul(w, v128.load(source + o)))
        put(weighted + target, y)
      } else put(to + target, y)
    }
    addBlock(n, size, q, v, c, ld)
  }
}

/** Puts together base + weight·c + ridge, upper triangle, the right side in its last column. */
function completeSystem(args: usize, row: i32, c: usize): void {
  const size = integer(args, SIZE)
  const ld = <usize>integer(args, STRIDE) << 3
  const weight = address(args, WEIGHTS) == 0 ? number(args, WEIGHT) : 1
  const base = address(args, BASE)
  const ridge = get(address(args, RIDGE) + (<usize>row << 3))
  const last = number(args, LAST_RIDGE)
  const right = <usize>size << 3
  const factor = f64x2.splat(weight)
  for (let i = 0; i < size; i++) {
    const at = c + <usize>i * ld
    const y = get(at + right)
    const first = <usize>(i & ~1) << 3
    if (weight != 1) for (let o = first; o < right; o += 16) v128.store(at + o, f64x2.mul(factor, v128.load(at + o)))
    put(at + right, y)
    if (base != 0) {
      const from = base + <usize>i * ld
      for (let o = first; o <= right; o += 16) v128.store(at + o, f64x2.add(v128.load(from + o), v128.load(at + o)))
    }
    const diagonal = at + (<usize>i << 3)
    put(diagonal, get(diagonal) + (i == size - 1 && !isNaN(last) ? last : ridge))
  }
}

/** A = Uᵀ·U in place for the upper triangle, and the column behind it divided by Uᵀ. Returns 0, or the pivot that is not
 * positive, counted from 1. Six rows at a time: what stands above them is subtracted by tiles (Golub & Van Loan, Matrix
 * Computations, §4.2.6). */
function factorSystem(size: i32, c: usize, ld: usize): i32 {
  const right = <usize>size << 3
  for (let i0 = 0; i0 < size; i0 += 6) {
    const strip = c + <usize>i0 * ld
    if (i0 > 0) {
      for (let j = i0 & ~3; j <= size; j += 4) {
        const o = <usize>j << 3
        tileMinus(i0, c + (<usize>i0 << 3), ld, c + o, ld, strip + o, ld)
      }
    }
    const i1 = min<i32>(i0 + 6, size)
    for (let i = i0; i < i1; i++) {
      const row = c + <usize>i * ld
      const pivot = get(row + (<usize>i << 3))
      if (!(pivot > 0 && pivot < Infinity)) return i + 1
      const root = Math.sqrt(pivot)
      const inverse = f64x2.splat(1 / root)
      for (let o = <usize>(i & ~1) << 3; o <= right; o += 16) v128.store(row + o, f64x2.mul(inverse, v128.load(row + o)))
      put(row + (<usize>i << 3), root)
      for (let s = i + 1; s < i1; s++) {
        const factor = v128.load64_splat(row + (<usize>s << 3))
        const below = c + <usize>s * ld
        for (let o = <usize>(s & ~1) << 3; o <= right; o += 16) {
          v128.store(below + o, f64x2.relaxed_nmadd(factor, v128.load(row + o), v128.load(below + o)))
        }
      }
    }
  }
  return 0
}

/** x ← U⁻¹·(the column behind U + z); z may be 0. */
function solveBackward(size: i32, c: usize, ld: usize, z: usize, x: usize): void {
  for (let i = size - 1; i >= 0; i--) {
    const at = <usize>i << 3
    const row = c + <usize>i * ld
    let value = get(row + (<usize>size << 3))
    if (z != 0) value += get(z + at)
    value -= dot(size - 1 - i, row + at + 8, x + at + 8)
    put(x + at, value / get(row + at))
  }
}

/** The system of a row at c, before it is completed: from its entries, or from the sums of its parts. */
function gatherSystem(args: usize, row: i32, c: usize, work: usize): void {
  const bytes = systemBytes(integer(args, SIZE), integer(args, STRIDE))
  const parts = address(args, PARTS) + (<usize>row << 2)
  const first = load<i32>(parts)
  const end = load<i32>(parts, 4)
  if (first == end) {
    memory.fill(c, 0, bytes)
    const offsets = address(args, OFFSETS) + (<usize>row << 2)
    addEntries(args, load<i32>(offsets), load<i32>(offsets, 4), c, work)
    return
  }
  const sums = address(args, SUMS)
  memory.copy(c, sums + <usize>first * bytes, bytes)
  for (let part = first + 1; part < end; part++) {
    const from = sums + <usize>part * bytes
    for (let o: usize = 0; o < bytes; o += 16) v128.store(c + o, f64x2.add(v128.load(c + o), v128.load(from + o)))
  }
}

const SUM_PARTS: i32 = 0
const SOLVE_ROWS: i32 = 1

/** SUM_PARTS: task t sums up the entries of its range into sums + t systems. SOLVE_ROWS: task t solves the rows of its range;
 * after one that fails the others are left as they were. */
export function rowsTask(member: i32, args: usize, task: i32, thread: i32): void {
  const size = integer(args, SIZE)
  const stride = integer(args, STRIDE)
  const ld = <usize>stride << 3
  const bytes = systemBytes(size, stride)
  const range = address(args, RANGES) + (<usize>task << 3)
  const from = load<i32>(range)
  const end = load<i32>(range, 4)
  const c = address(args, WORK) + <usize>thread * address(args, WORK_BYTES)
  const work = c + bytes
  // What lies between the target and the end of a row stays 0.
  memory.fill(work, 0, (<usize>integer(args, BLOCK) * ld) << 1)
  if (member == SUM_PARTS) {
    const sums = address(args, SUMS) + <usize>task * bytes
    memory.fill(sums, 0, bytes)
    addEntries(args, from, end, sums, work)
  } else if (member == SOLVE_ROWS) {
    const empty = address(args, BASE) == 0 && address(args, NOISE) == 0
    const offsets = address(args, OFFSETS)
    const noise = address(args, NOISE)
    for (let row = from; row < end; row++) {
      const at = (<usize>row * <usize>size) << 3
      const own = address(args, OWN) + at
      if (empty && load<i32>(offsets + (<usize>row << 2)) == load<i32>(offsets + (<usize>row << 2), 4)) {
        memory.fill(own, 0, <usize>size << 3)
        continue
      }
      gatherSystem(args, row, c, work)
      completeSystem(args, row, c)
      const failed = factorSystem(size, c, ld)
      if (failed > 0) {
        store<i32>(address(args, FAILURES) + (<usize>task << 2), failed)
        return
      }
      solveBackward(size, c, ld, noise == 0 ? 0 : noise + at, own)
    }
  } else unreachable()
}
