// Products of the columns over samples of the rows, each row counted as often as it was drawn: rows are gathered block by block
// where a thread has room, and multiplied while they lie in its cache.
import { address, get, integer, put } from './memory'
import { blockRows } from './centre-rows'
import { addProducts } from './moments'
import { roomOf } from './products'

/** y = root·z and root itself as a last column, where root is the square root of what the row counts; what lies between it and
 * the end of a row is 0. */
function gatherRow(z: usize, p: i32, pad: i32, root: f64, y: usize): void {
  const factor = f64x2.splat(root)
  let j = 0
  for (; j + 2 <= p; j += 2) v128.store(y + (<usize>j << 3), f64x2.mul(factor, v128.load(z + (<usize>j << 3))))
  for (; j < p; j++) put(y + (<usize>j << 3), root * get(z + (<usize>j << 3)))
  put(y + (<usize>j << 3), root)
  for (j++; j < pad; j++) put(y + (<usize>j << 3), 0)
}

const PRODUCTS: i32 = 0

/** Arguments: z (n × p), n, p, pad, counts (n 32-bit integers a sample), weights (n doubles) or 0, slices of a sample, rows of a
 * slice, sums. Task t: slice t % slices of sample t / slices; its sums, pad × pad with the upper triangle filled in, are at
 * sums + 8·pad²·t, and those with the column of ones stand in column p. */
export function samplesTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member != PRODUCTS) unreachable()
  const n = integer(args, 1)
  const p = integer(args, 2)
  const pad = integer(args, 3)
  const slices = integer(args, 6)
  const height = integer(args, 7)
  const sample = task / slices
  const from = (task - sample * slices) * height
  const to = min<i32>(n, from + height)
  const counts = address(args, 4) + ((<usize>sample * <usize>n) << 2)
  const weights = address(args, 5)
  const bytes = (<usize>pad * <usize>pad) << 3
  const sums = address(args, 8) + <usize>task * bytes
  memory.fill(sums, 0, bytes)
  const y = roomOf(thread)
  const most = blockRows(pad)
  const step = <usize>pad << 3
  const row = <usize>p << 3
  let filled = 0
  let z = address(args, 0) + <usize>from * row
  for (let i = from; i < to; i++) {
    const count = load<i32>(counts + (<usize>i << 2))
    if (count != 0) {
      const weight = weights == 0 ? <f64>count : <f64>count * get(weights + (<usize>i << 3))
      gatherRow(z, p, pad, Math.sqrt(weight), y + <usize>filled * step)
      if (++filled == most) {
        addProducts(filled, p + 1, pad, y, sums)
        filled = 0
      }
    }
    z += row
  }
  if (filled > 0) addProducts(filled, p + 1, pad, y, sums)
}
