/** ‖x‖₂ without overflow or underflow of the squares. */
export function euclideanNorm(x: Float64Array): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!))
  if (largest === 0 || !Number.isFinite(largest)) return largest
  let square = 0
  for (let i = 0; i < x.length; i++) {
    const part = x[i]! / largest
    square += part * part
  }
  return largest * Math.sqrt(square)
}

/** ‖A‖₁ = ‖A‖∞, the largest sum of magnitudes in a column of a symmetric matrix.
 * @param a n×n row-major, lower triangle read */
export function oneNormSymmetric(a: Float64Array, n: number): number {
  const sums = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const magnitude = Math.abs(a[i * n + j]!)
      sums[i]! += magnitude
      sums[j]! += magnitude
    }
    sums[i]! += Math.abs(a[i * n + i]!)
  }
  let largest = 0
  // A plain maximum would lose a NaN, and with it a failure.
  for (const sum of sums) if (!(sum <= largest)) largest = sum
  return largest
}
