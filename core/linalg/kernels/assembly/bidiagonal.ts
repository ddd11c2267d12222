// Reduction of a matrix to upper bidiagonal form, a panel at a time.
import { mergeTask } from './bidiagonal-secular'
import { address, get, integer, number, put } from './memory'
import { closeRound, openRound, runNext } from './team'
import { multiplyColumns, multiplyRows } from './vector-products'
import { axpy, dot, scale } from './vectors'

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

/** Columns of B in one task, whatever the number of threads: each task has a sum w of its own, and these are added in
 * order. */
const EACH: i32 = 96

/** multiplyBoth, from several threads. w: n doubles for each EACH of the rows and 12 more; the first
 * n become w. */
function multiplyBothShared(
  count: i32,
  n: i32,
  A: usize,
  lda: usize,
  v: usize,
  tau: f64,
  y: usize,
  r: usize,
  w: usize,
  threads: i32
): void {
  const tasks = (count + EACH - 1) / EACH
  const sum = <usize>n << 3
  const args = w + <usize>tasks * sum
  put(args, count)
  put(args + 8, n)
  put(args + 16, <f64>A)
  put(args + 24, <f64>lda)
  put(args + 32, <f64>v)
  put(args + 40, tau)
  put(args + 48, <f64>y)
  put(args + 56, <f64>r)
  put(args + 64, <f64>w)
  if (threads > 1 && tasks > 1) {
    openRound(BOTH_SHARED, args, tasks)
    while (runNext(0)) continue
    if (closeRound()) unreachable()
  } else for (let task = 0; task < tasks; task++) multiplyBothTask(args, task)
  for (let task = 1; task < tasks; task++) axpy(n - 1, 1, w + <usize>task * sum, w)
}

function multiplyBothTask(args: usize, task: i32): void {
  const first = task * EACH
  const n = integer(args, 1)
  const lda = address(args, 3)
  const shift = <usize>first << 3
  const w = address(args, 8) + ((<usize>task * <usize>n) << 3)
  memory.fill(w, 0, <usize>n << 3)
  const A = address(args, 2) + <usize>first * lda
  const count = min<i32>(EACH, integer(args, 0) - first)
  multiplyBoth(count, n, A, lda, address(args, 4), number(args, 5), address(args, 6) + shift, address(args, 7) + shift, w)
}

/** Reduces columns and rows `from` … `to` − 1 of B (m × n, m ≥ n) to upper bidiagonal form, those before being done.
 * B is held by columns: column j is the row j of W, ldw doubles apart. Without touching the rest of B it leaves
 * P (2·to × m, ldp) and G (2·to × n, ldg) with which the rest becomes B − Pᵀ·G: rows 2i of P are the left
 * vectors vᵢ and rows 2i + 1 of G the right vectors uᵢ (with first entry 1, zeros before it).
 * d, e, tauLeft, tauRight: `to` entries each; work: 2·to + 12 doubles and m for each EACH of the columns.
 * Source: Dongarra, Sorensen & Hammarling, "Block reduction of matrices to condensed forms for eigenvalue
 * computations", J. Comput. Appl. Math. 27 (1989); the single pass over the columns for both products: Howell, Demmel,
 * Fulton, Hammarling & Marmol, "Cache efficient bidiagonalization using BLAS 2.5 operators", ACM TOMS 34 (2008). */
export function bidiagonalizePanel(
  m: i32,
  n: i32,
  from: i32,
  to: i32,
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
  work: usize,
  threads: i32
): void {
  const lw = <usize>ldw << 3
  const lp = <usize>ldp << 3
  const lg = <usize>ldg << 3
  const gathered = work
  const w = gathered + (<usize>(2 * to) << 3)
  for (let i = from; i < to; i++) {
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
    multiplyBothShared(rest, length, column + lw, lw, v, tau, y, u, w, threads)
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

// Its arguments are those of multiplyBoth.
const BOTH: i32 = 3
const BOTH_SHARED: i32 = 512 + 3

export function bidiagonalTask(member: i32, args: usize, task: i32, thread: i32): void {
  if (member == BOTH) multiplyBothTask(args, task)
  else mergeTask(member, args, task)
}
