import { inPieces } from './passes.ts'
import { exponentOf } from './power-of-two.ts'
import { scaleInPlace, type ScaledCopy } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

/** What was done to a matrix: B = 2^−exponent · D⁻¹ Pᵀ A P D. */
export interface Balance {
  /** rows and columns low … high (inclusive) of B are not triangular yet; high < low where all are */
  low: number
  high: number
  /** exponents of the powers of two on the diagonal of D */
  scales: Int32Array
  /** pairs of rows and columns exchanged, in order */
  swaps: [number, number][]
  /** the whole matrix was divided by 2^exponent */
  exponent: number
}

/** No scale leaves 2^±450: no entry then falls into the subnormals that counts beside the largest. */
const SCALE_LIMIT = 450
/** A row and column are scaled where that makes the sum of their norms smaller by a twentieth at least. */
const WORTHWHILE = 0.95

/** Moves eigenvalues that stand alone to the corners, makes rows and columns alike in norm, and brings the largest entry
 * near 1. Every step is exact; the eigenvalues are those of A over 2^exponent.
 * @param copy of A, n×n, its largest entry near 1; OVERWRITTEN @param scaling whether D may differ from the identity
 * Source: Parlett & Reinsch, "Balancing a matrix for calculation of eigenvalues and eigenvectors", Numerische Mathematik
 * 13 (1969); the Euclidean norms and the diagonal in them: James, Langou & Lowery, "On matrix balancing and eigenvector
 * computation", arXiv:1401.5766 (2014), algorithm 3. */
export function balance(copy: ScaledCopy, n: number, scaling: boolean, watch: Watch): Balance {
  const a = copy.data
  const scales = new Int32Array(n)
  const swaps: [number, number][] = []
  let low = 0
  let high = n - 1
  for (let i = lonelyRow(a, n, high); i >= 0; i = lonelyRow(a, n, high)) {
    watch.checkpoint()
    swap(a, n, i, high, swaps)
    high--
  }
  for (let j = lonelyColumn(a, n, low, high); j >= 0; j = lonelyColumn(a, n, low, high)) {
    watch.checkpoint()
    swap(a, n, j, low, swaps)
    low++
  }
  let changed = scaling
  while (changed) {
    changed = false
    for (let i = low; i <= high; i++) {
      watch.checkpoint()
      const column = normOf(a, low * n + i, n, high - low + 1)
      const row = normOf(a, i * n + low, 1, high - low + 1)
      if (column === 0 || row === 0) continue
      const e = worthwhileScale(column, row, scales[i]!)
      if (e === 0) continue
      changed = true
      scales[i]! += e
      for (let j = 0; j < n; j++) {
        a[i * n + j]! *= 2 ** -e
        a[j * n + i]! *= 2 ** e
      }
    }
  }
  const exponent = copy.exponent + scaleInPlace({ rows: n, columns: n, data: a }, watch)
  return { low, high, scales, swaps, exponent }
}

/** The vectors of A from those of B. @param vectors one a row, of length n; OVERWRITTEN */
export function undoBalance({ scales, swaps }: Balance, vectors: Float64Array, n: number, watch: Watch): void {
  const factors = Float64Array.from(scales, (e) => 2 ** e)
  inPieces(n, n, watch, (from, to) => {
    for (let at = from * n; at < to * n; at += n) {
      for (let i = 0; i < n; i++) vectors[at + i]! *= factors[i]!
      for (let k = swaps.length - 1; k >= 0; k--) {
        const [i, j] = swaps[k]!
        const kept = vectors[at + i]!
        vectors[at + i] = vectors[at + j]!
        vectors[at + j] = kept
      }
    }
  })
}

/** A row of 0 … high with nothing beside its diagonal, the last of them; −1: none. */
function lonelyRow(a: Float64Array, n: number, high: number): number {
  for (let i = high; i >= 0; i--) {
    let j = 0
    while (j <= high && (j === i || a[i * n + j] === 0)) j++
    if (j > high) return i
  }
  return -1
}

function lonelyColumn(a: Float64Array, n: number, low: number, high: number): number {
  for (let j = low; j <= high; j++) {
    let i = low
    while (i <= high && (i === j || a[i * n + j] === 0)) i++
    if (i > high) return j
  }
  return -1
}

function swap(a: Float64Array, n: number, i: number, j: number, swaps: [number, number][]): void {
  if (i === j) return
  swaps.push([i, j])
  for (let k = 0; k < n; k++) {
    const kept = a[i * n + k]!
    a[i * n + k] = a[j * n + k]!
    a[j * n + k] = kept
  }
  for (let k = 0; k < n; k++) {
    const kept = a[k * n + i]!
    a[k * n + i] = a[k * n + j]!
    a[k * n + j] = kept
  }
}

function normOf(a: Float64Array, at: number, step: number, count: number): number {
  let largest = 0
  for (let k = 0; k < count; k++) largest = Math.max(largest, Math.abs(a[at + k * step]!))
  if (largest === 0) return 0
  let square = 0
  for (let k = 0; k < count; k++) square += (a[at + k * step]! / largest) ** 2
  return largest * Math.sqrt(square)
}

/** The e for which column·2^e and row·2^−e are alike; 0 where that gains too little. */
function worthwhileScale(column: number, row: number, scale: number): number {
  const wanted = Math.round((exponentOf(row) - exponentOf(column)) / 2)
  const e = Math.max(-SCALE_LIMIT, Math.min(SCALE_LIMIT, scale + wanted)) - scale
  return column * 2 ** e + row * 2 ** -e < WORTHWHILE * (column + row) ? e : 0
}
