// Products of a sparse matrix, held by rows, with a few dense columns. The sums of a row stay in registers while its
// entries go by: up to twelve vectors, one splat and one loaded vector are fourteen of V8's fifteen. What the product
// waits for is memory: 8 bytes · width of X for every entry, at random. The product with Aᵀ goes over the same rows, which
// saves the transpose, and adds into X at random where the other reads: parts of the rows have sums of their own.
// The ignored lines: TypeScript knows no decorator of a function.
import { address, get, integer, put, putTwo } from './memory'

/** The most columns of X that one pass over a row takes. */
const WIDEST: i32 = 24

/** y = Σ valueₑ · X[indexₑ, :] over count entries; ldx: bytes from row to row of X. Width is even, 2 … WIDEST, and a
 * constant wherever this is called: what it leaves out of the loop is left out when the kernel is compiled. */
// @ts-ignore: decorator
@inline
function sumRow(width: i32, count: i32, indexes: usize, values: usize, x: usize, ldx: usize, y: usize): void {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let s2 = f64x2.splat(0)
  let s3 = f64x2.splat(0)
  let s4 = f64x2.splat(0)
  let s5 = f64x2.splat(0)
  let s6 = f64x2.splat(0)
  let s7 = f64x2.splat(0)
  let s8 = f64x2.splat(0)
  let s9 = f64x2.splat(0)
  let s10 = f64x2.splat(0)
  let s11 = f64x2.splat(0)
  for (const end = values + (<usize>count << 3); values < end; values += 8) {
    const p = x + <usize>load<u32>(indexes) * ldx
    const a = v128.load64_splat(values)
    s0 = f64x2.relaxed_madd(a, v128.load(p), s0)
    if (width > 2) s1 = f64x2.relaxed_madd(a, v128.load(p, 16), s1)
    if (width > 4) s2 = f64x2.relaxed_madd(a, v128.load(p, 32), s2)
    if (width > 6) s3 = f64x2.relaxed_madd(a, v128.load(p, 48), s3)
    if (width > 8) s4 = f64x2.relaxed_madd(a, v128.load(p, 64), s4)
    if (width > 10) s5 = f64x2.relaxed_madd(a, v128.load(p, 80), s5)
    if (width > 12) s6 = f64x2.relaxed_madd(a, v128.load(p, 96), s6)
    if (width > 14) s7 = f64x2.relaxed_madd(a, v128.load(p, 112), s7)
    if (width > 16) s8 = f64x2.relaxed_madd(a, v128.load(p, 128), s8)
    if (width > 18) s9 = f64x2.relaxed_madd(a, v128.load(p, 144), s9)
    if (width > 20) s10 = f64x2.relaxed_madd(a, v128.load(p, 160), s10)
    if (width > 22) s11 = f64x2.relaxed_madd(a, v128.load(p, 176), s11)
    indexes += 4
  }
  v128.store(y, s0)
  if (width > 2) v128.store(y, s1, 16)
  if (width > 4) v128.store(y, s2, 32)
  if (width > 6) v128.store(y, s3, 48)
  if (width > 8) v128.store(y, s4, 64)
  if (width > 10) v128.store(y, s5, 80)
  if (width > 12) v128.store(y, s6, 96)
  if (width > 14) v128.store(y, s7, 112)
  if (width > 16) v128.store(y, s8, 128)
  if (width > 18) v128.store(y, s9, 144)
  if (width > 20) v128.store(y, s10, 160)
  if (width > 22) v128.store(y, s11, 176)
}

/** The same for one column, in four running sums: the next addition need not wait for the last. */
function sumColumn(count: i32, indexes: usize, values: usize, x: usize, ldx: usize): f64 {
  let s0: f64 = 0
  let s1: f64 = 0
  let s2: f64 = 0
  let s3: f64 = 0
  let e = 0
  for (; e + 4 <= count; e += 4) {
    s0 += get(values) * get(x + <usize>load<u32>(indexes) * ldx)
    s1 += get(values + 8) * get(x + <usize>load<u32>(indexes, 4) * ldx)
    s2 += get(values + 16) * get(x + <usize>load<u32>(indexes, 8) * ldx)
    s3 += get(values + 24) * get(x + <usize>load<u32>(indexes, 12) * ldx)
    indexes += 16
    values += 32
  }
  for (; e < count; e++) {
    s0 += get(values) * get(x + <usize>load<u32>(indexes) * ldx)
    indexes += 4
    values += 8
  }
  return s0 + s1 + (s2 + s3)
}

/** Two vectors at p += a · y, or the first of them, or none, as many columns are left. */
// @ts-ignore: decorator
@inline
function addTwo(left: i32, a: v128, y0: v128, y1: v128, p: usize): void {
  if (left > 2) putTwo(p, f64x2.relaxed_madd(a, y0, v128.load(p)), f64x2.relaxed_madd(a, y1, v128.load(p, 16)))
  else if (left > 0) v128.store(p, f64x2.relaxed_madd(a, y0, v128.load(p)))
}

/** X[indexₑ, :] += valueₑ · y over count entries, with y in registers. Width as above. */
// @ts-ignore: decorator
@inline
function spreadRow(width: i32, count: i32, indexes: usize, values: usize, x: usize, ldx: usize, y: usize): void {
  const zero = f64x2.splat(0)
  const y0 = v128.load(y)
  const y1 = width > 2 ? v128.load(y, 16) : zero
  const y2 = width > 4 ? v128.load(y, 32) : zero
  const y3 = width > 6 ? v128.load(y, 48) : zero
  const y4 = width > 8 ? v128.load(y, 64) : zero
  const y5 = width > 10 ? v128.load(y, 80) : zero
  const y6 = width > 12 ? v128.load(y, 96) : zero
  const y7 = width > 14 ? v128.load(y, 112) : zero
  const y8 = width > 16 ? v128.load(y, 128) : zero
  const y9 = width > 18 ? v128.load(y, 144) : zero
  const y10 = width > 20 ? v128.load(y, 160) : zero
  const y11 = width > 22 ? v128.load(y, 176) : zero
  for (const end = values + (<usize>count << 3); values < end; values += 8) {
    const p = x + <usize>load<u32>(indexes) * ldx
    const a = v128.load64_splat(values)
    addTwo(width, a, y0, y1, p)
    addTwo(width - 4, a, y2, y3, p + 32)
    addTwo(width - 8, a, y4, y5, p + 64)
    addTwo(width - 12, a, y6, y7, p + 96)
    addTwo(width - 16, a, y8, y9, p + 128)
    addTwo(width - 20, a, y10, y11, p + 160)
    indexes += 4
  }
}

/** The same for one column. */
function spreadColumn(count: i32, indexes: usize, values: usize, y: f64, x: usize, ldx: usize): void {
  for (let e = 0; e < count; e++) {
    const p = x + <usize>load<u32>(indexes) * ldx
    put(p, get(p) + y * get(values))
    indexes += 4
    values += 8
  }
}

/** The columns of a block are taken in groups: 24, 20, 16, 12, 8, 4 or 2 at once, an odd last one alone. */
function groupOf(columns: i32): i32 {
  return columns >= WIDEST ? WIDEST : columns >= 4 ? columns & ~3 : columns >= 2 ? 2 : 1
}

/** Rows first … last − 1 of Y = A·X or, where `spread`, X += (rows first … last − 1 of A)ᵀ · (the same rows of Y). ldx, ldy:
 * bytes from row to row. `spread` is a constant wherever this is called. args: bounds, rowStarts, columnIndexes, values. */
// @ts-ignore: decorator
@inline
function passRows(
  spread: bool,
  args: usize,
  first: i32,
  last: i32,
  columns: i32,
  x: usize,
  ldx: usize,
  y: usize,
  ldy: usize
): void {
  const starts = address(args, 1)
  const indexes = address(args, 2)
  const values = address(args, 3)
  for (let column = 0; column < columns; ) {
    const width = groupOf(columns - column)
    const xc = x + (<usize>column << 3)
    let yc = y + <usize>first * ldy + (<usize>column << 3)
    let begin = load<i32>(starts + (<usize>first << 2))
    for (let row = first; row < last; row++) {
      const end = load<i32>(starts + (<usize>row << 2), 4)
      const count = end - begin
      const at = indexes + (<usize>begin << 2)
      const v = values + (<usize>begin << 3)
      if (width == 20) passRow(spread, 20, count, at, v, xc, ldx, yc)
      else if (width == 24) passRow(spread, 24, count, at, v, xc, ldx, yc)
      else if (width == 16) passRow(spread, 16, count, at, v, xc, ldx, yc)
      else if (width == 12) passRow(spread, 12, count, at, v, xc, ldx, yc)
      else if (width == 8) passRow(spread, 8, count, at, v, xc, ldx, yc)
      else if (width == 4) passRow(spread, 4, count, at, v, xc, ldx, yc)
      else if (width == 2) passRow(spread, 2, count, at, v, xc, ldx, yc)
      else if (spread) spreadColumn(count, at, v, get(yc), xc, ldx)
      else put(yc, sumColumn(count, at, v, xc, ldx))
      begin = end
      yc += ldy
    }
    column += width
  }
}

// @ts-ignore: decorator
@inline
function passRow(spread: bool, width: i32, count: i32, indexes: usize, values: usize, x: usize, ldx: usize, y: usize): void {
  if (spread) spreadRow(width, count, indexes, values, x, ldx, y)
  else sumRow(width, count, indexes, values, x, ldx, y)
}

/** Task t: rows bounds[t] … bounds[t + 1] − 1 of Y = A·X.
 * args: bounds, rowStarts, columnIndexes, values, columns of X, X, ldx, Y, ldy (doubles from row to row). */
function multiplyTask(args: usize, task: i32): void {
  const bounds = address(args, 0) + (<usize>task << 2)
  const x = address(args, 5)
  const ldx = <usize>integer(args, 6) << 3
  const ldy = <usize>integer(args, 8) << 3
  passRows(false, args, load<i32>(bounds), load<i32>(bounds, 4), integer(args, 4), x, ldx, address(args, 7), ldy)
}

/** Aᵀ·Y: the ranges of rows between the bounds are cut into parts, and each part has a block of sums of its own. Task t
 * adds to one group of columns of one part what the ranges number `from` … `to` − 1 of that part have to give; from = 0
 * clears the sums first.
 * args: bounds, rowStarts, columnIndexes, values, columns of Y, Y, ldy, sums, lds, then ranges, parts, from, to, columns of
 * a group, rows of X. */
function spreadTask(args: usize, task: i32): void {
  const columns = integer(args, 4)
  const lds = <usize>integer(args, 8) << 3
  const ranges = integer(args, 9)
  const parts = integer(args, 10)
  const from = integer(args, 11)
  const width = integer(args, 13)
  const rows = integer(args, 14)
  const groups = (columns + width - 1) / width
  const part = task / groups
  const column = (task % groups) * width
  const wide = min<i32>(width, columns - column)
  const sums = address(args, 7) + <usize>part * <usize>rows * lds + (<usize>column << 3)
  if (from == 0) {
    let row = sums
    for (let i = 0; i < rows; i++) {
      for (let p = row, end = row + (<usize>wide << 3); p < end; p += 8) put(p, 0)
      row += lds
    }
  }
  const last = ((part + 1) * ranges) / parts
  const begin = min<i32>((part * ranges) / parts + from, last)
  const end = min<i32>((part * ranges) / parts + integer(args, 12), last)
  const bounds = address(args, 0)
  const y = address(args, 5) + (<usize>column << 3)
  const firstRow = load<i32>(bounds + (<usize>begin << 2))
  const endRow = load<i32>(bounds + (<usize>end << 2))
  passRows(true, args, firstRow, endRow, wide, sums, lds, y, <usize>integer(args, 6) << 3)
}

/** X = Σ of the parts, in their order; task t has `height` rows. args: parts, rows, columns, sums, X, ldx, height. */
function addPartsTask(args: usize, task: i32): void {
  const parts = integer(args, 0)
  const rows = integer(args, 1)
  const columns = integer(args, 2)
  const ldx = <usize>integer(args, 5) << 3
  const height = integer(args, 6)
  const first = task * height
  const last = min<i32>(first + height, rows)
  const gap = (<usize>rows * <usize>columns) << 3
  let from = address(args, 3) + ((<usize>first * <usize>columns) << 3)
  let to = address(args, 4) + <usize>first * ldx
  for (let row = first; row < last; row++) {
    for (let j: usize = 0; j < <usize>columns << 3; j += 8) {
      let p = from + j
      let sum = get(p)
      for (let part = 1; part < parts; part++) {
        p += gap
        sum += get(p)
      }
      put(to + j, sum)
    }
    from += <usize>columns << 3
    to += ldx
  }
}

export function sparseTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == 0) multiplyTask(args, task)
  else if (member == 1) spreadTask(args, task)
  else if (member == 2) addPartsTask(args, task)
  else unreachable()
}
