// Coordinates of the rows of a table on some directions, without a centred copy of it.
import { blockRows, centreRows } from './centre-rows'
import { get, put } from './memory'
import { multiplyBlock, roomOf } from './products'

/** out = (x·factor − pivot − offset)·w for w p × k: rows × k, rows ldo bytes apart, or turned, k × rows. Where wanted, lengths
 * gets Σ((x·factor − pivot − offset)·unit)² of each row. */
export function projectRows(
  x: usize,
  rs: usize,
  cs: usize,
  rows: i32,
  p: i32,
  pad: i32,
  pivots: usize,
  offsets: usize,
  factors: usize,
  w: usize,
  k: i32,
  out: usize,
  ldo: usize,
  turned: bool,
  units: usize,
  lengths: usize,
  thread: i32
): void {
  const y = roomOf(thread)
  const ys = <usize>pad << 3
  const ws = <usize>k << 3
  const step = blockRows(pad)
  for (let i0 = 0; i0 < rows; i0 += step) {
    const n = min<i32>(step, rows - i0)
    centreRows(x + <usize>i0 * rs, rs, cs, n, p, pivots, offsets, factors, 0, y, ys)
    if (lengths != 0) measureRows(n, p, y, ys, units, lengths + (<usize>i0 << 3))
    if (turned) {
      const block = out + (<usize>i0 << 3)
      for (let c = 0; c < k; c++) memory.fill(block + <usize>c * ldo, 0, <usize>n << 3)
      multiplyBlock(k, n, p, 1, w, 8, ws, y, 8, ys, block, ldo, 0, 0, 0, thread)
    } else {
      memory.fill(out + <usize>i0 * ldo, 0, <usize>n * ldo)
      multiplyBlock(n, k, p, 1, y, ys, 8, w, ws, 8, out + <usize>i0 * ldo, ldo, 0, 0, 0, thread)
    }
  }
}

/** Σ(y·unit)² of each row. */
function measureRows(rows: i32, p: i32, y: usize, ys: usize, units: usize, lengths: usize): void {
  const even = p & ~1
  for (let i = 0; i < rows; i++) {
    const row = y + <usize>i * ys
    let sums = f64x2.splat(0)
    for (let j = 0; j < even; j += 2) {
      const o = <usize>j << 3
      const z = f64x2.mul(v128.load(row + o), v128.load(units + o))
      sums = f64x2.relaxed_madd(z, z, sums)
    }
    let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
    if (even < p) {
      const o = <usize>even << 3
      const z = get(row + o) * get(units + o)
      sum += z * z
    }
    put(lengths + (<usize>i << 3), sum)
  }
}
