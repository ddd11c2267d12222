// Many small symmetric positive definite systems, one a row of a sparse matrix. The rows of the other side that a row points at
// are gathered block by block where they lie in a first-level cache, the target behind each, and multiplied by tiles; so the
// right side is one more column of the matrix, and eliminating that column is the forward substitution. In doubles, or in single
// precision, where a vector holds twice as many.
import { address, get, integer, number, put, putTwo } from './memory'
import { factorSystem, solveBackward } from './row-systems'
import { tile, tileColumns, tileOfDiagonal, tileOfFour } from './tile'
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
      for (let o: usize = 0; o < width; o += 32) putTwo(to + o, v128.load(source + o), v128.load(source + o, 16))
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
