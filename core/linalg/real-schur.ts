import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { standardBlock } from './standard-block.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
const LEAST = 2 ** -1022
/** Sweeps for each eigenvalue, on average, before the iteration is given up; four are usual. */
const SWEEPS_EACH = 30
/** Sweeps without a deflation after which shifts that have nothing to do with the matrix break a cycle. */
const STALLED = 10

/** A Hessenberg matrix on its way to real Schur form, and what is turned along with it. */
export interface SchurWork {
  /** n×n row-major, in the memory of the kernels */
  readonly h: Float64Array
  readonly n: number
  /** rows and columns outside low … high are triangular already */
  readonly low: number
  readonly high: number
  /** the rows of Qᵀ; null: only the eigenvalues are wanted, and h is not kept in Schur form */
  readonly q: Float64Array | null
}

/** Turns a Hessenberg matrix into real Schur form: upper triangular but for 2×2 blocks, each in standard form, one for a
 * pair of conjugate eigenvalues.
 * @returns the eigenvalues in the order of the diagonal, of a pair the one with positive imaginary part first
 * @throws NO_CONVERGENCE
 * Cost: about 25·n³ flops with q, 8·n³ without.
 * Source: Francis, "The QR transformation", Computer Journal 4 (1961–62); Golub & Van Loan, Matrix Computations, §7.5;
 * when to deflate: Ahues & Tisseur, "A new deflation criterion for the QR algorithm", LAPACK Working Note 122 (1997). */
export function realSchur(work: SchurWork, watch: Watch): { real: Float64Array; imaginary: Float64Array } {
  const { h, n, low, high } = work
  const real = new Float64Array(n)
  const imaginary = new Float64Array(n)
  const budget = SWEEPS_EACH * Math.max(10, high - low + 1)
  let sweeps = 0
  let stalled = 0
  let bottom = high
  while (bottom >= low) {
    const top = activeTop(work, bottom)
    if (top > low) h[top * n + top - 1] = 0
    if (top < bottom - 1) {
      if (++sweeps > budget) throw new EigendeskError('NO_CONVERGENCE', { value: String(budget) })
      stalled++
      sweep(work, top, bottom, shiftsFor(h, n, top, bottom, stalled), watch)
      continue
    }
    if (top === bottom - 1) standardize(work, top, imaginary)
    stalled = 0
    bottom = top - 1
    watch.checkpoint()
    watch.progress((high - bottom) / (high - low + 1))
  }
  for (let i = 0; i < n; i++) real[i] = h[i * n + i]!
  return { real, imaginary }
}

/** The first row of the block that ends with row `bottom` and has no negligible subdiagonal entry. */
function activeTop({ h, n, low, high }: SchurWork, bottom: number): number {
  const negligible = LEAST * ((high - low + 1) / ULP)
  for (let k = bottom; k > low; k--) {
    const at = k * n + k
    const below = Math.abs(h[at - 1]!)
    if (below <= negligible) return k
    let size = Math.abs(h[at]!) + Math.abs(h[at - n - 1]!)
    if (size === 0) {
      if (k - 2 >= low) size += Math.abs(h[at - n - 2]!)
      if (k < high) size += Math.abs(h[at + n]!)
    }
    if (below > ULP * size) continue
    const above = Math.abs(h[at - n]!)
    const last = Math.abs(h[at]!)
    const gap = Math.abs(h[at - n - 1]! - h[at]!)
    const total = Math.max(last, gap) + Math.max(below, above)
    const limit = ULP * Math.min(last, gap) * (Math.max(last, gap) / total)
    if (Math.min(below, above) * (Math.max(below, above) / total) <= Math.max(negligible, limit)) return k
  }
  return low
}

/** Two shifts, real or conjugate: their real parts and the imaginary part of the first. */
interface Shifts {
  first: number
  second: number
  imaginary: number
}

/** The eigenvalues of the last 2×2 block; where real, the nearer to the last entry twice. */
function shiftsFor(h: Float64Array, n: number, top: number, bottom: number, stalled: number): Shifts {
  const at = bottom * n + bottom
  let a = h[at - n - 1]!
  let b = h[at - n]!
  let c = h[at - 1]!
  let d = h[at]!
  if (stalled % (2 * STALLED) === STALLED) {
    const size = Math.abs(c) + Math.abs(h[at - n - 2]!)
    a = d = 0.75 * size + d
    b = -0.4375 * size
    c = size
  } else if (stalled % (2 * STALLED) === 0) {
    const corner = top * n + top
    const size = Math.abs(h[corner + n]!) + Math.abs(h[corner + 2 * n + 1]!)
    a = d = 0.75 * size + h[corner]!
    b = -0.4375 * size
    c = size
  }
  const scale = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d)
  if (scale === 0) return { first: 0, second: 0, imaginary: 0 }
  const mean = (a / scale + d / scale) / 2
  const discriminant = (a / scale - mean) ** 2 + (b / scale) * (c / scale)
  const root = Math.sqrt(Math.abs(discriminant))
  if (discriminant < 0) return { first: mean * scale, second: mean * scale, imaginary: root * scale }
  const last = d / scale
  const nearer = Math.abs(mean + root - last) <= Math.abs(mean - root - last) ? mean + root : mean - root
  return { first: nearer * scale, second: nearer * scale, imaginary: 0 }
}

const bulge = new Float64Array(3)

/** The first column of (H − s₁)(H − s₂) at row m, up to a factor, into bulge. */
function bulgeAt(h: Float64Array, at: number, n: number, { first, second, imaginary }: Shifts): void {
  const scale = Math.abs(h[at]! - second) + Math.abs(imaginary) + Math.abs(h[at + n]!)
  const below = h[at + n]! / scale
  bulge[0] = below * h[at + 1]! + (h[at]! - first) * ((h[at]! - second) / scale) + imaginary * (imaginary / scale)
  bulge[1] = below * (h[at]! + h[at + n + 1]! - first - second)
  bulge[2] = below * h[at + 2 * n + 1]!
  const sum = Math.abs(bulge[0]) + Math.abs(bulge[1]) + Math.abs(bulge[2])
  if (sum === 0) return
  for (let i = 0; i < 3; i++) bulge[i]! /= sum
}

/** One implicit double step on rows and columns top … bottom, at least three of them. */
function sweep(work: SchurWork, top: number, bottom: number, shifts: Shifts, watch: Watch): void {
  const { h, n } = work
  const { run } = kernels()
  let start = bottom - 2
  for (; ; start--) {
    const at = start * n + start
    bulgeAt(h, at, n, shifts)
    if (start === top) break
    const beside = Math.abs(h[at - n - 1]!) + Math.abs(h[at]!) + Math.abs(h[at + n + 1]!)
    const spilled = Math.abs(h[at - 1]!) * (Math.abs(bulge[1]!) + Math.abs(bulge[2]!))
    if (spilled <= ULP * Math.abs(bulge[0]!) * beside) break
  }
  const first = work.q ? 0 : top
  const end = work.q ? n : bottom + 1
  for (let k = start; k <= bottom - 2; k++) {
    if (k % 256 === 255) watch.checkpoint()
    const at = k * n + k
    if (k > start) for (let i = 0; i < 3; i++) bulge[i] = h[at + i * n - 1]!
    const size = Math.abs(bulge[0]!) + Math.abs(bulge[1]!) + Math.abs(bulge[2]!)
    const rest = Math.abs(bulge[1]!) + Math.abs(bulge[2]!)
    if (rest === 0) continue
    const x = bulge[0]! / size
    const y = bulge[1]! / size
    const z = bulge[2]! / size
    const length = Math.sqrt(x * x + y * y + z * z)
    const beta = x > 0 ? -length : length
    const tau = (beta - x) / beta
    const second = y / (x - beta)
    const third = z / (x - beta)
    if (k > start) {
      h[at - 1] = beta * size
      h[at + n - 1] = 0
      h[at + 2 * n - 1] = 0
    } else if (k > top) h[at - 1]! *= 1 - tau
    const row = h.byteOffset + 8 * at
    run.reflectThreeRows(end - k, row, row + 8 * n, row + 16 * n, tau, second, third)
    const rows = Math.min(k + 3, bottom) + 1 - first
    run.reflectThreeColumns(rows, h.byteOffset + 8 * (first * n + k), n, tau, second, third)
    if (!work.q) continue
    const q = work.q.byteOffset + 8 * (k * n + work.low)
    run.reflectThreeRows(work.high + 1 - work.low, q, q + 8 * n, q + 16 * n, tau, second, third)
  }
  const at = (bottom - 1) * n + bottom - 1
  const x = h[at - 1]!
  const y = h[at + n - 1]!
  if (y === 0) return
  const length = Math.hypot(x, y)
  h[at - 1] = length
  h[at + n - 1] = 0
  turn(work, bottom - 1, x / length, y / length, first, bottom + 1, end)
}

/** Turns rows and columns k and k + 1 of H, and rows k and k + 1 of Qᵀ. */
function turn(
  { h, n, low, high, q }: SchurWork,
  k: number,
  cosine: number,
  sine: number,
  first: number,
  last: number,
  end: number
): void {
  const { run } = kernels()
  const row = h.byteOffset + 8 * (k * n + k)
  run.rotate(end - k, row, row + 8 * n, cosine, sine)
  run.rotateColumns(last - first, h.byteOffset + 8 * (first * n + k), n, cosine, sine)
  if (!q) return
  const basis = q.byteOffset + 8 * (k * n + low)
  run.rotate(high + 1 - low, basis, basis + 8 * n, cosine, sine)
}

/** Brings the 2×2 block at row k, which stands alone, into standard form. */
function standardize(work: SchurWork, k: number, imaginary: Float64Array): void {
  const { h, n, q } = work
  const at = k * n + k
  const block = standardBlock(h[at]!, h[at + 1]!, h[at + n]!, h[at + n + 1]!)
  if (q) turn(work, k, block.cosine, block.sine, 0, k + 2, n)
  h[at] = block.a
  h[at + 1] = block.b
  h[at + n] = block.c
  h[at + n + 1] = block.d
  if (block.c === 0) return
  const size = Math.sqrt(Math.abs(block.b)) * Math.sqrt(Math.abs(block.c))
  imaginary[k] = size
  imaginary[k + 1] = -size
}
