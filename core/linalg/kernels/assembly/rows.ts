// Many small symmetric positive definite systems, one a row of a sparse matrix. The rows of the other side that a row points at
// are gathered block by block where they lie in a first-level cache, the target behind each, and multiplied by tiles; so the
// right side is one more column of the matrix, and eliminating that column is the forward substitution. In doubles, or in single
// precision, where a vector holds twice as many. The ignored lines: TypeScript knows no decorator of a function.
import { address, get, integer, number, put } from './memory'
import { tile, tileColumns, tileMinus } from './tile'
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

/** Bytes of a system: rows of six that a tile fills in. */
function systemBytes<T>(size: i32, stride: i32): usize {
  return <usize>((size + 5) / 6 * 6) * <usize>stride * sizeof<T>()
}

/** Adds the upper triangle of Σ q·vᵀ over n rows of q and of v, ld bytes apart, and the column of the targets. */
function addBlock<T>(n: i32, size: i32, lead: i32, q: usize, v: usize, c: usize, ld: usize): void {
  for (let j = 0; j <= lead + size; j += tileColumns<T>()) {
    const o = <usize>j * sizeof<T>()
    const end = min<i32>(size, j + tileColumns<T>() - lead)
    for (let i = 0; i < end; i += 6) tile<T>(n, q + <usize>(lead + i) * sizeof<T>(), ld, v + o, ld, c + <usize>i * ld + o, ld)
  }
}

/** Adds the entries from … end − 1 to the system at c. */
function addEntries<T>(args: usize, from: i32, end: i32, c: usize, work: usize): void {
  const size = integer(args, SIZE)
  const lead = integer(args, LEAD)
  const width = <usize>(lead + size + 1) * sizeof<T>()
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
    addBlock<T>(n, size, lead, q, v, c, ld)
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
    store<T>(at + diagonal, load<T>(at + diagonal) + <T>(i == size - 1 && !isNaN(last) ? last : ridge))
  }
}

/** A = Uᵀ·U in place for the upper triangle, and the column behind it divided by Uᵀ. Returns 0, or the pivot that is not
 * positive, counted from 1. Six rows at a time: what stands above them is subtracted by tiles (Golub & Van Loan, Matrix
 * Computations, §4.2.6). */
function factorSystem<T>(size: i32, lead: i32, c: usize, ld: usize): i32 {
  const right = <usize>(lead + size) * sizeof<T>()
  for (let i0 = 0; i0 < size; i0 += 6) {
    const strip = c + <usize>i0 * ld
    if (i0 > 0) {
      const above = c + <usize>(lead + i0) * sizeof<T>()
      for (let o = (<usize>(lead + i0) * sizeof<T>()) & ~31; o <= right; o += 32) tileMinus<T>(i0, above, ld, c + o, ld, strip + o, ld)
    }
    const i1 = min<i32>(i0 + 6, size)
    for (let i = i0; i < i1; i++) {
      const row = c + <usize>i * ld
      const at = <usize>(lead + i) * sizeof<T>()
      const pivot = load<T>(row + at)
      if (!(pivot > 0 && pivot < <T>Infinity)) return i + 1
      const root = sqrt<T>(pivot)
      const inverse = v128.splat<T>(<T>1 / root)
      for (let o = at & ~15; o <= right; o += 16) v128.store(row + o, v128.mul<T>(inverse, v128.load(row + o)))
      store<T>(row + at, root)
      for (let s = i + 1; s < i1; s++) {
        const there = <usize>(lead + s) * sizeof<T>()
        const factor = v128.load_splat<T>(row + there)
        const below = c + <usize>s * ld
        for (let o = there & ~15; o <= right; o += 16) {
          v128.store(below + o, v128.relaxed_nmadd<T>(factor, v128.load(row + o), v128.load(below + o)))
        }
      }
    }
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

/** x (doubles) ← U⁻¹·(the column behind U + z); z may be 0.
 * @param solved a row of what is gathered, where the solution stands in the precision under its columns */
function solveBackward<T>(size: i32, lead: i32, c: usize, ld: usize, z: usize, x: usize, solved: usize): void {
  const right = <usize>(lead + size) * sizeof<T>()
  memory.fill(solved, 0, right + sizeof<T>())
  for (let i = size - 1; i >= 0; i--) {
    const row = c + <usize>i * ld
    const column = <usize>(lead + i) * sizeof<T>()
    let value = load<T>(row + right)
    if (z != 0) value += <T>get(z + (<usize>i << 3))
    let o = column + sizeof<T>()
    for (; (o & 15) != 0; o += sizeof<T>()) value -= load<T>(row + o) * load<T>(solved + o)
    let sums = v128.splat<T>(0)
    for (; o < right; o += 16) sums = v128.relaxed_madd<T>(v128.load(row + o), v128.load(solved + o), sums)
    value = (value - sumLanes<T>(sums)) / load<T>(row + column)
    store<T>(solved + column, value)
    put(x + (<usize>i << 3), <f64>value)
  }
}

/** The system of a row at c, before it is completed: from its entries, or from the sums of its parts. */
function gatherSystem<T>(args: usize, row: i32, c: usize, work: usize): void {
  const bytes = systemBytes<T>(integer(args, SIZE), integer(args, STRIDE))
  const parts = address(args, PARTS) + (<usize>row << 2)
  const first = load<i32>(parts)
  const end = load<i32>(parts, 4)
  if (first == end) {
    memory.fill(c, 0, bytes)
    const offsets = address(args, OFFSETS) + (<usize>row << 2)
    addEntries<T>(args, load<i32>(offsets), load<i32>(offsets, 4), c, work)
    return
  }
  const sums = address(args, SUMS)
  memory.copy(c, sums + <usize>first * bytes, bytes)
  for (let part = first + 1; part < end; part++) {
    const from = sums + <usize>part * bytes
    for (let o: usize = 0; o < bytes; o += 16) v128.store(c + o, v128.add<T>(v128.load(c + o), v128.load(from + o)))
  }
}

/** Sums up the entries of the range of a task into the system of that number. */
function sumPart<T>(args: usize, task: i32, thread: i32): void {
  const bytes = systemBytes<T>(integer(args, SIZE), integer(args, STRIDE))
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
  const c = address(args, WORK) + <usize>thread * address(args, WORK_BYTES)
  const work = c + systemBytes<T>(size, integer(args, STRIDE))
  const offsets = address(args, OFFSETS)
  const noise = address(args, NOISE)
  const blank = address(args, BASE) == 0 && noise == 0
  for (let row = load<i32>(range); row < end; row++) {
    const at = (<usize>row * <usize>size) << 3
    const own = address(args, OWN) + at
    const place = offsets + (<usize>row << 2)
    if (blank && load<i32>(place) == load<i32>(place, 4)) {
      memory.fill(own, 0, <usize>size << 3)
      continue
    }
    gatherSystem<T>(args, row, c, work)
    completeSystem<T>(args, row, c)
    const failed = factorSystem<T>(size, lead, c, ld)
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
