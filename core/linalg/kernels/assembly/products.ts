// C += α·A·B by packed panels (Goto & van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34
// (2008); Van Zee & van de Geijn, "BLIS", ACM TOMS 41 (2015)).
import { address, get, integer, number, put, putTwo } from './memory'
import { tile, tileOfRows } from './tile'
import { multiplyColumns, multiplyRows } from './vector-products'

/** Inner length of a packed block: 256 × 4 doubles of B are 8 KiB, a sixth of a first-level cache. */
const KC: i32 = 256
/** Rows of A packed at once: 192 × 256 doubles are 384 KiB, less than half a second-level cache. */
const MC: i32 = 192
/** Columns of B packed at once. */
const NC: i32 = 480

/** Each thread's own memory: packed A (MC·KC), packed B (KC·NC), one tile at the edge, and room for other kernels. */
const SCRATCH_A: usize = 192 * 256 * 8
const SCRATCH_B: usize = 256 * 480 * 8
const SCRATCH_BYTES: usize = 2 * 1024 * 1024
let scratch: usize = 0

/** Room for kernels that call multiplyBlock: 608 KiB that it does not touch. */
export const ROOM_BYTES: usize = 608 * 1024
export function roomOf(thread: i32): usize {
  return scratch + <usize>(thread + 1) * SCRATCH_BYTES - ROOM_BYTES
}

/** Where the threads' scratch memory begins; each instance is told once. Returns the bytes a thread takes. */
export function setScratch(at: usize): usize {
  scratch = at
  return SCRATCH_BYTES
}

/** Up to this many columns of C it costs more to pack A than to read it where it lies. */
const SKINNY: i32 = 32

/** Panels of six rows of α·A, k by k, the last one filled up with zeros. rs and cs: bytes between rows and columns. */
function packA(to: usize, from: usize, kc: i32, m: i32, rs: usize, cs: usize, alpha: f64): void {
  const factor = f64x2.splat(alpha)
  for (let i = 0; i < m; i += 6) {
    const rows = min<i32>(m - i, 6)
    let p = from + <usize>i * rs
    if (rows == 6 && cs == 8) {
      let p1 = p + rs
      let p2 = p1 + rs
      let p3 = p2 + rs
      let p4 = p3 + rs
      let p5 = p4 + rs
      for (let k = 0; k < kc; k++) {
        put(to, alpha * get(p))
        put(to + 8, alpha * get(p1))
        put(to + 16, alpha * get(p2))
        put(to + 24, alpha * get(p3))
        put(to + 32, alpha * get(p4))
        put(to + 40, alpha * get(p5))
        p += 8
        p1 += 8
        p2 += 8
        p3 += 8
        p4 += 8
        p5 += 8
        to += 48
      }
    } else if (rows == 6 && rs == 8) {
      for (let k = 0; k < kc; k++) {
        putTwo(to, f64x2.mul(factor, v128.load(p)), f64x2.mul(factor, v128.load(p, 16)))
        v128.store(to, f64x2.mul(factor, v128.load(p, 32)), 32)
        p += cs
        to += 48
      }
    } else {
      for (let k = 0; k < kc; k++) {
        let q = p
        for (let r = 0; r < 6; r++) {
          put(to + (<usize>r << 3), r < rows ? alpha * get(q) : 0)
          q += rs
        }
        p += cs
        to += 48
      }
    }
  }
}

/** Panels of four columns of B, k by k, the last one filled up with zeros. */
function packB(to: usize, from: usize, kc: i32, n: i32, rs: usize, cs: usize): void {
  for (let j = 0; j < n; j += 4) {
    const columns = min<i32>(n - j, 4)
    let p = from + <usize>j * cs
    if (columns == 4 && cs == 8) {
      for (let k = 0; k < kc; k++) {
        putTwo(to, v128.load(p), v128.load(p, 16))
        p += rs
        to += 32
      }
    } else if (columns == 4) {
      let p1 = p + cs
      let p2 = p1 + cs
      let p3 = p2 + cs
      for (let k = 0; k < kc; k++) {
        put(to, get(p))
        put(to + 8, get(p1))
        put(to + 16, get(p2))
        put(to + 24, get(p3))
        p += rs
        p1 += rs
        p2 += rs
        p3 += rs
        to += 32
      }
    } else {
      for (let k = 0; k < kc; k++) {
        let q = p
        for (let r = 0; r < 4; r++) {
          put(to + (<usize>r << 3), r < columns ? get(q) : 0)
          q += cs
        }
        p += rs
        to += 32
      }
    }
  }
}

/** Which entries of C are wanted: all, those with column ≥ row, those with column ≤ row (counted from the whole C). */
const UPPER: i32 = 1
const LOWER: i32 = 2

/** C (m × n, columns 8 bytes apart) += α·A·B for one block of C. Strides in bytes. part: all, UPPER or LOWER, with
 * (row0, column0) the place of the block in the whole C. */
export function multiplyBlock(
  m: i32,
  n: i32,
  kk: i32,
  alpha: f64,
  A: usize,
  ars: usize,
  acs: usize,
  B: usize,
  brs: usize,
  bcs: usize,
  C: usize,
  ldc: usize,
  part: i32,
  row0: i32,
  column0: i32,
  thread: i32
): void {
  const wa = scratch + <usize>thread * SCRATCH_BYTES
  const wb = wa + SCRATCH_A
  const wt = wb + SCRATCH_B
  // 0: packed, 1: read row by row where it lies, 2: read k by k where it lies
  const mode = n > SKINNY || alpha != 1 ? 0 : acs == 8 ? 1 : ars == 8 ? 2 : 0
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min<i32>(n - jc, NC)
    for (let pc = 0; pc < kk; pc += KC) {
      const kc = min<i32>(kk - pc, KC)
      packB(wb, B + <usize>pc * brs + <usize>jc * bcs, kc, nc, brs, bcs)
      for (let ic = 0; ic < m; ic += MC) {
        const mc = min<i32>(m - ic, MC)
        if (part == UPPER && row0 + ic > column0 + jc + nc - 1) break
        if (part == LOWER && row0 + ic + mc - 1 < column0 + jc) continue
        const Ab = A + <usize>ic * ars + <usize>pc * acs
        const left = mc % 6
        if (mode == 0) packA(wa, Ab, kc, mc, ars, acs, alpha)
        // Reading past the last row is avoided by packing what is left of them.
        else if (left > 0) packA(wa, Ab + <usize>(mc - left) * ars, kc, left, ars, acs, 1)
        for (let jr = 0; jr < nc; jr += 4) {
          const bp = wb + ((<usize>jr * <usize>kc) << 3)
          const nn = min<i32>(nc - jr, 4)
          for (let ir = 0; ir < mc; ir += 6) {
            if (part == UPPER && row0 + ic + ir > column0 + jc + jr + 3) break
            if (part == LOWER && row0 + ic + ir + 5 < column0 + jc + jr) continue
            const mm = min<i32>(mc - ir, 6)
            const cp = C + <usize>(ic + ir) * ldc + (<usize>(jc + jr) << 3)
            const whole = mm == 6 && nn == 4
            const to = whole ? cp : wt
            const lt = whole ? ldc : 32
            if (!whole) memory.fill(wt, 0, 192)
            if (mode == 0) tile<f64>(kc, wa + ((<usize>ir * <usize>kc) << 3), 48, bp, 32, to, lt)
            else if (mm < 6) tile<f64>(kc, wa, 48, bp, 32, to, lt)
            else if (mode == 1) tileOfRows<f64>(kc, Ab + <usize>ir * ars, ars, bp, 32, to, lt)
            else tile<f64>(kc, Ab + <usize>ir * 8, acs, bp, 32, to, lt)
            if (!whole) {
              for (let i = 0; i < mm; i++) {
                for (let j = 0; j < nn; j++) {
                  const q = cp + <usize>i * ldc + (<usize>j << 3)
                  put(q, get(q) + get(wt + (<usize>(i * 4 + j) << 3)))
                }
              }
            }
          }
        }
      }
    }
  }
}

/** The whole product in the calling thread. Strides in doubles; C has columns next to each other. */
export function multiplyAdd(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  A: usize,
  ars: i32,
  acs: i32,
  B: usize,
  brs: i32,
  bcs: i32,
  C: usize,
  ldc: i32,
  part: i32,
  thread: i32
): void {
  multiplyBlock(m, n, k, alpha, A, <usize>ars << 3, <usize>acs << 3, B, <usize>brs << 3, <usize>bcs << 3, C, <usize>ldc << 3, part, 0, 0, thread)
}

// Arguments of the product tasks: m n k α A ars acs B brs bcs C ldc part, then the size of the blocks of C.
const MULTIPLY: i32 = 0
const MULTIPLY_ROWS: i32 = 1
const MULTIPLY_COLUMNS: i32 = 2
const ADD_UP: i32 = 3

export function productTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == MULTIPLY) {
    const m = integer(args, 0)
    const n = integer(args, 1)
    const ars = <usize>integer(args, 5) << 3
    const acs = <usize>integer(args, 6) << 3
    const brs = <usize>integer(args, 8) << 3
    const bcs = <usize>integer(args, 9) << 3
    const ldc = <usize>integer(args, 11) << 3
    const part = integer(args, 12)
    const height = integer(args, 13)
    const width = integer(args, 14)
    // A long inner dimension may be cut into slices, each into a C of its own, cGap bytes apart.
    const slice = integer(args, 15)
    const cGap = address(args, 16)
    const across = (n + width - 1) / width
    const down = (m + height - 1) / height
    const s = task / (across * down)
    const block = task - s * across * down
    const i = (block / across) * height
    const j = (block % across) * width
    const mm = min<i32>(height, m - i)
    const nn = min<i32>(width, n - j)
    const k0 = s * slice
    const kk = min<i32>(slice, integer(args, 2) - k0)
    if (part == UPPER && i > j + nn - 1) return
    if (part == LOWER && i + mm - 1 < j) return
    multiplyBlock(
      mm,
      nn,
      kk,
      number(args, 3),
      address(args, 4) + <usize>i * ars + <usize>k0 * acs,
      ars,
      acs,
      address(args, 7) + <usize>k0 * brs + <usize>j * bcs,
      brs,
      bcs,
      address(args, 10) + <usize>s * cGap + <usize>i * ldc + (<usize>j << 3),
      ldc,
      part,
      i,
      j,
      thread
    )
  } else if (member == MULTIPLY_ROWS) {
    // m n α A lda x y, rows a task
    const height = integer(args, 7)
    const i = task * height
    const lda = integer(args, 4)
    const A = address(args, 3) + ((<usize>i * <usize>lda) << 3)
    multiplyRows(min<i32>(height, integer(args, 0) - i), integer(args, 1), number(args, 2), A, lda, address(args, 5), address(args, 6) + (<usize>i << 3))
  } else if (member == MULTIPLY_COLUMNS) {
    // m n α A lda x y, columns a task
    const width = integer(args, 7)
    const j = task * width
    const n = min<i32>(width, integer(args, 1) - j)
    multiplyColumns(integer(args, 0), n, number(args, 2), address(args, 3) + (<usize>j << 3), integer(args, 4), address(args, 5), address(args, 6) + (<usize>j << 3))
  } else if (member == ADD_UP) {
    // length, first address, bytes from one part to the next, count of parts, target, doubles a task: sums in order
    const width = integer(args, 5)
    const j = task * width
    const n = min<i32>(width, integer(args, 0) - j)
    const gap = address(args, 2)
    const parts = integer(args, 3)
    let to = address(args, 4) + (<usize>j << 3)
    let from = address(args, 1) + (<usize>j << 3)
    for (let q = 0; q < n; q++) {
      let sum = get(to)
      let p = from
      for (let r = 0; r < parts; r++) {
        sum += get(p)
        p += gap
      }
      put(to, sum)
      to += 8
      from += 8
    }
  } else unreachable()
}
