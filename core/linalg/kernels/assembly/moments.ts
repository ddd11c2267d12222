// Means, spreads and products of the columns of X in one pass through memory: a block of rows is read, centred about its
// own mean while it lies in the cache, multiplied, and joined with the blocks before it, so that nothing cancels however
// far the data lie from 0. Source: Chan, Golub & LeVeque, "Algorithms for computing the sample variance", The American
// Statistician 37 (1983), eq. 1.5 (pairwise merging) and the correction of the two-pass algorithm.
import { blockRows, centreRows } from './centre-rows'
import { address, get, integer, put, putTwo } from './memory'
import { roomOf } from './products'
import { tile } from './tile'
import { projectRows } from './project-rows'

// A record holds, in doubles: count, 7 unused, then rows of `pad` each: the sum of the last block (scratch), a first
// estimate of the mean (pivot), what is to be added to it (offset), lowest, highest, the sum of squares, δ (scratch);
// then pad × pad sums of products, upper triangle.
const HEAD: usize = 64
const SUM: usize = 0
const PIVOT: usize = 1
const OFFSET: usize = 2
const LOWEST: usize = 3
const HIGHEST: usize = 4
const SQUARES: usize = 5
const DELTA: usize = 6
const PRODUCTS: usize = 7

function part(record: usize, pad: i32, which: usize): usize {
  return record + HEAD + ((which * <usize>pad) << 3)
}

/** Sum, lowest and highest of each column of a block; four columns at a time, in registers. */
function surveyBlock(x: usize, rs: usize, cs: usize, rows: i32, p: i32, pad: i32, record: usize): void {
  const sums = part(record, pad, SUM)
  const lowest = part(record, pad, LOWEST)
  const highest = part(record, pad, HIGHEST)
  let j = 0
  if (cs == 8) {
    for (; j + 4 <= p; j += 4) {
      const o = <usize>j << 3
      let q = x + o
      let s0 = f64x2.splat(0)
      let s1 = f64x2.splat(0)
      let l0 = v128.load(lowest + o)
      let l1 = v128.load(lowest + o, 16)
      let h0 = v128.load(highest + o)
      let h1 = v128.load(highest + o, 16)
      for (let i = 0; i < rows; i++) {
        const v0 = v128.load(q)
        const v1 = v128.load(q, 16)
        s0 = f64x2.add(s0, v0)
        s1 = f64x2.add(s1, v1)
        l0 = f64x2.pmin(l0, v0)
        l1 = f64x2.pmin(l1, v1)
        h0 = f64x2.pmax(h0, v0)
        h1 = f64x2.pmax(h1, v1)
        q += rs
      }
      v128.store(sums + o, s0)
      v128.store(sums + o, s1, 16)
      v128.store(lowest + o, l0)
      v128.store(lowest + o, l1, 16)
      v128.store(highest + o, h0)
      v128.store(highest + o, h1, 16)
    }
  }
  for (; j < p; j++) {
    const o = <usize>j << 3
    let q = x + <usize>j * cs
    let s = 0.0
    let low = get(lowest + o)
    let high = get(highest + o)
    let i = 0
    if (rs == 8) {
      let s0 = f64x2.splat(0)
      let s1 = f64x2.splat(0)
      let l0 = f64x2.splat(low)
      let l1 = l0
      let h0 = f64x2.splat(high)
      let h1 = h0
      for (; i + 4 <= rows; i += 4) {
        const v0 = v128.load(q)
        const v1 = v128.load(q, 16)
        s0 = f64x2.add(s0, v0)
        s1 = f64x2.add(s1, v1)
        l0 = f64x2.pmin(l0, v0)
        l1 = f64x2.pmin(l1, v1)
        h0 = f64x2.pmax(h0, v0)
        h1 = f64x2.pmax(h1, v1)
        q += 32
      }
      s0 = f64x2.add(s0, s1)
      l0 = f64x2.pmin(l0, l1)
      h0 = f64x2.pmax(h0, h1)
      s = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
      low = Math.min(f64x2.extract_lane(l0, 0), f64x2.extract_lane(l0, 1))
      high = Math.max(f64x2.extract_lane(h0, 0), f64x2.extract_lane(h0, 1))
    }
    for (; i < rows; i++) {
      const v = get(q)
      s += v
      if (v < low) low = v
      if (v > high) high = v
      q += rs
    }
    put(sums + o, s)
    put(lowest + o, low)
    put(highest + o, high)
  }
}

/** y (rows of pad doubles) = x − centre, its column sums and, where wanted, its sums of squares added to `squares`. */
function centreBlock(
  x: usize,
  rs: usize,
  cs: usize,
  rows: i32,
  p: i32,
  pad: i32,
  centre: usize,
  y: usize,
  sums: usize,
  squares: usize
): void {
  const ys = <usize>pad << 3
  let j = 0
  for (; j + 4 <= p; j += 4) {
    const o = <usize>j << 3
    let q = x + <usize>j * cs
    let t = y + o
    let r0 = f64x2.splat(0)
    let r1 = f64x2.splat(0)
    let q0 = f64x2.splat(0)
    let q1 = f64x2.splat(0)
    let i = 0
    if (cs == 8) {
      const m0 = v128.load(centre + o)
      const m1 = v128.load(centre + o, 16)
      for (; i < rows; i++) {
        const v0 = f64x2.sub(v128.load(q), m0)
        const v1 = f64x2.sub(v128.load(q, 16), m1)
        v128.store(t, v0)
        v128.store(t, v1, 16)
        r0 = f64x2.add(r0, v0)
        r1 = f64x2.add(r1, v1)
        q0 = f64x2.relaxed_madd(v0, v0, q0)
        q1 = f64x2.relaxed_madd(v1, v1, q1)
        q += rs
        t += ys
      }
    } else {
      // Columns lie together: two rows of four columns are turned at a time.
      const m0 = f64x2.splat(get(centre + o))
      const m1 = f64x2.splat(get(centre + o + 8))
      const m2 = f64x2.splat(get(centre + o + 16))
      const m3 = f64x2.splat(get(centre + o + 24))
      let p1 = q + cs
      let p2 = p1 + cs
      let p3 = p2 + cs
      for (; i + 2 <= rows; i += 2) {
        const c0 = f64x2.sub(v128.load(q), m0)
        const c1 = f64x2.sub(v128.load(p1), m1)
        const c2 = f64x2.sub(v128.load(p2), m2)
        const c3 = f64x2.sub(v128.load(p3), m3)
        const v0 = v128.shuffle<f64>(c0, c1, 0, 2)
        const v1 = v128.shuffle<f64>(c2, c3, 0, 2)
        const w0 = v128.shuffle<f64>(c0, c1, 1, 3)
        const w1 = v128.shuffle<f64>(c2, c3, 1, 3)
        v128.store(t, v0)
        v128.store(t, v1, 16)
        t += ys
        v128.store(t, w0)
        v128.store(t, w1, 16)
        t += ys
        r0 = f64x2.add(r0, f64x2.add(v0, w0))
        r1 = f64x2.add(r1, f64x2.add(v1, w1))
        q0 = f64x2.relaxed_madd(w0, w0, f64x2.relaxed_madd(v0, v0, q0))
        q1 = f64x2.relaxed_madd(w1, w1, f64x2.relaxed_madd(v1, v1, q1))
        q += 16
        p1 += 16
        p2 += 16
        p3 += 16
      }
      if (i < rows) {
        const v0 = f64x2.replace_lane(f64x2.splat(get(q) - get(centre + o)), 1, get(p1) - get(centre + o + 8))
        const v1 = f64x2.replace_lane(f64x2.splat(get(p2) - get(centre + o + 16)), 1, get(p3) - get(centre + o + 24))
        v128.store(t, v0)
        v128.store(t, v1, 16)
        r0 = f64x2.add(r0, v0)
        r1 = f64x2.add(r1, v1)
        q0 = f64x2.relaxed_madd(v0, v0, q0)
        q1 = f64x2.relaxed_madd(v1, v1, q1)
      }
    }
    v128.store(sums + o, r0)
    v128.store(sums + o, r1, 16)
    if (squares != 0) {
      putTwo(squares + o, f64x2.add(q0, v128.load(squares + o)), f64x2.add(q1, v128.load(squares + o, 16)))
    }
  }
  for (; j < p; j++) {
    const o = <usize>j << 3
    let q = x + <usize>j * cs
    let t = y + o
    const m = get(centre + o)
    let r = 0.0
    let square = 0.0
    for (let i = 0; i < rows; i++) {
      const v = get(q) - m
      put(t, v)
      r += v
      square += v * v
      q += rs
      t += ys
    }
    put(sums + o, r)
    if (squares != 0) put(squares + o, get(squares + o) + square)
  }
  // What lies between the columns and the end of a row is multiplied too.
  for (; j < pad; j++) {
    let t = y + (<usize>j << 3)
    for (let i = 0; i < rows; i++) {
      put(t, 0)
      t += ys
    }
  }
}

/** The products of the columns of y, upper triangle, added to s. */
export function addProducts(rows: i32, p: i32, pad: i32, y: usize, s: usize): void {
  const step = <usize>pad << 3
  for (let i = 0; i < p; i += 6) {
    for (let j = 0; j < p; j += 4) {
      if (j + 3 < i) continue
      tile<f64>(rows, y + (<usize>i << 3), step, y + (<usize>j << 3), step, s + (<usize>(i * pad + j) << 3), step)
    }
  }
}

/** s += w·δδᵀ, upper triangle. */
function addOuter(p: i32, pad: i32, w: f64, delta: usize, s: usize): void {
  for (let i = 0; i < p; i++) {
    const wi = w * get(delta + (<usize>i << 3))
    const wv = f64x2.splat(wi)
    const row = s + (<usize>(i * pad) << 3)
    for (let j = i & ~1; j < p; j += 2) {
      const o = <usize>j << 3
      v128.store(row + o, f64x2.relaxed_madd(wv, v128.load(delta + o), v128.load(row + o)))
    }
  }
}

/** One block of rows joined to a record. factors: a power of two for each column, or 0 for none. */
function joinBlock(x: usize, rs: usize, cs: usize, rows: i32, p: i32, pad: i32, factors: usize, products: bool, record: usize, y: usize): void {
  if (factors != 0) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < p; j++) {
        const o = <usize>j << 3
        put(y + (<usize>(i * pad) << 3) + o, get(x + <usize>i * rs + <usize>j * cs) * get(factors + o))
      }
    }
    x = y
    rs = <usize>pad << 3
    cs = 8
  }
  const sums = part(record, pad, SUM)
  const pivots = part(record, pad, PIVOT)
  const offsets = part(record, pad, OFFSET)
  const squares = part(record, pad, SQUARES)
  const delta = part(record, pad, DELTA)
  const before = get(record)
  const count = <f64>rows
  const total = before + count
  surveyBlock(x, rs, cs, rows, p, pad, record)
  for (let j = 0; j < p; j++) {
    const o = <usize>j << 3
    put(delta + o, get(sums + o) / count)
    if (before == 0) {
      put(pivots + o, get(delta + o))
      put(offsets + o, 0)
    }
  }
  centreBlock(x, rs, cs, rows, p, pad, delta, y, sums, products ? 0 : squares)
  const s = part(record, pad, PRODUCTS)
  if (products) {
    addProducts(rows, p, pad, y, s)
    addOuter(p, pad, -1 / count, sums, s)
  }
  // The mean of the block to more digits than one double holds, as a distance from the pivot; then δ from what was.
  for (let j = 0; j < p; j++) {
    const o = <usize>j << 3
    const r = get(sums + o)
    const d = get(delta + o) - get(pivots + o) + r / count - get(offsets + o)
    put(delta + o, d)
    if (!products) put(squares + o, get(squares + o) - r * (r / count) + d * d * (before * (count / total)))
    put(offsets + o, get(offsets + o) + d * (count / total))
  }
  if (products && before > 0) addOuter(p, pad, before * (count / total), delta, s)
  put(record, total)
}

/** Joins record b to record a: a then tells of the rows of both. */
export function joinRecords(a: usize, b: usize, p: i32, pad: i32, products: bool): void {
  const before = get(a)
  const count = get(b)
  if (count == 0) return
  if (before == 0) {
    memory.copy(a, b, HEAD + ((PRODUCTS + (products ? <usize>pad : 0)) * <usize>pad << 3))
    return
  }
  const total = before + count
  const delta = part(a, pad, DELTA)
  for (let j = 0; j < p; j++) {
    const o = <usize>j << 3
    const d = get(part(b, pad, PIVOT) + o) - get(part(a, pad, PIVOT) + o) + (get(part(b, pad, OFFSET) + o) - get(part(a, pad, OFFSET) + o))
    put(delta + o, d)
    const low = part(a, pad, LOWEST) + o
    const high = part(a, pad, HIGHEST) + o
    put(low, Math.min(get(low), get(part(b, pad, LOWEST) + o)))
    put(high, Math.max(get(high), get(part(b, pad, HIGHEST) + o)))
    const squares = part(a, pad, SQUARES) + o
    put(squares, get(squares) + get(part(b, pad, SQUARES) + o) + d * d * (before * (count / total)))
    const offset = part(a, pad, OFFSET) + o
    put(offset, get(offset) + d * (count / total))
  }
  if (products) {
    const s = part(a, pad, PRODUCTS)
    const t = part(b, pad, PRODUCTS)
    for (let i = 0; i < p; i++) {
      for (let j = i & ~1; j < p; j += 2) {
        const o = <usize>(i * pad + j) << 3
        v128.store(s + o, f64x2.add(v128.load(s + o), v128.load(t + o)))
      }
    }
    addOuter(p, pad, before * (count / total), delta, s)
  }
  put(a, total)
}

function clearRecord(record: usize, pad: i32, products: bool): void {
  memory.fill(record, 0, HEAD + ((PRODUCTS + (products ? <usize>pad : 0)) * <usize>pad << 3))
  for (let j = 0; j < pad; j++) {
    put(part(record, pad, LOWEST) + (<usize>j << 3), Infinity)
    put(part(record, pad, HIGHEST) + (<usize>j << 3), -Infinity)
  }
}

const RECORD: i32 = 0
const PROJECT: i32 = 1
const CENTRE: i32 = 2

// The first arguments of every task: x rs cs (doubles), rows, columns, rows a task, columns a task.
export function momentsTask(member: i32, args: usize, task: i32, thread: i32): void {
  const rs = <usize>integer(args, 1) << 3
  const cs = <usize>integer(args, 2) << 3
  const height = integer(args, 5)
  const width = integer(args, 6)
  const across = (integer(args, 4) + width - 1) / width
  const i = (task / across) * height
  const j = (task % across) * width
  const rows = min<i32>(height, integer(args, 3) - i)
  const p = min<i32>(width, integer(args, 4) - j)
  const x = address(args, 0) + <usize>i * rs + <usize>j * cs
  const o = <usize>j << 3
  if (member == RECORD) {
    // 7: pad, 8: first record, 9: bytes of a record, 10: with products, 11: factors or 0
    const pad = integer(args, 7)
    const record = address(args, 8) + <usize>task * address(args, 9)
    const products = integer(args, 10) != 0
    const factors = address(args, 11)
    clearRecord(record, pad, products)
    const step = blockRows(pad)
    for (let r = 0; r < rows; r += step) {
      joinBlock(x + <usize>r * rs, rs, cs, min<i32>(step, rows - r), p, pad, factors == 0 ? 0 : factors + o, products, record, roomOf(thread))
    }
  } else if (member == PROJECT) {
    // 7: pad, 8: pivots, 9: offsets, 10: factors or 0, 11: w, 12: k, 13: out, 14: doubles from row to row of out, 15: turned,
    // 16: units, 17: lengths or 0
    const ldo = <usize>integer(args, 14) << 3
    const turned = integer(args, 15) != 0
    const out = address(args, 13) + (turned ? <usize>i << 3 : <usize>i * ldo)
    const lengths = address(args, 17)
    projectRows(x, rs, cs, rows, p, integer(args, 7), address(args, 8), address(args, 9), address(args, 10), address(args, 11), integer(args, 12), out, ldo, turned, address(args, 16), lengths == 0 ? 0 : lengths + (<usize>i << 3), thread)
  } else if (member == CENTRE) {
    // 7: pivots, 8: offsets, 9: factors or 0, 10: units or 0, 11: y, 12: doubles from row to row of y
    const ys = <usize>integer(args, 12) << 3
    const factors = address(args, 9)
    const units = address(args, 10)
    centreRows(x, rs, cs, rows, p, address(args, 7) + o, address(args, 8) + o, factors == 0 ? 0 : factors + o, units == 0 ? 0 : units + o, address(args, 11) + <usize>i * ys + o, ys)
  } else unreachable()
}
