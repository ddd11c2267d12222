// A product with AᵀA, or with A·Aᵀ, in one pass through A: a block of A that fits a second-level cache is multiplied forth
// and back while it is there. A is row-major; its columns may be taken as centred, A − 1·meanᵀ.
import { address, get, integer, put } from './memory'
import { multiplyBlock, roomOf } from './products'

/** A block of A: 256 KiB. */
const BLOCK_ENTRIES: i32 = 32768

/** w (columns × b) += AᵀY, sums (b) += 1ᵀY for Y = A·x − 1·shift, the rows of A that are given. Where shift is 0 nothing is
 * subtracted and nothing summed. */
function addTall(a: usize, rs: usize, rows: i32, columns: i32, x: usize, b: i32, shift: usize, w: usize, sums: usize, thread: i32): void {
  const y = roomOf(thread)
  const bs = <usize>b << 3
  const step = max<i32>(12, min<i32>(256, BLOCK_ENTRIES / columns))
  for (let i = 0; i < rows; i += step) {
    const n = min<i32>(step, rows - i)
    const block = a + <usize>i * rs
    memory.fill(y, 0, <usize>n * bs)
    multiplyBlock(n, b, columns, 1, block, rs, 8, x, bs, 8, y, bs, 0, 0, 0, thread)
    if (shift != 0) {
      for (let q = 0; q < b; q++) {
        const o = <usize>q << 3
        const c = get(shift + o)
        let sum = get(sums + o)
        let at = y + o
        for (let r = 0; r < n; r++) {
          const value = get(at) - c
          put(at, value)
          sum += value
          at += bs
        }
        put(sums + o, sum)
      }
    }
    multiplyBlock(columns, b, n, 1, block, 8, rs, y, bs, 8, w, bs, 0, 0, 0, thread)
  }
}

/** w (rows × b) += A·T, sums (b) += meanᵀT for T = Aᵀ·x − mean·totalᵀ, the columns of A that are given. means may be 0. */
function addWide(a: usize, rs: usize, rows: i32, columns: i32, x: usize, b: i32, means: usize, total: usize, w: usize, sums: usize, thread: i32): void {
  const t = roomOf(thread)
  const bs = <usize>b << 3
  const step = max<i32>(12, min<i32>(256, BLOCK_ENTRIES / rows))
  for (let j = 0; j < columns; j += step) {
    const n = min<i32>(step, columns - j)
    const block = a + (<usize>j << 3)
    memory.fill(t, 0, <usize>n * bs)
    multiplyBlock(n, b, rows, 1, block, 8, rs, x, bs, 8, t, bs, 0, 0, 0, thread)
    if (means != 0) {
      for (let r = 0; r < n; r++) {
        const mean = get(means + (<usize>(j + r) << 3))
        for (let q = 0; q < b; q++) {
          const o = <usize>q << 3
          const at = t + <usize>r * bs + o
          const value = get(at) - mean * get(total + o)
          put(at, value)
          put(sums + o, get(sums + o) + mean * value)
        }
      }
    }
    multiplyBlock(rows, b, n, 1, block, rs, 8, t, bs, 8, w, bs, 0, 0, 0, thread)
  }
}

const TALL: i32 = 0
const WIDE: i32 = 1

// a, doubles from row to row, rows, columns, rows or columns a task, x, b, shift or total (b), means or 0, first w, bytes
// from one w to the next; the sums lie behind each w
export function gramTask(member: i32, args: usize, task: i32, thread: i32): void {
  const rs = <usize>integer(args, 1) << 3
  const rows = integer(args, 2)
  const columns = integer(args, 3)
  const size = integer(args, 4)
  const b = integer(args, 6)
  const order = member == TALL ? columns : rows
  const w = address(args, 9) + <usize>task * address(args, 10)
  const sums = w + (<usize>(order * b) << 3)
  memory.fill(w, 0, <usize>((order + 1) * b) << 3)
  const from = task * size
  if (member == TALL) {
    addTall(address(args, 0) + <usize>from * rs, rs, min<i32>(size, rows - from), columns, address(args, 5), b, address(args, 7), w, sums, thread)
  } else if (member == WIDE) {
    const means = address(args, 8)
    addWide(address(args, 0) + (<usize>from << 3), rs, rows, min<i32>(size, columns - from), address(args, 5), b, means == 0 ? 0 : means + (<usize>from << 3), address(args, 7), w, sums, thread)
  } else unreachable()
}
