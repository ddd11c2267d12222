/** A symmetric matrix as Q T Qᵀ with T tridiagonal. */
export interface Tridiagonal {
  /** diagonal of T, n */
  d: Float64Array
  /** e[i] couples i and i + 1; n entries, the last 0 */
  e: Float64Array
  /** Qᵀ, n×n row-major: row i is the i-th column of Q */
  qt: Float64Array
}

/** A = Q T Qᵀ by Householder reflections H_k = I − τ v vᵀ, Q = H_0 H_1 … H_{n−3}.
 * @param a n×n row-major, lower triangle read; OVERWRITTEN. Entries should lie near 1: their squares are taken.
 * @param checkpoint called once a column (O(n²) work)
 * Cost: 8/3 n³ flops (half of it for Q), n² extra doubles.
 * Source: Golub & Van Loan, Matrix Computations, §8.3.1 and §5.1.6 (backward accumulation). */
export function tridiagonalize(a: Float64Array, n: number, checkpoint?: () => void): Tridiagonal {
  const d = new Float64Array(n)
  const e = new Float64Array(n)
  const tau = new Float64Array(n)
  const v = new Float64Array(n)
  const w = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    checkpoint?.()
    d[k] = a[k * n + k]!
    if (k >= n - 1) break
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k]!
    tau[k] = reflect(v, k + 1, n)
    e[k] = v[k]!
    // Row k above the diagonal is never read again: it keeps v for the accumulation of Q.
    for (let i = k + 1; i < n; i++) a[k * n + i] = v[i]!
    if (tau[k] !== 0) reduce(a, n, k + 1, v, w, tau[k]!)
  }
  return { d, e, qt: accumulate(a, n, tau, checkpoint) }
}

/** Householder vector that sends x = v[first…n−1] to β e₁; v becomes the vector with v[first] = 1, β goes to
 * v[first − 1]. @returns τ, 0 where x is already a multiple of e₁ */
function reflect(v: Float64Array, first: number, n: number): number {
  const head = v[first]!
  let largest = 0
  for (let i = first + 1; i < n; i++) largest = Math.max(largest, Math.abs(v[i]!))
  v[first - 1] = head
  if (largest === 0) return 0
  largest = Math.max(largest, Math.abs(head))
  // Dividing first keeps columns far smaller than the rest of the matrix from underflowing when squared.
  let square = 0
  for (let i = first; i < n; i++) {
    const part = v[i]! / largest
    square += part * part
  }
  const norm = largest * Math.sqrt(square)
  const beta = head > 0 ? -norm : norm
  const lead = head - beta
  for (let i = first + 1; i < n; i++) v[i]! /= lead
  v[first] = 1
  v[first - 1] = beta
  return -lead / beta
}

/** The trailing block A₂₂ (from row first on, lower triangle) becomes H A₂₂ H = A₂₂ − v wᵀ − w vᵀ
 * with p = τ A₂₂ v, w = p − (τ/2)(pᵀv) v. */
function reduce(a: Float64Array, n: number, first: number, v: Float64Array, w: Float64Array, tau: number): void {
  w.fill(0, first)
  for (let i = first; i < n; i++) {
    const row = i * n
    const vi = v[i]!
    let dot = a[row + i]! * vi
    for (let j = first; j < i; j++) {
      const entry = a[row + j]!
      dot += entry * v[j]!
      w[j]! += entry * vi
    }
    w[i]! += dot
  }
  let product = 0
  for (let i = first; i < n; i++) {
    w[i]! *= tau
    product += w[i]! * v[i]!
  }
  const half = (tau / 2) * product
  for (let i = first; i < n; i++) w[i]! -= half * v[i]!
  for (let i = first; i < n; i++) {
    const row = i * n
    const vi = v[i]!
    const wi = w[i]!
    for (let j = first; j <= i; j++) a[row + j]! -= vi * w[j]! + wi * v[j]!
  }
}

/** Qᵀ from the vectors kept above the diagonal of a: last reflection first, so that only the trailing block fills. */
function accumulate(a: Float64Array, n: number, tau: Float64Array, checkpoint?: () => void): Float64Array {
  const qt = new Float64Array(n * n)
  for (let i = 0; i < n; i++) qt[i * n + i] = 1
  for (let k = n - 2; k >= 0; k--) {
    if (tau[k] === 0) continue
    checkpoint?.()
    const vector = k * n
    for (let r = k + 1; r < n; r++) {
      const row = r * n
      let dot = 0
      for (let j = k + 1; j < n; j++) dot += qt[row + j]! * a[vector + j]!
      dot *= tau[k]!
      for (let j = k + 1; j < n; j++) qt[row + j]! -= dot * a[vector + j]!
    }
  }
  return qt
}
