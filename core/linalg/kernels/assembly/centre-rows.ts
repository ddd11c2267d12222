// Rows of a table as what follows wants them: scaled, centred and in units of their columns.
import { get, put } from './memory'
import { ROOM_BYTES } from './products'

/** Rows centred at once: with 60 columns 120 KiB, which a second-level cache holds beside the sums. */
const BLOCK: i32 = 256

/** Rows whose y fits the room a thread has. */
export function blockRows(pad: i32): i32 {
  return min<i32>(BLOCK, <i32>(ROOM_BYTES >> 3) / pad)
}

/** y (rows ys bytes apart) = (x·factor − pivot − offset)·unit; factors and units may be 0 for none. */
export function centreRows(
  x: usize,
  rs: usize,
  cs: usize,
  rows: i32,
  p: i32,
  pivots: usize,
  offsets: usize,
  factors: usize,
  units: usize,
  y: usize,
  ys: usize
): void {
  const STRIP = 32
  // Strips of columns: where columns lie together, 32 of them are read side by side and whole cache lines are written.
  for (let j0 = 0; j0 < p; j0 += STRIP) {
    const j1 = min<i32>(j0 + STRIP, p)
    for (let i = 0; i < rows; i++) {
      let q = x + <usize>i * rs + <usize>j0 * cs
      let t = y + <usize>i * ys + (<usize>j0 << 3)
      let o = <usize>j0 << 3
      let j = j0
      if (cs == 8 && factors == 0 && units == 0) {
        for (; j + 2 <= j1; j += 2) {
          v128.store(t, f64x2.sub(f64x2.sub(v128.load(q), v128.load(pivots + o)), v128.load(offsets + o)))
          q += 16
          t += 16
          o += 16
        }
      }
      for (; j < j1; j++) {
        let v = get(q)
        if (factors != 0) v *= get(factors + o)
        v = v - get(pivots + o) - get(offsets + o)
        if (units != 0) v *= get(units + o)
        put(t, v)
        q += cs
        t += 8
        o += 8
      }
    }
  }
}
