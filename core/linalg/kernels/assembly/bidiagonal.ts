// Reduction of a matrix to upper bidiagonal form, a panel at a time, and plane rotations of rows.
import { get, put } from './memory'
import { multiplyColumns, multiplyRows } from './products'
import { axpy, dot, rotate, scale } from './vectors'

/** A vector whose sum of squares is smaller is taken for 0: the matrix has entries near 1, and a reflection made from a
 * square that has lost digits to underflow would not be orthogonal. */
const NEGLIGIBLE: f64 = 1e-290

/** Turns x (n) into the vector v of the reflection H = I − tau·v·vᵀ that takes x to beta·e₁; v has first entry 1 and
 * overwrites x, beta goes to `at`. Returns tau; 0 where x is a multiple of e₁.
 * Golub & Van Loan, Matrix Computations, §5.1.3, with the sign of LAPACK: beta and x₁ differ in sign. */
function reflect(n: i32, x: usize, at: usize): f64 {
  const alpha = get(x)
  const squares = n > 1 ? dot(n - 1, x + 8, x + 8) : 0
  put(x, 1)
  if (squares < NEGLIGIBLE) {
    memory.fill(x + 8, 0, <usize>(n - 1) << 3)
    put(at, alpha)
    return 0
  }
  const norm = sqrt(alpha * alpha + squares)
  const beta = alpha >= 0 ? -norm : norm
  scale(n - 1, 1 / (alpha - beta), x + 8)
  put(at, beta)
  return (beta - alpha) / beta
}

/** For the `count` rows of A (n long, lda bytes apart): y = tau·(A·v + y), r −= y, then w += Aᵀ·r without the first
 * entry of every row: A·v and Aᵀ·r in one pass, four rows at a time, while they are in the first-level cache. */
function multiplyBoth(count: i32, n: i32, A: usize, lda: usize, v: usize, tau: f64, y: usize, r: usize, w: usize): void {
  for (let j = 0; j < count; j += 4) {
    const rows = min<i32>(count - j, 4)
    multiplyRows(rows, n, 1, A, <i32>(lda >> 3), v, y)
    for (let q = 0; q < rows; q++) {
      const product = tau * get(y)
      put(y, product)
      put(r, get(r) - product)
      y += 8
      r += 8
    }
    multiplyColumns(rows, n - 1, 1, A + 8, <i32>(lda >> 3), r - (<usize>rows << 3), w)
    A += lda << 2
  }
}

/** Reduces the first `width` columns and rows of B (m × n, m ≥ n) to upper bidiagonal form.
 * B is held by columns: column j is the row j of W, ldw doubles apart. Without touching the rest of B it leaves
 * P (2·width × m, ldp) and G (2·width × n, ldg) with which the rest becomes B − Pᵀ·G: rows 2i of P are the left
 * vectors vᵢ and rows 2i + 1 of G the right vectors uᵢ (with first entry 1, zeros before it).
 * d, e, tauLeft, tauRight: `width` entries each; work: 2·width + m doubles.
 * Source: Dongarra, Sorensen & Hammarling, "Block reduction of matrices to condensed forms for eigenvalue
 * computations", J. Comput. Appl. Math. 27 (1989); the single pass over the columns for both products: Howell, Demmel,
 * Fulton, Hammarling & Marmol, "Cache efficient bidiagonalization using BLAS 2.5 operators", ACM TOMS 34 (2008). */
export function bidiagonalizePanel(
  m: i32,
  n: i32,
  width: i32,
  W: usize,
  ldw: i32,
  P: usize,
  ldp: i32,
  G: usize,
  ldg: i32,
  d: usize,
  e: usize,
  tauLeft: usize,
  tauRight: usize,
  work: usize
): void {
  const lw = <usize>ldw << 3
  const lp = <usize>ldp << 3
  const lg = <usize>ldg << 3
  const gathered = work
  const w = gathered + (<usize>(2 * width) << 3)
  for (let i = 0; i < width; i++) {
    const at = <usize>i << 3
    const column = W + <usize>i * lw + at
    const length = m - i
    const known = 2 * i
    const left = P + <usize>known * lp
    const right = G + <usize>known * lg
    // Column i as all reflections so far leave it.
    for (let k = 0; k < known; k++) put(gathered + (<usize>k << 3), get(G + <usize>k * lg + at))
    multiplyColumns(known, length, -1, P + at, ldp, gathered, column)
    memory.fill(left, 0, at)
    memory.copy(left + at, column, <usize>length << 3)
    const tau = reflect(length, left + at, d + at)
    put(tauLeft + at, tau)
    memory.fill(right, 0, lg + (<usize>n << 3))
    memory.fill(left + lp, 0, <usize>m << 3)
    const rest = n - i - 1
    put(tauRight + at, 0)
    put(e + at, 0)
    if (rest == 0) return
    const v = left + at
    const y = right + at + 8
    const u = right + lg + at + 8
    // y = −Gᵀ·(P·v) and u = row i of B as the reflections so far leave it.
    memory.fill(gathered, 0, <usize>known << 3)
    multiplyRows(known, length, 1, P + at, ldp, v, gathered)
    multiplyColumns(known, rest, -1, G + at + 8, ldg, gathered, y)
    for (let k = 0; k < known; k++) put(gathered + (<usize>k << 3), get(P + <usize>k * lp + at))
    for (let j = 0; j < rest; j++) put(u + (<usize>j << 3), get(column + <usize>(j + 1) * lw))
    multiplyColumns(known, rest, -1, G + at + 8, ldg, gathered, u)
    memory.fill(w, 0, <usize>length << 3)
    multiplyBoth(rest, length, column + lw, lw, v, tau, y, u, w)
    // w = B·r for the row r; the reflection that takes r to beta·e₁ has u = (r − beta·e₁) / (r₁ − beta).
    const first = get(u)
    const tauOfRow = reflect(rest, u, e + at)
    put(tauRight + at, tauOfRow)
    if (tauOfRow == 0) continue
    const beta = get(e + at)
    const x = left + lp + at + 8
    axpy(length - 1, -beta, column + lw + 8, w)
    axpy(length - 1, 1 / (first - beta), w, x)
    memory.fill(gathered, 0, <usize>(known + 1) << 3)
    multiplyRows(known + 1, rest, 1, G + at + 8, ldg, u, gathered)
    multiplyColumns(known + 1, length - 1, -1, P + at + 8, ldp, gathered, x)
    scale(length - 1, tauOfRow, x)
  }
}

/** Columns of a strip that stays in a first-level cache while a sweep of rotations passes over it. */
const STRIP: i32 = 64

/** Turns rows k and k + 1 of X (count + 1 rows of n, ldx doubles apart, which may be negative) by the rotation k of a
 * sweep, for k = 0 … count − 1: (x, y) ← (c·x + s·y, c·y − s·x); c and s side by side in `turns`. */
export function rotateRows(count: i32, n: i32, turns: usize, x: usize, ldx: i32): void {
  const ld = <usize>ldx << 3
  for (let j = 0; j < n; j += STRIP) {
    const width = min<i32>(STRIP, n - j)
    let row = x + (<usize>j << 3)
    let turn = turns
    for (let k = 0; k < count; k++) {
      rotate(width, row, row + ld, get(turn), get(turn + 8))
      row += ld
      turn += 16
    }
  }
}

export function bidiagonalTask(member: i32, args: usize, task: i32, thread: i32): void {
  unreachable()
}
